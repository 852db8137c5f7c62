"""Modes: how an event is done or, of a request, refusal or threat, what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.codebook.plover import Plover
from onrecord.extraction.events.triggers import Triggered
from onrecord.language import dependencies as deps

_APART = frozenset(
    {deps.RELATIVE, deps.PARATAXIS, deps.CONJUNCT, deps.CONJUNCTION, deps.PUNCTUATION}
)  # not part of what is done


def mode_of(found: Triggered, plover: Plover) -> str | None:
    """Return the PLOVER mode of an event, None where the words give none.

    What the trigger governs comes first: "killed with knives", "demanded talks".
    """
    words = plover.content.get(found.trigger.event_type, {})
    for token in sorted(_governed(found.head), key=lambda token: token.i):
        if mode := words.get(token.lemma_.lower()):
            return mode
    return found.trigger.mode


def _governed(head: Token) -> Iterator[Token]:
    """Yield the words below a trigger, without clauses and phrases beside it."""
    for child in head.children:
        if child.dep_ not in _APART:
            yield child
            yield from _governed(child)
