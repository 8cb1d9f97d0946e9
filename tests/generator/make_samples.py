"""In: what each sample is to show. Out: samples/: reports of our own making, and their README."""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

from auditor.model import Amount

from .faults import FaultKind, inject
from .layout import Break, Layout
from .prose import Agency, Prose, agencies, write_prose
from .render import missing_program, render_all, report_file
from .sentences import numbers_of
from .specimen import Specimen, form_cells
from .truth import FormName, Scale, Truth, consistent_truth

SAMPLES = Path(__file__).parents[2] / "samples"

SAYS: dict[FaultKind, tuple[str, str]] = {
    "digit-typo": ("一位数字录错", "one digit mistyped"),
    "digits-swapped": ("两位数字写颠倒", "two digits swapped"),
    "digit-missing": ("漏写一位数字", "one digit missing"),
    "part-left-out": ("总计漏加一项", "the total leaves one item out"),
    "total-not-updated": ("总计没有随分项更新", "the total was not updated"),
    "neighbour-column": ("一件申请记入相邻的申请人列", "one item under the wrong applicant"),
    "review-total-zero": ("总计没有填写，仍为 0", "the total was never filled in"),
}


@dataclass(frozen=True, slots=True)
class Misprint:
    """A sentence of the prose; its placeholder `right` is printed as the number `printed`."""

    text: str
    right: str
    printed: str
    says: tuple[str, str]


MISPRINTS = (
    Misprint(
        "（二）依申请公开情况。{year}年，{own}共收到政府信息公开申请{new}件，其中自然人{natural}件，"
        "法人或其他组织{organisations}件；上年结转{carried_in}件，办结{handled}件，"
        "结转下年度{carried_out}件。",
        *("organisations", "company"),
        ("法人只写了商业企业", "of the organisations only the companies"),
    ),
    Misprint(
        "办结的申请中，予以公开{granted}件，占{granted_share}%；部分公开{partly}件，"
        "不予公开{refused}件，无法提供{unavailable}件。",
        *("unavailable", "not_held"),
        ("无法提供只写了其中一项", "one row of three for all that is not available"),
    ),
    Misprint(
        "全年主动公开政府信息共{four}条，分别为门户网站{part_a}条、政务新媒体{part_b}条、"
        "政府公报{part_c}条、公开栏{part_d}条。",
        *("four", "three"),
        ("总数漏计一项", "the whole leaves one part out"),
    ),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A report to be kept: whose, which year, how large, laid out how, with which slips."""

    name: str
    agency: int  # which of the bodies of that scale
    year: int
    form: FormName
    scale: Scale
    seed: int
    layout: Layout
    slips: tuple[tuple[FaultKind, int], ...]
    shows: tuple[str, str]
    misprints: tuple[Misprint, ...] = ()

    def specimen(self) -> Specimen:
        """Draw the report; its prose tells the true numbers, its tables the slips."""
        agency = agencies(self.scale)[self.agency]
        true = consistent_truth(self.seed, self.form, self.scale)
        prose = write_prose(agency, self.year, self.form, true, self.seed)
        if self.misprints:
            prose = self._misprinted(prose, agency, true)
        shown, faults = true, []
        for kind, seed in self.slips:
            faults.append(inject(shown, kind, seed, self.form))
            shown = faults[-1].truth
        return Specimen(
            agency, self.year, self.form, self.seed, self.layout, shown, prose, tuple(faults)
        )

    def _misprinted(self, prose: Prose, agency: Agency, truth: Truth) -> Prose:
        """Tell the sentences with misprints in section 一, below what opens it."""
        names = {"year": self.year, "own": agency.own}
        told = []
        for misprint in self.misprints:
            numbers = self.numbers(truth)
            wrong = {misprint.right: numbers[misprint.printed]}
            told.append(misprint.text.format(**{**numbers, **names, **wrong}))
        return replace(prose, sections={**prose.sections, "一": (prose.sections["一"][0], *told)})

    def numbers(self, truth: Truth) -> dict[str, Amount]:
        """Give the numbers that its sentences tell."""
        return numbers_of(truth, random.Random(f"sample/{self.seed}"))


ALL = (
    Sample(
        "01-city-2024",
        *(0, 2024, "2021", "city", 12),
        Layout(border="shaded", lead_in=1),
        (("neighbour-column", 3), ("digits-swapped", 7), ("review-total-zero", 2)),
        ("三处差错，网页打印", "three slips; printed from a web page"),
    ),
    Sample(
        "02-county-2023",
        *(1, 2023, "2021-legacy-row", "county", 5),
        Layout(engine="libreoffice", breaks=(Break(6), Break(15))),
        (("part-left-out", 4), ("review-total-zero", 1)),
        (
            "表三断在三页上，（六）其他处理仍为一行",
            "table 三 broken over three pages, （六）其他处理 kept as one row",
        ),
    ),
    Sample(
        "03-district-2020",
        *(2, 2020, "2019", "county", 21),
        Layout(engine="text"),
        (("total-not-updated", 2), ("digit-missing", 9)),
        ("试行格式，制表符分隔的文本", "the 2019 edition as tab-separated text"),
    ),
    Sample(
        "04-prose-2023",
        *(1, 2023, "2021", "county", 93),
        Layout(engine="libreoffice", lead_in=1),
        (),
        (
            "三张表无误，正文三处与之不符",
            "the tables are right, the prose contradicts them and itself",
        ),
        MISPRINTS,
    ),
    Sample(
        "11-township-2024",
        *(0, 2024, "2021", "village", 31),
        Layout(engine="libreoffice", lead_in=1),
        (),
        ("乡镇，几乎全为零", "a township office, nearly all zeros"),
    ),
    Sample(
        "12-province-2024",
        *(0, 2024, "2021", "province", 42),
        Layout(engine="libreoffice", orientation="landscape_table"),
        (),
        ("省级，数以百万计，表三横排", "a province with millions, table 三 on landscape pages"),
    ),
    Sample(
        "13-city-2019",
        *(1, 2019, "2019", "city", 53),
        Layout(footer="long_dashes", disclosure="grids", lead_in=3),
        (),
        ("试行格式，增减带符号，金额带单位", "the 2019 edition: signed changes, a unit in a cell"),
    ),
    Sample(
        "14-bureau-2022",
        *(0, 2022, "2021", "county", 64),
        Layout(
            engine="libreoffice", disclosure="broken", numbers="separators", decoys=("metadata",)
        ),
        (),
        ("表二断页，前有索引表", "table 二 broken over pages, a catalogue table before it"),
    ),
    Sample(
        "15-subdistrict-2023",
        *(1, 2023, "2021-legacy-row", "village", 75),
        Layout(engine="markdown"),
        (),
        ("街道，markdown 文本", "a subdistrict office as markdown"),
    ),
)

HEAD = """# 样例 · Samples

自拟的年度报告：机关、数字、文字均属虚构，由 `make samples` 生成。`01`–`09` 有差错，`11` 起没有。
Annual reports of our own making: bodies, figures and sentences are invented (`make samples`).
`01`–`09` are faulty, `11` and on are clean.

[years/](years/README.md)、[area/](area/README.md) 中每份报告自身无误，
与上年报告、下级报告对照才见差错。
The reports in years/ and area/ are clean each by itself, not beside each other.

| 文件 · file | 内容 · what it shows |
| --- | --- |
"""
FAULTS_HEAD = """
## 差错 · Faults

| 文件 · file | 单元格 · cell | 应为 · right | 写成 · printed | 差错 · slip |
| --- | --- | --- | --- | --- |
"""


def write_readme(specimens: dict[str, Specimen]) -> str:
    """Say what each sample shows and every slip in it."""
    text = HEAD
    for sample in ALL:
        specimen = specimens[sample.name]
        file = report_file(sample.name, specimen, Path()).name
        title = f"{specimen.agency.name} {specimen.year}"
        text += f"| [{file}]({file}) | {title}：{sample.shows[0]} · {sample.shows[1]} |\n"
    text += FAULTS_HEAD
    for sample in ALL:
        text += "".join(_fault_lines(sample.name, specimens[sample.name]))
        text += "".join(_misprint_lines(sample, specimens[sample.name]))
    return text


def _fault_lines(name: str, specimen: Specimen) -> Iterator[str]:
    file = report_file(name, specimen, Path()).name
    for fault in specimen.faults:
        zh, en = SAYS[fault.kind]
        for address, (right, printed) in fault.changed.items():
            place = f"{_labels(specimen, address)}<br>`{address}`"
            yield f"| {file} | {place} | {right} | {printed} | {zh} · {en} |\n"


def _misprint_lines(sample: Sample, specimen: Specimen) -> Iterator[str]:
    file = report_file(sample.name, specimen, Path()).name
    for misprint in sample.misprints:
        numbers = sample.numbers(specimen.truth)
        right, printed = numbers[misprint.right], numbers[misprint.printed]
        zh, en = misprint.says
        yield f"| {file} | 正文 · prose | {right} | {printed} | {zh} · {en} |\n"


def _labels(specimen: Specimen, address: str) -> str:
    cell = form_cells(specimen.form)[address]
    return f"{cell.row_label.zh} · {cell.column_label.zh}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the samples; needs Chromium and LibreOffice."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator.make_samples")
    parser.add_argument("--out", type=Path, default=SAMPLES)
    out: Path = parser.parse_args(arguments).out
    lacking = {p for s in ALL if (p := missing_program(s.layout.engine))}
    if lacking:
        print(f"make samples needs {' and '.join(sorted(lacking))}", file=sys.stderr)
        return 2
    specimens = {sample.name: sample.specimen() for sample in ALL}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="samples-") as scratch:
        for file in render_all(specimens, Path(scratch)):
            copyfile(file, out / file.name)
    (out / "README.md").write_text(write_readme(specimens), "utf-8")
    print(f"{len(ALL)} samples in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
