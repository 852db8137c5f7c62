"""Which language a text is in, by its letters and its commonest words, and what is not English.

A table of words is enough here: what matters is English or not, and a text of three sentences
tells. Where too few words speak, the language is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.language import lexicon

WORDS = lexicon.groups("languages.commonest")
# Common in other languages too, and in English: they speak for nobody but English.
SHARED = WORDS["en"]
SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
)
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
LETTER = re.compile(r"[^\W\d_]")
FEWEST_WORDS = 6  # of a passage that its words can tell
FEWEST_LETTERS = 12  # where letters alone tell
MOST_READ = 20_000  # characters: enough to tell a text's language
LEAST_SHARE = 0.15  # of words that are among a language's commonest
LONG = 60  # words, in which fewer of the commonest tell: some languages have few short words
LEAST_SHARE_OF_LONG = 0.06
MOST_ENGLISH = 0.03  # of a long text's words where it is in a language that is not in the table
FEWEST_KINDS = 3  # different ones
TIMES_OTHER = 1.5  # as many as English has

UNDETERMINED = "und"  # ISO 639-2

SENTENCE = re.compile(r"[^\n]+?(?:[。！？]|[.!?…]{1,5}[”\"’»)]{0,3}(?=\s|$)|(?=\n|$))")


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many words of a text are a language's commonest, and how many different ones."""

    name: str
    hits: int
    kinds: int


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language a text is in, None where too little tells.

    A long text in Latin letters with hardly an English word is "und" where nothing else is known.
    """
    text = text[:MOST_READ]
    letters = len(LETTER.findall(text))
    if letters - len(LATIN.findall(text)) > letters / 2 and letters >= FEWEST_LETTERS:
        return next((name for name, script in SCRIPTS if _is_much(script, text, letters)), None)
    words = [word.lower().replace("'", "’") for word in WORD.findall(text)]
    if len(words) < FEWEST_WORDS:
        return None
    english = _counted("en", words)
    best = max((_counted(name, words) for name in WORDS if name != "en"), key=lambda one: one.hits)
    is_long = len(words) >= LONG
    least = (LEAST_SHARE_OF_LONG if is_long else LEAST_SHARE) * len(words)
    if best.hits > TIMES_OTHER * english.hits and best.hits >= least:
        return best.name if best.kinds >= FEWEST_KINDS else None
    if is_long and english.hits < MOST_ENGLISH * len(words):
        return UNDETERMINED
    return "en" if english.hits >= LEAST_SHARE * len(words) else None


def may_be_english(language: str | None) -> bool:
    """Whether a language is English or not known."""
    return language in (None, "en")


def without_foreign(text: str) -> str:
    """Return an English text with blanks in place of each sentence that is not English."""
    at, parts = 0, []
    for start, end in foreign_passages(text):
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def foreign_passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a text stand that are not English."""
    for sentence in SENTENCE.finditer(text):
        if not may_be_english(language_of(sentence[0])):
            yield sentence.span()


def _is_much(script: re.Pattern[str], text: str, letters: int) -> bool:
    """Whether a share of the letters speaks for a script; of some languages only a few differ."""
    return len(script.findall(text)) >= letters / 50


def _counted(name: str, words: list[str]) -> _Counted:
    known = WORDS[name] if name == "en" else WORDS[name] - SHARED
    found = [word for word in words if word in known]
    return _Counted(name, len(found), len(set(found)))
