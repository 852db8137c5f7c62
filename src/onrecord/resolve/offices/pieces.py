"""A phrase in pieces: the names, nouns and small words that the tables know in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.codebook import Codebook
from onrecord.codebook.phrases import Key, Noun
from onrecord.language import lexicon
from onrecord.language.names import NAME_PARTICLES
from onrecord.resolve.offices.names import Known, NamedPerson, NameIndex, name_index
from onrecord.resolve.offices.words import Word

PieceKind = Literal["name", "person", "noun", "modifier", "former", "link", "break", "word"]

PRONOUNS = lexicon.words("grammar.pronouns")
LINKS = lexicon.words("grammar.ground_links") | {"of", "for", "from"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words [start, end) of a phrase and what they are; the other fields go by the kind."""

    start: int
    end: int
    kind: PieceKind
    known: Known | None = None
    person: NamedPerson | None = None
    noun: Noun | None = None
    key: Key = ()


class PieceCutter:
    """Cuts phrases with one codebook's words and names."""

    def __init__(self, book: Codebook, date: str | None) -> None:
        self._words = book.phrases
        self._names: NameIndex = name_index(book.parties)
        self._date = date

    def cut(self, words: Sequence[Word]) -> tuple[Piece, ...]:
        """Return the pieces of a phrase in order; every word is in one."""
        return tuple(_without_names_of_others(tuple(self._pieces(words)), words))

    def _pieces(self, words: Sequence[Word]) -> Iterator[Piece]:
        at = 0
        while at < len(words):
            piece = self._longest(words, at)
            yield piece
            at = piece.end

    def _longest(self, words: Sequence[Word], at: int) -> Piece:
        """Return the longest piece at a word; names come before nouns, nouns before places."""
        name, noun = self._name(words, at), self._noun(words, at)
        if name and noun and self._is_common(name, noun, len(words)):
            noun, name = replace(noun, known=name.known), None
        found = [name, noun, self._person(words, at)]
        best = max(
            (piece for piece in found if piece is not None),
            key=lambda piece: (piece.end, self._rank(piece)),
            default=None,
        )
        small = self._small(words[at], at)
        if small is not None and (best is None or best.end == at + 1) and not words[at].capital:
            return small
        return best or small or Piece(at, at + 1, "word")

    @staticmethod
    def _is_common(name: Piece, noun: Piece, length: int) -> bool:
        """Whether a name is a noun too, so that other words may tell of another bearer of it.

        The tables have the best known one: "Ministry of Defence" is London's, but not Kenya's.
        """
        return (
            name.end == noun.end
            and name.end - name.start < length
            and name.known is not None
            and name.known.form == "name"
            and name.known.party.kind not in {"state", "bloc"}
        )

    @staticmethod
    def _rank(piece: Piece) -> int:
        if piece.kind == "name" and piece.known is not None:
            return 0 if piece.known.form == "place" else 3
        if piece.person is not None:  # a town is more likely than one who left office long ago
            of_old = piece.person.how == "surname" and piece.person.person.source == "leaders.csv"
            return -1 if of_old else 2
        return 1

    def _small(self, word: Word, at: int) -> Piece | None:
        kinds: tuple[tuple[PieceKind, frozenset[str]], ...] = (
            ("former", self._words.former),
            ("link", LINKS),
            ("break", self._words.breaks),
        )
        for kind, listed in kinds:
            if word.plain in listed and not (word.joined and kind != "former"):
                return Piece(at, at + 1, kind)
        return None

    def _name(self, words: Sequence[Word], at: int) -> Piece | None:
        found = self._names.longest(words, at)
        return Piece(at, found[0], "name", known=found[1]) if found else None

    def _noun(self, words: Sequence[Word], at: int) -> Piece | None:
        lists: tuple[tuple[PieceKind, Mapping[Key, Noun]], ...] = (
            ("noun", self._words.nouns),
            ("modifier", self._words.modifiers),
        )
        for end in range(min(len(words), at + self._words.longest), at, -1):
            part = words[at:end]
            if any(word.comma or word.possessive for word in part[:-1]):
                continue
            key = tuple(word.key for word in part)
            if key[0] in PRONOUNS and len(words) > 1:
                continue
            for kind, listed in lists:
                if noun := listed.get(key):
                    return Piece(at, end, kind, noun=noun, key=key)
        return None

    def _person(self, words: Sequence[Word], at: int) -> Piece | None:
        """Return a person named from a word on, by as many words as fit one person."""
        if not words[at].capital or (at and words[at].joined):
            return None
        end = at
        while end < len(words) and _may_name(words[end]):
            end += 1
            if words[end - 1].comma or words[end - 1].possessive:
                break
        for stop in range(end, at, -1):
            if stop - at == 1 and end - at > 1:
                return None  # one word of a longer name names somebody else
            if person := self._names.person(words[at:stop], self._date):
                return Piece(at, stop, "person", person=person)
        return None


def _without_names_of_others(pieces: tuple[Piece, ...], words: Sequence[Word]) -> Iterator[Piece]:
    """Yield pieces; a place or surname inside an unknown name is a part of that name.

    "Chad" in "Chad Wolf" is no country and "James" in "Paul James" nobody that a table has.
    """
    described = any(piece.kind in {"noun", "modifier"} for piece in pieces)
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else None
        behind = pieces[at + 1] if at + 1 < len(pieces) else None
        inside = (before is not None and _is_unknown_name(before, words)) or (
            behind is not None and _is_unknown_name(behind, words) and _runs_on(piece, words)
        )
        inside = (
            inside or _is_full_name(before, piece, words) or _is_full_name(piece, behind, words)
        )
        single = piece.end - piece.start == 1
        place = piece.known is not None and (
            piece.known.form == "place" or (single and not described and piece.kind == "name")
        )
        surname = single and piece.person is not None
        yield Piece(piece.start, piece.end, "word") if inside and (place or surname) else piece


def _is_full_name(given: Piece | None, surname: Piece | None, words: Sequence[Word]) -> bool:
    """Whether a place and a surname side by side name somebody unlisted: "David Haines"."""
    return (
        given is not None
        and surname is not None
        and given.known is not None
        and given.known.form == "place"
        and surname.person is not None
        and surname.person.how == "surname"
        and _runs_on(given, words)
    )


def _may_name(word: Word) -> bool:
    return word.capital or word.joined or word.plain in NAME_PARTICLES


def _is_unknown_name(piece: Piece, words: Sequence[Word]) -> bool:
    return piece.kind == "word" and words[piece.start].capital and _runs_on(piece, words)


def _runs_on(piece: Piece, words: Sequence[Word]) -> bool:
    last = words[piece.end - 1]
    return not last.comma and not last.possessive
