"""Unlisted parties: words the model takes for parties that no list of words or names has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from spacy.tokens import Doc, Token

from onrecord.drafts import PlaceName
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children
from onrecord.records import ActorKind, MentionForm, Span
from onrecord.resolve.actors.bodies import listed
from onrecord.resolve.actors.claims import Claim, claims
from onrecord.resolve.actors.named import is_part
from onrecord.resolve.actors.nominals import GOVERNMENT
from onrecord.resolve.actors.roles import RoleReader, bounds, span_of
from onrecord.resolve.actors.sketch import Found, Sketch

_NAMES = frozenset({"NNP", "NNPS"})
_PLURALS = frozenset({"NNS", "NNPS", "CD"})
_OWNERS = frozenset({"state", "government", "igo", "armed_group", "ngo", "organisation"})
_POINTING = lexicon.words("grammar.pointing")


def find_unlisted(
    doc: Doc,
    parties: Sequence[Span],
    found: Sequence[Found],
    places: Sequence[PlaceName],
    reader: RoleReader,
) -> Iterator[Found]:
    """Yield in passing a mention for each stretch of words taken for a party that has none.

    The same words are one actor. A name the gazetteer has on the ground is a party by its place,
    a country's by its state: "shelled Homs". A thing is nobody but stands for the body it is said
    to belong to: who shells "Russian positions" does it to Russia. Pronouns that refer to somebody
    are resolved elsewhere.
    """
    heads = {mention.head for mention in found}
    owners = {one.head: one.sketch for one in found if one.sketch and one.sketch.kind in _OWNERS}
    names = {i for one in found if one.form == "name" for i in range(one.start, one.end)}
    grounds = {i: place for place in places for i in range(place.start, place.end)}
    known = {(one.name.lower(), one.country): one for one in owners.values() if one.kind == "state"}
    for party in parties:
        head = _head(doc, party)
        if head is None or head.i in heads or head.i in names:
            continue
        heads.add(head.i)
        start, end = bounds(head)
        place = grounds.get(head.i)
        if place is not None:
            start, end = place.start, place.end
        if place is None and reader.is_thing(head):
            if (owner := _owner(head, owners)) is not None:
                yield Found(start, end, head.i, "nominal", owner, passing=True)
            continue
        sketch = _sketch(head, place, reader)
        sketch = known.setdefault((sketch.name.lower(), sketch.country), sketch)
        yield Found(start, end, head.i, _form(head, place), sketch, passing=True)


def _head(doc: Doc, party: Span) -> Token | None:
    """Return the word a stretch turns on, None where it names nobody anew."""
    words = doc.char_span(party.start, party.end, alignment_mode="expand")
    if words is None:
        return None
    head: Token = words.root
    if head.tag_ == "POS" and head.i > words.start:
        head = head.nbor(-1)
    if head.pos_ == "PRON" or head.tag_ in {"PRP", "PRP$", "DT", "WP"}:
        return head if head.lower_ in _POINTING else None
    return head if head.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "DET"} else None


def _owner(thing: Token, owners: Mapping[int, Sketch]) -> Sketch | None:
    """Return the body that the words before a thing say it belongs to, None without one."""
    before = children(thing, *deps.QUALIFIERS)
    return next((owners[word.i] for word in before if word.i in owners), None)


def _sketch(head: Token, place: PlaceName | None, reader: RoleReader) -> Sketch:
    name = reader.phrase(head).removesuffix("'s").removesuffix("’s")
    at = span_of(head)
    told: Iterable[Claim]
    party = reader.party_at(head)
    if (
        place is not None
        and party is not None
        and party.kind == "state"
        and not is_part(head, head.i)
    ):
        return listed(party, at)
    if place is not None:
        name = head.doc[place.start : place.end].text
        told = claims("name", at, name=name, kind="group", country=place.country, sector="CVL")
        return Sketch(told)
    if party is not None:
        return listed(party, at)
    role = reader.of_noun(head)
    plural = head.tag_ in _PLURALS or head.pos_ in {"PRON", "DET", "ADJ"}
    kind: ActorKind = "group" if plural else "organisation"
    sector = role.sector
    if head.lemma_.lower() in GOVERNMENT:
        kind, sector, plural = "government", "GOV", False
    told = chain(
        claims("noun", at, name=name, kind=kind, sector=sector),
        claims("noun", role.country_at, country=role.country),
    )
    return Sketch(told, plural=plural)


def _form(head: Token, place: PlaceName | None) -> MentionForm:
    if place is not None:
        return "metonym"
    if head.tag_ in _NAMES:
        return "name"
    return "pronoun" if head.pos_ == "PRON" else "nominal"
