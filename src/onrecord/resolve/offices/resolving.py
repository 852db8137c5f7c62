"""Actors from phrases: `resolve_actor` and, with what decided, `explain_actor`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date as Date  # noqa: N812 - `date` is what the parameter is called

from onrecord.codebook import Codebook, load_codebook
from onrecord.codebook.parties import Party, Person
from onrecord.codebook.phrases import NOBODY, UNIDENTIFIED
from onrecord.codebook.wordforms import singular
from onrecord.language import lexicon
from onrecord.records import Actor, ActorKind
from onrecord.resolve.offices.pieces import Piece, PieceCutter
from onrecord.resolve.offices.reading import Evidence, PhraseReader, Side, left_office
from onrecord.resolve.offices.words import Word, cut_words

EXTRACTOR = "actor-phrases/1"
_GOVERNMENT = lexicon.words("roles.governments")
_OUT_OF_OFFICE = frozenset({"ELI", "OPP"})
_ARTICLES = frozenset({"the", "a", "an"})
_NGO_AT_HOME = "SOC"  # PLOVER has NGO for international bodies, SOC for a country's own


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a phrase names, and the words and tables that say so."""

    actor: Actor | None  # None: no actor that the words or the tables know
    evidence: tuple[Evidence, ...]


def resolve_actor(
    phrase: str, *, date: str | Date | None = None, codebook: Codebook | None = None
) -> Actor | None:
    """Return whom a phrase names, with country and PLOVER sector, or None.

    The words decide first ("German defence minister" is German and GOV, whoever it is), then the
    tables of the codebook: who held which office on the date, where an armed group fights.
    Country and sector are None where neither tells; a bare country has no sector. No file is
    read but the codebook, once a process.

    Args:
        phrase: A name, an office or a description, with or without an article: "Macron",
            "the Kenyan police", "Tony Blair, the former prime minister".
        date: A date, or one in ISO 8601 (also a year or month), on which it has to be true.
            Without one the last thing that is known holds.
        codebook: The words and tables to go by; by default the package's own.

    Returns:
        None for a phrase that names no actor ("yesterday") and for a name without deciding words
        that no table knows. Two actors of the same name, kind and country have the same id.

    Raises:
        ValueError: The date is none in ISO 8601.
    """
    return explain_actor(phrase, date=date, codebook=codebook).actor


def explain_actor(
    phrase: str, *, date: str | Date | None = None, codebook: Codebook | None = None
) -> Resolution:
    """Return whom a phrase names and what decided; see `resolve_actor`."""
    day, book = _iso(date), codebook or load_codebook()
    words = cut_words(phrase)
    while words and words[0].plain in _ARTICLES and len(words) > 1:
        words = words[1:]
    pieces = PieceCutter(book, day).cut(words)
    side = PhraseReader(words, book.phrases, day).read(pieces)
    side = _with_person(side, book, day)
    if side.person is None and not _names_somebody(side):
        return Resolution(None, side.evidence)
    side = replace(side, country=side.country or side.usual)
    sector = left_office(side.sector) if side.former else side.sector
    if sector == "NGO" and side.country is not None:
        sector = _NGO_AT_HOME
    actor = _actor(replace(side, sector=sector), words, _spoken(phrase), book)
    return Resolution(actor, side.evidence)


def _iso(date: str | Date | None) -> str | None:
    """Return a date in ISO 8601.

    Raises:
        ValueError: It is none.
    """
    if not isinstance(date, str):
        return date.isoformat()[:10] if date is not None else None
    try:
        Date.fromisoformat(f"{date}-01-01"[:10])
    except ValueError as error:
        wanted = "a date such as 2022, 2022-03 or 2022-03-11"
        raise ValueError(f"date {date!r} is not {wanted}") from error
    return date


def has_unknown_name(phrase: str, codebook: Codebook) -> bool:
    """Return whether a phrase has a word with a capital that neither words nor tables know."""
    words = cut_words(phrase)
    pieces = PieceCutter(codebook, None).cut(words)
    return any(piece.kind == "word" and words[piece.start].capital for piece in pieces)


def _names_somebody(side: Side) -> bool:
    if side.sector == NOBODY:
        return False
    if side.head is None:
        return side.party is not None or (side.country or side.usual) is not None
    return side.sector is not None


def _with_person(side: Side, book: Codebook, date: str | None) -> Side:
    """Return a side with what the tables know of the person in it; the words outrank them."""
    if side.person is None:
        return side
    person = side.person.person
    country = side.country or side.usual or _own_country(person, date)
    sector = side.sector
    told = [Evidence(person.name, f"the person, by {side.person.how}", person.source)]
    if sector in {None, UNIDENTIFIED}:
        sector = sector_of(person, date, book)
        told.append(
            Evidence(
                person.name, f"sector {sector} on {date or 'the last day known'}", person.source
            )
        )
    if side.country is None:
        told.append(Evidence(person.name, f"country {country}", person.source))
    return replace(side, country=country, sector=sector, evidence=(*side.evidence, *told))


def _own_country(person: Person, date: str | None) -> str | None:
    """Return a person's country; who serves the UN acts for none."""
    held = [office for office in person.offices if date is None or office.held_on(date)]
    return None if held and held[-1].organisation else person.country


def sector_of(person: Person, date: str | None, book: Codebook) -> str | None:
    """Return a person's sector on a date: of an office held, ELI after the last, else None."""
    if date is None or not person.offices:
        return person.sector
    held = [office for office in person.offices if office.held_on(date)]
    if held:
        office = held[-1]
        if office.sector:
            return office.sector
        if office == person.offices[-1] and person.sector not in _OUT_OF_OFFICE:
            return person.sector
        if office.organisation:
            body = book.parties.names.get(office.organisation)
            return body.sector if body else None
        return book.sectors.of_office(office.title)
    earlier = any((office.since or "") <= date for office in person.offices)
    return "ELI" if earlier else None


def _actor(side: Side, words: tuple[Word, ...], name: str, book: Codebook) -> Actor:
    person = side.person.person if side.person else None
    party = side.party if side.head is None else None
    if party is not None and side.country is not None and party.country != side.country:
        party = None  # "Arab Israelis" are not the Arab world
    if person is not None:
        name = person.name
    elif party is not None and party.kind != "state":
        name = party.name
    kind = _kind(side, words, party, book)
    sector = None if side.sector in {UNIDENTIFIED, NOBODY} else side.sector
    parts = "\x1f".join(("actor", name, kind, side.country or ""))
    return Actor(
        actor_id=hashlib.sha256(parts.encode()).hexdigest()[:16],
        name=name,
        kind=kind,
        country=side.country,
        sector=sector,
        wikidata=person.wikidata if person else (party.wikidata if party else None),
        extractor=EXTRACTOR,
    )


def _spoken(phrase: str) -> str:
    """Return a phrase without its article and the marks around it."""
    words = phrase.strip(" \t\n.,;:!?\"'“”‘’()[]").split()
    if len(words) > 1 and words[0].lower() in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def _kind(side: Side, words: tuple[Word, ...], party: Party | None, book: Codebook) -> ActorKind:
    if side.person is not None:
        return "person"
    if party is not None:
        return party.kind
    if side.head is None:
        return "group"
    noun = words[side.head.end - 1]
    if noun.key in _GOVERNMENT:
        return "government"
    if noun.plain != singular(noun.plain) or noun.plain in {"police", "people", "media"}:
        return "group"
    return "organisation" if _is_body(side.head, words, book) else "person"


def _is_body(head: Piece, words: tuple[Word, ...], book: Codebook) -> bool:
    """Whether a singular noun names a body: "navy", or in a name "Ruritanian Farmers' Bank"."""
    noun = words[head.end - 1]
    before_of = words[head.start] if "of" in head.key else noun  # "Ministry of Justice"
    if {noun.key, before_of.key} & book.sectors.collective:
        return True
    title = tuple(word.plain for word in words[head.start : head.end])
    return noun.capital and head.start > 0 and book.sectors.of_title(title) is None
