from onrecord.evaluate.tally import Tally, add_tallies, tally_lines


def test_shares_of_a_tally() -> None:
    tally = Tally("figures", right=3, predicted=4, gold=6)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.5, 0.6)


def test_shares_of_nothing_are_zero() -> None:
    tally = Tally("figures", 0, 0, 0)
    assert (tally.precision, tally.recall, tally.f1) == (0, 0, 0)


def test_tallies_are_added_by_name() -> None:
    one = (Tally("a", 1, 2, 3), Tally("b", 1, None, 1))
    other = (Tally("b", 0, None, 4), Tally("a", 1, 1, 1))
    assert add_tallies([one, other]) == (Tally("a", 2, 3, 4), Tally("b", 1, None, 5))


def test_lines_leave_out_what_was_not_measured() -> None:
    header, full, recall_only = tally_lines([Tally("a", 1, 2, 4), Tally("b", 1, None, 2)])
    assert header.split() == ["gold", "rows", "right", "P", "R", "F1"]
    assert full.split() == ["a", "4", "2", "1", "50.00", "25.00", "33.33"]
    assert recall_only.split() == ["b", "2", "1", "50.00"]
