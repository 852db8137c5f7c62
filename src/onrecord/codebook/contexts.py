"""PLOVER's contexts: the words that say what an event is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.codebook.strict import Table, read_table
from onrecord.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Contexts:
    """The word lists of data/contexts.toml."""

    names: tuple[str, ...]  # in PLOVER's order
    words: Mapping[tuple[str, ...], tuple[str, ...]]  # lemmas in a row -> contexts
    by_mode: Mapping[str, str]  # a mode -> the context it brings
    specific: frozenset[str]  # crimes of their own kind, beside which "crime" is left out
    longest: int  # the most lemmas in a row

    def of(self, lemmas: Sequence[str], mode: str | None) -> tuple[str, ...]:
        """Return the contexts of a sentence's lemmas and an event's mode, in PLOVER's order."""
        found = {self.by_mode[mode]} if mode is not None and mode in self.by_mode else set()
        start = 0
        while start < len(lemmas):  # the longest words first: "Islamic State" is no religion
            length = self._length_at(lemmas, start)
            found.update(self.words.get(tuple(lemmas[start : start + length]), ()))
            start += max(length, 1)
        if found & self.specific:
            found.discard("crime")
        return tuple(name for name in self.names if name in found)

    def _length_at(self, lemmas: Sequence[str], start: int) -> int:
        """Return how many lemmas the longest known words at a position have, 0 without."""
        lengths = range(min(self.longest, len(lemmas) - start), 0, -1)
        return next((n for n in lengths if tuple(lemmas[start : start + n]) in self.words), 0)


def load_contexts(names: tuple[str, ...], path: Path | None = None) -> Contexts:
    """Return the context words of a file, by default data/contexts.toml.

    Args:
        names: The contexts there are, in PLOVER's order.
        path: Another file in the same form.

    Raises:
        CodebookError: A context that is not known, or an unknown key.
    """
    table = read_table(path, "contexts.toml")
    specific = table.words("specific")
    by_mode, lists = table.optional_table("by_mode"), table.optional_table("words")
    modes = {mode: by_mode.text(mode) for mode in by_mode.remaining()}
    table.finish()
    words: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in lists.remaining():
        _check((name,), names, lists)
        for word in lists.words(name):
            key = tuple(word.replace("-", " - ").split())
            words[key] = (*words.get(key, ()), name)
    _check((*specific, *modes.values()), names, table)
    longest = max(map(len, words), default=0)
    return Contexts(names, words, modes, frozenset(specific), longest)


def _check(found: tuple[str, ...], names: tuple[str, ...], table: Table) -> None:
    if unknown := sorted(set(found) - set(names)):
        raise CodebookError(f"{table.where}: unknown context {', '.join(unknown)}")
