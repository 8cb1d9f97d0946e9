"""In: split lines and the rows of a band. Out: which line is which row of the form."""

from collections.abc import Sequence

from auditor.form import Row
from auditor.model import GridCell
from auditor.recognise.alignment import align
from auditor.recognise.labels import best_similarity, parse_label
from auditor.recognise.splits import Split

_ALIKE = 0.6
_SHORT_TABLE = 5  # rows; so few do not tell a second copy from a row out of place


def match_rows(splits: Sequence[Split], rows: Sequence[Row]) -> dict[int, int]:
    """Pair lines with rows of the form in order: index into `splits` → index into `rows`.

    A second pass pairs what is left over out of order, where the label leaves no doubt.
    """
    pairs = dict(align(len(splits), len(rows), lambda i, j: row_score(splits[i], rows[j])))
    taken = set(pairs.values())
    for i, split in enumerate(splits):
        if i in pairs:
            continue
        certain = [j for j, row in enumerate(rows) if j not in taken and _is_certain(split, row)]
        if len(certain) == 1:
            pairs[i] = certain[0]
            taken.add(certain[0])
    return dict(sorted(pairs.items()))


def copies(splits: Sequence[Split], rows: Sequence[Row]) -> tuple[tuple[Split, ...], ...]:
    """Part the lines where the rows of a long table begin anew: last year's, or a template."""
    parts: list[list[Split]] = [[]]
    reached = 0
    for split in splits:
        row = next((j for j, row in enumerate(rows) if _is_certain(split, row)), None)
        if row is not None and len(rows) > _SHORT_TABLE and row < reached - len(rows) // 2:
            parts.append([])
            reached = row
        elif row is not None:
            reached = max(reached, row)
        parts[-1].append(split)
    return tuple(tuple(part) for part in parts)


def row_score(split: Split, row: Row) -> float | None:
    """Score a line's label against a row: letters 1, its item number 0.15, the label above 0.1."""
    letters = best_similarity(split.own_label, (row.path[-1], *row.aliases))
    if letters < _ALIKE:
        return None
    score = letters + _number_score(split.own_label, row)
    if score < _ALIKE:
        return None
    if len(row.path) > 1:
        score += 0.1 * best_similarity(split.parent_label, row.path[:-1])
    return score + (0.1 if split.with_header else 0.0)


def _number_score(label: str, row: Row) -> float:
    """Score the item number; one of another level (3. for （六）) all but excludes the row."""
    found = parse_label(label).number
    official = parse_label(row.path[-1]).number
    if found is None or official is None:
        return 0.0
    if found[0] != official[0]:
        return -0.5
    return 0.15 if found == official else -0.15


def _is_certain(split: Split, row: Row) -> bool:
    exact = parse_label(split.own_label) == parse_label(row.path[-1])
    return exact and len(parse_label(row.path[-1]).letters) > 3


def join_cut_rows(splits: Sequence[Split], rows: Sequence[Row]) -> tuple[Split, ...]:
    """Join a row that a page break cut in two: the last line of a grid and the next one's first.

    They are joined where both together match a row of the form better than either alone, or where
    one half holds the label and the other the values, or the rest of torn numbers.
    """
    joined: list[Split] = []
    for split in splits:
        whole = _join(joined[-1], split) if joined else None
        if whole and _is_cut(joined[-1], split, whole, rows):
            joined[-1] = whole
        elif split.has_values or _best(split, rows):  # else the rest of a group's label
            joined.append(split)
    return tuple(joined)


def _join(upper: Split, lower: Split) -> Split | None:
    if upper.lines[-1].grid_ix == lower.line.grid_ix or len(upper.values) != len(lower.values):
        return None
    values = tuple(
        (*a, *b) if a and b else a or b for a, b in zip(upper.values, lower.values, strict=True)
    )
    if lower.own_label and any(_is_torn(cells) for cells in values):
        return None
    return Split(
        lines=(*upper.lines, *lower.lines),
        labels=(*upper.labels, *lower.labels),
        values=values,
        own_label=upper.own_label + lower.own_label,
        parent_label=upper.parent_label or lower.parent_label,
        with_header=upper.with_header,
        assumption=upper.assumption or lower.assumption,
    )


def _is_torn(cells: tuple[GridCell, ...] | None) -> bool:
    """Claim that a column has text in both halves; a number torn by the page is never read."""
    return sum(bool(cell.text) for cell in cells or ()) > 1


def _is_cut(upper: Split, lower: Split, whole: Split, rows: Sequence[Row]) -> bool:
    if not lower.own_label:
        return lower.has_values and not (upper.has_values and all(lower.texts))
    if not upper.own_label:
        return upper.has_values and not lower.has_values
    return _best(whole, rows) > max(_best(upper, rows), _best(lower, rows))


def _best(split: Split, rows: Sequence[Row]) -> float:
    return max((row_score(split, row) or 0.0 for row in rows), default=0.0)
