"""The record types: spans, input maps, ids, and what each row refuses."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import TEXT, make_actors, make_article, make_record, span_of
from onrecord.records import (
    KINDS,
    Act,
    Actor,
    Article,
    Condition,
    Demand,
    Event,
    Failure,
    Figure,
    InputMap,
    Mention,
    Record,
    Segment,
    Span,
    Statement,
    Term,
    hull,
    id_of,
    row_id,
    spans_of,
)

SPANS = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 40)
)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (4, 2), (-1, 2), (-3, -1)])
def test_a_span_is_never_empty_and_never_before_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"got \\({start}, {end}\\)"):
        Span(start, end)


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))


@given(SPANS, SPANS)
def test_overlap_and_containment_are_those_of_the_characters(one: Span, other: Span) -> None:
    mine, its = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == bool(mine & its)
    assert one.contains(other) == (its <= mine)
    assert len(one) == len(mine)


@given(st.lists(SPANS, min_size=1))
def test_the_hull_is_the_shortest_span_around_all(spans: list[Span]) -> None:
    around = hull(spans)
    assert all(around.contains(span) for span in spans)
    assert around.start in {span.start for span in spans}
    assert around.end in {span.end for span in spans}


def test_spans_sort_by_start_then_end() -> None:
    assert sorted([Span(2, 9), Span(2, 3), Span(0, 9)]) == [Span(0, 9), Span(2, 3), Span(2, 9)]


MAP = InputMap(  # "a&amp;b<br>c" became "a&b c"
    (
        Segment(Span(0, 1), Span(0, 1)),
        Segment(Span(1, 2), Span(1, 6)),
        Segment(Span(2, 3), Span(6, 7)),
        Segment(Span(3, 4), Span(7, 11)),
        Segment(Span(4, 5), Span(11, 12)),
    )
)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(0, 1), Span(0, 1)),
        (Span(1, 2), Span(1, 6)),
        (Span(0, 3), Span(0, 7)),
        (Span(2, 5), Span(6, 12)),
        (Span(3, 5), Span(7, 12)),
        (Span(0, 5), Span(0, 12)),
    ],
)
def test_the_input_map_leads_back_to_all_that_gave_a_span(span: Span, expected: Span) -> None:
    assert MAP.input_span(span) == expected


def test_a_span_within_a_literal_run_maps_character_by_character() -> None:
    shifted = InputMap((Segment(Span(0, 10), Span(100, 110)),))
    assert shifted.input_span(Span(3, 7)) == Span(103, 107)


def test_a_span_past_the_text_has_no_place_in_the_input() -> None:
    assert MAP.length == 5
    with pytest.raises(ValueError, match="5 characters"):
        MAP.input_span(Span(4, 6))


def test_an_input_map_covers_its_text_without_a_gap() -> None:
    with pytest.raises(ValueError, match="gap at 1"):
        InputMap((Segment(Span(0, 1), Span(0, 1)), Segment(Span(2, 3), Span(1, 2))))


def test_the_map_of_an_empty_text_has_no_length() -> None:
    assert InputMap(()).length == 0


def test_an_article_cuts_code_points() -> None:
    article = make_article("🔴 é\u0301 — ok")
    assert article.cut(Span(0, 1)) == "🔴"
    assert article.cut(span_of(article, "ok")) == "ok"


def test_an_article_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        make_article().text = "other"  # type: ignore[misc]


def test_an_articles_map_must_cover_its_text() -> None:
    with pytest.raises(ValueError, match="input map"):
        replace(make_article(), text=TEXT + " and more")


@pytest.mark.parametrize(
    "dates",
    [
        {"published": None},
        {"published_from": None},
        {"published_from": "rumour"},
    ],
)
def test_a_publication_date_comes_with_its_origin(dates: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="published"):
        make_article(**dates)


def test_a_rows_id_is_the_same_each_time_it_is_made() -> None:
    span = Span(3, 8)
    assert row_id(make_article(), "event", span) == row_id(make_article(title="x"), "event", span)


def test_a_rows_id_tells_articles_versions_kinds_and_spans_apart() -> None:
    article = make_article()
    ids = [
        row_id(article, "event", Span(3, 8)),
        row_id(article, "figure", Span(3, 8)),
        row_id(article, "event", Span(3, 9)),
        row_id(article, "event", Span(3, 8), Span(9, 10)),
        row_id(replace(article, version=2), "event", Span(3, 8)),
        row_id(replace(article, article_id="other"), "event", Span(3, 8)),
    ]
    assert len(set(ids)) == len(ids)


AT = Span(0, 4)
SILENT: dict[str, Any] = dict.fromkeys(("events", "figures", "conditions", "demands", "terms"), ())
REFUSED: tuple[tuple[Callable[[], object], str], ...] = (
    (lambda: Actor(actor_id="a", name="A", kind="robot", extractor="x"), "actor kind"),  # type: ignore[arg-type]
    (lambda: Mention(mention_id="m", span=AT, actor_id=None, form="sign", extractor="x"), "form"),  # type: ignore[arg-type]
    (lambda: statement(kind="hinted"), "statement kind"),
    (lambda: statement(act="sing"), "act must be one of assert"),
    (lambda: statement(content=()), "content"),
    (lambda: event(event_type="DANCE"), "event type"),
    (lambda: event(modality="wished"), "modality"),
    (lambda: event(trigger=()), "trigger"),
    (lambda: figure(measure="bored"), "measure"),
    (lambda: figure(low=5, high=4), "low 5 is above high 4"),
    (lambda: condition(kind="bet"), "condition kind"),
    (lambda: condition(if_=()), "both its parts"),
    (lambda: condition(then=()), "both its parts"),
    (lambda: Demand(demand_id="d", cue=(), asks=AT, extractor="x"), "cue"),
    (
        lambda: Term(term_id="t", span=AT, concept="c", term="t", voice="loud", extractor="x"),  # type: ignore[arg-type]
        "term voice",
    ),
)


def statement(**overrides: object) -> Statement:
    return replace(make_record().statements[0], **overrides)  # type: ignore[arg-type]


def event(**overrides: object) -> Event:
    return replace(make_record().events[0], **overrides)  # type: ignore[arg-type]


def figure(**overrides: object) -> Figure:
    return replace(make_record().figures[0], **overrides)  # type: ignore[arg-type]


def condition(**overrides: object) -> Condition:
    return replace(make_record().conditions[0], **overrides)  # type: ignore[arg-type]


@pytest.mark.parametrize(("make", "named"), REFUSED, ids=[named for _, named in REFUSED])
def test_a_row_refuses_what_the_contract_does_not_know(
    make: Callable[[], object], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        make()


def test_a_figure_may_be_open_at_either_end() -> None:
    assert figure(low=None, high=40.0).low is None
    assert figure(low=40.0, high=None).high is None
    assert figure(low=40.0, high=40.0).high == 40


def test_rows_come_kind_by_kind() -> None:
    record = make_record()
    assert [id_of(row) for row in record.rows()] == [
        id_of(row) for kind in KINDS for row in getattr(record, kind)
    ]
    assert all(getattr(record, kind) for kind in KINDS)


def test_every_row_but_an_actor_rests_on_words_of_the_text() -> None:
    record = make_record()
    for row in record.rows():
        spans = list(spans_of(row))
        assert spans or isinstance(row, Actor)
        assert all(record.article.cut(span) for span in spans)


def test_the_spans_of_a_row_include_those_of_its_date_place_and_parties() -> None:
    record = make_record()
    for row in record.statements:
        if row.said_on is not None:
            assert row.said_on.span in set(spans_of(row))
    met = record.events[0]
    assert {party.span for party in (*met.actors, *met.recipients)} <= set(spans_of(met))


def test_a_record_refuses_two_rows_with_one_id() -> None:
    first = make_actors()[0]
    with pytest.raises(ValueError, match=f"share an id: {first.actor_id}"):
        make_record(actors=(*make_actors(), first))


def test_a_record_refuses_a_span_past_its_text() -> None:
    record = make_record()
    beyond = Span(len(TEXT) - 1, len(TEXT) + 1)
    with pytest.raises(ValueError, match="reaches past the text"):
        replace(record, times=(replace(record.times[0], span=beyond),))
    with pytest.raises(ValueError, match="reaches past the text"):
        replace(record, statements=(replace(record.statements[0], content=(beyond,)),))


def test_links_are_followed_by_id() -> None:
    record = make_record()
    actor, said = record.actors[0], record.statements[0]
    assert record.actor(actor.actor_id) is actor
    assert record.statement(said.statement_id) is said
    assert record.actor(None) is None
    assert record.actor("nobody") is None
    assert record.statement(None) is None


def test_the_voice_chain_runs_from_the_innermost_statement_outwards() -> None:
    outer = replace(make_record().statements[0], statement_id="outer", parent_id=None)
    inner = replace(outer, statement_id="inner", parent_id="outer")
    record = make_record(statements=(outer, inner), **SILENT)
    assert [row.statement_id for row in record.voice_chain("inner")] == ["inner", "outer"]
    assert record.voice_chain(None) == ()
    assert record.voice_chain("unknown") == ()


def test_a_voice_chain_that_bites_its_tail_ends() -> None:
    said = make_record().statements[0]
    one = replace(said, statement_id="one", parent_id="two")
    two = replace(said, statement_id="two", parent_id="one")
    record = make_record(statements=(one, two), **SILENT)
    assert [row.statement_id for row in record.voice_chain("one")] == ["one", "two"]


def test_a_record_of_an_article_alone_is_empty() -> None:
    record = Record(article=make_article())
    assert list(record.rows()) == []


def test_a_failure_reads_as_a_line_for_the_user() -> None:
    failure = Failure(source="a.txt", reason="it is empty", error="ReadError")
    assert str(failure) == "a.txt: it is empty"


def test_the_acts_are_those_of_the_contract() -> None:
    listed = (
        "assert deny accuse demand request offer promise threaten agree reject ask praise predict "
        "believe want perceive"
    )
    assert get_args(Act) == tuple(listed.split())


def test_an_article_without_a_date_is_an_article() -> None:
    article = make_article(published=None, published_from=None)
    assert isinstance(article, Article)
    assert article.version == 1
