"""Words by which prose is read: a bad pattern is told with file and key when rules are loaded."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.errors import UsageError
from auditor.form import rules_dir
from auditor.recognise.prose import check_words, concepts, lexicon


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Copy the rules, to be spoilt; what was compiled of the others is forgotten for a while."""
    shutil.copytree(rules_dir(), tmp_path / "rules")
    with monkeypatch.context() as patched:
        for module in (lexicon, concepts):
            patched.setattr(module, "rules_dir", lambda: tmp_path / "rules")
        forget()
        yield tmp_path / "rules" / "forms"
    forget()


def forget() -> None:
    for module in (lexicon, concepts):
        for known in vars(module).values():
            if hasattr(known, "cache_clear"):
                known.cache_clear()
    check_words.cache_clear()


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        ("prose.toml", "latter = '^后者'", "latter = '(^后者'", "items.latter: bad regular"),
        ("prose.toml", "former = '^前者'", "former = '{who}前者'", "items.former: no word {who}"),
        ("prose.toml", "words = ['行政许可']", "words = ['行政(许可']", "topic[8].words[0]: bad"),
        ("concepts.toml", "words = ['公民']", "words = ['公民+*']", "citizen: bad regular"),
        ("concepts.toml", "words = ['公民']", "words = ['{person}']", "citizen: no word {person}"),
    ],
)
def test_a_bad_pattern_is_told_with_file_and_key(
    forms: Path, file: str, right: str, wrong: str, said: str
) -> None:
    text = (forms / file).read_text("utf-8")
    assert right in text
    (forms / file).write_text(text.replace(right, wrong), "utf-8")
    with pytest.raises(UsageError) as told:
        check_words()
    assert told.value.wording.en.startswith(f"rules/forms/{file} ")
    assert said in told.value.wording.en


def test_what_is_shipped_is_right(forms: Path) -> None:
    assert forms.is_dir()
    check_words()
