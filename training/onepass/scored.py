"""Annotated texts with the scores of the model that reads them, and what settings make of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from onrecord.evaluate import Tally, add_tallies, read_corpus, score_attributions
from onrecord.evaluate.attribution import ROLES, AttributedText, Attribution
from onrecord.extraction.attribution.decoding import Decoding, WindowScores, decode, spans_of
from onrecord.onepass import OnePass, WindowReading
from onrecord.onepass.windows import Word

KEEP_ALL = replace(Decoding(), keep=0.0)  # to compare settings before there is a calibration
SHOWN = ("content", "content+source", "content exact", "source words", "cue words")


@dataclass(frozen=True, slots=True)
class Scored:
    """An annotated text, and of each of its windows the first word and the scores."""

    gold: AttributedText
    words: Sequence[Word]
    windows: Sequence[tuple[int, WindowScores]]


@dataclass(frozen=True, slots=True)
class Prediction:
    """A found attribution with what its score was computed from."""

    attribution: Attribution
    features: tuple[float, ...]
    score: float


def score_documents(folder: Path, model: OnePass) -> list[Scored]:
    """Return the scores of every text of a compartment of PolNeAR."""
    return [_scored(gold, model) for gold in read_corpus(folder)]


def _scored(gold: AttributedText, model: OnePass) -> Scored:
    reading = model.read(gold.text)
    windows = [(window.first, _statements(window)) for window in reading.windows]
    return Scored(gold, reading.words, windows)


def _statements(window: WindowReading) -> WindowScores:
    return WindowScores(*(window.scores[field.name] for field in fields(WindowScores)))


def predictions(document: Scored, settings: Decoding) -> list[Prediction]:
    """Return the attributions of one text."""
    found = []
    for first, scores in document.windows:
        words = document.words[first : first + len(scores.cue)]
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


def by_name(tallies: Sequence[tuple[Tally, ...]]) -> dict[str, Tally]:
    """Return the sums of texts' tallies by their names."""
    return {tally.name: tally for tally in add_tallies(tallies)}


def show(tallies: Sequence[tuple[Tally, ...]]) -> str:
    """Return the chief figures in a line."""
    found = by_name(tallies)
    parts = [f"{name} {100 * found[name].f1:.2f}" for name in SHOWN]
    content = found["content"]
    parts.append(f"P {100 * content.precision:.1f} R {100 * content.recall:.1f}")
    for kind in ("direct and mixed", "indirect"):
        parts.append(f"{kind} {100 * found[f'content, {kind}'].recall:.1f}")
    return " | ".join(parts)
