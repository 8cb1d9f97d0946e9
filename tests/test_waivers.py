"""In: waivers with any text, findings with any numbers. Out: files read back, waivers that hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import check
from auditor.errors import UsageError
from auditor.explain.fingerprint import document_name, values_of, with_fingerprints
from auditor.explain.waivers import Exceptions, Waiver, waive
from auditor.model import OutcomeState, Place, Wording
from auditor.waivers import add_waiver, read_waivers
from tests.render.samples import address, finding, report

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ROOT = Path(__file__).parent.parent


def waiver(name: str = "a" * 16, **values: object) -> Waiver:
    blank = Waiver(name, "T302", "某局2024年报告.pdf", (), {"text": "x"}, "known")
    return replace(blank, **values)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT, st.none() | st.dates()), min_size=1, max_size=3))
def test_waivers_are_read_back_as_they_were_written(entries: list[tuple]) -> None:
    written = tuple(
        waiver(f"{n:016}", document=document, reason=reason, values={name: value}, cells=(name,),
               who=reason, expires=day)
        for n, (document, reason, name, value, day) in enumerate(entries)
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        file = Path(folder) / "auditor.waivers.toml"
        for each in written:
            add_waiver(file, each)
        assert read_waivers(file) == written


def test_what_people_wrote_into_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "auditor.waivers.toml"
    add_waiver(file, waiver())
    file.write_text(file.read_text("utf-8") + "# 问过统计科\n", "utf-8")
    add_waiver(file, waiver("b" * 16))
    assert "# 问过统计科" in file.read_text("utf-8")
    assert len(read_waivers(file)) == 2


def test_two_waivers_of_one_finding_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "auditor.waivers.toml"
    add_waiver(file, waiver())
    file.write_text(file.read_text("utf-8") * 2, "utf-8")
    with pytest.raises(UsageError, match="a" * 16):
        read_waivers(file)


def test_a_fingerprint_is_of_rule_document_and_cells_alone() -> None:
    first = finding()
    other = replace(first, actual=7, difference=9, place=Place(line=2), severity="info",
                    message=Wording("相差 9", "off by 9"), terms=())  # fmt: skip
    (one,), (same,) = (with_fingerprints([f], "a.pdf") for f in (first, other))
    assert one.fingerprint == same.fingerprint
    changed = (
        with_fingerprints([first], "b.pdf"),
        with_fingerprints([replace(first, rule="T303")], "a.pdf"),
        with_fingerprints([replace(first, cells=(address("new"),))], "a.pdf"),
    )
    names = {found.fingerprint for (found,) in changed}
    assert len(names | {one.fingerprint}) == 4


def test_findings_without_cells_are_told_by_their_words_not_their_digits() -> None:
    bare = replace(finding(), cells=(), terms=(), expected=None, actual=None)
    texts = ("缺少第1部分", "缺少第2部分", "标题有误")
    found = with_fingerprints(
        [replace(bare, message=Wording(text, text)) for text in texts], "a.pdf"
    )
    assert len({f.fingerprint for f in found}) == 3
    alone = with_fingerprints([replace(bare, message=Wording("标题有误", ""))], "a.pdf")
    assert alone[0].fingerprint == found[2].fingerprint


def test_the_same_number_written_otherwise_is_no_change() -> None:
    first, other = (
        replace(finding(), expected=value) for value in (Decimal("12.50"), Decimal("12.5"))
    )
    assert values_of(first, report()) == values_of(other, report())
    assert values_of(first, report())["expected"] == "12.5"


def test_any_changed_operand_opens_a_waived_finding() -> None:
    (known,) = with_fingerprints([finding()], "某局2024年报告.pdf")
    given_ = waiver(known.fingerprint, values=dict(values_of(known, report())))
    exceptions = Exceptions((given_,), date(2026, 1, 1))
    assert waive([known], exceptions, known_document(), report(), ()).open == ()
    for n, term in enumerate(known.terms):
        terms = (*known.terms[:n], replace(term, value=term.value + 1, blank=False))
        changed = replace(known, terms=(*terms, *known.terms[n + 1 :]))
        waiving = waive([changed], exceptions, known_document(), report(), ())
        assert [f.fingerprint for f in waiving.open] == [known.fingerprint]
        assert waiving.lapsed[0].code == "changed"


def known_document() -> str:
    return "某局2024年报告.pdf"


def test_a_document_is_named_alike_from_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reports").mkdir()
    file = tmp_path / "reports/a.txt"
    file.touch()
    monkeypatch.chdir(tmp_path / "reports")
    names = {document_name(name, tmp_path) for name in ("a.txt", "./a.txt", "../reports/a.txt")}
    assert names | {document_name(str(file), tmp_path)} == {"reports/a.txt"}


def test_python_knows_waivers_and_severities(tmp_path: Path) -> None:
    text = (ROOT / "tests/scenarios/documents/qingshi-2023.txt").read_text("utf-8")
    draft = tmp_path / "draft.txt"
    draft.write_text(text.replace("12\t3\t2\t1\t18", "12\t3\t2\t1\t17"), "utf-8")
    file = tmp_path / "auditor.waivers.toml"
    (found,) = check(draft, waivers=file).findings
    values = values_of(found, check(draft).report)
    add_waiver(file, Waiver(found.fingerprint, "T401", "draft.txt", (), values, "known"))
    checked = check(draft, waivers=file)
    assert (checked.status, checked.exit_code, checked.findings) == ("pass", 0, ())
    assert [waived.finding.rule for waived in checked.waived] == ["T401"]
    assert checked.counts[OutcomeState.VIOLATION] == 1
    assert not checked.is_clean()
    assert check(draft, severities={"T4": "info"}).findings[0].severity == "info"
