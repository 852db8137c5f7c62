"""Rows as cards: what a reader is told about each, in words."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.records import (
    Article,
    Condition,
    Demand,
    Event,
    Figure,
    Place,
    Record,
    Statement,
    Term,
    TimeExpression,
    hull,
    id_of,
)
from onrecord.report.directory import Directory
from onrecord.report.segments import Kind, Marked, covers_of_row, marked_rows
from onrecord.report.wording import (
    ACTS,
    EVENTS,
    bounds_words,
    country_words,
    date_words,
    place_words,
    quoted_words,
    sentence_case,
    span_words,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line of a card."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a card says, before it has its place on the page."""

    kind: Kind
    tag: str | None  # the code that sets this row apart within its kind
    headline: str
    verb: str | None = None  # what follows the headline, in italics
    note: str | None = None
    words: str | None = None  # the text's own
    facts: tuple[Fact, ...] = ()
    voice: str | None = None  # whose word it is, when the headline does not say so
    voice_key: str | None = None  # None: nobody's word, as with a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A row as the page shows it; numbered from 1 in the order of the text."""

    number: int
    row_id: str
    start: int  # where its first marked words begin, in code points
    face: Face
    score: str | None
    extractor: str


def make_cards(record: Record, directory: Directory) -> tuple[Card, ...]:
    """Return a card for every row shown in the text, in text order, the wider of two first."""
    rows = sorted(marked_rows(record), key=_place)
    return tuple(
        Card(
            number=number,
            row_id=id_of(row),
            start=_place(row)[0],
            face=face_of(row, record.article, directory),
            score=_score(row),
            extractor=row.extractor,
        )
        for number, row in enumerate(rows, start=1)
    )


def _place(row: Marked) -> tuple[int, int, str]:
    marked = hull([cover.span for cover in covers_of_row(row) if cover.role != "aside"])
    return marked.start, -marked.end, id_of(row)


def _score(row: Marked) -> str | None:
    if isinstance(row, TimeExpression | Place) or row.score is None:
        return None
    return f"{row.score:.2f}"


def face_of(row: Marked, article: Article, directory: Directory) -> Face:
    """Return what a row's card says."""
    match row:
        case Statement():
            return _statement_face(row, article, directory)
        case Event():
            return _event_face(row, article, directory)
        case Figure():
            return _figure_face(row, article, directory)
        case Condition():
            return _condition_face(row, article, directory)
        case Demand():
            return _demand_face(row, article, directory)
        case Term():
            return _term_face(row, directory)
        case TimeExpression():
            return _time_face(row, article)
        case Place():
            return _place_face(row, article)


def _facts(*pairs: tuple[str, str | None]) -> tuple[Fact, ...]:
    """Return the facts that are known."""
    return tuple(Fact(label, value) for label, value in pairs if value)


def _quote(words: str | None) -> str | None:
    return f"“{words}”" if words else None


def _statement_face(row: Statement, article: Article, directory: Directory) -> Face:
    said_on = row.said_on
    day = date_words(said_on.value) if said_on and said_on.value else None
    if said_on and day is None:
        day = _quote(span_words(article, said_on.span))
    return Face(
        kind="statement",
        tag=row.kind,
        headline=sentence_case(directory.speaker(row)),
        verb=ACTS[row.act],
        note=directory.role(row),
        words=quoted_words(article, row.content),
        facts=_facts(
            ("according to", directory.relayed_by(row)),
            ("cue", _quote(quoted_words(article, row.cue))),
            ("to", directory.name(row.addressee_id)),
            ("on", day),
            ("at", place_words(row.said_at)),
            ("occasion", _quote(quoted_words(article, row.occasion))),
        ),
        voice_key=directory.voice_key(row.statement_id),
    )


def _event_face(row: Event, article: Article, directory: Directory) -> Face:
    actors = directory.parties(row.actors) or "actor not named"
    recipients = directory.parties(row.recipients)
    arrow = " ⇄ " if row.symmetric else " → "
    score = f"{row.goldstein:+g}" if row.goldstein else None  # none tells no more than 0
    return Face(
        kind="event",
        tag=f"{row.event_type}, {row.modality}",
        headline=EVENTS[row.event_type],
        verb=quoted_words(article, row.trigger),
        note=actors + (arrow + recipients if recipients else ""),
        facts=_facts(
            ("mode", row.mode),
            ("context", ", ".join(row.contexts)),
            ("date", date_words(row.date) if row.date else None),
            ("place", place_words(row.place)),
            ("Goldstein", score),
        ),
        voice=directory.voice(row.statement_id),
        voice_key=directory.voice_key(row.statement_id),
    )


def _figure_face(row: Figure, article: Article, directory: Directory) -> Face:
    return Face(
        kind="figure",
        tag=row.measure,
        headline=sentence_case(bounds_words(row)),
        words=span_words(article, row.span),
        facts=_facts(
            ("counted", _quote(span_words(article, row.whom))),
            ("place", place_words(row.place)),
            ("as of", date_words(row.as_of) if row.as_of else None),
            ("caused by", directory.name(row.cause_id)),
        ),
        voice=directory.voice(row.statement_id),
        voice_key=directory.voice_key(row.statement_id),
    )


def _condition_face(row: Condition, article: Article, directory: Directory) -> Face:
    return Face(
        kind="condition",
        tag=row.kind,
        headline=directory.name(row.by_id) or "Party not named",
        verb="sets a condition",
        facts=_facts(
            ("if", quoted_words(article, row.if_)),
            ("then", quoted_words(article, row.then)),
            ("link", _quote(quoted_words(article, row.connective))),
            ("up to", directory.name(row.on_id)),
        ),
        voice=directory.voice(row.statement_id),
        voice_key=directory.voice_key(row.statement_id),
    )


def _demand_face(row: Demand, article: Article, directory: Directory) -> Face:
    return Face(
        kind="demand",
        tag=None,
        headline=directory.name(row.by_id) or "Party not named",
        verb=f"asks {directory.name(row.of_id) or 'a party not named'} for",
        words=span_words(article, row.asks),
        facts=_facts(("cue", _quote(quoted_words(article, row.cue)))),
        voice=directory.voice(row.statement_id),
        voice_key=directory.voice_key(row.statement_id),
    )


def _term_face(row: Term, directory: Directory) -> Face:
    user = directory.name(row.used_by_id)
    if user is None and row.statement_id is None:
        user = "the article itself"
    return Face(
        kind="term",
        tag="avoided" if row.avoided else row.voice,
        headline=row.term,
        verb=f"for {row.concept}",
        facts=_facts(("avoided by" if row.avoided else "used by", user or "user not named")),
        voice=directory.voice(row.statement_id),
        voice_key=directory.voice_key(row.statement_id),
    )


def _time_face(row: TimeExpression, article: Article) -> Face:
    return Face(
        kind="time",
        tag=None,
        headline=sentence_case(date_words(row.value) if row.value else "date not resolved"),
        verb=span_words(article, row.span),
        facts=_facts(("counted from", _anchor(row))),
    )


def _place_face(row: Place, article: Article) -> Face:
    where = None if row.lat is None or row.lon is None else f"{row.lat:.2f}, {row.lon:.2f}"
    decided = row.country is not None or row.geonames_id is not None
    doubt = None if decided else f"one of {len(row.candidates)}" if row.candidates else "not known"
    words = span_words(article, row.span)
    return Face(
        kind="place",
        tag=None,
        headline=row.name,
        verb=words if words != row.name else None,
        facts=_facts(
            ("country", country_words(row.country)),
            ("region", row.admin),
            ("at", where),
            ("which", doubt),
        ),
    )


def _anchor(row: TimeExpression) -> str | None:
    if row.anchor is None:
        return None
    return "the date of publication" if row.anchor == "published" else "an earlier date in the text"
