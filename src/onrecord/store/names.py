"""Names as they are compared: without titles, particles, accents and ways of transcribing.

A folded word is for comparing, never for showing. Transcriptions differ most at the ends of Slavic
names (Zelensky, Zelenskyy, Zelenskiy) and in a handful of Arabic ones (Mohammed, Muhammad).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.language.folding import unaccented, without_marks
from onrecord.language.names import AFTER_NAME

_ARTICLE = re.compile(r"(?:^|(?<=\s))(?:al|el|ad|an|ar|as|ash|at|az)-(?=\w)", re.IGNORECASE)
_LONG_ENOUGH = 4  # letters; shorter names ("Li", "Roy") are told apart by their last letter

_SPELLINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"([b-df-hj-np-tv-xz])\1", r"\1"),  # Mohammed, Mohamed
        (r"ks", "x"),  # Aleksei, Alexei
        (r"xandr$", "xander"),
        (r"^ye(?=v|g|fi|kat|len|lts)", "e"),  # Yevgeny, Evgeny
        (r"[iyj]+$", "i"),  # Zelensky, Zelenskyy, Zelenskiy, Zelenskyi
        (r"^m[ou]ham[ae]d$", "mohamed"),
        (r"^h[ou]s(?:ei|ai|ey|ay)n$", "husein"),
        (r"^abd[aeu]l$", "abdel"),
        (r"^ahm[ae]d$", "ahmed"),
        (r"^kh?al[ei]d$", "khaled"),
        (r"^[ou]sama$", "osama"),
        (r"^y(?:ou|u|o)s[eiu]f$", "yusuf"),
        (r"^[gkq]h?ad[h]?af[iy]$", "gadafi"),
    )
)

_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir lord lady dame baron baroness hon rev reverend fr "
    "father sister st president premier chancellor minister secretary senator sen congressman "
    "congresswoman rep governor gov mayor ambassador king queen prince princess emir sultan sheikh "
    "general gen lieutenant lt major maj colonel col captain capt sergeant sgt admiral adm marshal "
    "commander brigadier brig judge justice pope cardinal archbishop bishop patriarch ayatollah "
    "imam mullah rabbi spokesman spokeswoman prime foreign defence defense interior finance vice "
    "deputy chief former".split()
)
_PARTICLES = frozenset(
    "al el van von der den de di da do dos das del della du la le bin ibn bint ter zu af".split()
)


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """Return a word without case, accents, apostrophes and ways of transcribing."""
    plain = unaccented(without_marks(word).casefold()).replace("þ", "th")
    if len(plain) < _LONG_ENOUGH:
        return plain
    for pattern, spelling in _SPELLINGS:
        plain = pattern.sub(spelling, plain)
    return plain


def folded_words(name: str) -> tuple[str, ...]:
    """Return all of a name's words, folded, in their order."""
    return tuple(folded(word) for word in re.findall(r"\w+", without_marks(name)))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in folded words, without titles and particles."""

    given: str | None  # None: the name is a surname alone, or one with an initial
    middle: str  # the words in between; for a surname alone the initial, if it has one
    surname: str  # the last word, which in some countries is the given name

    @property
    def words(self) -> str:
        """All of the name, in one string."""
        return " ".join(filter(None, (self.given, self.middle, self.surname)))


def person_name(name: str) -> PersonName | None:
    """Return a person's name for comparing, None when it has no words.

    "Sen. Robert C. Byrd Jr." is robert, c, byrd; "von der Leyen" and "the President" have one word.
    """
    raw = re.findall(r"\w+", _ARTICLE.sub("", without_marks(name)))
    while len(raw) > 1 and raw[0].casefold() in _TITLES:
        raw.pop(0)
    while len(raw) > 1 and raw[-1].casefold() in AFTER_NAME:
        raw.pop()
    words = [folded(word) for word in _without_particles(raw)]
    if not words:
        return None
    words = _joined_initials(words)
    if len(words) == 1:
        return PersonName(None, "", words[0])
    if len(words[0]) == 1:
        return PersonName(None, words[0], words[-1])
    return PersonName(words[0], " ".join(words[1:-1]), words[-1])


def _without_particles(raw: list[str]) -> list[str]:
    """Leave out "al", "von der", "bin" and the like, which the press writes or not.

    A capital particle that begins a name is a given name in "Al Gore" and none in "Le Pen": in
    doubt there is none, and the name a surname alone.
    """
    last = len(raw) - 1
    kept = [
        word
        for at, word in enumerate(raw)
        if word.lower() not in _PARTICLES or at == last or (at == 0 and not word.islower())
    ]
    if len(kept) == 2 and kept[0].lower() in _PARTICLES - {"al", "el"}:
        kept.pop(0)
    return kept


def _joined_initials(words: list[str]) -> list[str]:
    """Read the initials a name begins with as one given name: "J.D." as "JD"."""
    count = next((n for n, word in enumerate(words) if len(word) > 1), len(words))
    if count < 2 or count == len(words):
        return words
    return ["".join(words[:count]), *words[count:]]
