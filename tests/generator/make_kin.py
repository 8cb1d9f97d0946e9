"""In: nothing. Out: samples/years/ and samples/area/: reports to be checked against each other."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from .kin import sum_of, year_before
from .layout import Engine, Layout
from .plain import to_markdown, to_text
from .prose import Agency, write_prose
from .specimen import Specimen
from .truth import Truth, consistent_truth

SAMPLES = Path(__file__).parents[2] / "samples"

COUNTY = Agency("云岭县人民政府", "county", "全县", "云岭县人民政府办公室")
CITY = Agency("宁洲市人民政府", "city", "全市", "宁洲市人民政府办公室")
DISTRICTS = (
    Agency("宁洲市东郊区人民政府", "county", "全区", "东郊区人民政府办公室"),
    Agency("宁洲市西塘区人民政府", "county", "全区", "西塘区人民政府办公室"),
    Agency("宁洲市白沙县人民政府", "county", "全县", "白沙县人民政府办公室"),
)
LEFT_OUT = "review_litigation/"
SAYS_SUM = "本报告各项数据由所辖3个县区的年度报告汇总而成，不含市本级各部门数据。"


@dataclass(frozen=True, slots=True)
class Kept:
    """A report to be kept, under samples/."""

    file: str
    specimen: Specimen

    def content(self) -> str:
        """Give the file's text."""
        write = to_markdown if self.file.endswith(".md") else to_text
        return write(self.specimen)


def kept() -> tuple[Kept, ...]:
    """Give the pair of years, whose carry-over breaks, and the city with its three children."""
    return (*_years(), *_area())


def _years() -> tuple[Kept, ...]:
    """Each report is consistent; one item of last year's was not carried over."""
    this = consistent_truth(88, "2021", "county")
    last = year_before(this, 89)
    for column in ("natural_person", "total"):
        for row, delta in (("carried_out", 1), ("new", 1)):
            address = f"applications/{row}/{column}"
            last[address] = int(last[address] or 0) + delta
    return (
        Kept("years/2023.txt", _specimen(COUNTY, 2023, last, "text")),
        Kept("years/2024.txt", _specimen(COUNTY, 2024, this, "text")),
    )


def _area() -> tuple[Kept, ...]:
    """The city sums its three children, but for one whose table 四 it left out."""
    children = [consistent_truth(seed, "2021", "county") for seed in (91, 92, 93)]
    city = sum_of(children)
    left_out = children[1]
    for address in city:
        if address.startswith(LEFT_OUT):
            city[address] = (city[address] or 0) - (left_out[address] or 0)
    names = ("dongjiao", "xitang", "baisha")
    below = zip(names, DISTRICTS, children, strict=True)
    return (
        Kept("area/city-2024.md", _says_sum(_specimen(CITY, 2024, city, "markdown"))),
        *(
            Kept(f"area/children/{name}-2024.md", _specimen(agency, 2024, truth, "markdown"))
            for name, agency, truth in below
        ),
    )


def _specimen(agency: Agency, year: int, truth: Truth, engine: Engine) -> Specimen:
    prose = write_prose(agency, year, "2021", truth, year)
    return Specimen(agency, year, "2021", year, Layout(engine=engine), truth, prose)


def _says_sum(specimen: Specimen) -> Specimen:
    sections = specimen.prose.sections
    said = {**sections, "六": (*sections["六"], SAYS_SUM)}
    return replace(specimen, prose=replace(specimen.prose, sections=said))


def main() -> int:
    """Write the samples; needs no other program."""
    for report in kept():
        file = SAMPLES / report.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(report.content(), "utf-8")
    print(f"{len(kept())} samples below {SAMPLES}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
