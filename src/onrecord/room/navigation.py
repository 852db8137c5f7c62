"""The places that the room's bar leads to.

A page that is not there yet has no place here: it is entered when its route answers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the bar."""

    path: str
    label: str
    key: str  # g and then this key lead there


PLACES = (
    Place("/", "Overview", "o"),
    Place("/search", "Search", "s"),
    Place("/actors", "Actors", "a"),
    Place("/saved", "Saved", "v"),
    Place("/review", "Review", "r"),
)
