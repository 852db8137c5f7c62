"""A record that is stored and read back is the record that was stored."""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import identity_map, make_article, make_record
from onrecord.errors import StoreError
from onrecord.records import (
    KINDS,
    Act,
    Actor,
    ActorKind,
    Article,
    Condition,
    ConditionKind,
    Demand,
    Event,
    EventType,
    Figure,
    InputMap,
    Measure,
    Mention,
    MentionForm,
    Modality,
    Participant,
    Place,
    Record,
    Row,
    Segment,
    Span,
    Statement,
    StatementKind,
    Term,
    TermVoice,
    TimeExpression,
)
from onrecord.store import Store, open_store

NUMBER = itertools.count()
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
MAYBE = st.none() | WORDS
FLOATS = st.none() | st.floats(allow_nan=False)
DATES = st.none() | st.sampled_from(["2022", "2022-03", "2022-03-10", "2022-03-07/2022-03-13", "?"])


def one_of(literal: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


class Maker:
    """Draws the rows of one article."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], text: str) -> None:
        self.draw = draw
        cuts = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
        self.span = cuts.filter(lambda cut: cut[0] != cut[1]).map(lambda cut: Span(*sorted(cut)))
        self.pieces = st.lists(self.span, min_size=1, max_size=3).map(tuple)
        self.maybe_pieces = st.lists(self.span, max_size=3).map(tuple)
        self.ids: dict[str, list[str]] = {kind: [] for kind in KINDS}

    def rows(self, kind: str, /, **fields: st.SearchStrategy[Any]) -> Iterator[dict[str, Any]]:
        for number in range(self.draw(st.integers(0, 3))):
            yield {name: self.draw(value) for name, value in fields.items()} | {
                "extractor": self.draw(WORDS),
                f"{kind.removesuffix('s')}_id": f"{kind}-{number}",
            }
            self.ids[kind].append(f"{kind}-{number}")

    def link(self, kind: str) -> st.SearchStrategy[str | None]:
        """One of the rows there are when it is drawn, or none."""
        ids = self.ids[kind]
        return st.integers(0, 4).map(lambda number: ids[number] if number < len(ids) else None)

    def held(self, rows: list[Any], made: object) -> st.SearchStrategy[Any]:
        """A place or a date of a row: none, one of the record's, or one that only the row has."""
        return st.none() | st.sampled_from([*rows, made])


def voiced(make: Maker) -> dict[str, st.SearchStrategy[Any]]:
    return {"score": FLOATS, "statement_id": make.link("statements")}


def draw_places(make: Maker) -> list[Place]:
    fields = make.rows(
        "places",
        span=make.span,
        name=WORDS,
        country=MAYBE,
        lat=FLOATS,
        lon=FLOATS,
        geonames_id=st.none() | st.integers(0, 2**62),
        candidates=st.lists(st.integers(0, 2**62), max_size=3).map(tuple),
    )
    return [Place(**values) for values in fields]


def draw_times(make: Maker) -> list[TimeExpression]:
    anchors = make.link("times").map(lambda found: found or "published")
    fields = make.rows("times", span=make.span, value=DATES, anchor=st.none() | anchors)
    return [TimeExpression(**values) for values in fields]


def draw_statements(
    make: Maker, times: list[TimeExpression], places: list[Place]
) -> list[Statement]:
    span = make.draw(make.span)
    hidden_time = TimeExpression(time_id="held", span=span, value=None, extractor="")
    hidden_place = Place(place_id="held", span=span, name="", extractor="")
    fields = make.rows(
        "statements",
        source=make.maybe_pieces,
        cue=make.maybe_pieces,
        content=make.pieces,
        occasion=make.maybe_pieces,
        kind=one_of(StatementKind),
        act=one_of(Act),
        speaker_id=make.link("actors"),
        addressee_id=make.link("actors"),
        said_on=make.held(times, hidden_time),
        said_at=make.held(places, hidden_place),
        parent_id=make.link("statements"),
        score=FLOATS,
    )
    return [Statement(**values) for values in fields]


def draw_events(make: Maker, places: list[Place]) -> list[Event]:
    parties = st.lists(
        st.builds(Participant, span=make.span, actor_id=make.link("actors")), max_size=3
    ).map(tuple)
    hidden = Place(place_id="other", span=make.draw(make.span), name="", extractor="")
    fields = make.rows(
        "events",
        event_type=one_of(EventType),
        mode=MAYBE,
        contexts=st.lists(WORDS, max_size=3).map(tuple),
        trigger=make.pieces,
        actors=parties,
        recipients=parties,
        date=DATES,
        date_span=st.none() | make.span,
        place=make.held(places, hidden),
        symmetric=st.booleans(),
        modality=one_of(Modality),
        goldstein=FLOATS,
        quad=st.none() | st.integers(1, 4),
        happening_id=MAYBE,
        **voiced(make),
    )
    return [Event(**values) for values in fields]


def draw_figures(make: Maker, places: list[Place]) -> list[Figure]:
    open_ranges = st.tuples(FLOATS, st.none()) | st.tuples(st.none(), FLOATS)
    closed_ranges = st.lists(st.floats(allow_nan=False), min_size=2, max_size=2).map(sorted)
    fields = make.rows(
        "figures",
        span=make.span,
        measure=one_of(Measure),
        low=open_ranges | closed_ranges,
        approx=st.booleans(),
        unit=MAYBE,
        whom=st.none() | make.span,
        place=make.held(places, None),
        as_of=DATES,
        cause_id=make.link("actors"),
        **voiced(make),
    )
    return [
        Figure(**(values | {"low": values["low"][0], "high": values["low"][1]}))
        for values in fields
    ]


def draw_rest(make: Maker) -> dict[str, tuple[Row, ...]]:
    actor = make.link("actors")
    conditions = make.rows(
        "conditions",
        if_=make.pieces,
        then=make.pieces,
        connective=make.maybe_pieces,
        kind=one_of(ConditionKind),
        by_id=actor,
        on_id=actor,
        **voiced(make),
    )
    demands = make.rows(
        "demands", cue=make.pieces, asks=make.span, by_id=actor, of_id=actor, **voiced(make)
    )
    terms = make.rows(
        "terms",
        span=make.span,
        concept=WORDS,
        term=WORDS,
        voice=one_of(TermVoice),
        avoided=st.booleans(),
        used_by_id=actor,
        **voiced(make),
    )
    mentions = make.rows(
        "mentions",
        span=make.span,
        actor_id=actor,
        form=one_of(MentionForm),
        role=MAYBE,
        role_country=MAYBE,
        candidates=st.lists(actor, max_size=3).map(lambda ids: tuple(filter(None, ids))),
    )
    return {
        "conditions": tuple(Condition(**values) for values in conditions),
        "demands": tuple(Demand(**values) for values in demands),
        "terms": tuple(Term(**values) for values in terms),
        "mentions": tuple(Mention(**values) for values in mentions),
    }


@st.composite
def articles(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Article:
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    text = draw(st.text(characters, min_size=1, max_size=30))
    published = draw(DATES)
    input_map = identity_map(text)
    if draw(st.booleans()):  # a map that shifts and stretches
        input_map = InputMap((Segment(Span(0, len(text)), Span(7, 9 + 2 * len(text))),))
    return Article(
        article_id=f"article-{next(NUMBER)}",
        version=draw(st.integers(1, 9)),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        input_map=input_map,
        title=draw(MAYBE),
        url=draw(MAYBE),
        publisher=draw(MAYBE),
        byline=draw(MAYBE),
        published=published,
        published_from="text" if published else None,
        language=draw(MAYBE),
        source_path=draw(MAYBE),
        fetched_at=draw(MAYBE),
        story_id=draw(MAYBE),
        copy_of=draw(MAYBE),
    )


@st.composite
def records(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Record:
    article = draw(articles())
    make = Maker(draw, article.text)
    actors = [
        Actor(**values)
        for values in make.rows(
            "actors",
            name=WORDS,
            kind=one_of(ActorKind),
            country=MAYBE,
            sector=MAYBE,
            wikidata=MAYBE,
        )
    ]
    places, times = draw_places(make), draw_times(make)
    statements = draw_statements(make, times, places)
    return Record(
        article=article,
        actors=tuple(actors),
        places=tuple(places),
        times=tuple(times),
        statements=tuple(statements),
        events=tuple(draw_events(make, places)),
        figures=tuple(draw_figures(make, places)),
        **draw_rest(make),  # type: ignore[arg-type]  # each kind under its name
    )


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(record=records())
def test_any_record_comes_back_equal(store: Store, kind_of_store: str, record: Record) -> None:
    try:
        store.save(record, "random/1")
    except StoreError:  # a server takes no null characters
        assert kind_of_store == "server"
        assert "\\x00" in repr(record)
        return
    assert store.record(record.article.article_id, record.article.version) == record


def test_the_hand_made_record_comes_back_equal_from_another_process_view(place: str) -> None:
    record = make_record()
    assert all(getattr(record, kind) for kind in KINDS)
    with open_store(place) as store:
        store.save(record, "hand/1")
    with open_store(place, create=False) as store:
        assert store.record(record.article.article_id) == record


def test_rows_keep_their_order(store: Store) -> None:
    record = make_record()
    turned = replace(record, **{kind: getattr(record, kind)[::-1] for kind in KINDS})
    store.save(turned, "hand/1")
    assert store.record(record.article.article_id) == turned != record


def test_an_article_without_text_or_rows_comes_back(store: Store) -> None:
    record = Record(article=make_article(""))
    store.save(record, "hand/1")
    assert store.record(record.article.article_id) == record


def test_a_place_that_only_a_row_has_is_kept_and_not_listed(store: Store) -> None:
    record = make_record(places=(), times=())
    store.save(record, "hand/1")
    found = store.record(record.article.article_id)
    assert found == record
    assert found.places == ()
    assert found.events[0].place is not None
    assert found.events[0].place.name == "Moscow"
