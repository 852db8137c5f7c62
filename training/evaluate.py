"""Predict a compartment with a trained model and score it against the gold.

Example: python -m training.evaluate run/epoch5.pt polnear/dev out --vocabulary VOCAB --scorer S.py
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from onrecord.extraction.attribution.decoding import Decoding, WindowScores, decode, spans_of
from onrecord.extraction.attribution.windows import WINDOW, Window, Word, windows_of, words_of
from onrecord.extraction.attribution.wordpieces import WordPieces
from training.batches import group
from training.predict import Predictor, load_predictor
from training.prepare import read_compartment

BATCH = 4096  # pieces


@dataclass(frozen=True, slots=True)
class Scored:
    """A document with the scores of its windows."""

    doc: str
    text: str
    words: list[Word]
    windows: list[Window]
    scores: list[WindowScores]


def score_documents(
    folder: Path, split: WordPieces, predict: Predictor, *, size: int = WINDOW
) -> list[Scored]:
    """Return the scores of every document of a compartment, windows batched by length."""
    texts = {document.doc: document.text for document in read_compartment(folder)}
    words = {doc: words_of(text, split) for doc, text in texts.items()}
    windows = {doc: windows_of(words[doc], text, split, size=size) for doc, text in texts.items()}
    flat = [window for own in windows.values() for window in own]
    scores: dict[int, WindowScores] = {}
    for batch in group(flat, BATCH):
        scores.update(zip(batch, predict([flat[i] for i in batch]), strict=True))
    rest = iter(scores[number] for number in range(len(flat)))
    return [
        Scored(doc, texts[doc], words[doc], windows[doc], list(islice(rest, len(windows[doc]))))
        for doc in texts
    ]


def predictions(documents: Sequence[Scored], settings: Decoding) -> Iterator[dict[str, object]]:
    """Yield one row a document, in the form the scorer reads."""
    for document in documents:
        rows = []
        for window, scores in zip(document.windows, document.scores, strict=True):
            words = document.words[window.first : window.first + len(window.starts)]
            for found in decode(scores, settings):
                rows.append(
                    {
                        "source": spans_of(words, found.source),
                        "cue": spans_of(words, found.cue),
                        "content": spans_of(words, found.content),
                        "features": found.features,
                        "score": found.score,
                    }
                )
        yield {"doc": document.doc, "attributions": rows}


def write_predictions(documents: Sequence[Scored], settings: Decoding, path: Path) -> None:
    """Write the predictions of all documents as JSON lines."""
    with path.open("w", encoding="utf8") as file:
        for row in predictions(documents, settings):
            file.write(json.dumps(row) + "\n")


def report(line: str) -> None:
    """Write one line of results."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Parse the command line, predict, and run the scorer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt)")
    parser.add_argument("gold", type=Path, help="with text/ and attributions/")
    parser.add_argument("output", type=Path, help="folder for predictions and scores")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True, help="score_attribution.py")
    parser.add_argument("--window", type=int, default=WINDOW)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    split = WordPieces.load(options.vocabulary)
    predictor = load_predictor(options.model, options.threads)
    documents = score_documents(options.gold, split, predictor, size=options.window)
    path = options.output / f"{options.model.stem}.jsonl"
    write_predictions(documents, Decoding(), path)
    command = [sys.executable, str(options.scorer), "--gold", str(options.gold)]
    command += ["--pred", str(path), "--json", str(path.with_suffix(".json"))]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
