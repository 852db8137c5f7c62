"""Atlas: the countries that the words of one article name or lie in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.codebook.parties import Parties
from onrecord.drafts import PlaceName
from onrecord.language import dependencies as deps
from onrecord.language.syntax import children
from onrecord.resolve.actors.roles import RoleReader

_WITH_CITIZENS = frozenset({"state", "group"})  # countries, and the towns of one


class Atlas:
    """Tells the country of names and adjectives in one parse."""

    def __init__(self, places: Sequence[PlaceName], reader: RoleReader, parties: Parties) -> None:
        self._reader, self._towns = reader, parties.places
        self._at: Mapping[int, str] = {
            position: place.country
            for place in places
            if place.country is not None
            for position in range(place.start, place.end)
        }

    def country_at(self, word: Token) -> str | None:
        """Return the country that a name or adjective names, or that its town lies in."""
        if country := self._at.get(word.i):
            return country
        party = self._reader.party_at(word) or self._towns.get(_name(word))
        return party.country if party is not None and party.kind in _WITH_CITIZENS else None


def _name(place: Token) -> str:
    """Return the words of a name that end in a token."""
    first = min((word.i for word in children(place, deps.COMPOUND)), default=place.i)
    return place.doc[first : place.i + 1].text
