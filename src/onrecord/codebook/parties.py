"""Named parties: countries, former states, blocs, organisations and office-holders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from onrecord.codebook.strict import Table, read_table
from onrecord.errors import CodebookError
from onrecord.records import ActorKind

_ISO3 = re.compile(r"[A-Z]{3}$")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, as precise as is known; None is an open end."""

    since: str | None
    until: str | None

    def holds(self, date: str) -> bool:
        """Whether an ISO date is one of them; of a year or month known alone, any day is."""
        until = self.until
        return (self.since or "") <= date and (until is None or date[: len(until)] <= until)


@dataclass(frozen=True, slots=True)
class Side:
    """The country and sector a party has for a time."""

    period: Period
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """A party the tables know: its name, kind, country and PLOVER sector."""

    name: str
    kind: ActorKind
    country: str | None = None  # ISO 3166-1 alpha-3
    sector: str | None = None
    wikidata: str | None = None
    source: str = field(default="", compare=False)  # the table's file name
    sides: tuple[Side, ...] = ()  # where country and sector changed

    def on(self, date: str | None) -> Party:
        """Return the party with the country and sector of an ISO date; None is the last known."""
        if not self.sides:
            return self
        holding = [side for side in self.sides if date is None or side.period.holds(date)]
        if not holding:
            return replace(self, country=None, sector=None, sides=())
        side = holding[-1]
        return replace(self, country=side.country, sector=side.sector, sides=())


@dataclass(frozen=True, slots=True)
class Office:
    """An office and when it was held; None is an open end."""

    title: str
    country: str | None
    organisation: str | None
    since: str | None
    until: str | None
    sector: str | None = None  # where the table gives it; else the title tells

    def held_on(self, date: str) -> bool:
        """Whether it was held on an ISO date."""
        return Period(self.since, self.until).holds(date)


@dataclass(frozen=True, slots=True)
class Person:
    """A public person: the country and sector hold while one of the offices is held."""

    name: str
    country: str | None
    sector: str | None
    gender: str | None  # "female" or "male"
    offices: tuple[Office, ...]
    wikidata: str | None = None
    source: str = field(default="", compare=False)  # the table's file name


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """All that the tables know, by the words a text may use."""

    names: Mapping[str, Party]  # names as written, letter case included
    metonyms: Mapping[str, Party]  # capitals and seats that stand for a government
    adjectives: Mapping[str, Party]  # "Russian"
    peoples: Mapping[str, Party]  # "Russians"
    people: Mapping[str, tuple[Person, ...]]  # by each of their names
    places: Mapping[str, Party]  # towns and divisions, for phrases whose words name nothing else
    longest: int  # the most words a name has

    def place(self, word: str) -> Party | None:
        """Return the country a name, or the capital with that name, belongs to."""
        return self.names.get(word) or self.metonyms.get(word)

    def canonical(self, name: str) -> str:
        """Return the name that records use for a party or public person; others as given."""
        if party := self.place(name):
            return party.name
        persons = self.people.get(name) or [
            person
            for known, listed in self.people.items()
            if known.split()[-1] == name
            for person in listed
        ]
        found = {person.name for person in persons}
        if len(found) != 1:
            return name
        (full,) = found
        return full if " " in name else full.split()[-1]

    def party(self, word: str) -> Party | None:
        """Return the party that a name or an adjective refers to, None when unknown."""
        return (
            self.names.get(word)
            or self.metonyms.get(word)
            or self.adjectives.get(word)
            or self.peoples.get(word)
        )


@lru_cache(maxsize=16)
def parties_elsewhere(parties: Parties, places: tuple[tuple[str, str | None], ...]) -> Parties:
    """Return some parties for a text in which certain of their names mean other places.

    Each is given with the country in which the place lies, None where that is unknown.
    """
    gone = {name for name, _ in places}
    towns = {
        name: Party(name, "group", country, "CVL", source="places.csv")
        for name, country in places
        if country is not None
    }
    return replace(
        parties,
        names={name: party for name, party in parties.names.items() if name not in gone},
        metonyms={name: party for name, party in parties.metonyms.items() if name not in gone},
        places={name: party for name, party in parties.places.items() if name not in gone} | towns,
    )


def load_parties(
    countries: Path | None = None, organisations: Path | None = None, people: Path | None = None
) -> Parties:
    """Return the parties of three files in the form of the package's own, by default those.

    Raises:
        CodebookError: An unknown key or actor kind, or a malformed country code or date.
    """
    names: dict[str, Party] = {}
    metonyms: dict[str, Party] = {}
    adjectives: dict[str, Party] = {}
    peoples: dict[str, Party] = {}
    listed = list(_organisations(read_table(organisations, "organisations.toml")))
    states = list(_countries(read_table(countries, "countries.toml")))
    undecided = _undecided((party, (*kinds[1], *kinds[2])) for party, _, kinds in states)
    for party, known_as, kinds in states:
        _add(names, party, known_as)
        for index, words in ((metonyms, kinds[0]), (adjectives, kinds[1]), (peoples, kinds[2])):
            _add(index, party, (word for word in words if word not in undecided))
    for party, known_as in listed:
        _add(names, party, known_as)
    return Parties(
        names=names,
        metonyms={word: party for word, party in metonyms.items() if word not in names},
        adjectives=adjectives,
        peoples=peoples,
        people=_people(read_table(people, "people.toml")),
        places={},
        longest=max(len(name.split()) for name in names),
    )


def _add(index: dict[str, Party], party: Party, words: Iterable[str]) -> None:
    """Enter words; a name two parties share stays with the first."""
    for word in words:
        if word:
            index.setdefault(word, party)


def _undecided(listed: Iterable[tuple[Party, Iterable[str]]]) -> frozenset[str]:
    """Return the words that belong to two parties: "Korean", "Congolese"."""
    owner: dict[str, Party] = {}
    return frozenset(
        word for party, words in listed for word in words if owner.setdefault(word, party) != party
    )


_Words = tuple[str, ...]


def _countries(table: Table) -> Iterator[tuple[Party, _Words, tuple[_Words, _Words, _Words]]]:
    """Yield each country with its names and its words for seats, adjectives and people."""
    for kind in ("country", "former", "region"):
        for entry in table.tables(kind):
            name = entry.text("name")
            code = _country(entry, "code")
            actor_kind = _kind(entry) if kind == "region" else "state"
            sector = "GOV" if kind != "region" else None
            party = Party(name, actor_kind, code, sector, source="countries.toml")
            capital = entry.optional_text("capital")
            seats = (*entry.words("government"), *((capital,) if capital else ()))
            others = (seats, entry.words("adjectives"), entry.words("people"))
            yield party, (name.removeprefix("the "), *entry.words("names")), others
            entry.finish()
    table.finish()


def _organisations(table: Table) -> Iterator[tuple[Party, _Words]]:
    for entry in table.tables("organisation"):
        name = entry.text("name")
        country, sector = _country(entry, "country"), entry.optional_text("sector")
        party = Party(name, _kind(entry), country, sector, source="organisations.toml")
        yield party, (name, *entry.words("names"))
        entry.finish()
    table.finish()


def _people(table: Table) -> dict[str, tuple[Person, ...]]:
    people: dict[str, tuple[Person, ...]] = {}
    for entry in table.tables("person"):
        person = Person(
            entry.text("name"),
            _country(entry, "country"),
            entry.optional_text("sector"),
            entry.optional_text("gender"),
            tuple(_office(office) for office in entry.tables("offices")),
            source="people.toml",
        )
        for name in (person.name, *entry.words("names")):
            people[name] = (*people.get(name, ()), person)
        entry.finish()
    table.finish()
    return people


def _office(entry: Table) -> Office:
    since, until = entry.optional_text("from"), entry.optional_text("to")
    for date in (since, until):
        if date and not _DATE.match(date):
            raise CodebookError(f"{entry.where}: {date!r} is not an ISO date")
    office = Office(
        entry.text("title"),
        _country(entry, "country"),
        entry.optional_text("organisation"),
        since,
        until,
    )
    entry.finish()
    return office


def _kind(entry: Table) -> ActorKind:
    kind = entry.text("kind")
    if kind not in get_args(ActorKind):
        raise CodebookError(f"{entry.where}: unknown actor kind {kind!r}")
    return cast(ActorKind, kind)


def _country(entry: Table, key: str) -> str | None:
    code = entry.optional_text(key)
    if code is not None and not _ISO3.match(code):
        raise CodebookError(f"{entry.where}: {code!r} is not an ISO 3166-1 alpha-3 code")
    return code
