"""Keys by which the happenings are found that a new telling may be of, in a store of any size.

Of its words only a few are keys: names and numbers first, and among those the ones that a hash puts
first, so that two tellings of the same words have the same keys. A key stands for one stretch of
days; what asks looks through the stretches around its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from onrecord.happenings.grouping import AT_ONCE, Unit, cluster_fit, times_of

WORDS = 8  # of a telling that are keys
WORD, WHOLE = 1, 2  # what a key counts: a word; a place, or the parties
ENOUGH = 2  # of weight in common, from which two tellings are compared
LONGEST = 2  # stretches that a date of a telling may begin before another one's and overlap it

_BYTES = 3  # of what is shared, in a key: two that are the same by chance cost a comparison
_STRETCH = 1 << 8 * _BYTES  # keys of one stretch of days, which are together in an index


@dataclass(frozen=True, slots=True)
class UnitKeys:
    """The keys of a unit, numbers of 48 bits with a sign."""

    kept: Mapping[int, int]  # those it is found by, with the weight of each
    asked: frozenset[int]  # those of all units that it may be told with


def unit_keys(unit: Unit) -> UnitKeys:
    """Return the keys of a unit."""
    times = times_of(unit.whole)
    shared = [(_numbered(what), weight) for what, weight in _shared(unit)]
    stretches = range(times.start - LONGEST, times.stop)
    return UnitKeys(
        kept={times.start * _STRETCH + number: weight for number, weight in shared},
        asked=frozenset(when * _STRETCH + number for when in stretches for number, _ in shared),
    )


def may_join(units: Iterable[Unit], unit: Unit) -> bool:
    """Whether something speaks for a unit telling the happening of others, and nothing against."""
    return cluster_fit(units, unit) > 0


def _shared(unit: Unit) -> Iterator[tuple[str, int]]:
    whole = unit.whole
    kind = f"{whole.event_type} {whole.is_ongoing}"
    words = {word for one in unit.tellings for word in one.words}
    ranked = sorted(words, key=lambda word: (not _tells_much(word), _shuffled(word.lower())))
    yield from ((f"word {kind} {word}", WORD) for word in {one.lower() for one in ranked[:WORDS]})
    if whole.exact is not None and whole.site is not None:
        yield f"place {kind} {whole.site.name}", WHOLE
    if whole.exact is not None and whole.event_type in AT_ONCE:
        sides = {party.country or party.name for party in (*whole.actors, *whole.recipients)}
        yield f"parties {kind} {' '.join(sorted(sides))}", WHOLE


def _tells_much(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _numbered(what: str) -> int:
    digest = hashlib.blake2b(what.encode(), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "big")


@lru_cache(maxsize=10_000)
def _shuffled(word: str) -> int:
    """Return what puts words in an order that is none of theirs."""
    digest = hashlib.blake2b(f"{word} 0".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big", signed=True)
