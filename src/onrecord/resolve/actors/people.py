"""People: names, with the titles around them, gathered into one actor each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from onrecord.codebook import Codebook
from onrecord.codebook.parties import Office, Person
from onrecord.language.names import AFTER_NAME, ARTICLES, SURNAME_PARTICLES
from onrecord.records import Span
from onrecord.resolve.actors.claims import claims
from onrecord.resolve.actors.holding import HEADS
from onrecord.resolve.actors.roles import Role, RoleReader
from onrecord.resolve.actors.sketch import NOBODY, Found, Meant, Sketch, last_named
from onrecord.resolve.actors.unlabelled import unlabelled_names
from onrecord.resolve.offices import sector_of

_ENDING = re.compile(r"(?<=sk|ck)(yy|iy|ii|ij|yj|y|i)$")
_FATHERS = frozenset({"abu", "umm"})  # before a child's name, which is no family name


@dataclass(frozen=True, slots=True)
class _Name:
    """A person's name in the text, with what stands around it."""

    start: int  # token, titles included
    end: int
    head: int
    words: tuple[str, ...]  # the name alone
    text: str  # the same as written: "al-Azeem" is three words
    role: Role
    span: Span  # of the name alone
    possible: bool = False  # it may name something else


def find_people(
    doc: Doc, reader: RoleReader, codebook: Codebook, published: str | None
) -> tuple[Found, ...]:
    """Return the mentions of people by name, each with its actor; one actor a person.

    Two people may share a surname: a surname alone goes to the one named last before it, or else
    to the first one named after it. Where both were named last, in one sentence, it is in doubt.
    """
    names = list(_names(doc, reader, codebook.parties.people))
    surnames = {_plain(name.words)[-1] for name in names if len(name.words) > 1}
    names = [name for name in names if not _is_elsewhere(name, codebook, surnames)]
    unlabelled = _unlabelled(doc, reader, codebook, names)
    names = sorted([*names, *unlabelled], key=lambda name: name.start)
    sketches: dict[tuple[str, ...], Sketch] = {}
    for name in names:
        if len(name.words) > 1 and not name.possible and _known(name.words, sketches) is None:
            sketches[name.words] = _sketch(name, reader, codebook, published)
    found = []
    earlier: dict[str, list[Found]] = defaultdict(list)  # by surname and by first name
    for name in names:
        if len(name.words) > 1:
            meant = Meant(_known(name.words, sketches))
        else:
            meant = _meant(doc, name, earlier[_folded(name.words[0])], sketches)
        if meant == NOBODY:
            sketches[name.words] = _sketch(name, reader, codebook, published)
            meant = Meant(sketches[name.words])
        found.append(_found(name, meant))
        if meant.sketch is None:
            continue
        _learn(meant.sketch, name)
        meant.sketch.possible = meant.sketch.possible and name.possible
        for word in {name.words[-1], name.words[0]}:
            earlier[_folded(word)].append(found[-1])
    return tuple(found)


def _meant(
    doc: Doc, name: _Name, earlier: Sequence[Found], sketches: dict[tuple[str, ...], Sketch]
) -> Meant:
    """Return whom a single name means of those who were named with it before, else after it."""
    if not earlier:
        return Meant(_by_single(name.words[0], sketches))
    fitting = [one for one in earlier if one.sketch and _may_be(one.sketch, name.role)]
    return last_named(doc, fitting or earlier)


def _may_be(sketch: Sketch, role: Role) -> bool:
    """Whether a title before a name may be that of a person named before."""
    gender_fits = not role.gender or not sketch.gender or role.gender == sketch.gender
    words = role.words.lower() if role.words else ""
    role_fits = not words or not sketch.role or words in sketch.role or sketch.role in words
    return gender_fits and role_fits and not sketch.possible


def _is_elsewhere(name: _Name, codebook: Codebook, surnames: set[str]) -> bool:
    """Whether a single word labelled a person is a country, seat or body the tables know."""
    if len(name.words) > 1 or name.words[0] in surnames:
        return False
    return codebook.parties.place(name.words[0]) is not None


def _names(doc: Doc, reader: RoleReader, listed: Collection[str]) -> Iterator[_Name]:
    """Yield what is labelled a person, or an organisation by the full name of a public person."""
    written = _written(doc)
    for entity in doc.ents:
        if entity.label_ not in {"PERSON", "ORG"}:
            continue
        trimmed = _trimmed(entity, reader)
        if trimmed is None:
            continue
        if entity.label_ == "ORG" and (len(trimmed) < 2 or trimmed.text not in listed):
            continue
        start, role = reader.before_name(trimmed)
        apposed = reader.apposed(trimmed)
        words = tuple(written.get(word, word) for word in _compared(trimmed))
        joined = _joined(role, apposed)
        text = " ".join(trimmed.text.split())
        at = Span(trimmed.start_char, trimmed.end_char)
        yield _Name(start, trimmed.end, trimmed.root.i, words, text, joined, at)


def _written(doc: Doc) -> Mapping[str, str]:
    """Return by words in capitals how else the text writes them: a headline has "BERG" for Berg."""
    named = (token.text for token in doc if token.text[:1].isupper() and not token.is_upper)
    return {word.upper(): word for word in named}


def _unlabelled(
    doc: Doc, reader: RoleReader, codebook: Codebook, names: Sequence[_Name]
) -> Iterator[_Name]:
    """Yield the names of people that the entity labels missed, or may have missed."""
    full = [name.words for name in names if len(name.words) > 1]
    known = {*full, *((_plain(words)[-1],) for words in full), *((words[0],) for words in full)}
    known |= _mostly_people(doc, {name.words for name in names if len(name.words) == 1})
    taken = {i for name in names for i in range(name.start, name.end)}
    written = _written(doc)
    for one in unlabelled_names(doc, taken, known, reader, codebook.given_names):
        words = tuple(written.get(token.text, token.text) for token in one.name)
        start, role = reader.before_name(one.name)
        if one.sure:
            role = _joined(role, reader.apposed(one.name))
        head, text = one.name.root.i, one.name.text
        at = Span(one.name.start_char, one.name.end_char)
        yield _Name(start, one.name.end, head, words, text, role, at, possible=not one.sure)


def _mostly_people(doc: Doc, names: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return the single names that are labelled a person no less often than anything else."""
    balance = dict.fromkeys(names, 0)
    for token in doc:
        if (token.text,) in balance and token.ent_type_:
            balance[(token.text,)] += 1 if token.ent_type_ == "PERSON" else -1
    return {name for name, more in balance.items() if more >= 0}


def _trimmed(entity: Slice, reader: RoleReader) -> Slice | None:
    """Return a name without possessive mark, titles and stray marks; None when nothing is left."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while end > start and (doc[end - 1].tag_ == "POS" or not doc[end - 1].text[0].isalnum()):
        end -= 1
    while end - start > 1 and (
        reader.is_courtesy(doc[start])
        or not doc[start].text[0].isalnum()
        or (doc[start].is_lower and not _is_small(doc[start]))
    ):
        start += 1
    if end <= start or not any(token.text[0].isupper() for token in doc[start:end]):
        return None
    return doc[start:end]


def _is_small(word: Token) -> bool:
    """Whether a word is one that begins a family name: "van", "al" before a hyphen."""
    if word.lower_ in SURNAME_PARTICLES:
        return True
    return word.lower_ in ARTICLES and not word.whitespace_ and word.i + 1 < len(word.doc)


def _compared(name: Slice) -> tuple[str, ...]:
    """Return the words by which a name is compared: "Von der Leyen" is Leyen, "al-Sisi" Sisi."""
    last = len(name) - 1
    start = 0
    while start < last and (_is_small(name[start]) or name[start].is_punct):
        start += 1
    return tuple(token.text for token in name[start:] if not token.is_space)


def _joined(before: Role, apposed: Role | None) -> Role:
    if apposed is None:
        return before
    return Role(
        words=before.words or apposed.words,
        country=before.country or apposed.country,
        sector=before.sector or apposed.sector,
        gender=before.gender or apposed.gender,
        former=before.former or apposed.former,
        country_at=before.country_at if before.country else apposed.country_at,
    )


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(word for word in words if word.rstrip(".").lower() not in AFTER_NAME)
    return kept or tuple(words)


def _folded(word: str) -> str:
    """Return a name with the spellings of one Slavic ending made alike: Zelenskyy, Zelenskiy."""
    return _ENDING.sub("y", word)


def _known(words: tuple[str, ...], sketches: dict[tuple[str, ...], Sketch]) -> Sketch | None:
    """Return the person with that full name: same surname, and first names that do not clash."""
    plain = _plain(words)
    for other, sketch in sketches.items():
        known = _plain(other)
        if len(known) > 1 and _folded(known[-1]) == _folded(plain[-1]):
            shorter, longer = sorted((known[:-1], plain[:-1]), key=len)
            if set(shorter) <= set(longer):
                return sketch
        elif len(known) > 1 and plain[0].lower() in _FATHERS and known[: len(plain)] == plain:
            return sketch  # "Abu Mohammed" of "Abu Mohammed al-Golani"
    return None


def _by_single(word: str, sketches: dict[tuple[str, ...], Sketch]) -> Sketch | None:
    """Return the first person whose name has that word, as surname rather than first name."""
    for place in (-1, 0):
        for words, sketch in sketches.items():
            if _folded(_plain(words)[place]) == _folded(word):
                return sketch
    return None


def _sketch(name: _Name, reader: RoleReader, codebook: Codebook, published: str | None) -> Sketch:
    told = claims("name", name.span, name=name.text, kind="person")
    sketch = Sketch(told, possible=name.possible)
    _learn(sketch, name)
    people = codebook.parties.people
    listed = people.get(name.text) or _leaders(name, reader, people, published)
    if len(listed) == 1:
        _fill(sketch, listed[0], published, codebook)
    return sketch


def _leaders(
    name: _Name,
    reader: RoleReader,
    people: Mapping[str, tuple[Person, ...]],
    published: str | None,
) -> tuple[Person, ...]:
    """Return the heads of state or government, up to a date, whom a surname alone may mean.

    News names nobody else by the surname throughout, and their country with them: a Johnson is
    Boris Johnson only where Britain is named, unless nobody else in the tables has the surname.
    One in office goes before those of the past.
    """
    if len(name.words) > 1 or name.possible or published is None:
        return ()
    countries = reader.countries
    bearers = {
        person
        for known, persons in people.items()
        if _folded(known.split()[-1]) == _folded(name.words[0])
        for person in persons
    }
    led = {
        person: any(office.held_on(published) for office in offices)
        for person in bearers
        if (offices := [one for one in person.offices if _is_head(one, published)])
        and (len(bearers) == 1 or any(office.country in countries for office in offices))
    }
    serving = tuple(person for person, holds in led.items() if holds)
    return serving or tuple(led)


def _is_head(office: Office, published: str) -> bool:
    return office.title.lower() in HEADS and (office.since or "") <= published


def _learn(sketch: Sketch, name: _Name) -> None:
    """Take what the words around a name say of a person."""
    role = name.role
    sketch.claim("title", name.span, gender=role.gender)
    if role.words:
        sketch.claim("title", role.country_at, country=role.country)
        sketch.claim("title", name.span, role=role.words.lower(), sector=role.sector)


def _fill(sketch: Sketch, person: Person, published: str | None, codebook: Codebook) -> None:
    """Take what the table knows; an office only while it was held."""
    sketch.known_as, sketch.wikidata = person.name, person.wikidata
    held = [office for office in person.offices if published and office.held_on(published)]
    serves_a_body = any(office.organisation for office in held)  # and so acts for no country
    country = None if serves_a_body else person.country
    sketch.claim("table", None, gender=person.gender, country=country)
    if published and person.offices:
        office = held[0].title.lower() if held and held[0].title else None
        sketch.claim("table", None, sector=sector_of(person, published, codebook))
        if sketch.sector is None or sketch.won["sector"].rule == "table":
            sketch.claim("table", None, role=office)


def _found(name: _Name, meant: Meant) -> Found:
    return Found(
        name.start,
        name.end,
        name.head,
        "name",
        meant.sketch,
        candidates=meant.candidates,
        role=name.role.words,
        role_country=name.role.country if name.role.words else None,
    )
