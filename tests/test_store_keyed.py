"""Keys by which holders are found: what shares most comes first, and a full key finds no more."""

from onrecord.store import Store
from onrecord.store.keyed import KeyedIndex
from onrecord.store.schema import telling_key

INDEX = KeyedIndex(table=telling_key, holder="unit", most_holders=3, enough=2, most_found=2)


def test_those_that_share_most_come_first(store: Store) -> None:
    with store._writing() as connection:
        INDEX.enter(connection, {1: {10: 1}, 2: {10: 1, 11: 1}, 3: {12: 2}, 4: {10: 1, 11: 1}})
        near = INDEX.nearest(connection, {7: [10, 11, 12], 8: [10, 12, 12], 9: [13]})
        assert near.holders == {7: [2, 3], 8: [3], 9: []}  # of those that share as much, the first


def test_a_key_that_stands_for_two_things_counts_each(store: Store) -> None:
    with store._writing() as connection:
        INDEX.enter(connection, {1: {10: 1, 11: 1}, 2: {10: 2}})
        near = INDEX.nearest(connection, {7: [10], 8: [10, 11]})
        assert near.holders == {7: [2], 8: [1, 2]}


def test_a_full_key_is_told_and_takes_no_more(store: Store) -> None:
    with store._writing() as connection:
        INDEX.enter(connection, {1: {10: 1, 11: 1}, 2: {10: 2}, 3: {10: 1}})
        near = INDEX.nearest(connection, {7: [10, 11]})
        assert near.full == {10}
        INDEX.enter(connection, {7: {10: 1, 11: 1}}, near.full)
        INDEX.enter(connection, {8: {10: 1, 11: 1}})  # looked up
        assert INDEX.nearest(connection, {9: [11]}).full == {11}
        INDEX.leave(connection, 1, [10, 11])
        assert INDEX.nearest(connection, {9: [10, 11]}).full == set()
