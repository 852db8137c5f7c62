"""Score a model alone, without parser and rules, against a compartment of the corpus.

Example: python -m training.evaluate run/epoch5.pt polnear/dev --vocabulary VOCAB
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from onrecord.evaluate import Tally, add_tallies, read_corpus, score_attributions, tally_lines
from onrecord.evaluate.attribution import ROLES, AttributedText, Attribution
from onrecord.extraction.attribution.decoding import Decoding, WindowScores, decode, spans_of
from onrecord.onepass.windows import WINDOW, Window, Word, windows_of, words_of
from onrecord.onepass.wordpieces import WordPieces
from training.batches import group
from training.predict import Predictor, load_predictor

BATCH = 4096  # pieces
KEEP_ALL = replace(Decoding(), keep=0.0)  # to compare models before each has its calibration


@dataclass(frozen=True, slots=True)
class Scored:
    """An annotated text with the model's scores of its windows."""

    gold: AttributedText
    words: list[Word]
    windows: list[Window]
    scores: list[WindowScores]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A found attribution with what its score was computed from."""

    attribution: Attribution
    features: tuple[float, ...]
    score: float


def score_documents(
    folder: Path, split: WordPieces, predict: Predictor, *, size: int = WINDOW
) -> list[Scored]:
    """Return the scores of every text of a compartment, windows batched by length."""
    corpus = list(read_corpus(folder))
    words = [words_of(one.text, split) for one in corpus]
    windows = [
        windows_of(own, one.text, split, size=size) for own, one in zip(words, corpus, strict=True)
    ]
    flat = [window for own in windows for window in own]
    scores: dict[int, WindowScores] = {}
    for batch in group(flat, BATCH):
        scores.update(zip(batch, predict([flat[i] for i in batch]), strict=True))
    rest = iter(scores[number] for number in range(len(flat)))
    return [
        Scored(one, words[i], windows[i], list(islice(rest, len(windows[i]))))
        for i, one in enumerate(corpus)
    ]


def predictions(document: Scored, settings: Decoding) -> list[Prediction]:
    """Return the attributions of one text."""
    found = []
    for window, scores in zip(document.windows, document.scores, strict=True):
        words = document.words[window.first : window.first + len(window.starts)]
        for one in decode(scores, settings):
            parts = {role: spans_of(words, getattr(one, role)) for role in ROLES}
            found.append(Prediction(Attribution(**parts), one.features, one.score))
    return found


def tallies_of(documents: Sequence[Scored], settings: Decoding) -> list[tuple[Tally, ...]]:
    """Return each text's tallies."""
    return [
        score_attributions(
            document.gold, [one.attribution for one in predictions(document, settings)]
        )
        for document in documents
    ]


def write_predictions(documents: Sequence[Scored], settings: Decoding, path: Path) -> None:
    """Write what is found as JSON lines, in the form that other scorers read."""
    with path.open("w", encoding="utf8") as file:
        for document in documents:
            rows = [
                {
                    role: [[span.start, span.end] for span in one.attribution.part(role)]
                    for role in ROLES
                }
                for one in predictions(document, settings)
            ]
            file.write(json.dumps({"doc": document.gold.name, "attributions": rows}) + "\n")


def report(line: str) -> None:
    """Write one line of results."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Parse the command line, predict and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="weights (.pt) or the folder of an exported model")
    parser.add_argument("gold", type=Path, help="with text/ and attributions/")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, help="a file to write what is found to")
    parser.add_argument("--window", type=int, default=WINDOW, help="pieces")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    split = WordPieces.load(options.vocabulary)
    predictor = load_predictor(options.model, options.threads)
    documents = score_documents(options.gold, split, predictor, size=options.window)
    if options.predictions:
        write_predictions(documents, KEEP_ALL, options.predictions)
    report("\n".join(tally_lines(add_tallies(tallies_of(documents, KEEP_ALL)))))


if __name__ == "__main__":
    main()
