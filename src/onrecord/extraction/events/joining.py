"""Triggers on record: those the model sees, with what the word lists know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from onrecord.codebook.plover import Plover, Trigger
from onrecord.drafts import Overlaps
from onrecord.extraction.events.learned import Sighting, sightings
from onrecord.extraction.events.triggers import Triggered
from onrecord.extraction.events.weighing import EventSettings
from onrecord.language.syntax import head_in
from onrecord.onepass import Reading

_YIELDING = {"RETREAT": "CONCEDE"}  # what the model does not tell from the other
_PAST = frozenset({"VBD", "VBN"})


def joined(
    doc: Doc, reading: Reading, ruled: Sequence[Triggered], plover: Plover, settings: EventSettings
) -> Iterator[Triggered]:
    """Yield the triggers of a text, each once.

    A trigger is one the model is sure enough of; less will do where the word lists have it too, and
    a headline's settled pair of words ("exchange fire") needs no model.
    """
    listed = Overlaps((one.span,) for one in ruled)
    pairs = {n for n, one in enumerate(ruled) if one.trigger.settled and _is_pair(doc, one)}
    left = {n for n in pairs if ruled[n].head.tag_ not in _PAST}
    for sighting in sightings(reading, settings.least_known):
        twins = sorted(listed.touching((sighting.where.span,)))
        twin = ruled[twins[0]] if twins else None
        if sighting.where.score < settings.least and not pairs.isdisjoint(twins):
            continue  # it stands by its words, and says nothing of other events' parties
        left.difference_update(twins)
        if sighting.where.score >= (settings.least if twin is None else settings.least_known):
            found = _triggered(doc, sighting, twin, plover)
            if found is not None:
                yield found
    yield from (ruled[number] for number in sorted(left))


def _triggered(
    doc: Doc, sighting: Sighting, twin: Triggered | None, plover: Plover
) -> Triggered | None:
    """Return a sighting as a trigger, with the entry of the word lists where it is of its type."""
    head = head_in(doc, sighting.where.span)
    if head is None:
        return None
    known = twin.trigger if twin is not None else None
    if known is None or not (known.settled or _is_of_type(known, sighting)):
        symmetric = plover.types[sighting.event_type].symmetric
        known = Trigger(sighting.event_type, symmetric=symmetric)
    return Triggered(
        head if twin is None else twin.head,
        sighting.where.span if twin is None else twin.span,
        known,
        (head.pos_ in {"VERB", "AUX"}) if twin is None else twin.is_verb,
        twin.link if twin is not None else None,
        sighting,
    )


def _is_pair(doc: Doc, found: Triggered) -> bool:
    words = doc.char_span(found.span.start, found.span.end, alignment_mode="expand")
    return words is not None and " " in words.text


def _is_of_type(known: Trigger, sighting: Sighting) -> bool:
    return _YIELDING.get(known.event_type, known.event_type) == sighting.event_type
