"""Names and adjectives the tables know, where they stand in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.codebook.parties import Parties, Party
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.names import COURTESIES

Form = Literal["name", "metonym", "adjective"]

LOCATIVE = lexicon.words("grammar.locative")
_MOTION = lexicon.words("places.motion")
_OCCASIONS = lexicon.words("places.held_at")
DIRECTIONS = lexicon.words("places.directions")
_WITH_ARTICLE = frozenset({"West", "East", "Gulf", "States"})  # a party only after "the"
_PEOPLE = frozenset({"PERSON"})
_COUNTRIES = frozenset({"state", "bloc"})
_ACRONYM = 5  # letters


@dataclass(frozen=True, slots=True)
class Named:
    """A party's name, seat or adjective at tokens [start, end) of a parse."""

    start: int
    end: int
    party: Party
    form: Form


def find_named(doc: Doc, parties: Parties) -> tuple[Named, ...]:
    """Return the known names, seats and adjectives of a text, the longest first at each place."""
    found = []
    text, ends = doc.text, [token.idx + len(token) for token in doc]
    position = 0
    while position < len(doc):
        named = _longest(doc, position, text, ends, parties)
        if named is None:
            position += 1
        else:
            found.append(named)
            position = named.end
    return tuple(found)


def _longest(
    doc: Doc, start: int, text: str, ends: Sequence[int], parties: Parties
) -> Named | None:
    """Return the longest name at a token; `ends` are the tokens' last offsets in `text`."""
    first = doc[start]
    if not first.text[:1].isalpha() or not (first.text[0].isupper() or first.text[0] in "al"):
        return None
    for end in range(min(len(doc), start + parties.longest), start, -1):
        words = text[first.idx : ends[end - 1]]  # a slice of the parse would take far longer
        for form, index in _indexes(parties):
            party = index.get(words) or (index.get(words.title()) if _is_shouted(words) else None)
            if party is None or _is_anothers(doc, start, end, party, parties):
                continue
            if _stands_alone(doc, start, end, party):
                return Named(start, end, party, form)
    return None


def _is_shouted(words: str) -> bool:
    """Whether a name is one in capitals for emphasis: "TEHRAN", and no acronym."""
    return len(words) > _ACRONYM and words.isupper()


def _indexes(parties: Parties) -> tuple[tuple[Form, Mapping[str, Party]], ...]:
    return (
        ("name", parties.names),
        ("metonym", parties.metonyms),
        ("adjective", parties.adjectives),
        ("adjective", parties.peoples),
    )


def _stands_alone(doc: Doc, start: int, end: int, party: Party) -> bool:
    """Whether a match is the party itself and not part of another name."""
    words = doc[start:end].text
    if start and doc[start - 1].text in {"-", "–"} and not doc[start - 1].whitespace_:
        return False  # "pro-Western" is not Western
    if words in _WITH_ARTICLE and not _is_the(doc, start, end):
        return False
    title = doc[start - 1].lower_.rstrip(".") if start else ""
    if title in COURTESIES and party.kind != "person":
        return False
    around = {token.ent_type_ for token in doc[start:end]}
    if around & _PEOPLE and party.kind != "person":
        before = doc[start - 1] if start else None
        after = doc[end] if end < len(doc) else None
        return not any(
            token is not None and token.ent_type_ == "PERSON" and token.ent_iob_ != "O"
            for token in (before if doc[start].ent_iob_ == "I" else None, _inside(after))
        )
    return True


def _is_anothers(doc: Doc, start: int, end: int, party: Party, parties: Parties) -> bool:
    """Whether a body's name of one word ends another's: "Syrian Congress", "World Congress".

    A plural is its members': "House Democrats".
    """
    name, before = doc[start], doc[start - 1] if start else None
    if before is None or end - start > 1 or party.kind in _COUNTRIES or name.tag_ != "NNP":
        return False
    if before.head.i != start or not before.text[0].isupper() or before.dep_ not in deps.MODIFIERS:
        return False
    other = parties.adjectives.get(before.text)
    if other is not None:
        return party.country is not None and other.country not in {None, party.country}
    return before.tag_ == "NNP" and parties.place(before.text) is None


def _is_the(doc: Doc, start: int, end: int) -> bool:
    """Whether "the" stands before and no longer name goes on behind: not "the West Bengal law"."""
    after = doc[end] if end < len(doc) else None
    goes_on = after is not None and after.pos_ == "PROPN" and after.text[0].isupper()
    return start > 0 and doc[start - 1].lower_ == "the" and not goes_on


def _inside(token: Token | None) -> Token | None:
    """Return a token that goes on with the entity before it, the possessive mark aside."""
    goes_on = token is not None and token.ent_iob_ == "I" and token.tag_ != "POS"
    return token if goes_on else None


def is_part(head: Token, start: int) -> bool:
    """Whether a direction before a name makes it a part of the place: "eastern Ukraine"."""
    return any(child.lower_ in DIRECTIONS and child.i < start for child in head.children)


def is_venue(head: Token) -> bool:
    """Whether a seat's name tells where a meeting, a visit or a building is: "Kremlin talks"."""
    return head.dep_ == deps.COMPOUND and head.head.lemma_ in _OCCASIONS


def is_location(doc: Doc, named: Named) -> bool:
    """Whether a name of a country or seat says where something is rather than who acts."""
    if named.party.kind not in {"state", "bloc"} and named.form != "metonym":
        return False
    head = doc[named.start : named.end].root
    if is_part(head, named.start):
        return True
    if head.dep_ == deps.COMPOUND and named.form == "metonym":
        return is_venue(head)
    governor = head
    while governor.dep_ == deps.CONJUNCT:
        governor = governor.head
    if governor.dep_ == deps.PREP_OBJECT and governor.head.dep_ in deps.LINKS:
        link = governor.head
        if link.lower_ == "between" or link.lower_ == "over":
            return False
        if link.lower_ in LOCATIVE:
            return True
        return link.lower_ == "to" and link.head.lemma_ in _MOTION
    return governor.dep_ == deps.OBJECT and governor.head.lemma_ in {
        "visit",
        "leave",
        "flee",
        "reach",
    }
