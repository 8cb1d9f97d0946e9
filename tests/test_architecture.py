"""In: the program's own source. Out: the rules that its shape must keep."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "auditor"
SOURCES = sorted(PACKAGE.rglob("*.py"))
STEPS = ("read", "recognise", "check", "explain", "render")
SHARED = {"model", "form", "errors"}
HEAVY = (
    "pandas",
    "numpy",
    "pdfplumber",
    "pypdfium2",
    "lxml",
    "xlrd",
    "rich",
    "jsonschema",
    "rapidfuzz",
)


def imported_modules(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(source: Path) -> set[str]:
    parts = (name.split(".") for name in imported_modules(source))
    return {names[1] for names in parts if names[0] == "auditor" and len(names) > 1}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_imports_only_earlier_steps(step: str) -> None:
    # `__version__` names the tool in JSON; `frames` is loaded by a method of the model, lazily.
    allowed = {*STEPS[: STEPS.index(step) + 1], *SHARED, "__version__"}
    for source in sorted((PACKAGE / step).rglob("*.py")):
        # the package `check` can be called like the function `auditor.check`
        callable_step = {"pipeline"} if source == PACKAGE / "check/__init__.py" else set()
        assert own_imports(source) - allowed - callable_step == set(), source


def test_the_model_and_the_form_know_no_step() -> None:
    for name in SHARED:
        assert own_imports(PACKAGE / f"{name}.py") & set(STEPS) == set()


def test_exceptions_are_caught_broadly_in_two_places_only() -> None:
    broad = re.compile(r"except\s*(\(?\s*(Base)?Exception\b|:)")
    found = [
        s.name for s in SOURCES for line in s.read_text("utf-8").splitlines() if broad.search(line)
    ]
    assert sorted(found) == ["evaluate.py", "guard.py"]


def test_no_text_is_evaluated() -> None:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile", "__import__"}, source


def labels_of_the_form() -> set[str]:
    texts = "".join(p.read_text("utf-8") for p in sorted((ROOT / "rules/forms").glob("*.toml")))
    quoted = re.findall(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"', texts)
    return {text for text in quoted if len(text) >= 4}


def strings_in(source: Path) -> Iterator[str]:
    tree = ast.parse(source.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


def test_labels_of_the_form_are_data() -> None:
    labels = labels_of_the_form()
    assert len(labels) > 80
    for step in STEPS:
        for source in sorted((PACKAGE / step).rglob("*.py")):
            written = {text for text in strings_in(source) if text in labels}
            assert written == set(), source


@pytest.mark.parametrize("command", ["import auditor.cli", "import auditor"])
def test_start_up_loads_no_heavy_library(command: str) -> None:
    code = f"{command}; import sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(HEAVY)


def test_checking_text_loads_no_library_that_it_does_not_need() -> None:
    code = (
        "import sys\nfrom auditor import check\n"
        "assert check('tests/scenarios/documents/qingshi-2023.txt').status == 'pass'\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(
        {"pandas", "numpy", "pdfplumber", "pypdfium2", "lxml", "xlrd", "jsonschema"}
    )


def test_every_module_says_what_goes_in_and_what_comes_out() -> None:
    for source in SOURCES:
        opening = ast.get_docstring(ast.parse(source.read_text("utf-8")))
        assert opening, source
        assert opening.startswith("In: "), source
        assert "Out: " in opening, source


def test_no_module_swells() -> None:
    long = {s.name: n for s in SOURCES if (n := len(s.read_text("utf-8").splitlines())) > 400}
    assert long == {}
