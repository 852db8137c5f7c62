from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluate.matching import Pair, best_first, best_matching, jaccard

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0.1, 1), max_size=9
)


def test_jaccard_is_the_shared_part_of_the_union() -> None:
    assert jaccard({1, 2, 3}, {2, 3, 4}) == 0.5
    assert jaccard({1}, {2}) == 0.0
    assert jaccard(set(), set()) == 0.0


def test_best_first_takes_the_greatest_left_and_nothing_too_small() -> None:
    overlaps = {(0, 0): 0.6, (0, 1): 0.9, (1, 1): 0.8, (1, 0): 0.3}
    assert best_first(overlaps, 0.5) == ((0, 1),)
    assert best_first(overlaps, 0.3) == ((0, 1), (1, 0))
    assert best_first({(1, 0): 0.5, (0, 1): 0.5, (0, 0): 0.5}, 0.5) == ((0, 0),)


def test_best_matching_gives_up_a_good_pair_for_two_that_are_better_together() -> None:
    weights = {(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}
    assert best_matching(weights) == ((0, 1), (1, 0))


def test_best_matching_keeps_one_heavy_pair_over_two_light_ones() -> None:
    assert best_matching({(0, 0): 1.0, (0, 1): 0.3, (1, 0): 0.3}) == ((0, 0),)


def test_best_matching_of_nothing_is_nothing() -> None:
    assert best_matching({}) == ()


def _best_by_trying_all(weights: dict[Pair, float]) -> float:
    best = 0.0
    for size in range(1, min(len(weights), 5) + 1):
        for pairs in combinations(weights, size):
            golds, predicted = zip(*pairs, strict=True)
            if len(set(golds)) == len(set(predicted)) == size:
                best = max(best, sum(weights[pair] for pair in pairs))
    return best


@given(WEIGHTS)
def test_best_matching_is_one_to_one_and_weighs_the_most(weights: dict[Pair, float]) -> None:
    pairs = best_matching(weights)
    assert len({gold for gold, _ in pairs}) == len({one for _, one in pairs}) == len(pairs)
    assert abs(sum(weights[pair] for pair in pairs) - _best_by_trying_all(weights)) < 1e-9
