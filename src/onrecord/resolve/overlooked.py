"""Place names that the parser's labels miss and that grammar and gazetteer vouch for together."""

from __future__ import annotations

from collections.abc import Iterator, Set

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.resolve.full_names import DIVISIONS
from onrecord.resolve.gazetteer import Gazetteer, Kind
from onrecord.resolve.regions import is_wide

_LONGEST = 5  # tokens of a name; "Mazar-i-Sharif" is five
_WELL_KNOWN = 50_000  # people from which a town that gives its name to a club needs no other sign
_LARGE = 100_000  # people from which a town may lie in a country the article does not name
_INSIDE = lexicon.words("grammar.inside_links")
_TOWARD = lexicon.words("grammar.toward_links")
_GROUND_VERBS = lexicon.words("places.taking") | lexicon.words("places.hitting") | {"occupy"}
_SETTLED = lexicon.words("places.kinds") | lexicon.words("places.settlements")
_STAYING = lexicon.words("places.staying")
_LYING = frozenset("locate situate lie".split())
_PEOPLE = frozenset({"PERSON"})
_MISLABELS = frozenset({"", "GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"})  # of a place's name
_PLACES = frozenset({"GPE", "LOC"})


def find_overlooked(
    doc: Doc, labelled: Set[int], countries: Set[str], gazetteer: Gazetteer
) -> Iterator[tuple[int, int]]:
    """Yield the tokens [start, end) of each such name, in order.

    A name is taken where a place would stand ("near Suruc", "reached Aleppo", "Donetsk region",
    in a list of places) and the gazetteer has it in one of `countries` or as a large town; where
    the sentence says that it is a place ("Suruc is a town"); and where a well-known town's first
    name is labelled as nobody's ("Montpellier won").

    Args:
        doc: The parse.
        labelled: Tokens that belong to a name of which enough is known.
        countries: ISO 3166-1 alpha-3 codes of the countries that the article names.
        gazetteer: Where names are looked up.
    """
    position = 0
    while position < len(doc):
        end = _longest(doc, position, labelled, countries, gazetteer)
        if end is not None:
            yield position, end
        position = end or position + 1


def _longest(
    doc: Doc, start: int, labelled: Set[int], countries: Set[str], gazetteer: Gazetteer
) -> int | None:
    if not doc[start].text[0].isupper() or start in labelled:
        return None
    for end in range(min(len(doc), start + _LONGEST), start, -1):
        name = doc[start:end]
        if not doc[end - 1].text[0].isupper() or any(token.i in labelled for token in name):
            continue
        if not _is_whole(name) or any(token.text == "," for token in name):
            continue
        if is_wide(name.text) or _is_defined(name) or _is_well_known(name, gazetteer):
            return end
        is_town = _is_person(name) and _is_town(name, countries, gazetteer)
        if _stands_as_place(name, is_town=is_town) and _is_known(name, countries, gazetteer):
            return end
    return None


def _is_whole(name: Slice) -> bool:
    """Whether it could be a place's name and no longer name goes on before or behind it."""
    if any(token.ent_type_ not in _MISLABELS for token in name):
        return False
    before = name.doc[name.start - 1] if name.start else None
    after = name.doc[name.end] if name.end < len(name.doc) else None
    return not (
        (before is not None and before.ent_type_ and name[0].ent_iob_ == "I")
        or (after is not None and after.ent_iob_ == "I")
        or (before is not None and before.pos_ == "PROPN" and before.head.i == name.root.i)
        or (after is not None and after.pos_ == "PROPN" and name.root.head.i == after.i)
    )


def _stands_as_place(name: Slice, *, is_town: bool) -> bool:
    may_stand = is_town or not _is_person(name)
    head = name.root
    while head.dep_ == deps.CONJUNCT and head.head.pos_ != "VERB":
        head = head.head
        if head.ent_type_ in _PLACES:
            return True
    after = name.doc[name.end].lower_ if name.end < len(name.doc) else ""
    if after in DIVISIONS:
        return True
    if head.dep_ == deps.PREP_OBJECT:
        return head.head.lower_ in _INSIDE or (head.head.lower_ in _TOWARD and may_stand)
    return head.dep_ == deps.OBJECT and head.head.lemma_ in _GROUND_VERBS and may_stand


def _is_defined(name: Slice) -> bool:
    """Whether the sentence says that a name is a place's: "Suruc is a town", "Suruc lies near"."""
    head = name.root
    if _is_introduced(name):
        return True
    if head.dep_ not in deps.NOUN_SUBJECTS or head.pos_ not in {"PROPN", "NOUN"}:
        return False
    verb = head.head
    if verb.lemma_ in _LYING:
        return verb.lemma_ == "lie" or head.dep_ == deps.PASSIVE_SUBJECT
    return verb.lemma_ == "be" and any(
        child.dep_ == deps.ATTRIBUTE and child.lemma_ in _SETTLED for child in verb.children
    )


def _is_introduced(name: Slice) -> bool:
    """Whether a noun or verb before a name says so: "the town of Suruc", "she died at Suruc"."""
    link = name.root.head
    if name.root.dep_ != deps.PREP_OBJECT or name.root.pos_ != "PROPN":
        return False
    if link.lower_ == "of":
        before = name.doc[name.start - 1] if name.start else None
        return link.head.lemma_ in _SETTLED and link.head.text.islower() and before == link
    return link.lower_ in {"in", "at", "near"} and link.head.lemma_ in _STAYING


def _is_well_known(name: Slice, gazetteer: Gazetteer) -> bool:
    """Whether a name that is no acronym and no person's is a town's or region's first name."""
    if name.text.isupper() or name.root.pos_ != "PROPN" or _is_person(name):
        return False
    return any(
        place.is_first and place.kind != Kind.DISTRICT and place.population >= _WELL_KNOWN
        for place in gazetteer.find(name.text)
    )


def _is_person(name: Slice) -> bool:
    return bool({token.ent_type_ for token in name} & _PEOPLE) and not _is_plural(name.root)


def _is_town(name: Slice, countries: Set[str], gazetteer: Gazetteer) -> bool:
    """Whether a large town of a country that the article names has a name as its first."""
    return any(
        place.is_first and place.population >= _LARGE and place.country in countries
        for place in gazetteer.find(name.text)
    )


def _is_plural(token: Token) -> bool:
    """Whether a name was read as a plural, which no person's is: "Homs"."""
    return token.tag_ in {"NNS", "NNPS"}


def _is_known(name: Slice, countries: Set[str], gazetteer: Gazetteer) -> bool:
    return any(
        place.country in countries or (place.kind == Kind.TOWN and place.population >= _LARGE)
        for place in gazetteer.find(name.text)
    )
