"""Setting: the countries of groups and bodies that only the rest of an article tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook.parties import Parties
from onrecord.drafts import PlaceName
from onrecord.language.syntax import children
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.sketch import Found, Sketch

_PARTISAN = frozenset({"LEG", "PTY"})  # "Republican senators" are no people's
_CREEDS = frozenset("muslim christian jewish islamic catholic buddhist hindu protestant".split())
_PERSUASIONS = ("ist", "ists", "crat", "crats", "cratic", "publican", "publicans")
_IRREGULAR = frozenset({"REB", "PRM", "OPP"})
_SPONSORED = frozenset({"led", "backed", "supported", "funded", "armed", "allied"})  # "US-backed"
_OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_BODIES = frozenset({"government", "organisation"})
_RULERS = frozenset({"authorities", "police"})  # plurals that are one body of a country
_LOCAL = frozenset({"local", "opposition", "provincial", "municipal", "regional"})


def settle(
    doc: Doc,
    found: Sequence[Found],
    places: Sequence[PlaceName],
    reader: RoleReader,
    parties: Parties,
) -> None:
    """Give actors without a country that of their setting, where the article has just one.

    PLOVER codes a group by the country in which it acts: forces of a people without a state
    ("Kurdish forces") and "local officials" belong where the text is set, "the government" to the
    country whose offices and states the article tells of, a person "from London" there.
    """
    grounds = _Grounds(doc, found, places)
    for mention in found:
        sketch = mention.sketch
        if sketch is None or sketch.country is not None:
            continue
        head = doc[mention.head]
        if sketch.kind == "person" and mention.form == "name":
            sketch.country = _origin(head, reader, parties)
        elif mention.form != "name":
            _settle_group(sketch, head, grounds, reader)


def _settle_group(sketch: Sketch, head: Token, grounds: _Grounds, reader: RoleReader) -> None:
    before = [word for left in head.lefts for word in left.subtree]
    if any(_is_people(word, reader) for word in before) and sketch.sector not in _PARTISAN:
        sketch.country = grounds.near(head)
        sketch.sector = "REB" if sketch.sector == "MIL" else sketch.sector
    elif _is_of_the_place(sketch, before):
        sketch.country = grounds.near(head)
    elif sketch.sector in _OFFICIAL and _is_bare_body(sketch, head):
        sketch.country = grounds.home


def _is_of_the_place(sketch: Sketch, before: Sequence[Token]) -> bool:
    """Whether words before a noun tie it to where it acts: "local", "US-backed" of rebels."""
    words = {word.lower_ for word in before}
    return bool(words & _LOCAL) or (sketch.sector in _IRREGULAR and bool(words & _SPONSORED))


def _is_people(word: Token, reader: RoleReader) -> bool:
    """Whether a word is the adjective of a people that the tables give no country."""
    if word.ent_type_ != "NORP" or reader.party_at(word) is not None:
        return False
    return word.lower_ not in _CREEDS and not word.lower_.endswith(
        ("ist", "ists", "crat", "cratic")
    )


def _is_bare_body(sketch: Sketch, head: Token) -> bool:
    """Whether a definite noun for a body of state has nothing that tells the state."""
    if sketch.kind not in _BODIES and head.lower_ not in _RULERS:
        return False
    complete = not children(head, "prep", "relcl", "acl")
    return complete and [word.lower_ for word in head.lefts] in (["the"], [])


def _origin(head: Token, reader: RoleReader, parties: Parties) -> str | None:
    """Return the country a person is said to come from: "Nour Haddad, 32, from London"."""
    for link in children(head, "prep"):
        if link.lower_ != "from" or any(word.pos_ == "VERB" for word in head.rights):
            continue
        for place in children(link, "pobj"):
            for word in (place, *children(place, "appos")):
                party = reader.party_at(word) or parties.places.get(word.text)
                if party is not None and party.country:
                    return party.country
    return None


class _Grounds:
    """The countries an article is set in, and the one whose offices it tells of."""

    def __init__(self, doc: Doc, found: Sequence[Found], places: Sequence[PlaceName]) -> None:
        self._at: Mapping[int, str] = {
            place.start: place.country
            for place in places
            if place.country is not None and not place.is_metonym
        }
        self._main = _most(self._at.values())
        self.home = _most(_official(found))

    def near(self, token: Token) -> str | None:
        """Return the one country the sentence is set in, else that of most of the article."""
        sentence = token.sent
        here = {country for at, country in self._at.items() if sentence.start <= at < sentence.end}
        return here.pop() if len(here) == 1 else self._main


def _official(found: Sequence[Found]) -> Iterator[str]:
    """Yield the country of each mention of a state, its offices and its people."""
    for mention in found:
        sketch = mention.sketch
        if sketch is None or sketch.country is None:
            continue
        if sketch.kind in {"state", "government"} or sketch.sector in _OFFICIAL:
            yield sketch.country


def _most(countries: Iterator[str] | Sequence[str]) -> str | None:
    """Return the country named more often than all others together, None without one."""
    counts = Counter(countries)
    if not counts:
        return None
    ((country, often),) = counts.most_common(1)
    return country if 2 * often > counts.total() else None
