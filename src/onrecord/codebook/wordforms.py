"""Forms of words: what is left of a name without accents and marks, and the singular of a noun."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"}
    | dict.fromkeys("'’‘ʻʼ`´.", None)
    | dict.fromkeys("-‐‑–—_/", " ")
)
_IRREGULAR = {
    "children": "child",
    "schoolchildren": "schoolchild",
    "grandchildren": "grandchild",
    "wives": "wife",
    "thieves": "thief",
    "press": "press",
    "congress": "congress",
    "news": "news",
    "police": "police",
    "corps": "corps",
    "forces": "force",
    "headquarters": "headquarters",
    "jihadis": "jihadi",
    "politics": "politics",
    "economics": "economics",
    "athletics": "athletics",
}
_NO_PLURAL = ("ss", "us", "is")


def fold(text: str) -> str:
    """Return a name in lower case without accents, points, apostrophes and hyphens."""
    kept = text.translate(_LETTERS)
    if not kept.isascii():
        plain = unicodedata.normalize("NFKD", kept)
        kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.lower().split())


def singular(word: str) -> str:
    """Return the singular of a lower-case noun by its ending; other words as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 4:
        return f"{word[:-2]}an"
    if word == "men":
        return "man"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and len(word) > 3 and not word.endswith(_NO_PLURAL):
        return word[:-1]
    return word


def noun_key(words: str) -> tuple[str, ...]:
    """Return a noun phrase as word lists are searched for it: folded, each word singular."""
    return tuple(singular(word) for word in fold(words).split())


def skeleton(name: str) -> str:
    """Return what the transliterations of one name share: its consonants, roughly by sound."""
    word = fold(name)
    for written, heard in (
        ("ph", "f"),
        ("kh", "h"),
        ("gh", "g"),
        ("q", "k"),
        ("c", "k"),
        ("w", "v"),
    ):
        word = word.replace(written, heard)
    first, rest = word[:1], word[1:]
    consonants = first + "".join(letter for letter in rest if letter not in "aeiouyh ")
    return "".join(
        letter for at, letter in enumerate(consonants) if at == 0 or consonants[at - 1] != letter
    )
