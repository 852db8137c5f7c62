"""What the event model learns from, as the command line names it."""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.extraction.attribution import load_attribution_model
from onrecord.onepass.wordpieces import WordPieces
from training.evaluate import report
from training.event_data import read_marked, read_own, read_stories
from training.event_examples import Example, example_of
from training.event_model import EventModel
from training.event_train import Recipe, for_stories, new_model, train


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what says what to learn from and how."""
    parser.add_argument("marked", type=Path, help="JSON lines with marked_sentence and root")
    parser.add_argument("--minilm", type=Path, required=True, help="MiniLM's weights")
    parser.add_argument("--vocabulary", type=Path, required=True, help="by event_vocabulary")
    parser.add_argument("--own", type=Path, required=True, help="sentences with spans and type")
    parser.add_argument("--stories", type=Path, help="machine-written stories with a label")
    parser.add_argument("--every", type=int, default=1, help="of the stories, one in so many")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--batch", type=int, default=Recipe().batch, help="sentences")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])


@dataclass(frozen=True, slots=True)
class Corpus:
    """The examples to learn from: those that are measured on too, and others."""

    marked: Sequence[Example]
    own: Sequence[Example]
    stories: Sequence[Example]
    split: WordPieces

    @property
    def masked(self) -> int:
        """The piece that stands for what is hidden."""
        return self.split.vocabulary["[MASK]"]


def read_corpus(options: argparse.Namespace) -> Corpus:
    """Return the examples that the command line names."""
    split = WordPieces.load(options.vocabulary)
    marked, own = read_marked(options.marked), read_own(options.own)
    stories = read_stories(options.stories)[:: options.every] if options.stories else []
    made = [[example_of(item, split) for item in items] for items in (marked, own, stories)]
    return Corpus(made[0], made[1], made[2], split)


def start_of(options: argparse.Namespace, corpus: Corpus) -> EventModel:
    """Return the model that every training begins from: MiniLM, after the stories if any."""
    full = load_attribution_model("attribution").split
    model = new_model(options.minilm, full, corpus.split)
    if not corpus.stories:
        return model
    began = time.monotonic()
    model = train(corpus.stories, for_stories(recipe_of(options)), model, corpus.masked)
    report(f"{len(corpus.stories)} stories in {time.monotonic() - began:.0f} s")
    return model


def recipe_of(options: argparse.Namespace) -> Recipe:
    """Return the recipe that the command line gives."""
    return Recipe(epochs=options.epochs, batch=options.batch)
