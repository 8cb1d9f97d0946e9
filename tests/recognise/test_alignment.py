from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from auditor.recognise.alignment import align

scores = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 9).map(float)), min_size=4, max_size=4),
    min_size=0,
    max_size=4,
)


def best_by_trying_all(table):
    cells = [(i, j) for i, row in enumerate(table) for j, s in enumerate(row) if s is not None]
    best = 0.0
    for count in range(len(cells) + 1):
        for pairs in combinations(cells, count):
            if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs)):
                best = max(best, sum(table[i][j] for i, j in pairs))
    return best


@given(scores)
def test_the_pairing_is_ordered_and_of_highest_score(table):
    pairs = align(len(table), 4, lambda i, j: table[i][j])
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))
    assert sum(table[i][j] for i, j in pairs) == best_by_trying_all(table)
