"""Deciding which place of the gazetteer a name means, from the article around it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.resolve.gazetteer import Kind, Located

MOST_CANDIDATES = 12  # kept of a name
_MENTIONED = 1.5  # for a country the article names, in decimal orders of population
_SHARE = 1.0  # more for the country it names most
_NEAR = 1.0  # for a country named in the same sentence
_MARGIN = 0.7  # by which the best must lead
_LARGE = 100_000  # people from which a place needs no other sign of its country
_WHOLE = 3.0  # for a country's own name
_CAPITAL = 1.5  # for a capital or seat of government
_FIRST = 0.7  # for a name that is the place's first, not another of its names
_NEIGHBOURS = 0.5  # degrees within which two places of one name and country are one


@dataclass(frozen=True, slots=True)
class Setting:
    """Which countries an article is about, by ISO 3166-1 alpha-3 code."""

    countries: Mapping[str, int]  # how often each is named

    @classmethod
    def of(cls, mentioned: Iterable[str]) -> Setting:
        """Count the countries named, by a name, an adjective or a capital."""
        return cls(Counter(mentioned))

    def is_main(self, country: str) -> bool:
        """Whether the article names a country at least half as often as the one named most."""
        return 2 * self.countries.get(country, 0) >= max(self.countries.values(), default=1)

    def weight(self, country: str) -> float:
        """Return how much the article speaks for a country, 0 when it does not name it."""
        count = self.countries.get(country, 0)
        if not count:
            return 0.0
        return _MENTIONED + _SHARE * count / max(self.countries.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What the words around a name say of it."""

    within: tuple[Located, ...] = ()  # places named behind it: "Homs, Syria", "Paris, Texas"
    country: str | None = None  # of which it is the capital or seat, if it is that
    least: int = 0  # people a town of that name has at least
    kinds: frozenset[Kind] = frozenset(Kind)  # what it can be
    near: frozenset[str] = frozenset()  # countries named in its sentence
    division: bool = False  # "Donetsk region": a division rather than a town


@dataclass(frozen=True, slots=True)
class Decision:
    """What a name means, and what it could mean, the likeliest first."""

    place: Located | None  # None: undecided, or unknown
    candidates: tuple[Located, ...]


def decide(found: Sequence[Located], clues: Clues, setting: Setting) -> Decision:
    """Return which of the places with a name is meant; undecided unless one clearly leads."""
    fitting = [place for place in found if _fits(place, clues)]
    if not fitting:
        return Decision(None, ())
    ranked = sorted(fitting, key=lambda place: (-_score(place, clues, setting), place.geonames_id))
    best = ranked[0]
    rivals = [place for place in ranked[1:] if not _is_same(best, place)]
    lead = _score(best, clues, setting) - _score(rivals[0], clues, setting) if rivals else math.inf
    sure = lead >= _MARGIN and _is_plausible(best, clues, setting)
    return Decision(best if sure else None, tuple(ranked[:MOST_CANDIDATES]))


def _fits(place: Located, clues: Clues) -> bool:
    if place.kind not in clues.kinds:
        return False
    if place.kind == Kind.TOWN and place.population < clues.least:
        return False
    return not clues.within or any(_lies_in(place, outer) for outer in clues.within)


def _lies_in(place: Located, outer: Located) -> bool:
    if place.country != outer.country or place.geonames_id == outer.geonames_id:
        return False
    return outer.kind == Kind.COUNTRY or place.region == outer.region


def _score(place: Located, clues: Clues, setting: Setting) -> float:
    score = math.log10(place.population + 10) + setting.weight(place.country)
    if place.country in clues.near:
        score += _NEAR
    if place.country == clues.country:
        score += _CAPITAL
    if place.is_first:
        score += _FIRST
    if place.kind == Kind.COUNTRY:
        score += _WHOLE
    elif clues.division:
        score += _WHOLE if place.kind in {Kind.REGION, Kind.DISTRICT} else 0.0
    elif place.kind == Kind.REGION:
        score -= 1.0  # a town and the region around it share a name: the town, unless it says so
    return score


def _is_same(one: Located, other: Located) -> bool:
    """Whether two places of one name are a town and its division, or one town entered twice."""
    if one.country != other.country:
        return False
    if one.kind != other.kind:
        return one.region == other.region
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return max(abs(one.lat - other.lat), abs(one.lon - other.lon)) <= _NEIGHBOURS


def _is_plausible(place: Located, clues: Clues, setting: Setting) -> bool:
    """Whether anything but the name speaks for a place."""
    return (
        bool(clues.within)
        or clues.country == place.country
        or place.population >= _LARGE
        or place.country in clues.near
        or setting.is_main(place.country)
    )
