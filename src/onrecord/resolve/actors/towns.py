"""Towns as parties by their country: "shelled Homs", and those that act for nobody known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.codebook.parties import Party
from onrecord.drafts import PlaceName
from onrecord.language import dependencies as deps
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.named import is_part
from onrecord.resolve.actors.roles import span_of
from onrecord.resolve.actors.sketch import Found, Sketch

_PARTIES = frozenset({deps.OBJECT, deps.PASSIVE_SUBJECT, deps.PREP_OBJECT, deps.CONJUNCT})


def with_towns(
    doc: Doc, found: Sequence[Found], places: Sequence[PlaceName], listed: Mapping[str, Party]
) -> Iterator[Found]:
    """Yield mentions, and the towns that something may be done to: "shelled Homs".

    A town is a party by its country, that of its place or of the name in the tables (`listed`),
    also where for whom it stands is open. A part of a country ("eastern Libya") says where, and
    is left out.
    """
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    lies_in = {i: place.country for place in places for i in range(place.start, place.end)}
    known: dict[str, Sketch] = {}

    def town(head: Token, name: str, *, acts: bool = False) -> Sketch | None:
        country = lies_in.get(head.i)
        if country is None and (party := listed.get(name.removeprefix("the "))) is not None:
            country = party.country
        if country is None or is_part(head, head.i) or not (acts or head.dep_ in _PARTIES):
            return None
        told = claims("name", span_of(head), name=name, kind="group", country=country, sector="CVL")
        return known.setdefault(name, Sketch(told))

    for mention in found:
        head = doc[mention.head]
        is_open = mention.form == "metonym" and mention.sketch is None
        name = doc[mention.start : mention.end].text
        sketch = town(head, name, acts=True) if is_open else None
        yield replace(mention, sketch=sketch) if sketch is not None else mention
    for place in places:
        words = doc[place.start : place.end]
        free = place.kind is None and not taken & set(range(place.start, place.end))
        if free and (sketch := town(words.root, words.text)) is not None:
            yield Found(place.start, place.end, words.root.i, "metonym", sketch, passing=True)
