"""Tellings: what one event row says of a happening, as far as it bears on which one that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from onrecord.language import lexicon
from onrecord.language.days import Days, days_of
from onrecord.language.folding import fold_name
from onrecord.records import Actor, Article, Event, Participant, Place, Record, Span

SOON = 3  # days after something happened, in which news of it needs no date
EXACT = 7  # days; a longer stretch says too little of when something happened

_FARTHEST = 400  # characters of a sentence on either side of a trigger
_STEM = 6  # letters by which words are compared: "attacked", "attackers"
_SHORTEST = 4  # letters of a word that says something
_ONGOING = tuple(lexicon.words("deeds.lasting"))
"""Beginnings of triggers of what goes on for long: an attack in a war is not the war."""

_END = re.compile(r"[.!?][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9])|\n")
_WORD = re.compile(r"[A-Za-z]+|\d[\d,.]*")
_EMPTY = lexicon.words("stories.empty")


COUNTRY_KINDS = frozenset({"state", "government"})
NAME_KIND = "name"
"""What has a name and is no actor, such as a town that was shelled."""

PRONOUNS = lexicon.words("grammar.pronouns") | {"you", "this", "that", "those", "these"}
SINGLE_KINDS = frozenset({"person", "armed_group", "igo", "ngo", "bloc", NAME_KIND})
"""Kinds of which two of different names are two, whatever their country."""
NAMED_KINDS = COUNTRY_KINDS | SINGLE_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side's actor, as it is compared."""

    name: str  # folded: plain lower-case words
    country: str | None  # ISO 3166-1 alpha-3
    kind: str

    @property
    def is_known(self) -> bool:
        """Whether it is more than a word for many ("police")."""
        return self.country is not None or self.kind in NAMED_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place, as it is compared."""

    name: str  # folded
    country: str | None
    admin: str | None
    geonames_id: int | None

    @property
    def level(self) -> int:
        """0 for a country, 1 for a region, 2 for a town or what is not known to be wider."""
        if self.admin is None:
            return 0 if self.country is not None and self.geonames_id is not None else 2
        return 1 if fold_name(self.admin) == self.name else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One event row, with what tells its happening from others; unknown is None or empty."""

    telling_id: str  # the id of the event
    article_id: str
    position: int  # of the event in its article, from 0
    event_type: str
    mode: str | None
    modality: str
    symmetric: bool
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    days: Days | None  # its own date
    published: Days | None
    site: Site | None
    start: int  # of the words that evoke it, in code points
    sentence: int  # where the sentence begins that these are in
    trigger: str  # the first letters of the word that evokes it
    words: tuple[str, ...]  # the first letters of the words of its sentence, each once

    @property
    def is_ongoing(self) -> bool:
        """Whether it tells of a state of things ("the war"), not of something in it ("killed")."""
        return self.trigger.startswith(_ONGOING)

    @property
    def exact(self) -> Days | None:
        """Its own date, None where that is longer than a week."""
        return self.days if self.days is not None and length(self.days) <= EXACT else None

    @property
    def is_anchored(self) -> bool:
        """Whether something tells it from others: a date, a place or who took part."""
        known = any(party.is_known for party in (*self.actors, *self.recipients))
        return known or self.exact is not None or self.site is not None

    @property
    def fresh(self) -> Days | None:
        """The days before its publication in which it may have happened; None when unknown."""
        if self.published is None or length(self.published) > EXACT:
            return None
        return Days(shifted(self.published.first, -SOON), self.published.last)


@lru_cache(maxsize=10_000)
def shifted(day: str, days: int) -> str:
    """Return a day some days later, or earlier where that is below zero; ISO 8601."""
    moved = max(1, min(date.fromisoformat(day).toordinal() + days, date.max.toordinal()))
    return date.fromordinal(moved).isoformat()


def length(days: Days) -> int:
    """Return the number of days from the first to the last."""
    first, last = date.fromisoformat(days.first), date.fromisoformat(days.last)
    return (last - first).days + 1


def tellings_of(record: Record) -> tuple[Telling, ...]:
    """Return a telling for each event of a record, in its order."""
    actors = {actor.actor_id: actor for actor in record.actors}
    return tuple(
        _telling(record.article, event, position, actors)
        for position, event in enumerate(record.events)
    )


def _telling(article: Article, event: Event, position: int, actors: dict[str, Actor]) -> Telling:
    said = worded(article.text, event.trigger[0])
    return Telling(
        telling_id=event.event_id,
        article_id=article.article_id,
        position=position,
        event_type=event.event_type,
        mode=event.mode,
        modality=event.modality,
        symmetric=event.symmetric,
        actors=tuple(_parties(article, event.actors, actors)),
        recipients=tuple(_parties(article, event.recipients, actors)),
        days=days_of(event.date),
        published=days_of(article.published),
        site=_site(event.place),
        start=said.start,
        sentence=said.sentence,
        trigger=said.trigger,
        words=said.words,
    )


def _parties(
    article: Article, side: Sequence[Participant], actors: dict[str, Actor]
) -> Iterator[Party]:
    for one in side:
        actor = actors.get(one.actor_id or "")
        if actor is not None:
            yield party_of(actor.name, actor.country, actor.kind)
        elif named := named_party(article.cut(one.span)):
            yield named


def party_of(name: str, country: str | None, kind: str) -> Party:
    """Return who is on a side that is an actor, by its name, country and kind."""
    return Party(name=fold_name(name), country=country, kind=kind)


def named_party(words: str) -> Party | None:
    """Return who is on a side that has a name and is no actor, such as a town; None: no name."""
    if not words[0].isupper() or fold_name(words) in PRONOUNS:
        return None
    return party_of(words, None, NAME_KIND)


def _site(place: Place | None) -> Site | None:
    if place is None:
        return None
    return site_of(place.name, place.country, place.admin, place.geonames_id)


def site_of(name: str, country: str | None, admin: str | None, geonames_id: int | None) -> Site:
    """Return a place as it is compared, by its name, country, division and GeoNames id."""
    return Site(name=fold_name(name), country=country, admin=admin, geonames_id=geonames_id)


class Worded(NamedTuple):
    """The fields of a telling that its text has: all of them follow from the trigger."""

    start: int
    sentence: int
    trigger: str
    words: tuple[str, ...]


def worded(text: str, trigger: Span) -> Worded:
    """Return in what words a text tells an event that a trigger evokes."""
    sentence = _sentence(text, trigger)
    return Worded(
        start=trigger.start,
        sentence=sentence.start,
        trigger=stem_of(text[trigger.start : trigger.end].lower()),
        words=tuple(dict.fromkeys(_stems(text[sentence.start : sentence.end]))),
    )


def _sentence(text: str, trigger: Span) -> Span:
    start = max(0, trigger.start - _FARTHEST)
    before = [found.end() for found in _END.finditer(text, start, trigger.start)]
    after = _END.search(text, trigger.end, trigger.end + _FARTHEST)
    end = after.start() if after else min(len(text), trigger.end + _FARTHEST)
    return Span(before[-1] if before else start, max(end, trigger.end))


def stem_of(word: str) -> str:
    """Return the letters by which a lower-case word is compared."""
    return word[:_STEM]


def _stems(text: str) -> Iterator[str]:
    """Yield what is compared of the words that say something; names keep their capital."""
    words = _WORD.findall(text)
    stems = map(_stem_of_telling, (word if at else word.lower() for at, word in enumerate(words)))
    return filter(None, stems)


@lru_cache(maxsize=10_000)
def _stem_of_telling(word: str) -> str | None:
    """Return what is compared of a word, None where it says nothing."""
    stem = stem_of(word) if word[0].isalpha() else word
    tells = word[0].isdigit() or len(word) >= _SHORTEST
    return stem.rstrip(".,") if tells and stem.lower() not in _EMPTY else None
