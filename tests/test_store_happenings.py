"""Happenings in a store: linked, listed, explained, counted, and the same after reading again."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update

from factories import EXTRACTOR, make_article
from onrecord.errors import StoreError
from onrecord.records import Actor, Event, Participant, Record, Span, row_id
from onrecord.store import Counting, Filters, Store, open_store
from onrecord.store.schema import article as articles
from onrecord.store.schema import telling as tellings

STORY = "Russian forces shelled Kharkiv on 7 March, killing the mayor in a burning hospital. "
OTHER = "Later that week both governments sent envoys to talk about a pause. "


ACTORS = {
    "RUS": ("Russian forces", "organisation"),
    "UKR": ("Government of Ukraine", "government"),
    "BLR": ("Government of Belarus", "government"),
}


def told(name: str, *events: dict[str, Any], published: str | None = "2022-03-08") -> Record:
    """An article of its own words, with events that have countries for their two sides."""
    text = STORY + f"{name} " * 12 + OTHER
    article = make_article(
        text,
        article_id=name,
        title=name,
        url=None,
        source_path=None,
        published=published,
        published_from="given" if published else None,
    )
    actors = tuple(
        Actor(actor_id=code, name=known, kind=kind, country=code, extractor=EXTRACTOR)  # type: ignore[arg-type]
        for code, (known, kind) in ACTORS.items()
    )
    made = []
    for at, fields in enumerate(events):
        start = text.index("shelled") + at
        values: dict[str, Any] = {
            "event_type": "ASSAULT",
            "modality": "actual",
            "goldstein": -9.0,
            "quad": 4,
            "date": "2022-03-07",
        } | fields
        sides: dict[str, Any] = {
            side: tuple(
                Participant(span=Span(start, start + 1), actor_id=code)
                for code in values.pop(side, ())
            )
            for side in ("actors", "recipients")
        }
        span = Span(start, start + 5)
        made.append(
            Event(
                event_id=row_id(article, "event", span),
                trigger=(span,),
                extractor=EXTRACTOR,
                **sides,
                **values,
            )
        )
    return Record(article=article, actors=actors, events=tuple(made))


SHELLED: dict[str, Any] = {"actors": ["RUS"], "recipients": ["UKR"]}
MET: dict[str, Any] = {
    "event_type": "CONSULT",
    "actors": ["UKR"],
    "recipients": ["BLR"],
    "symmetric": True,
    "goldstein": 2.5,
    "quad": 1,
}


def fill(store: Store, *records: Record) -> None:
    for record in records:
        store.save(record, EXTRACTOR)


def groups(store: Store) -> set[frozenset[tuple[str, str]]]:
    """The events of all articles in their happenings."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in store.find("events", Filters()).to_pylist():
        found.setdefault(row["happening_id"], set()).add((row["article_id"], row["event_id"]))
    return {frozenset(one) for one in found.values()}


def test_one_event_in_two_articles_is_one_happening_with_the_earliest_telling_s_id(
    store: Store,
) -> None:
    late = told("late", SHELLED, published="2022-03-09")
    fill(store, late, told("early", SHELLED))
    early = store.record("early").events[0].event_id
    assert set(store.find("events", Filters()).column("happening_id").to_pylist()) == {early}
    (found,) = store.happenings()
    assert (found.happening_id, found.articles) == (early, 2)
    first, second = found.tellings
    assert (first.article_id, first.reason) == ("early", None)
    assert second.reason is not None
    assert second.reason.earlier_id == early
    assert {"type", "actors", "recipients", "date"} <= set(second.reason.same)
    assert second.reason.unknown == ("place", "mode")
    assert str(second.reason).startswith("same type, actors, recipients, date")


def test_linking_and_the_order_of_reading_change_nothing(new_place: Callable[[], str]) -> None:
    records = (
        told("a", SHELLED, MET),
        told("b", SHELLED | {"recipients": []}),
        told("c", SHELLED | {"date": "2022-03-05"}),
        told("d", MET | {"actors": ["BLR"], "recipients": ["UKR"]}, published="2022-03-09"),
    )
    seen = []
    for number, order in enumerate(itertools.permutations(records)):
        if number % 7:
            continue
        with open_store(new_place()) as store:
            fill(store, *order)
            seen.append(groups(store))
            store.link()
            seen.append(groups(store))
            store.link()
            fill(store, order[2])
            seen.append(groups(store))
    assert len(seen[0]) == 3
    assert all(one == seen[0] for one in seen)


def test_linking_moves_the_stamp_when_it_changed_something_and_only_then(store: Store) -> None:
    fill(store, told("a", SHELLED), told("b", SHELLED))
    linked = store.happenings()
    with store._writing() as connection:  # as if stored long ago, and not linked with each other
        connection.execute(update(articles).values(stored_at="2022-03-09T00:00:00+00:00"))
        connection.execute(update(tellings).values(happening_id=tellings.c.own_id))
    before = store.views.stamp()
    assert store.happenings() == ()
    store.link()
    assert store.happenings() == linked
    after = store.views.stamp()
    assert after != before
    store.link()
    assert store.views.stamp() == after


def test_reading_again_keeps_the_ids_and_a_lost_event_leaves(store: Store) -> None:
    fill(store, told("a", SHELLED), told("b", SHELLED))
    store.link()
    before = store.happenings()
    store.save(told("b", SHELLED), "another extractor/2")
    assert store.happenings() == before
    store.link()
    assert store.happenings() == before
    store.save(told("a"), "another extractor/3")
    assert store.happenings() == ()
    (alone,) = store.happenings(fewest=1)
    assert [one.article_id for one in alone.tellings] == ["b"]
    store.link()
    assert store.happenings(fewest=1) == (alone,)


def test_a_happening_is_found_by_its_id_or_an_event_s_or_the_beginning(store: Store) -> None:
    fill(store, told("a", SHELLED), told("b", SHELLED))
    (found,) = store.happenings()
    for telling in found.tellings:
        assert store.happening(telling.event_id) == found
    assert store.happening(found.happening_id[:8]) == found
    with pytest.raises(StoreError, match="has no happening 'nowhere'; give an id"):
        store.happening("nowhere")


def test_filters_choose_happenings_and_all_their_tellings_come(store: Store) -> None:
    fill(store, told("a", SHELLED, MET), told("b", SHELLED), told("c", MET))
    kinds = [one.event_type for one in store.happenings(Filters(type="consult"))]
    assert kinds == ["CONSULT"]
    (found,) = store.happenings(Filters(article="c"))
    assert [one.article_id for one in found.tellings] == ["a", "c"]
    assert len(store.happenings(limit=1)) == 1


# Counts


def counted(store: Store, counting: Counting, **filters: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any filter
    rows = store.count(counting, Filters(**filters)).to_pylist()
    names = ("period", "actor_country", "recipient_country", "happenings", "tellings")
    return [tuple(row[name] for name in names) for row in rows]


@pytest.fixture
def war(store: Store) -> Store:
    """A shelling told twice, one told once without a date, one of the next month, a meeting."""
    fill(
        store,
        told("a", SHELLED, MET),
        told("b", SHELLED | {"goldstein": -8.0}),
        told("c", SHELLED | {"date": None, "mode": "drone"}, published="2022-06-01"),
        told("d", SHELLED | {"date": "2022-04-07", "mode": "aerial"}, published="2022-04-08"),
    )
    return store


def test_a_happening_told_twice_is_counted_once(war: Store) -> None:
    by_month = Counting(by="month", dyad=("RUS", "UKR"), dated_by="event")
    assert counted(war, by_month) == [
        ("2022-03", "RUS", "UKR", 1, 2),
        ("2022-04", "RUS", "UKR", 1, 1),
        (None, "RUS", "UKR", 1, 1),
    ]
    assert war.count(by_month).column("goldstein").to_pylist() == [-8.5, -9.0, -9.0]


@pytest.mark.parametrize(
    ("by", "period"),
    [("day", "2022-03-07"), ("week", "2022-W10"), ("month", "2022-03"), ("year", "2022")],
)
def test_periods(war: Store, by: Any, period: str) -> None:  # noqa: ANN401 - a Period
    found = counted(war, Counting(by=by, dyad=("RUS", "UKR")))
    assert found[0][0] == period
    assert sum(row[3] for row in found) == 3


def test_publication_dates_what_has_no_date_and_is_said(war: Store) -> None:
    rows = war.count(Counting(by="month", dyad=("RUS", "UKR"))).to_pylist()
    dated = [(row["period"], row["by_publication"]) for row in rows]
    assert dated == [("2022-03", 0), ("2022-04", 0), ("2022-06", 1)]
    by_event = Counting(by="month", dyad=("RUS", "UKR"), dated_by="event")
    rows = war.count(by_event).to_pylist()
    dated = [(row["period"], row["by_publication"]) for row in rows]
    assert dated == [("2022-03", 0), ("2022-04", 0), (None, 0)]


def test_a_date_wider_than_the_period_is_in_none(store: Store) -> None:
    fill(store, told("a", SHELLED | {"date": "2022-03"}))
    assert counted(store, Counting(by="day"))[0][0] is None
    assert counted(store, Counting(by="week"))[0][0] is None
    assert counted(store, Counting(by="month"))[0][0] == "2022-03"


def test_direction_counts_only_when_asked_and_meetings_count_both_ways(war: Store) -> None:
    assert counted(war, Counting(by="year", dyad=("ukr", "rus"))) == [("2022", "RUS", "UKR", 3, 4)]
    assert counted(war, Counting(by="year", dyad=("UKR", "RUS"), directed=True)) == []
    for dyad in (("UKR", "BLR"), ("BLR", "UKR")):
        assert counted(war, Counting(by="year", dyad=dyad, directed=True)) == [
            ("2022", *dyad, 1, 1)
        ]
    assert counted(war, Counting(by="year", dyad=("UKR", "BLR"))) == [("2022", "BLR", "UKR", 1, 1)]


def test_without_a_dyad_all_pairs_are_counted_and_unknown_sides_too(store: Store) -> None:
    fill(store, told("a", SHELLED | {"recipients": []}, MET, {}))
    assert counted(store, Counting(by="year")) == [
        ("2022", "BLR", "UKR", 1, 1),
        ("2022", "RUS", None, 1, 1),
        ("2022", None, None, 1, 1),
    ]


def test_what_one_telling_leaves_open_another_fills_in(store: Store) -> None:
    fill(store, told("a", SHELLED), told("b", SHELLED | {"recipients": []}))
    assert counted(store, Counting(by="year")) == [("2022", "RUS", "UKR", 1, 2)]


def test_types_and_classes_can_be_counted_apart(war: Store) -> None:
    rows = war.count(Counting(by="year", per="type"), Filters(country="UKR")).to_pylist()
    known = [(row["event_type"], row["quad"], row["happenings"]) for row in rows if row["period"]]
    assert known == [("CONSULT", 1, 1), ("ASSAULT", 4, 3)]
    rows = war.count(Counting(by="year", per="quad")).to_pylist()
    assert {(row["event_type"], row["quad"]) for row in rows} == {(None, 1), (None, 4)}


def test_filters_choose_what_is_counted(war: Store) -> None:
    by_year = Counting(by="year")
    assert counted(war, by_year, quad=1) == [("2022", "BLR", "UKR", 1, 1)]
    assert counted(war, by_year, modality="negated") == []
    assert counted(war, by_year, voice="statement") == []
    (row,) = counted(war, by_year, voice="narration", type="ASSAULT")
    assert row == ("2022", "RUS", "UKR", 3, 4)


PARTIES = ((), ("RUS",), ("UKR",), ("RUS", "UKR"), ("RUS", "BLR"))


def test_a_dyad_is_counted_as_among_all_pairs(store: Store) -> None:
    """What is kept of a telling's two sides says the same as a look at all who took part."""
    told_of = [
        {"actors": actors, "recipients": recipients, "symmetric": symmetric, "date": date}
        for actors, recipients in itertools.product(PARTIES, repeat=2)
        for symmetric, date in ((False, "2022-03-07"), (True, "2022-04-07"))
    ]
    for name, some in (("a", told_of), ("b", told_of[::3]), ("c", told_of[1::2]), ("d", told_of)):
        fill(store, told(name, *some, published=f"2022-03-{8 + len(some) % 3:02}"))
    fill(store, told("d", *told_of[::2]))  # read again, with less in it
    filters = (Filters(), Filters(since="2022-04"), Filters(article="b"), Filters(country="BLR"))
    for one, directed, per, unit in itertools.product(
        filters, (False, True), (None, "quad"), ("story", "article")
    ):
        how: dict[str, Any] = {"by": "month", "directed": directed, "per": per, "unit": unit}
        every = store.count(Counting(**how), one).to_pylist()
        for dyad in itertools.product(("BLR", "RUS", "UKR"), repeat=2):
            asked = dyad if directed else tuple(sorted(dyad))
            among = [r for r in every if (r["actor_country"], r["recipient_country"]) == asked]
            assert store.count(Counting(dyad=dyad, **how), one).to_pylist() == among
    with store._reading() as connection:
        alone = select(tellings.c.happening_id).where(tellings.c.once)
        query = select(func.count()).group_by(tellings.c.happening_id)
        counts = connection.scalars(query.where(tellings.c.happening_id.in_(alone))).all()
    assert {*counts} == {1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "decade"},
        {"by": "day", "dyad": ("RUS",)},
        {"by": "day", "dyad": ("RUS", "Ukraine")},
        {"by": "day", "per": "mode"},
        {"by": "day", "dated_by": "read"},
    ],
)
def test_wrong_ways_of_counting_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must be one of|two countries"):
        Counting(**wrong)
