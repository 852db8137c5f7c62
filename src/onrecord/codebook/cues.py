"""Cue words: the verbs, nouns and phrases that attribute content to a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from onrecord.codebook.strict import read_table
from onrecord.errors import CodebookError
from onrecord.records import Act

Frame = Literal[
    "clause",
    "quote",
    "object",
    "infinitive",
    "directive",
    "preposition",
    "noun",
    "adjective",
    "headline",
]


@dataclass(frozen=True, slots=True)
class Cues:
    """Which words attribute, in which frame, and what act they report."""

    frames: Mapping[Frame, Mapping[str, Act]]  # frame -> lemma ("lemma preposition") -> act
    phrases: Mapping[tuple[str, ...], Act]  # lower-case words: ("according", "to")
    words: frozenset[str] = field(init=False, repr=False)  # the lemmas in `frames`

    def __post_init__(self) -> None:
        words = (word for acts in self.frames.values() for word in acts)
        object.__setattr__(self, "words", frozenset(word.partition(" ")[0] for word in words))

    def act(self, frame: Frame, word: str) -> Act | None:
        """Return the act a lemma reports in a frame, None when it does not attribute there."""
        return self.frames[frame].get(word)

    def knows(self, lemma: str) -> bool:
        """Whether a word attributes in any frame, by itself or with a preposition."""
        return lemma in self.words

    def quote_act(self, lemma: str) -> Act | None:
        """Return the act of a verb beside a quotation: any verb that takes a clause will do."""
        return self.frames["quote"].get(lemma) or self.frames["clause"].get(lemma)


def load_cues(path: Path | None = None) -> Cues:
    """Return the cue words of a file in the form of data/cues.toml, by default that file.

    Raises:
        CodebookError: An unknown act or frame, or a word listed under two acts in one frame.
    """
    table = read_table(path, "cues.toml")
    phrases = table.optional_table("phrases")
    frames: dict[Frame, dict[str, Act]] = {frame: {} for frame in get_args(Frame)}
    for name in table.remaining():
        act = _act(name, table.where)
        entry = table.optional_table(name)
        for frame, words in frames.items():
            for word in entry.words(frame):
                if words.setdefault(word, act) != act:
                    raise CodebookError(
                        f"{entry.where}: {frame} {word!r} stands under {words[word]} already"
                    )
        entry.finish()
    return Cues(
        frames,
        {
            tuple(phrase.split()): _act(name, phrases.where)
            for name in phrases.remaining()
            for phrase in phrases.words(name)
        },
    )


def _act(name: str, where: str) -> Act:
    if name not in get_args(Act):
        raise CodebookError(f"{where}: unknown act {name!r}; acts are {', '.join(get_args(Act))}")
    return cast(Act, name)
