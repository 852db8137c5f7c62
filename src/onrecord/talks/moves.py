"""Moves in talks: the rows of an article by which one party turns to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.language.days import Days, days_of
from onrecord.records import (
    Condition,
    Demand,
    Event,
    Participant,
    Record,
    Row,
    Span,
    Spans,
    Statement,
    hull,
    id_of,
    spans_of,
)

MoveKind: TypeAlias = Literal[
    "meeting", "agreement", "offer", "condition", "demand", "acceptance", "refusal"
]
Parties: TypeAlias = frozenset[str]

ASKS: frozenset[MoveKind] = frozenset({"offer", "condition", "demand"})
"""The moves that wait for an answer."""

_OFFERS = frozenset({"offer", "promise"})

EVENT_TYPES = ("CONSULT", "AGREE", "CONCEDE", "REJECT")
"""The events that can be moves."""

ACTS = (*sorted(_OFFERS), "agree", "reject")
"""The acts of the statements that can be."""

_CLOSE = 160  # code points between two rows that tell one thing
_ENDS = (". ", "! ", "? ", "\n", ".” ", '." ')

_LEADING = re.compile(
    r"\W*(?:(?:for|that|of|by|from|on|to|if|when|unless|should|the|both|all)\s+){0,3}",
    re.IGNORECASE,
)
"""What may stand before who would have to act."""

_UNLIKE_ACTING = re.compile(r"[’'-]|\s+(?:be|been|is|are|was|were|being)\s+\w+(?:ed|en|ld|n)\b")
"""What follows who would not have to act: "Russia’s invasion", "Russia be held accountable"."""

_GIVEN = re.compile(
    r"\b(?:to|for|with|provid\w+|giv\w+|send\w*|sell\w*|suppl\w+|arm|arming|help\w*|support\w*"
    r"|defend\w*|protect\w*|assist\w*|equip\w*|compensat\w+)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""What stands before whom something is held out to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A row by which a party turns to another."""

    kind: MoveKind
    row_kind: str  # "events", "statements", "demands" or "conditions"
    row_id: str
    article_id: str
    version: int
    by: Parties  # of a meeting, all parties
    to: Parties  # () where none of the parties is turned to
    words: str  # what is asked, offered or answered
    date: str | None  # ISO 8601, as the record has it
    by_publication: bool  # the date is only that of the article
    days: Days | None  # of the date
    start: int  # where in the article it begins, in code points
    sentence: str = ""  # the one it begins in
    happening_id: str | None = None  # of a meeting or an agreement

    @property
    def is_ask(self) -> bool:
        """Whether it waits for an answer."""
        return self.kind in ASKS


class _Reader:
    """An article of which it is known who belongs to which party."""

    def __init__(self, record: Record, parties: Mapping[str, str]) -> None:
        self.record, self.parties = record, parties
        known = ((one.span, parties.get(one.actor_id or "")) for one in record.mentions)
        self.named = [(span, party) for span, party in known if party is not None]

    def party(self, *actor_ids: str | None) -> Parties:
        return frozenset(self.parties[one] for one in actor_ids if one and one in self.parties)

    def of(self, participants: Iterable[Participant]) -> Parties:
        return self.party(*(one.actor_id for one in participants))

    def heading(self, spans: Spans) -> Parties:
        """The parties that some words begin with, as those who would act: "for Russia to leave"."""
        return frozenset(
            party
            for at, party in self.named
            for span in spans
            if span.contains(at)
            and _LEADING.fullmatch(self._text(span.start, at.start))
            and not _UNLIKE_ACTING.match(self._text(at.end, span.end))
        )

    def given(self, spans: Spans) -> Parties:
        """The parties to whom something is held out in some words: "arms for Ukraine"."""
        return frozenset(
            party
            for at, party in self.named
            for span in spans
            if span.contains(at) and _GIVEN.search(self._text(span.start, at.start))
        )

    def _text(self, start: int, end: int) -> str:
        return self.record.article.text[start:end]

    def move(self, kind: MoveKind, row: Row, sides: tuple[Parties, Parties], words: Spans) -> Move:
        article = self.record.article
        own = self._date(row)
        date = own if days_of(own) else article.published
        return Move(
            kind=kind,
            row_kind=f"{type(row).__name__.lower()}s",
            row_id=id_of(row),
            article_id=article.article_id,
            version=article.version,
            by=sides[0],
            to=sides[1] - sides[0],
            words=" … ".join(" ".join(article.cut(span).split()) for span in words),
            date=date,
            by_publication=days_of(own) is None,
            days=days_of(date),
            start=min(span.start for span in spans_of(row)),
            sentence=_sentence_at(article.text, min(span.start for span in spans_of(row))),
            happening_id=row.happening_id if isinstance(row, Event) else None,
        )

    def _date(self, row: Row) -> str | None:
        if isinstance(row, Event):
            return row.date
        said = row if isinstance(row, Statement) else None
        if isinstance(row, Demand | Condition):
            said = self.record.statement(row.statement_id)
        return said.said_on.value if said is not None and said.said_on is not None else None


def moves_of(record: Record, parties: Mapping[str, str]) -> list[Move]:
    """Return the moves that an article tells of, in the order of its text.

    Args:
        record: The article's record, with its mentions.
        parties: The party that an actor speaks and acts for, by its id, of those who do for any.
    """
    reader = _Reader(record, parties)
    found = [
        *_of_events(reader),
        *_of_demands(reader),
        *_of_conditions(reader),
        *_of_statements(reader),
    ]
    kept: list[Move] = []
    for move in sorted(found, key=lambda one: (one.start, -len(one.by), one.row_id)):
        if not any(_is_told_twice(move, one) for one in kept):
            kept.append(move)
    return kept


def _is_told_twice(move: Move, other: Move) -> bool:
    """Whether two rows of an article are one move: "signed" and the "agreements" that were."""
    positive = {move.kind, other.kind} <= {"acceptance", "agreement"}
    if not positive and (move.kind != "refusal" or other.kind != "refusal"):
        return False
    return bool(move.by & other.by) and move.start - other.start < _CLOSE


def _of_events(reader: _Reader) -> Iterator[Move]:
    for row in reader.record.events:
        actors, recipients = reader.of(row.actors), reader.of(row.recipients)
        kind = _kind_of_event(row, len(actors | recipients if row.symmetric else actors))
        if kind is None or not actors:
            continue
        together = kind in ("meeting", "agreement")
        sides = (actors | recipients, frozenset[str]()) if together else (actors, recipients)
        yield reader.move(kind, row, sides, (_clause(reader.record, row),))


def _kind_of_event(row: Event, together: int) -> MoveKind | None:
    """Return what move an event is that some parties took part in together, None for none."""
    several = together > 1
    if row.event_type == "CONSULT" and row.modality in ("actual", "future") and several:
        return "meeting"
    if row.event_type == "AGREE" and row.modality == "negated":
        return "refusal"
    if row.modality != "actual":
        return None
    if row.event_type == "AGREE":
        return "agreement" if several else "acceptance"
    if row.event_type in ("CONCEDE", "REJECT"):
        return "acceptance" if row.event_type == "CONCEDE" else "refusal"
    return None


def _clause(record: Record, row: Event) -> Span:
    """Return the words of an event with those around them, to the ends of its line or sentence."""
    spans = list(spans_of(row))
    whole, text = hull(spans), record.article.text
    end = min((at for mark in (". ", "\n", "; ") if (at := text.find(mark, whole.end)) >= 0),
              default=len(text))  # fmt: skip
    return Span(whole.start, max(whole.end, min(end, whole.end + _CLOSE)))


def _sentence_at(text: str, start: int) -> str:
    """Return the sentence, or the line, that a place in a text lies in."""
    found = [(text.rfind(mark, 0, start), len(mark)) for mark in _ENDS]
    begin = max((at + length for at, length in found if at >= 0), default=0)
    end = min((at for mark in _ENDS if (at := text.find(mark, start)) >= 0), default=len(text))
    return text[begin:end]


def _of_demands(reader: _Reader) -> Iterator[Move]:
    for row in reader.record.demands:
        by = reader.party(row.by_id)
        to = (reader.party(row.of_id) if row.of_id else reader.heading((row.asks,))) - by
        if by:
            yield reader.move("demand", row, (by, to), (row.asks,))


def _of_conditions(reader: _Reader) -> Iterator[Move]:
    for row in reader.record.conditions:
        by = reader.party(row.by_id)
        parts = (*row.if_, *row.then)
        to = (reader.party(row.on_id) if row.on_id else reader.heading(row.if_)) - by
        if by and to and row.kind != "prediction":
            kind: MoveKind = "offer" if row.kind == "offer" else "condition"
            yield reader.move(kind, row, (by, to), parts)


def _of_statements(reader: _Reader) -> Iterator[Move]:
    for row in reader.record.statements:
        by = reader.party(row.speaker_id)
        to = (reader.party(row.addressee_id) or reader.given(row.content)) - by
        if row.act in _OFFERS and by and to:
            yield reader.move("offer", row, (by, to), row.content)
        elif row.act in ("agree", "reject") and by:
            kind: MoveKind = "acceptance" if row.act == "agree" else "refusal"
            yield reader.move(kind, row, (by, to), row.content)
