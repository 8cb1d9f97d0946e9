"""In: a candidate, the numbers printed, the form's labels. Out: one sentence that tells it."""

from collections.abc import Callable, Iterator, Mapping

from auditor.explain.locate.answers import Candidate
from auditor.explain.locate.operations import Edit
from auditor.model import Address, Amount, Language, Wording

Label = Callable[[Address], Wording]

RE_ADDED, MISFILED = "+re-added", "misfiled"
KINDS: Mapping[str, Wording] = {
    "digit-mistyped": Wording("一位数字打错", "one digit mistyped"),
    "digits-swapped": Wording("相邻两位数字颠倒", "two digits swapped"),
    "digit-missing": Wording("漏打一位数字", "one digit missing"),
    "digit-added": Wording("多打一位数字", "one digit too many"),
    "digit-doubled": Wording("一位数字重复", "one digit doubled"),
    "zero-added": Wording("多打一个零", "a zero too many"),
    "zero-missing": Wording("少打一个零", "a zero too few"),
    "sign": Wording("正负号有误", "wrong sign"),
    "miscounted": Wording("相差一件", "off by one"),
    "not-filled": Wording("未填写", "not filled in"),
    "retyped": Wording("数字填错", "wrong number"),
    "yuan-for-10000-yuan": Wording("元与万元混淆", "yuan for 10,000 yuan"),
    "total-never-filled": Wording("总计未填写", "total never filled in"),
    "total-not-updated": Wording("总计未随分项更新", "total not updated"),
    "part-left-out": Wording("总计漏加一项", "the total leaves one item out"),
    "part-counted-twice": Wording("总计重复加了一项", "the total counts one item twice"),
    "neighbour-column": Wording("填到了另一列", "value in the wrong column"),
    "neighbour-row": Wording("填到了另一行", "value in the wrong row"),
    "misfiled-column": Wording("其中 {count} 件计入了另一列", "{count} filed in the wrong column"),
    "misfiled-row": Wording("其中 {count} 件计入了另一行", "{count} filed in the wrong row"),
    "row-shifted": Wording("整行错开一列", "the row is shifted by one column"),
    "rows-swapped": Wording("两行填反", "two rows swapped"),
    "solved": Wording("由各式推算", "worked out from the sums"),
}
_SUMMED = Wording("，总计随之加错：", ", and the totals added up over it: ")
_BLANK = Wording("空白", "blank")
_EXCHANGED = Wording(
    "{upper} ↔ {lower} 两行各列的数互换",
    "{upper} ↔ {lower}: exchange the numbers of the two rows, column by column",
)
FEW = 6
"""Up to so many changes of two rows are listed one by one."""


def kind_of(candidate: Candidate) -> str:
    """Give the kinds of the slips, each once."""
    return "+".join(dict.fromkeys(edit.kind for edit in candidate.edits))


def tell(
    candidate: Candidate,
    printed: Mapping[Address, Amount | None],
    label: Label,
) -> Wording:
    """Tell what to change and what happened: 行政复议 · 总计 0 → 11（总计未填写）."""
    return Wording(
        "；".join(_edit(edit, printed, label, "zh") for edit in candidate.edits),
        "; ".join(_edit(edit, printed, label, "en") for edit in candidate.edits),
    )


def _edit(
    edit: Edit, printed: Mapping[Address, Amount | None], label: Label, lang: Language
) -> str:
    if edit.kind == "rows-swapped" and len(edit.changes) > FEW:
        return _exchanged(edit, label, lang) + _reason(edit, printed, lang)
    told = [*_changes(edit, printed, label, lang)]
    reason = _reason(edit, printed, lang)
    comma = "、" if lang == "zh" else ", "
    if not edit.kind.endswith(RE_ADDED):
        return comma.join(told) + reason
    items = 2 if edit.kind.startswith(MISFILED) else 1
    totals = _SUMMED.in_language(lang) + comma.join(told[items:])
    return comma.join(told[:items]) + reason + totals


def _exchanged(edit: Edit, label: Label, lang: Language) -> str:
    """Name the two rows; to list all their numbers would say less."""
    names = (label(address).in_language(lang).split(" · ")[0] for address in edit.changes)
    upper, lower = dict.fromkeys(names)
    return _EXCHANGED.fill(upper=upper, lower=lower).in_language(lang)


def _reason(edit: Edit, printed: Mapping[Address, Amount | None], lang: Language) -> str:
    """Give what happened, in brackets: （一位数字打错）."""
    address, value = next(iter(edit.changes.items()))
    count = abs(value - (printed.get(address) or 0))
    reason = KINDS[edit.kind.removesuffix(RE_ADDED)].fill(count=f"{count:,}")
    return f"（{reason.zh}）" if lang == "zh" else f" ({reason.en})"


def _changes(
    edit: Edit, printed: Mapping[Address, Amount | None], label: Label, lang: Language
) -> Iterator[str]:
    """Write each change; the row or column is named once where all have it in common."""
    names = [label(address).in_language(lang).split(" · ") for address in edit.changes]
    for ix, (name, (address, value)) in enumerate(zip(names, edit.changes.items(), strict=True)):
        same_row = ix > 0 and name[0] == names[ix - 1][0]
        shown = " · ".join(name[1:] if same_row else name)
        old = printed.get(address)
        written = _BLANK.in_language(lang) if old is None else f"{old:,}"
        yield f"{shown} {written} → {value:,}"
