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
    Place("/timeline", "Timeline", "t"),
    Place("/figures", "Figures", "f"),
    Place("/talks", "Talks", "k"),
    Place("/terms", "Terms", "w"),
    Place("/map", "Map", "m"),
    Place("/saved", "Saved", "v"),
    Place("/review", "Review", "r"),
)
