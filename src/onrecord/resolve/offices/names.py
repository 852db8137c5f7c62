"""Names the tables know, however they are spelt: accents, hyphens, capitals, transliteration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from onrecord.codebook.parties import Parties, Party, Person
from onrecord.codebook.wordforms import fold, skeleton
from onrecord.language.names import FAMILY_NAME_FIRST, NAME_PARTICLES
from onrecord.resolve.offices.words import Word

NameForm = Literal["name", "seat", "adjective", "people", "place"]

_LONGEST = 8  # words of a name
_ACRONYM = 5  # letters; a longer name in capitals is a name shouted
_ALIKE = 0.75  # of two spellings of a word, as SequenceMatcher counts


@dataclass(frozen=True, slots=True)
class Known:
    """A party or place, and the form in which its name is entered."""

    written: str
    form: NameForm
    party: Party


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person found by name, and how."""

    person: Person
    how: Literal["name", "spelling", "surname"]


class NameIndex:
    """The names of some tables, searched word by word."""

    def __init__(self, parties: Parties) -> None:
        self._known: dict[str, list[Known]] = defaultdict(list)
        self._people: dict[str, list[Person]] = defaultdict(list)
        self._sounds: dict[tuple[str, str], list[tuple[tuple[str, ...], Person]]] = defaultdict(
            list
        )
        self._surnames: dict[str, list[Person]] = defaultdict(list)
        indexes: tuple[tuple[NameForm, Mapping[str, Party]], ...] = (
            ("name", parties.names),
            ("seat", parties.metonyms),
            ("adjective", parties.adjectives),
            ("people", parties.peoples),
            ("place", parties.places),
        )
        for form, names in indexes:
            for name, party in names.items():
                self._known[fold(name).removeprefix("the ")].append(Known(name, form, party))
        for name, persons in parties.people.items():
            self._enter(fold(name), persons)

    def _enter(self, name: str, persons: Sequence[Person]) -> None:
        words = tuple(word for word in name.split() if word not in NAME_PARTICLES)
        for person in persons:
            self._people[name].append(person)
            if len(words) > 1:
                self._sounds[skeleton(words[0]), skeleton(words[-1])].append((words, person))
                leads = person.country in FAMILY_NAME_FIRST
                for word in {words[-1], words[0] if leads else words[-1]}:
                    if all(person is not other for other in self._surnames[word]):
                        self._surnames[word].append(person)

    def longest(self, words: Sequence[Word], start: int) -> tuple[int, Known] | None:
        """Return where the longest known name that begins at a word ends, and what it names."""
        for end in range(min(len(words), start + _LONGEST), start, -1):
            part = words[start:end]
            if any(word.comma for word in part[:-1]):
                continue
            for joined in {" ".join([*(w.full for w in part[:-1]), last]) for last in _last(part)}:
                for known in self._known.get(joined, ()):
                    if _written_as_name(part, known):
                        return end, known
        return None

    def person(self, words: Sequence[Word], date: str | None) -> NamedPerson | None:
        """Return the one person whom words name in full, in another spelling, or by surname."""
        name = tuple(word.plain for word in words)
        if found := self._people.get(" ".join(name)):
            return _only(found, "name", date)
        kept = tuple(word for word in name if word not in NAME_PARTICLES)
        if len(kept) > 1:
            return _only(list(self._spelt(kept)), "spelling", date)
        if kept and len(name) <= 3 and words[-1].capital:
            return _only(self._surnames.get(kept[-1], []), "surname", date)
        return None

    def _spelt(self, words: tuple[str, ...]) -> Iterator[Person]:
        """Yield people with the same first and last name but for spelling and middle names."""
        for last in range(len(words) - 1, 0, -1):
            for listed, person in self._sounds.get((skeleton(words[0]), skeleton(words[last])), ()):
                given = words if len(words) >= len(listed) else listed
                fewer = listed if given is words else words
                if (
                    _alike(words[0], listed[0])
                    and _alike(words[last], listed[-1])
                    and all(any(_alike(word, other) for other in given) for word in fewer)
                ):
                    yield person


def _last(part: Sequence[Word]) -> tuple[str, str]:
    return part[-1].full, part[-1].plain


def _written_as_name(part: Sequence[Word], known: Known) -> bool:
    """Whether words are written as a name is: "WHO" but not "who", "us" never for "US"."""
    letters = [letter for letter in known.written if letter.isalpha()]
    if len(letters) <= _ACRONYM and all(letter.isupper() for letter in letters):
        return all(word.text.upper() == word.text for word in part)
    if known.form == "place":
        return part[0].capital
    if any(word.capital for word in part):
        return True
    if known.written.startswith("the "):
        return False  # "member states" are not the States
    return known.form in {"adjective", "people", "name"} and known.party.kind == "state"


def _alike(one: str, other: str) -> bool:
    return one == other or (
        skeleton(one) == skeleton(other) and SequenceMatcher(None, one, other).ratio() >= _ALIKE
    )


def _only(
    found: Sequence[Person], how: Literal["name", "spelling", "surname"], date: str | None
) -> NamedPerson | None:
    """Return the only person of several, or the only one in office on a date."""
    unique = {id(person): person for person in found}
    if len(unique) > 1:
        holding = {
            key: person
            for key, person in unique.items()
            if any(office.held_on(date or "9999") for office in person.offices)
        }
        unique = holding
    return NamedPerson(next(iter(unique.values())), how) if len(unique) == 1 else None


@lru_cache(maxsize=4)
def name_index(parties: Parties) -> NameIndex:
    """Return the index of some tables, made once."""
    return NameIndex(parties)
