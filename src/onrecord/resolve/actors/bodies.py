"""States, blocs and organisations: those the tables know, and those only a name tells of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from onrecord.codebook import Codebook
from onrecord.codebook.parties import Party
from onrecord.drafts import PlaceName
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.records import ActorKind, MentionForm, Span
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.given import Text
from onrecord.resolve.actors.named import Named, is_location
from onrecord.resolve.actors.nominals import GOVERNMENT
from onrecord.resolve.actors.roles import RoleReader, span_of
from onrecord.resolve.actors.sketch import NOBODY, Found, Meant, Sketch

_PLURALS = frozenset({"NNS", "NNPS"})
_DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d+[A-Za-z]*$")  # of a weapon: T-72, MQ-9, Su-35
_NUMBER = re.compile(r"\d+(?:\.\d+)*|[IVX]+")
_PORTFOLIOS = lexicon.words("roles.portfolios")
_ARTICLES = frozenset({"the", "a", "an"})
_FORMS: dict[str, MentionForm] = {"name": "name", "metonym": "name", "adjective": "nominal"}


def find_parties(
    doc: Doc,
    named: Sequence[Named],
    places: Sequence[PlaceName],
    people: Sequence[Found],
    published: str | None = None,
) -> Iterator[Found]:
    """Yield the mentions of parties the tables know, each with its actor on the day of publication.

    A name that only says where something is is a place and left out. What may still be a party to
    an event is kept in passing: adjectives ("Russian" in "Russian troops") and places that
    something is done to ("the invasion of Ukraine"). A name that acts is kept, before a noun too
    ("Russia policy"): it is no place, and would otherwise have no row.
    """
    occupied = {i for found in people for i in range(found.start, found.end)}
    meant = {position: place for place in places for position in range(place.start, place.end)}
    sketches: dict[str, Sketch] = {}
    for match in named:
        if occupied & set(range(match.start, match.end)):
            continue
        head = doc[match.start : match.end].root
        place = meant.get(head.i)
        if place is not None and place.kind is None:
            continue  # part of a longer name: "the Gulf of Panama" is not Panama
        first, end = (place.start, place.end) if place is not None else (match.start, match.end)
        made = _named(doc[match.start : match.end], match, published)
        sketch = sketches.setdefault(made.name, made)
        modifies = _modifies(head)
        is_ground = place is not None and not place.is_metonym
        if is_ground and is_location(doc, match):
            continue
        acts = place is not None and place.is_metonym
        passing = (
            is_ground
            or match.form == "adjective"
            or (modifies and match.party.kind == "state" and not acts)
        )
        start = first
        if not passing and start and doc[start - 1].lower_ == "the" and not modifies:
            start -= 1
        yield Found(
            start,
            end,
            head.i,
            "metonym" if acts else _FORMS[match.form],
            sketch,
            passing=passing,
        )


def find_metonyms(doc: Doc, places: Sequence[PlaceName], taken: Sequence[Found]) -> Iterator[Found]:
    """Yield the place names that act and that no table knows: for whom they stand stays open."""
    occupied = {i for found in taken for i in range(found.start, found.end)}
    for place in places:
        if (
            place.is_metonym
            and place.kind is None
            and not occupied & {*range(place.start, place.end)}
        ):
            head = doc[place.start : place.end].root
            yield Found(place.start, place.end, head.i, "metonym", None)


def _modifies(head: Token) -> bool:
    return (
        head.dep_ in deps.MODIFIERS
        and head.head.pos_ in {"NOUN", "PROPN"}
        and not (head.dep_ == deps.NOUN_MODIFIER and bool(head.conjuncts))
    )


def _named(words: Slice, match: Named, published: str | None) -> Sketch:
    at, party = Span(words.start_char, words.end_char), match.party.on(published)
    is_people = match.form == "adjective" and words.text.endswith("s")  # "Kyrgyz" may be either
    is_people = is_people and words.root.tag_ in _PLURALS and not _modifies(words.root)
    return _people(words.text, party, at) if is_people else listed(party, at)


def _people(name: str, party: Party, at: Span) -> Sketch:
    """Return a people by its name in the plural: "Russians" are no government."""
    facts = claims("table", at, name=name, kind="group", country=party.country, sector="CVL")
    return Sketch(facts, plural=True)


def listed(party: Party, at: Span | None) -> Sketch:
    """Return the actor that a table has, by the words at a span where the text names it."""
    facts = claims(
        "table", at, name=party.name, kind=party.kind, country=party.country, sector=party.sector
    )
    return Sketch(facts, wikidata=party.wikidata)


def find_organisations(
    text: Text, reader: RoleReader, codebook: Codebook, taken: Sequence[Found]
) -> Iterator[Found]:
    """Yield organisations that only the parser's entity labels tell of.

    One that goes by the name of its town is a metonym: "Liverpool" that signs a player. One that
    goes by the surname of somebody the text names is that person, labelled wrong: "a Trump rally".

    Their country is that of a country's name or adjective in or beside theirs, their sector that
    of the noun their name ends in; without them both stay unknown.
    """
    doc, named, places = text.doc, text.named, text.places
    occupied = {i for found in taken if not found.passing for i in range(found.start, found.end)}
    occupied |= {i for match in named if match.form != "adjective" for i in _tokens(match)}
    towns = {(place.start, place.end) for place in places if place.is_metonym}
    bearers = _bearers(doc, taken)
    known: list[Sketch] = []
    for entity in doc.ents:
        if entity.label_ != "ORG" or not _is_name(entity):
            continue
        start, end = _trimmed(entity)
        if end <= start or any(i in occupied for i in range(start, end)):
            continue
        if any(set(range(start, end)) <= set(_tokens(match)) for match in named):
            continue
        if _DESIGNATION.match(doc[start:end].text) or _is_portfolio(doc[start:end], codebook):
            continue
        if (person := bearers.get(doc[start:end].text)) is not None:
            yield Found(start, end, doc[start:end].root.i, "name", person)
            continue
        sketch = _organisation(doc[start:end], reader, codebook)
        if _is_version(doc[start:end]) and _unnumbered(doc[start:end], reader, codebook) is None:
            continue
        meant = _met(sketch, known)
        if meant == NOBODY:
            known.append(sketch)
            meant = Meant(sketch)
        form: MentionForm = "metonym" if (start, end) in towns else "name"
        head = doc[start:end].root.i
        yield Found(start, end, head, form, meant.sketch, candidates=meant.candidates)


def _is_version(name: Slice) -> bool:
    """Whether a name ends in a number, as those of models and editions do: "Explorer 9"."""
    return len(name) > 1 and _NUMBER.fullmatch(name[-1].text) is not None


def _unnumbered(name: Slice, reader: RoleReader, codebook: Codebook) -> str | None:
    """Return the sector that a name tells without the number at its end: "Battalion 101"."""
    return _organisation(name[:-1], reader, codebook).sector


def _bearers(doc: Doc, taken: Sequence[Found]) -> Mapping[str, Sketch]:
    """Return by surname the people of a text whom it names in full, no two of a surname."""
    named: dict[str, set[Sketch]] = defaultdict(set)
    for one in taken:
        is_person = one.form == "name" and one.sketch is not None and one.sketch.kind == "person"
        if is_person and one.sketch is not None and one.head > one.start:
            named[doc[one.end - 1].text].add(one.sketch)
    return {surname: bearers.pop() for surname, bearers in named.items() if len(bearers) == 1}


def _met(sketch: Sketch, known: Sequence[Sketch]) -> Meant:
    """Return the organisation already met under a name: that of its country, or the only one.

    Where several countries have one of that name, a name that tells of none is in doubt.
    """
    named = [other for other in known if other.name == sketch.name]
    here = [other for other in named if other.country == sketch.country]
    if here:
        return Meant(here[0])
    if sketch.country is not None:
        return NOBODY
    return Meant(named[0]) if len(named) == 1 else Meant(None, tuple(reversed(named)))


def _is_portfolio(name: Slice, codebook: Codebook) -> bool:
    """Whether words are what an office is for: "Defence" in "Defence Minister"."""
    root, head = name.root, name.root.head
    if root.dep_ == deps.COMPOUND and head.i == name.end:
        office = (*(token.lower_ for token in name), head.lemma_.lower())
        return office in codebook.sectors.nouns or office in codebook.sectors.titles
    link = head.lower_ in {"of", "for"} and root.dep_ == deps.PREP_OBJECT
    return link and head.head.lemma_.lower() in _PORTFOLIOS


def _tokens(match: Named) -> range:
    return range(match.start, match.end)


def _is_name(entity: Slice) -> bool:
    return any(token.pos_ == "PROPN" for token in entity) and not any(t.is_space for t in entity)


def _trimmed(entity: Slice) -> tuple[int, int]:
    start, end = entity.start, entity.end
    doc = entity.doc
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct):
        end -= 1
    while end > start and (_is_article(doc[start]) or doc[start].is_punct):
        start += 1
    return start, end


def _is_article(word: Token) -> bool:
    """Whether a word is no part of the name behind it, as "All" is in "All Nordic Railways"."""
    return word.pos_ == "DET" and (word.is_lower or word.lower_ in _ARTICLES)


def _organisation(name: Slice, reader: RoleReader, codebook: Codebook) -> Sketch:
    lemmas = tuple(token.lemma_.lower() for token in name)
    kind: ActorKind = "government" if lemmas[-1] in GOVERNMENT else "organisation"
    at = Span(name.start_char, name.end_char)
    told = [*claims("name", at, name=name.text, kind=kind)]
    told += claims("name", at, sector=codebook.sectors.of_noun(lemmas))
    for token in name:
        party = reader.party_at(token)
        if party is not None and party.country:
            told += claims("name", span_of(token), country=party.country)
    beside = reader.of_noun(name.root)
    told += claims("phrase", beside.country_at, country=beside.country)
    return Sketch(told)
