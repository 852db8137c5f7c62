"""Words with which a phrase that names an actor is read: nouns, their sectors, what links."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from onrecord.codebook.sectors import Sectors
from onrecord.codebook.strict import Table, read_table
from onrecord.codebook.wordforms import noun_key
from onrecord.errors import CodebookError

Key = tuple[str, ...]

NOBODY = "JNK"  # of a noun that is no actor, as PLOVER's own lists of agents have it
UNIDENTIFIED = "UNK"  # of a noun that tells no sector


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun says of an actor, and which list has it."""

    sector: str  # PLOVER sector code, UNIDENTIFIED or NOBODY
    source: str  # the list's file name


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The words that decide on an actor phrase, each as `noun_key` writes it."""

    nouns: Mapping[Key, Noun]
    modifiers: Mapping[Key, Noun]
    weak: frozenset[Key]  # nouns that take the sector of what stands with them
    sent: frozenset[Key]  # nouns whose "to" and "in" tell where they are sent
    former: frozenset[str]
    breaks: frozenset[str]
    tied_before: frozenset[str]
    tied_after: frozenset[str]
    longest: int


def load_phrase_words(
    sectors: Sectors, known: frozenset[str], path: Path | None = None, agents: Path | None = None
) -> PhraseWords:
    """Return the words of two files in the form of the package's own, by default those.

    A noun in several lists goes by data/phrases.toml first, then by `sectors`, then by the agents.

    Args:
        sectors: The sector words that the extraction uses.
        known: The sector codes there are.
        path: Another file than data/phrases.toml.
        agents: Another file than data/agents.csv.

    Raises:
        CodebookError: A sector that is not known, or an unknown key or column.
    """
    table = read_table(path, "phrases.toml")
    weak = _keys(table.optional_table("weak").words("nouns"))
    nouns = {noun: Noun(UNIDENTIFIED, "phrases.toml") for noun in weak}
    nouns |= dict(_agents(agents, known))
    for listed in (sectors.titles, sectors.nouns):
        for words, code in listed.items():
            nouns[noun_key(" ".join(words))] = Noun(code, "sectors.toml")
    nouns |= _own_nouns(table, known)
    kinds = table.optional_table("modifiers")
    modifiers = {
        noun_key(word): Noun(code, "phrases.toml")
        for code in _checked(kinds, known)
        for word in kinds.words(code)
    }
    tied = table.optional_table("tied")
    found = PhraseWords(
        nouns=nouns,
        modifiers=modifiers,
        weak=weak,
        sent=_keys(table.optional_table("sent").words("nouns")),
        former=frozenset(table.optional_table("former").words("words")),
        breaks=frozenset(table.optional_table("breaks").words("words")),
        tied_before=frozenset(tied.words("before")),
        tied_after=frozenset(tied.words("after")),
        longest=max(map(len, (*nouns, *modifiers)), default=0),
    )
    tied.finish()
    table.finish()
    return found


def _keys(nouns: Iterable[str]) -> frozenset[Key]:
    return frozenset(map(noun_key, nouns))


def _own_nouns(table: Table, known: frozenset[str]) -> dict[Key, Noun]:
    """Take the nouns of a table by sector, and those that are nobody."""
    nouns: dict[Key, Noun] = {}
    own = table.optional_table("sector")
    for code in _checked(own, known):
        entry = own.optional_table(code)
        nouns |= {noun_key(noun): Noun(code, "phrases.toml") for noun in entry.words("nouns")}
        entry.finish()
    nobody = table.optional_table("nobody").words("nouns")
    return nouns | {noun_key(noun): Noun(NOBODY, "phrases.toml") for noun in nobody}


def _checked(table: Table, known: frozenset[str]) -> tuple[str, ...]:
    if unknown := set(table.remaining()) - known:
        raise CodebookError(f"{table.where}: unknown sector {', '.join(sorted(unknown))}")
    return table.remaining()


def _agents(path: Path | None, known: frozenset[str]) -> Iterator[tuple[Key, Noun]]:
    source = path or files("onrecord") / "data" / "agents.csv"
    try:
        text = source.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{source} cannot be read: {error}") from error
    lines = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    if next(lines, None) != ["noun", "sector"]:
        raise CodebookError(f"{source}: the columns must be noun and sector")
    for cells in lines:
        noun, sector = cells if len(cells) == 2 else ("", "")
        if not noun or (sector not in known and sector != NOBODY):
            raise CodebookError(f"{source}: {','.join(cells)!r} is no noun with a sector")
        yield noun_key(noun), Noun(sector, "agents.csv")
