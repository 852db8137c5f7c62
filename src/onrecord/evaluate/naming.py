"""Whether two spellings can be one name, however marks, dots, titles and transcription differ.

Looser than `gold.same_name`, which compares what one text calls somebody: here an annotator's
canonical name meets a text's own spelling of it.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.8  # the lowest share of letters in common of two transcriptions: Zelensky, Zelenskyy
FEWEST_LETTERS = 5  # shorter words differ too easily: Iran, Iraq
UNNAMING = frozenset({"the", "a", "an", "mr", "mrs", "ms", "dr"})

_PLAIN = str.maketrans("ıøłđ’-", "iold' ")  # what Unicode does not take for a letter with a mark


def name_words(name: object) -> tuple[str, ...]:
    """Return a name's words in lower case, without marks, dots, genitives, titles and articles.

    "the U.S. Treasury's" gives "us" and "treasury"; nothing gives ().
    """
    apart = unicodedata.normalize("NFKD", str(name or ""))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    plain = bare.translate(_PLAIN).lower().replace("'s", "").replace(".", "")
    return tuple(word for word in plain.split() if word not in UNNAMING)


def one_name(wanted: object, found: object) -> bool:
    """Whether one name has every word of the other, in any spelling, and their last words agree.

    "Zelenskyy" is "Volodymyr Zelensky", "Hunter Biden" is not "Joe Biden"; no name is nobody's.
    """
    first, second = name_words(wanted), name_words(found)
    if not first or not second or not _alike(first[-1], second[-1]):
        return False
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    return all(any(_alike(word, other) for other in long) for word in short)


def one_description(wanted: object, found: object) -> bool:
    """Whether one of two descriptions has every word of the other."""
    first, second = set(name_words(wanted)), set(name_words(found))
    return first <= second or second <= first


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    long_enough = min(len(one), len(other)) >= FEWEST_LETTERS
    return long_enough and one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= ALIKE
