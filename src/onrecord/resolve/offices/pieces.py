"""A phrase in pieces: the names, nouns and small words that the tables know in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.codebook import Codebook
from onrecord.codebook.phrases import Key, Noun
from onrecord.resolve.offices.names import Known, NamedPerson, NameIndex, name_index
from onrecord.resolve.offices.words import Word

PieceKind = Literal["name", "person", "noun", "modifier", "former", "link", "break", "word"]

LINKS = frozenset("of for to from in at inside within".split())
_PARTICLES = frozenset("al el bin ibn abu abd bint de da del der di dos du la le van von ben".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """Words [start, end) of a phrase and what they are; `known`, `person`, `noun` go by the kind."""

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
        return tuple(self._pieces(words))

    def _pieces(self, words: Sequence[Word]) -> Iterator[Piece]:
        at = 0
        while at < len(words):
            piece = self._longest(words, at)
            yield piece
            at = piece.end

    def _longest(self, words: Sequence[Word], at: int) -> Piece:
        """Return the longest piece at a word; names come before nouns, nouns before places."""
        found = [self._name(words, at), self._noun(words, at), self._person(words, at)]
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
    def _rank(piece: Piece) -> int:
        if piece.known is not None:
            return 0 if piece.known.form == "place" else 3
        return 2 if piece.kind == "person" else 1

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
            for kind, listed in lists:
                if noun := listed.get(key):
                    return Piece(at, end, kind, noun=noun, key=key)
        return None

    def _person(self, words: Sequence[Word], at: int) -> Piece | None:
        """Return a person named from a word on, by as many words as fit one person."""
        if not words[at].capital:
            return None
        end = at
        while end < len(words) and (words[end].capital or words[end].plain in _PARTICLES):
            end += 1
            if words[end - 1].comma or words[end - 1].possessive:
                break
        for stop in range(end, at, -1):
            if stop - at == 1 and end - at > 1:
                return None  # one word of a longer name names somebody else
            if person := self._names.person(words[at:stop], self._date):
                return Piece(at, stop, "person", person=person)
        return None
