"""Finding rows across articles: what each filter means, and for which kinds it means nothing."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import TEXT, make_article, make_record
from onrecord.errors import StoreError
from onrecord.records import KINDS, Actor, Event, Participant, Record, Span, Statement
from onrecord.store import Filters, Store, open_store
from onrecord.store.filters import MEANINGS
from onrecord.tables import table


@pytest.fixture(scope="module")
def store(module_place: str) -> Iterator[Store]:
    with open_store(module_place) as opened:
        opened.save(make_record(), "hand/1")
        yield opened


KEY_COLUMNS = {
    "statements": "act",
    "events": "event_type",
    "figures": "measure",
    "conditions": "kind",
    "demands": "asks",
    "terms": "term",
    "actors": "actor_id",
    "mentions": "words",
    "times": "words",
    "places": "name",
}


def found(store: Store, kind: str, **filters: Any) -> list[str]:  # noqa: ANN401 - any filter
    """What names the rows that were found."""
    rows = store.find(kind, Filters(**filters))
    return [str(value) for value in rows.column(KEY_COLUMNS[kind]).to_pylist()]


@pytest.mark.parametrize("kind", KINDS)
def test_with_no_filter_every_row_is_found_as_the_table_has_it(store: Store, kind: str) -> None:
    rows, made = store.find(kind).to_arrow(), table(make_record(), kind).to_arrow()
    if kind == "actors":  # who they are is known in a store only
        assert all(rows.column("identity").to_pylist())
        rows, made = rows.drop_columns(["identity"]), made.drop_columns(["identity"])
    if kind == "events":  # so is which happening they tell
        pairs = zip(made["happening_id"].to_pylist(), made["event_id"].to_pylist(), strict=True)
        assert rows["happening_id"].to_pylist() == [own or first for own, first in pairs]
        rows, made = rows.drop_columns(["happening_id"]), made.drop_columns(["happening_id"])
    assert rows.equals(made)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_found_has_the_same_columns(store: Store, kind: str) -> None:
    nothing = store.find(kind, Filters(text="unheard"))
    assert nothing.num_rows == 0
    assert nothing.to_arrow().schema.equals(table(make_record(), kind).to_arrow().schema)


EVENTS = ["CONSULT", "ASSAULT", "CONCEDE", "RETREAT"]

CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("events", {"min_score": 0.9}, ["ASSAULT", "CONCEDE", "RETREAT"]),  # the others have none
    ("events", {"min_score": 0.5}, EVENTS),
    ("statements", {"speaker": "Putin"}, ["promise"]),
    ("statements", {"speaker": "vladimir PUTIN"}, ["promise"]),
    ("statements", {"speaker": "Put"}, []),
    ("statements", {"speaker": "Putin Vladimir"}, []),
    ("statements", {"speaker": "peskov"}, ["assert", "assert"]),
    ("statements", {"speaker": "Pêskov"}, ["assert", "assert"]),
    ("events", {"speaker": "Putin"}, ["CONCEDE"]),
    ("events", {"speaker": "Peskov"}, ["CONCEDE"]),  # he says that Putin promised
    ("events", {"speaker": "Ukrainian military"}, ["ASSAULT"]),
    ("figures", {"speaker": "military"}, ["killed"]),
    ("conditions", {"speaker": "Peskov"}, ["offer"]),
    ("demands", {"speaker": "Ukraine"}, ["Russia withdraw its troops"]),
    ("terms", {"speaker": "officials"}, ["special military operation"]),
    ("statements", {"actor": "Ukraine"}, ["demand"]),
    ("statements", {"recipient": "Russia"}, ["demand"]),
    ("statements", {"recipient": "reporters"}, ["assert"]),
    ("events", {"actor": "Putin"}, ["CONSULT", "RETREAT"]),
    ("events", {"recipient": "Putin"}, ["CONSULT"]),
    ("events", {"actor": "Lukashenko"}, ["CONSULT"]),
    ("events", {"actor": "Lukashenko", "recipient": "Putin"}, ["CONSULT"]),
    ("events", {"actor": "Putin", "recipient": "Lukashenko"}, ["CONSULT"]),
    ("events", {"actor": "Putin", "recipient": "Putin"}, []),
    ("events", {"actor": "Russian forces"}, ["ASSAULT"]),
    ("events", {"recipient": "Russian forces"}, []),
    ("figures", {"actor": "forces"}, ["killed"]),
    ("conditions", {"actor": "Putin"}, ["offer"]),
    ("conditions", {"recipient": "the West"}, ["offer"]),
    ("conditions", {"recipient": "Putin"}, []),
    ("demands", {"actor": "Ukraine"}, ["Russia withdraw its troops"]),
    ("demands", {"recipient": "Ukraine"}, []),
    ("demands", {"recipient": "Russia"}, ["Russia withdraw its troops"]),
    ("terms", {"actor": "officials"}, ["invasion", "special military operation"]),
    ("actors", {"actor": "Russian"}, ["rus-forces", "rus-officials"]),
    ("mentions", {"actor": "Putin"}, ["Russian President Vladimir Putin", "Mr Putin"]),
    ("statements", {"country": "UKR"}, ["demand", "accuse"]),
    ("statements", {"country": "ukr", "recipient": "Russia"}, ["demand"]),
    ("events", {"country": "BLR"}, ["CONSULT"]),
    ("figures", {"country": "RUS"}, ["killed"]),
    ("conditions", {"country": "RUS"}, ["offer"]),
    ("demands", {"country": "UKR"}, ["Russia withdraw its troops"]),
    ("terms", {"country": "UKR"}, []),
    ("actors", {"country": "BLR"}, ["lukashenko"]),
    ("mentions", {"country": "UKR"}, ["Ukraine", "the Ukrainian military"]),
    ("places", {"country": "UKR"}, ["Kharkiv"]),
    ("statements", {"type": "demand"}, ["demand"]),
    ("statements", {"type": "direct"}, ["assert"]),
    ("events", {"type": "assault"}, ["ASSAULT"]),
    ("figures", {"type": "refugees"}, ["refugees"]),
    ("conditions", {"type": "threat"}, []),
    ("terms", {"type": "war"}, ["invasion", "special military operation", "assault"]),
    ("terms", {"type": "Invasion"}, ["invasion"]),
    ("actors", {"type": "bloc"}, ["west"]),
    ("actors", {"type": "mil"}, ["ukr-military", "rus-forces"]),
    ("mentions", {"type": "title"}, ["Mr Putin"]),
    ("events", {"modality": "negated"}, ["RETREAT"]),
    ("events", {"since": "2022-03-08"}, ["CONSULT", "CONCEDE", "RETREAT"]),
    ("events", {"until": "2022-03-08"}, ["ASSAULT"]),
    ("events", {"since": "2022-03", "until": "2022-03"}, EVENTS),
    ("figures", {"until": "2022-03-10"}, ["killed"]),
    ("statements", {"until": "2022-03-10"}, []),
    ("times", {"until": "2022-03-10"}, ["7 March"]),
    ("places", {"since": "2023"}, []),
    ("statements", {"text": "progress"}, ["assert"]),
    ("statements", {"text": "Peskov progress"}, ["assert"]),  # source and content
    ("statements", {"text": "sanctions the"}, ["assert", "promise"]),
    ("statements", {"text": '"sanctions the"'}, []),
    ("statements", {"text": "“lifted its”"}, ["assert", "promise"]),
    ("statements", {"text": "PROGRESS"}, ["assert"]),
    ("events", {"text": "kharkiv"}, ["ASSAULT"]),
    ("figures", {"text": "civilians"}, ["killed"]),
    ("conditions", {"text": "fighting West"}, ["offer"]),
    ("demands", {"text": "troops"}, ["Russia withdraw its troops"]),
    ("terms", {"text": "operation"}, ["special military operation"]),
    ("actors", {"text": "lukashenko"}, ["lukashenko"]),
    ("mentions", {"text": "Mr"}, ["Mr Putin"]),
    ("times", {"text": "march"}, ["7 March"]),
    ("places", {"text": "moscow"}, ["Moscow"]),
    ("events", {"limit": 2}, ["CONSULT", "ASSAULT"]),
    ("events", {"article": "Leaders meet in Moscow", "type": "CONSULT"}, ["CONSULT"]),
    ("events", {"actor": "Putin", "modality": "actual", "country": "RUS"}, ["CONSULT"]),
]


@pytest.mark.parametrize(("kind", "filters", "expected"), CASES)
def test_a_filter_finds_what_it_says(
    store: Store, kind: str, filters: dict[str, Any], expected: list[str]
) -> None:
    assert found(store, kind, **filters) == expected


def test_each_filter_is_tried_on_each_kind_that_it_means_something_for() -> None:
    tried = {(kind, name) for kind, filters, _ in CASES for name in filters}
    for kind, meaning in MEANINGS.items():
        for name in ("actor", "recipient", "country", "type"):
            assert ((kind, name) in tried) == bool(getattr(meaning, name)), (kind, name)
        assert (kind, "text") in tried


@pytest.mark.parametrize(
    ("kind", "filters", "message"),
    [
        ("actors", {"speaker": "Putin"}, "actors have no speaker to find them by; statements, "),
        ("places", {"actor": "Putin"}, "places have no actor"),
        ("terms", {"recipient": "Putin"}, "terms have no recipient"),
        ("times", {"country": "RUS"}, "times have no country"),
        ("demands", {"type": "demand"}, "demands have no type"),
        ("statements", {"modality": "actual"}, "statements have no modality.*; events have"),
        ("events", {"type": "WAR"}, "type of events must be one of AGREE, .*, got 'WAR'"),
        ("statements", {"type": "say"}, "type of statements must be one of assert, "),
        ("events", {"modality": "maybe"}, "modality must be one of actual, "),
        ("quotes", {}, "kind must be one of statements, .*, got 'quotes'"),
        ("statements", {"text": "?! --"}, "no words in it"),
    ],
)
def test_what_means_nothing_for_a_kind_is_refused(
    store: Store, kind: str, filters: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        store.find(kind, Filters(**filters))


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"speaker": " "}, "speaker must be a name"),
        ({"recipient": ""}, "recipient must be a name"),
        ({"country": "Russia"}, "country must be three letters"),
        ({"since": "yesterday"}, "since must be a date such as"),
        ({"until": "2022-02-30"}, "until must be a date such as"),
        ({"since": "2022/2023"}, "since must be a date such as"),
        ({"since": "2023", "until": "2022-12"}, "since 2023 is after until 2022-12"),
        ({"limit": 0}, "limit must be at least 1"),
        ({"min_score": 1.5}, "min_score must be from 0 to 1"),
    ],
)
def test_a_filter_that_nothing_could_meet_is_refused(filters: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Filters(**filters)


def test_an_article_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="no article 'elsewhere'"):
        store.find("events", Filters(article="elsewhere"))


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(max_size=12)
    | st.lists(st.sampled_from(['"', "“", "(", ")", "*", "^", "NEAR", "OR", "a:", "-b", "'"])).map(
        " ".join
    )
)
def test_no_text_to_look_for_is_read_as_an_operator(store: Store, text: str) -> None:
    try:
        assert store.find("statements", Filters(text=text)).num_rows >= 0
    except ValueError as error:
        assert "no words" in str(error)  # noqa: PT017 - most texts raise nothing


def _dated(day: str | None) -> Event:
    event = make_record().events[3]
    return replace(event, date=day)


@pytest.mark.parametrize(
    ("day", "since", "until", "is_found"),
    [
        ("2022-03", "2022-03-31", None, True),
        ("2022-03", "2022-04-01", None, False),
        ("2022", None, "2022-01-01", True),
        ("2022", None, "2021", False),
        ("2022-03-07/2022-03-13", "2022-03-13", "2022-03-20", True),
        ("2022-03-07/2022-03-13", "2022-03-14", "2022-03-20", False),
        ("2022-03-07/2022-03-13", "2022-03-09", "2022-03-10", True),
        (None, "2022-03-11", "2022-03-11", True),  # the day of publication
        (None, "2022-03-12", None, False),
    ],
)
def test_a_date_is_found_where_it_could_lie(
    place: str, day: str | None, since: str | None, until: str | None, is_found: bool
) -> None:
    with open_store(place) as store:
        store.save(make_record(events=(_dated(day),)), "hand/1")
        rows = store.find("events", Filters(since=since, until=until))
        assert rows.num_rows == is_found


def test_a_row_with_no_date_at_all_is_not_found_by_date(place: str) -> None:
    article = make_article(published=None, published_from=None)
    with open_store(place) as store:
        store.save(make_record(article), "hand/1")
        assert found(store, "events", since="1900") == ["CONSULT", "ASSAULT"]
        assert found(store, "events", until="2100") == ["CONSULT", "ASSAULT"]


def test_a_meeting_of_three_is_read_every_way(place: str) -> None:
    names = ("Ada", "Bob", "Cy")
    actors = tuple(
        Actor(actor_id=name, name=name, kind="person", extractor="hand/1") for name in names
    )
    parties = [Participant(span=Span(at, at + 1), actor_id=name) for at, name in enumerate(names)]
    meeting = Event(
        event_id="meeting",
        event_type="CONSULT",
        trigger=(Span(5, 6),),
        actors=(parties[0],),
        recipients=tuple(parties[1:]),
        symmetric=True,
        modality="actual",
        extractor="hand/1",
    )
    one_way = replace(meeting, event_id="visit", symmetric=False)
    record = Record(article=make_article(), actors=actors, events=(meeting, one_way))
    with open_store(place) as store:
        store.save(record, "hand/1")

        def ids(**filters: str) -> list[str]:
            rows = store.find("events", Filters(**filters))  # type: ignore[arg-type]  # names
            return [str(value) for value in rows.column("event_id").to_pylist()]

        assert ids(actor="Bob", recipient="Cy") == ["meeting"]
        assert ids(actor="Cy", recipient="Ada") == ["meeting"]
        assert ids(actor="Ada", recipient="Cy") == ["meeting", "visit"]
        assert ids(actor="Cy", recipient="Cy") == []


def test_voices_that_vouch_for_each_other_come_to_an_end(place: str) -> None:
    def said(row_id: str, parent: str, speaker: str) -> Statement:
        return Statement(
            statement_id=row_id,
            source=(),
            cue=(),
            content=(Span(0, 1),),
            kind="indirect",
            act="assert",
            speaker_id=speaker,
            parent_id=parent,
            extractor="hand/1",
        )

    record = make_record(statements=(said("one", "two", "putin"), said("two", "one", "peskov")))
    term = replace(record.terms[2], statement_id="one")
    kinds = dict.fromkeys(("events", "figures", "conditions", "demands"), ())
    record = replace(record, terms=(term,), **kinds)  # type: ignore[arg-type]  # empty kinds
    with open_store(place) as store:
        store.save(record, "hand/1")
        rows = store.find("terms", Filters(speaker="Peskov"))
        assert rows.column("voice").to_pylist() == ["Vladimir Putin < Dmitry Peskov"]


def test_only_the_latest_version_is_searched(place: str) -> None:
    with open_store(place) as store:
        store.save(make_record(), "hand/1")
        newer = make_article(f"{TEXT} The talks ended.", version=2)
        store.save(make_record(newer, events=make_record(newer).events[:1]), "hand/1")
        assert found(store, "events") == ["CONSULT"]
        assert found(store, "events", text="sanctions") == []
        assert store.find("figures", Filters()).column("version").to_pylist() == [2, 2]


def test_rows_come_by_date_of_publication_then_as_they_stand(place: str) -> None:
    dates = {"a": "2022-03-12", "b": None, "c": "2022-03", "d": "2021"}
    with open_store(place) as store:
        for article_id, published in dates.items():
            given_by = None if published is None else "given"
            article = make_article(
                article_id=article_id, published=published, published_from=given_by
            )
            store.save(make_record(article), "hand/1")
        rows = store.find("terms", Filters(type="war"))
        assert rows.column("article_id").to_pylist() == [name for name in "dcab" for _ in range(3)]
        assert rows.column("term").to_pylist() == [term.term for term in make_record().terms] * 4
        first = store.find("terms", Filters(limit=4))
        assert first.to_pylist() == rows[:4].to_pylist()


def test_rows_of_articles_with_the_same_row_ids_are_told_apart(place: str) -> None:
    with open_store(place) as store:
        for article_id, name in (("a", "Ada"), ("b", "Bob")):
            actor = Actor(actor_id="x", name=name, kind="person", extractor="hand/1")
            statement = Statement(
                statement_id="s",
                source=(),
                cue=(),
                content=(Span(0, 1),),
                kind="direct",
                act="assert",
                speaker_id="x",
                extractor="hand/1",
            )
            term = replace(make_record().terms[2], term_id="t", statement_id="s")
            record = Record(
                article=make_article(article_id=article_id),
                actors=(actor,),
                statements=(statement,),
                terms=(term,),
            )
            store.save(record, "hand/1")
        for kind in ("statements", "terms"):
            rows = store.find(kind, Filters(speaker="Bob"))
            assert rows.column("article_id").to_pylist() == ["b"]
        assert store.find("actors", Filters(text="Ada")).column("article_id").to_pylist() == ["a"]


def test_a_thousand_articles_are_saved_and_searched_in_good_time(place: str) -> None:
    with open_store(place) as store:
        start = time.process_time()
        for number in range(1000):
            day = f"{2000 + number // 365}-{number % 12 + 1:02}"
            store.save(make_record(make_article(article_id=f"{number}", published=day)), "hand/1")
        store.link()  # as `onrecord read` does at its end
        assert time.process_time() - start < 150
        searches = {
            "statements": Filters(speaker="Putin", type="promise", limit=100),
            "events": Filters(actor="Lukashenko", recipient="Putin", since="2001", limit=100),
            "figures": Filters(speaker="military", text="civilians", country="RUS", limit=100),
        }
        for kind, filters in searches.items():
            start = time.process_time()
            assert store.find(kind, filters).num_rows == 100
            assert time.process_time() - start < 1
        everything = store.find("terms", Filters())
        assert everything.num_rows == 3000
