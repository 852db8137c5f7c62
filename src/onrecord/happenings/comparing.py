"""Comparing two tellings: what agrees, what contradicts, what one of them does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.happenings.telling import (
    COUNTRY_KINDS,
    NAME_KIND,
    NAMED_KINDS,
    SINGLE_KINDS,
    SOON,
    Party,
    Site,
    Telling,
    shifted,
    stem_of,
)
from onrecord.language.days import Days

Agreement: TypeAlias = Literal["same", "near", "unknown", "differs"]
"""Of one aspect: told alike; one within the other; not told by both; contradicting."""

FEWEST_ALIKE = 3  # words in common from which two sentences may tell the same
LEAST_ALIKE = 0.35  # of the words of the shorter one
FEWEST_COPIED = 5
LEAST_COPIED = 0.75  # of the words of both
LEAST_PARALLEL = 0.5  # of the words of both; sentences so much alike should name the same

_NEAR_MODES = (
    frozenset({"aerial", "drone", "explosives", "heavy-weapons", "suicide-attack", "destroy"}),
    frozenset({"targeted", "aerial", "drone", "explosives", "firearms", "suicide-attack"}),
    frozenset({"visit", "multilateral", "third-party"}),
    frozenset({"demo", "riot", "obstruct"}),
)
"""Modes by which one deed may be told: the car bomb of a suicide attack, the march that blocks a
road."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How two tellings agree, aspect by aspect."""

    actors: Agreement
    recipients: Agreement
    date: Agreement
    place: Agreement
    mode: Agreement
    words: Agreement  # same: copied; near: much in common; unknown: little

    @property
    def contradicts(self) -> bool:
        """Whether they cannot tell the same happening."""
        aspects = (self.actors, self.recipients, self.date, self.place, self.mode)
        return "differs" in aspects


def are_apart(one: Telling, other: Telling) -> bool:
    """Whether date, place or mode contradict, which two tellings of one happening never do."""
    return (
        compare_days(one, other) == "differs"
        or _places(one.site, other.site) == "differs"
        or _modes(one.mode, other.mode) == "differs"
    )


def compare(one: Telling, other: Telling) -> Comparison:
    """Return how two tellings of one type agree.

    The parties of a symmetric event are compared as they fit best.
    """
    straight = _sides(one, other)
    if one.symmetric or other.symmetric:
        turned = (
            _side(one.actors, other.recipients),
            _side(one.recipients, other.actors),
        )
        straight = max(straight, turned, key=_fit)
    return Comparison(
        actors=straight[0],
        recipients=straight[1],
        date=compare_days(one, other),
        place=_places(one.site, other.site),
        mode=_modes(one.mode, other.mode),
        words=_words(one, other),
    )


def _sides(one: Telling, other: Telling) -> tuple[Agreement, Agreement]:
    return _side(one.actors, other.actors), _side(one.recipients, other.recipients)


def _fit(sides: tuple[Agreement, Agreement]) -> tuple[int, int]:
    return -sides.count("differs"), sides.count("same") * 2 + sides.count("near")


def _side(one: Sequence[Party], other: Sequence[Party]) -> Agreement:
    """Return how one side agrees: every party of the shorter must be found in the longer."""
    if not one or not other:
        return "unknown"
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    found = [max((_party(a, b) for b in many), key=_rank) for a in few]
    return min(found, key=_rank)


def _rank(agreement: Agreement) -> int:
    return ("differs", "unknown", "near", "same").index(agreement)


def _party(one: Party, other: Party) -> Agreement:
    """Return how two parties agree: same by name; near by country, or by a word ("police")."""
    if one.country and other.country and one.country != other.country:
        return "differs"
    mine, others = set(one.name.split()), set(other.name.split())
    if mine and others and (mine <= others or others <= mine):
        return "same" if one.is_known and other.is_known else "near"
    if one.kind in SINGLE_KINDS and other.kind in {one.kind, NAME_KIND}:
        return "differs"
    if one.kind == NAME_KIND and other.kind in SINGLE_KINDS:
        return "differs"
    if one.country and one.country == other.country:
        both = {one.kind, other.kind} <= COUNTRY_KINDS
        return "same" if both else "near"
    if one.country or other.country:
        return "differs" if {one.kind, other.kind} <= NAMED_KINDS else "unknown"
    return "unknown"


def compare_days(one: Telling, other: Telling) -> Agreement:
    """Return how the days of two tellings agree.

    Where one has no date of its own, its publication must follow within a few days; where neither
    has, they must have been published within a few days of each other, if both are known.
    """
    if one.days is not None and other.days is not None:
        if not _overlap(one.days, other.days):
            return "differs"
        return "same" if one.exact is not None and one.days == other.days else "near"
    if one.article_id == other.article_id:
        return "unknown"
    if one.days is None and other.days is None:
        near = _within(one.published, other.published)
        return "unknown" if near in (True, None) else "differs"
    dated, undated = (one, other) if one.days is not None else (other, one)
    if dated.days is None or undated.published is None:
        return "unknown"
    first = dated.days.first if dated.modality != "future" else shifted(dated.days.first, -SOON)
    soon = Days(first, shifted(dated.days.last, SOON))
    return "unknown" if _overlap(soon, undated.published) else "differs"


def _overlap(one: Days, other: Days) -> bool:
    return one.first <= other.last and other.first <= one.last


def _within(one: Days | None, other: Days | None) -> bool | None:
    if one is None or other is None:
        return None
    return _overlap(Days(shifted(one.first, -SOON), shifted(one.last, SOON)), other)


def _places(one: Site | None, other: Site | None) -> Agreement:
    """Return how two places agree; near where one may lie in the other."""
    if one is None or other is None:
        return "unknown"
    if one.country and other.country and one.country != other.country:
        return "differs"
    if one.name == other.name or (
        one.geonames_id is not None and one.geonames_id == other.geonames_id
    ):
        return "same" if one.level else "near"
    inner, outer = (one, other) if one.level >= other.level else (other, one)
    if outer.level == 0:
        return "near" if inner.country else "unknown"
    if outer.level == 1 and inner.level == 2:
        return "near" if inner.admin in (None, outer.admin) else "differs"
    return "differs"


def _modes(one: str | None, other: str | None) -> Agreement:
    """Return how two modes agree; near where one deed may be told either way."""
    if one is None or other is None:
        return "unknown"
    if one == other:
        return "same"
    return "near" if any({one, other} <= modes for modes in _NEAR_MODES) else "differs"


def _words(one: Telling, other: Telling) -> Agreement:
    """Return how two sentences agree; that two tellings share one says nothing."""
    if _share_sentence(one, other):
        return "unknown"
    alike = {word.lower() for word in one.words} == {word.lower() for word in other.words}
    if alike and len(one.words) >= FEWEST_ALIKE:  # however few words they share but the parties
        return "same"
    given = _given_words(one) | _given_words(other)
    mine, others = ({word.lower() for word in t.words} - given for t in (one, other))
    common, both = len(mine & others), len(mine | others)
    if common >= LEAST_PARALLEL * both and _name_others(one, other):
        return "unknown"
    if common >= FEWEST_COPIED and common >= LEAST_COPIED * both:
        return "same"
    if common >= FEWEST_ALIKE and common >= LEAST_ALIKE * min(len(mine), len(others)):
        return "near"
    return "unknown"


def _share_sentence(one: Telling, other: Telling) -> bool:
    """Whether two tellings are in one sentence; of a long one each has only the part around it."""
    begun = max(one.sentence, other.sentence) <= min(one.start, other.start)
    return one.article_id == other.article_id and begun


def _name_others(one: Telling, other: Telling) -> bool:
    """Whether each of two sentences has a name that the other has not, as of two shelled towns."""
    names, other_names = ({w for w in t.words if w[0].isupper()} for t in (one, other))
    return bool(names - set(other.words)) and bool(other_names - set(one.words))


def _given_words(telling: Telling) -> set[str]:
    """Return the words of a sentence that are compared as parties and type already."""
    parties = (*telling.actors, *telling.recipients)
    names = {stem_of(word) for party in parties for word in party.name.split()}
    return names | {telling.trigger}
