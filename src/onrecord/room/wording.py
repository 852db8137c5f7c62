"""What facets and their values are called."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.report.wording import (
    ACTOR_KINDS,
    ACTS,
    EVENTS,
    country_words,
    date_words,
    sentence_case,
)
from onrecord.room.asking import Asked
from onrecord.store import Facet

FACETS = {
    "type": "Type",
    "modality": "Told as",
    "speaker": "Speaker",
    "actor": "Actor",
    "recipient": "Recipient",
    "country": "Country",
    "publisher": "Outlet",
    "voice": "Voice",
    "period": "Time",
}
_VOICES = {"narration": "The article itself", "statement": "Somebody it has speak"}
_MODALITIES = {
    "actual": "Happened",
    "negated": "Denied or did not happen",
    "future": "Planned or to come",
    "conditional": "On a condition",
    "hypothetical": "Possible or wished",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: how it is called, how many there are, where it leads."""

    label: str
    count: int
    url: str
    chosen: bool  # it is asked for; the address leads to the search without it


def choices_of(asked: Asked, facet: Facet) -> list[Choice]:
    """Return the values of a facet, each with the address of the search narrowed to it."""
    if facet.name == "period":
        return [_period(asked, one.value, one.count) for one in facet.values]
    chosen = asked.values.get(facet.name)
    return [
        Choice(
            label=value_words(asked.kind, facet.name, one.label),
            count=one.count,
            url=asked.without(facet.name).url()
            if _same(chosen, one.value)
            else asked.url(**{facet.name: one.value}),
            chosen=_same(chosen, one.value),
        )
        for one in facet.values
    ]


def value_words(kind: str, name: str, value: str) -> str:
    """Return what a value of a filter is called."""
    if name == "country":
        return country_words(value) or value
    if name == "voice":
        return _VOICES.get(value, value)
    if name == "modality":
        return _MODALITIES.get(value, value)
    if name == "type":
        known = {"events": EVENTS, "actors": ACTOR_KINDS, "statements": ACTS}.get(kind, {})
        return sentence_case(known.get(value, value))
    if name in ("since", "until"):
        return date_words(value)
    return value


def _same(chosen: str | None, value: str) -> bool:
    return chosen is not None and chosen.casefold() == value.casefold()


def _period(asked: Asked, value: str, count: int) -> Choice:
    chosen = asked.values.get("since") == value == asked.values.get("until")
    address = (
        asked.without("since", "until").url() if chosen else asked.url(since=value, until=value)
    )
    return Choice(date_words(value), count, address, chosen)
