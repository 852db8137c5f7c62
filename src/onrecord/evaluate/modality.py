"""Score events of single sentences: found, with type, modality, voice and parties.

Each sentence marks one event: `trigger`, `type`, `modality`, `stance` (the act of the innermost
statement it stands in, null in narration) and, where they are scored, `actors` and `recipients`
with a `span` each. `X_alt` lists other right values of X. Other events of the sentence count
neither way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.evaluate.gold import MarkedRow, characters
from onrecord.evaluate.tally import Tally
from onrecord.records import Event, Participant, Record, Spans


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """What one sentence's event was found to be."""

    sentence: MarkedRow
    event: Event | None  # None: no event stands on the trigger
    stance: str | None
    actors: bool | None  # None: not marked, or the event was not found
    recipients: bool | None

    @property
    def typed(self) -> bool:
        """Whether the event was found with its type."""
        return self.event is not None and self._accepts("type", self.event.event_type)

    @property
    def modal(self) -> bool:
        """Whether the event was found with its modality."""
        return self.event is not None and self._accepts("modality", self.event.modality)

    @property
    def voiced(self) -> bool:
        """Whether the event was found with the stance of its statement."""
        return self.event is not None and self._accepts("stance", self.stance)

    def _accepts(self, field: str, value: str | None) -> bool:
        return value in self.sentence.accepted(field)[: None if self._has_alt(field) else 1]

    def _has_alt(self, field: str) -> bool:
        return f"{field}_alt" in self.sentence.values


def score_sentence(sentence: MarkedRow, record: Record) -> SentenceScore:
    """Return how the event marked in a sentence compares with the sentence's record."""
    event = _found(sentence, record)
    if event is None:
        return SentenceScore(sentence, None, None, None, None)
    statement = record.statement(event.statement_id)
    actors = recipients = None
    if "actors" in sentence.values:
        actors, recipients = _parties(sentence, event, record)
    stance = statement.act if statement is not None else None
    return SentenceScore(sentence, event, stance, actors, recipients)


def _found(sentence: MarkedRow, record: Record) -> Event | None:
    """Return the event on the trigger, the one with the right type before others."""
    trigger = characters(sentence.spans("trigger"))

    def fit(event: Event) -> tuple[bool, int]:
        shared = len(trigger & characters(_in_input(record, event.trigger)))
        return event.event_type in sentence.accepted("type"), shared

    touching = [event for event in record.events if fit(event)[1]]
    return max(touching, key=fit, default=None)


def _in_input(record: Record, spans: Spans) -> Spans:
    return tuple(record.article.input_span(span) for span in spans)


def _parties(sentence: MarkedRow, event: Event, record: Record) -> tuple[bool, bool]:
    marked = [sentence.spans(field) for field in ("actors", "recipients")]
    if event.symmetric:  # a meeting has no sides
        same = _same(marked[0] + marked[1], (*event.actors, *event.recipients), record)
        return same, same
    return _same(marked[0], event.actors, record), _same(marked[1], event.recipients, record)


def _same(marked: Spans, parties: tuple[Participant, ...], record: Record) -> bool:
    """Whether every marked party is found, and every found one marked."""
    found = _in_input(record, tuple(party.span for party in parties))
    return all(any(one.overlaps(other) for other in found) for one in marked) and all(
        any(one.overlaps(other) for other in marked) for one in found
    )


def modality_tallies(scores: list[SentenceScore]) -> Iterator[Tally]:
    """Yield recall over all sentences, then the shares of found events with a field right."""
    total, found = len(scores), [one for one in scores if one.event is not None]
    yield Tally("trigger", len(found), None, total)
    yield Tally("type", sum(one.typed for one in scores), None, total)
    yield Tally("modality", sum(one.modal for one in scores), None, total)
    for name in sorted({str(one.sentence.get("modality")) for one in scores}):
        of_name = [one for one in scores if one.sentence.get("modality") == name]
        yield Tally(f"  {name}", sum(one.modal for one in of_name), None, len(of_name))
    yield Tally("modality of found", sum(one.modal for one in found), None, len(found))
    yield Tally("voice of found", sum(one.voiced for one in found), None, len(found))
    marked = [one for one in found if one.actors is not None]
    yield Tally("actors of found", sum(one.actors is True for one in marked), None, len(marked))
    yield Tally(
        "recipients of found", sum(one.recipients is True for one in marked), None, len(marked)
    )


def slip_lines(scores: list[SentenceScore]) -> Iterator[str]:
    """Yield a line for every sentence that is not wholly right."""
    for one in scores:
        event, sentence = one.event, one.sentence
        faults = [] if event is not None else ["not found"]
        if event is not None:
            checks = (
                (one.typed, "type", event.event_type),
                (one.modal, "modality", event.modality),
                (one.voiced, "stance", one.stance),
            )
            faults = [
                f"{field} {sentence.get(field)}, got {got}"
                for right, field, got in checks
                if not right
            ]
            faults += [name for name in ("actors", "recipients") if getattr(one, name) is False]
        if faults:
            yield f"{sentence.row_id}  {'; '.join(faults)}\n      {sentence.get('text')}"
