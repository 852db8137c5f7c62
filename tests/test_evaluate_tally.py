from onrecord.evaluate.tally import Interval, Tally, add_tallies, resample, tally_lines


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


def test_articles_that_are_alike_leave_no_doubt() -> None:
    alike = [(Tally("a", 1, 1, 3), Tally("recall only", 1, None, 3))] * 5
    assert resample(alike, 20) == (Interval("a", 0.5, 0.5),)
    assert resample([], 20) == resample(alike, 0) == ()


def test_an_interval_holds_the_whole_and_is_the_same_every_time() -> None:
    articles = [(Tally("a", right, 4, 4),) for right in (0, 1, 2, 3, 4, 4)]
    (whole,) = add_tallies(articles)
    (interval,) = resample(articles, 200)
    assert 0 <= interval.low < whole.f1 < interval.high <= 1
    assert resample(articles, 200) == (interval,)
    _, line = tally_lines([whole], [interval])
    assert line.endswith(f"F1 95% [{100 * interval.low:.1f}, {100 * interval.high:.1f}]")
