"""Write the vocabulary of the event model: the word pieces that news is made of.

A piece that texts use too seldom goes; its words are then made of shorter ones. What stays keeps
its order.

Example: python -m training.event_vocabulary vocab.txt events/vocab.txt TEXTS stories.csv
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.onepass.wordpieces import WORD, WordPieces
from onrecord.extraction.events.trained import MARKS
from training.evaluate import report

LEAST = 5  # times that a piece must occur
SPECIAL = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(mark for pair in MARKS for mark in pair)}


def pieces_in(texts: Iterable[str], split: WordPieces) -> Counter[int]:
    """Return how often texts use each piece."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update(match[0] for match in WORD.finditer(text))
    found: Counter[int] = Counter()
    for word, count in words.items():
        for piece in split(word):
            found[piece] += count
    return found


def kept(split: WordPieces, used: Counter[int], least: int = LEAST) -> list[str]:
    """Return the pieces that stay, in order: those used, single characters, special ones."""
    return [
        piece
        for piece, number in split.vocabulary.items()
        if used[number] >= least or len(piece.removeprefix("##")) == 1 or piece in SPECIAL
    ]


def texts_of(paths: Iterable[Path]) -> Iterator[str]:
    """Yield what stands in files, and in the .txt files of folders."""
    for path in paths:
        files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
        for file in files:
            yield file.read_text("utf8", errors="replace")


def main() -> None:
    """Count pieces and write those that stay."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("vocabulary", type=Path, help="MiniLM's vocab.txt")
    parser.add_argument("output", type=Path)
    parser.add_argument("texts", type=Path, nargs="+", help="files, or folders of .txt")
    options = parser.parse_args()
    split = WordPieces.load(options.vocabulary)
    pieces = kept(split, pieces_in(texts_of(options.texts), split))
    options.output.write_text("\n".join(pieces) + "\n", "utf8")
    report(f"{len(pieces)} of {len(split.vocabulary)} pieces")


if __name__ == "__main__":
    main()
