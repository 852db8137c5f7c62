"""Write what teachers say of training texts: a parse, and views of the rest where asked for.

The parse is that of a trained spaCy pipeline. With --views an earlier one-pass model tells how
likely it holds each reading of the statements, twice with other borders of windows, what it finds
inside contents, and which words it is sure are triggers of events, cues of demands, connectives
of conditions or figures, and which it is sure are not.

Example: python -m training.onepass.silver silver.pkl --teacher PIPELINE --polnear polnear/train
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NotRequired, TypedDict

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language

from onrecord.extraction.attribution import (
    Proposal,
    decodings_of,
    inner_proposals,
    proposals_of,
)
from onrecord.extraction.attribution.decoding import log_softmax
from onrecord.onepass import OnePass, Reading, load_onepass
from onrecord.onepass.tagged import softmax
from onrecord.onepass.windows import WINDOW, Word, pack, window_of
from onrecord.records import Span, Spans
from training.onepass.labels import OUTSIDE
from training.onepass.polnear import Attribution, read_compartment
from training.onepass.targets import IGNORE
from training.onepass.teacher import Row, parse, rows_of
from training.onepass.texts import CHOICES, checked_of, is_check
from training.packing import report

DRAWS = 2  # views of a text, the first with the borders that the package has
LEAST_CUE = 0.03  # chance of a cue whose source is looked at
SURE_NOT = 0.9  # chance from which a word is taken for none
SURE = 0.6  # chance from which a word is taken for something: what is rare is guessed too seldom
GUESSED = {"trigger": "modality", "demand": None, "condition": None, "figure": "measure"}
"""Heads whose tags are guessed, each with what else is told at a first word."""

Piece = tuple[int, int]
View = tuple[object, ...]  # of a window, as `training.onepass.texts.opinion_of` takes it apart
Nested = tuple[list[Piece], list[Piece], list[Piece], float]  # source, cue, content, score


class Silver(TypedDict):
    """What teachers say of a text."""

    rows: list[Row]
    nested: list[list[Nested]]  # beside each annotator's reading; one list where nobody read it
    starts: list[int]  # of the words that the views are of
    soft: list[list[View]]  # by draw
    guesses: dict[str, NDArray[np.int16]]  # by head: a tag for each of the words, or IGNORE
    text: NotRequired[str]  # where the training data does not have it


@dataclass(frozen=True, slots=True)
class Source:
    """A text to read, with every annotator's attributions."""

    text: str
    readings: list[tuple[Attribution, ...]] = field(default_factory=list)


def top(scores: NDArray[np.float32]) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
    """Return the likeliest choices of each row and their shares."""
    shares = np.exp(log_softmax(scores))
    best = np.argsort(-shares, -1)[:, :CHOICES]
    return best.astype(np.int32), np.take_along_axis(shares, best, -1).astype(np.float16)


def view_of(model: OnePass, words: Sequence[Word], first: int, last: int) -> View:
    """Return what a model holds of the statements of the words `first` to `last`."""
    scores = model.read_window(window_of(words, first, last, model.split)).scores
    cue = np.exp(log_softmax(scores["cue"]))
    heads = np.flatnonzero(cue[:, 1] > LEAST_CUE)
    content = top(scores["content"])
    begins, ends = top(scores["source_start"][heads]), top(scores["source_end"][heads])
    edges = scores["edges"].astype(np.float16)
    sides = (cue.astype(np.float16), *content, heads.astype(np.int32), *begins, *ends, edges)
    return (first, last, *sides)


def views_of(model: OnePass, words: Sequence[Word], name: str, text: str) -> Iterator[list[View]]:
    """Yield a text's views, one list of windows a draw."""
    for draw in range(DRAWS):
        rng = random.Random(f"{name}-{draw}") if draw else None
        yield [view_of(model, words, *ends) for ends in pack(words, text, WINDOW, rng)]


def nested_in(reading: Reading, model: OnePass, source: Source) -> list[list[Nested]]:
    """Return what a model finds inside the contents of each annotator, else of its own."""
    settings = decodings_of(model.model.config)
    outers = [
        [_proposed(one) for one in attributions if one.content] for attributions in source.readings
    ] or [list(proposals_of(reading, settings.outer))]
    return [
        [_nested(one) for one in inner_proposals(reading, outer, settings.inner)]
        for outer in outers
    ]


def _proposed(one: Attribution) -> Proposal:
    source, cue, content = (_spans(part) for part in (one.source, one.cue, one.content))
    return Proposal(source=source, cue=cue, content=content, score=1.0, extractor="gold")


def _spans(pieces: Sequence[Piece]) -> Spans:
    return tuple(Span(start, end) for start, end in pieces)


def _nested(one: Proposal) -> Nested:
    source, cue, content = (
        [(span.start, span.end) for span in part] for part in (one.source, one.cue, one.content)
    )
    return source, cue, content, one.score


def guesses_of(reading: Reading) -> dict[str, NDArray[np.int16]]:
    """Return the tags of a text's words that a model is sure of, by head; else IGNORE."""
    found: dict[str, NDArray[np.int16]] = {}
    for name, further in GUESSED.items():
        chances = softmax(reading.all(name))
        best = chances.argmax(1)
        sure = chances.max(1) >= np.where(best == OUTSIDE, SURE_NOT, SURE)
        found[name] = np.where(sure, best, IGNORE).astype(np.int16)
        if further is not None:
            told = softmax(reading.all(further))
            begins = sure & (best != OUTSIDE) & (best != chances.shape[1] - 1)
            kept = begins & (told.max(1) >= SURE)
            found[further] = np.where(kept, told.argmax(1), IGNORE).astype(np.int16)
    return found


def silver_of(name: str, source: Source, teacher: Language, views: OnePass | None) -> Silver:
    """Return what the teachers say of a text."""
    rows = rows_of(parse(source.text, teacher))
    found = Silver(rows=rows, nested=[], starts=[], soft=[], guesses={})
    if views is not None:
        reading = views.read(source.text)
        found["nested"] = nested_in(reading, views, source)
        found["starts"] = [word.start for word in reading.words]
        found["guesses"] = guesses_of(reading) if reading.windows else {}
        found["soft"] = list(views_of(views, reading.words, name, source.text))
    if name.startswith("tx:"):
        found["text"] = source.text
    return found


def polnear_sources(folder: Path, checked: set[str]) -> dict[str, Source]:
    """Return PolNeAR's texts by name, but those annotated for checking alone."""
    found: dict[str, Source] = {}
    for document in read_compartment(folder):
        if f"polnear--{document.doc}" not in checked:
            source = found.setdefault(f"pn:{document.doc}", Source(document.text))
            source.readings.append(document.attributions)
    return found


def plain_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of a folder of .txt files, or of JSON lines with "id" and "text"."""
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield f"{path.name}--{file.stem}", file.read_text("utf8")
        return
    for row in _lines(path):
        yield f"{path.parent.name}--{row['id']}", row["text"]


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def sources_of(options: argparse.Namespace) -> dict[str, Source]:
    """Return the texts that the command line names, none that is for checking alone."""
    found: dict[str, Source] = {}
    if options.polnear:
        found |= polnear_sources(options.polnear, checked_of(options.gold))
    articles = [row for path in options.articles for row in _lines(path)]
    for row in articles:
        if not is_check(row["id"]):
            found[f"an:{row['id']}"] = Source(row["text"])
    known = {row["text"].strip() for row in articles}  # of checking articles too
    for path in options.texts:
        for name, text in plain_texts(path):
            if not (is_check(name) or name in options.without or text.strip() in known):
                found[f"tx:{name}"] = Source(text)
    return found


def main() -> None:
    """Parse the command line, read the texts and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, help="a pickle: what is said of each text, by name")
    parser.add_argument("--teacher", required=True, help="a spaCy pipeline: a package or folder")
    parser.add_argument("--views", help="the folder of a one-pass model, for views of statements")
    parser.add_argument("--polnear", type=Path, help="folder of PolNeAR's train side")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="JSON lines")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders of annotations")
    parser.add_argument(
        "--texts", type=Path, nargs="*", default=[], help="more: folders of .txt, or JSON lines"
    )
    parser.add_argument("--without", nargs="*", default=[], help="names of more texts to leave out")
    parser.add_argument("--part", type=int, default=0, help="which of so many parts to read")
    parser.add_argument("--parts", type=int, default=1)
    options = parser.parse_args()
    sources = sources_of(options)
    teacher = spacy.load(options.teacher)
    views = load_onepass(options.views) if options.views else None
    found: dict[str, Silver] = {}
    for number, name in enumerate(sorted(sources)[options.part :: options.parts]):
        found[name] = silver_of(name, sources[name], teacher, views)
        if number % 50 == 0:
            report(f"{number} of {len(sources) // options.parts}: {name}")
    with options.output.open("wb") as file:
        pickle.dump(found, file)


if __name__ == "__main__":
    main()
