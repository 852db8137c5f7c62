"""Words that give an actor phrase its PLOVER sector, and the titles that stand beside a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.codebook.strict import Table, read_table
from onrecord.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Sectors:
    """Sectors by noun, and titles and honorifics."""

    nouns: Mapping[tuple[str, ...], str]  # lower-case words of a singular noun -> sector
    titles: Mapping[tuple[str, ...], str]  # lower-case words of a title -> sector
    honorifics: frozenset[str]  # lower case, without the point: "mr"
    genders: Mapping[str, str]  # a word -> "female" or "male"
    collective: frozenset[str]  # singular nouns for a body rather than a person
    impersonal: frozenset[str]  # nouns that say things and are nobody
    unsided: frozenset[str]  # nouns for people and bodies that tell no sector
    longest: int  # the most words a noun or title has

    def of_noun(self, lemmas: tuple[str, ...]) -> str | None:
        """Return the sector of the longest known noun a phrase's lemmas end in, None without."""
        for start in range(max(0, len(lemmas) - self.longest), len(lemmas)):
            if sector := self.nouns.get(lemmas[start:]):
                return sector
        return None

    def is_party(self, lemmas: tuple[str, ...]) -> bool:
        """Whether a phrase's lemmas end in a noun for people or a body, of whatever sector."""
        return self.of_noun(lemmas) is not None or lemmas[-1] in self.unsided

    def of_title(self, words: tuple[str, ...]) -> str | None:
        """Return the sector of the longest known title that some words end in, None without."""
        for start in range(max(0, len(words) - self.longest), len(words)):
            if sector := self.titles.get(words[start:]):
                return sector
        return None

    def of_office(self, title: str) -> str | None:
        """Return the sector of an office as a table writes it, None without."""
        words = _tokens(title.lower())
        return self.of_title(words) or self.of_noun(words)


def load_sectors(known: frozenset[str], path: Path | None = None) -> Sectors:
    """Return the sector words of a file in the form of data/sectors.toml, by default that file.

    Args:
        known: The sector codes there are.
        path: Another file.

    Raises:
        CodebookError: A sector that is not known, or an unknown key.
    """
    table = read_table(path, "sectors.toml")
    sector_tables, titles = table.optional_table("sector"), table.optional_table("titles")
    honorifics = table.optional_table("honorifics")
    gendered = table.optional_table("gendered")
    collective = table.optional_table("collective").words("nouns")
    impersonal = table.optional_table("impersonal").words("nouns")
    unsided = table.optional_table("unsided").words("nouns")
    table.finish()
    nouns: dict[tuple[str, ...], str] = {}
    for code in _codes(sector_tables, known):
        entry = sector_tables.optional_table(code)
        nouns.update({_tokens(noun): code for noun in entry.words("nouns")})
        entry.finish()
    title_words = {
        _tokens(title): code for code in _codes(titles, known) for title in titles.words(code)
    }
    genders = {word: key for key in gendered.remaining() for word in gendered.words(key)}
    courtesy = {
        word.rstrip("."): key for key in honorifics.remaining() for word in honorifics.words(key)
    }
    return Sectors(
        nouns=nouns,
        titles=title_words,
        honorifics=frozenset(courtesy),
        collective=frozenset(collective),
        impersonal=frozenset(impersonal),
        unsided=frozenset(unsided),
        genders=genders | {word: key for word, key in courtesy.items() if key != "neutral"},
        longest=max(len(words) for words in (*nouns, *title_words)),
    )


def _tokens(words: str) -> tuple[str, ...]:
    """Return words as the parser cuts them: "secretary-general" is three tokens."""
    return tuple(words.replace("-", " - ").split())


def _codes(table: Table, known: frozenset[str]) -> tuple[str, ...]:
    if unknown := set(table.remaining()) - known:
        raise CodebookError(f"{table.where}: unknown sector {', '.join(sorted(unknown))}")
    return table.remaining()
