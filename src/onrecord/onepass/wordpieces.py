"""Words of a text and their word pieces, with nothing beyond the standard library."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

WORD = re.compile(
    r"can(?=not\b)|\w+?(?=n['’]t\b)|n['’]t\b|\w+|[^\w\s]", re.IGNORECASE
)  # "do" and "n't"
MAX_PIECES = 12  # of one word; a longer one (a web address) keeps its first pieces
MAX_CHARS = 100  # of one word; BERT's own limit, a longer one is [UNK]
MOST_KNOWN = 200_000  # words whose pieces are remembered
_PART = re.compile(r"[^\W_]+|_|[^\w\s]")


@dataclass(frozen=True, slots=True)
class WordPieces:
    """BERT's uncased word pieces: greedy longest match, the vocabulary's line numbers as ids."""

    vocabulary: dict[str, int]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Read a `vocab.txt`, one piece a line."""
        lines = path.read_text("utf8").split("\n")
        return cls({piece: number for number, piece in enumerate(lines) if piece})

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the piece ids of one word; never empty."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[word] = self._split(word)
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        unknown = self.vocabulary["[UNK]"]
        lowered = unicodedata.normalize("NFD", word.lower())
        plain = "".join(c for c in lowered if unicodedata.category(c)[0] not in "MC")
        pieces: list[int] = []
        for part in _PART.findall(plain):
            pieces.extend(self._split_part(part) or (unknown,))
        return tuple(pieces[:MAX_PIECES]) or (unknown,)

    def _split_part(self, part: str) -> list[int]:
        """Return the ids of one run of letters; empty when it cannot be built from pieces."""
        if len(part) > MAX_CHARS:
            return []
        pieces, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = part[start:end] if start == 0 else "##" + part[start:end]
                if piece in self.vocabulary:
                    pieces.append(self.vocabulary[piece])
                    start = end
                    break
            else:
                return []
        return pieces
