"""Attributions as the model's one pass over a text gives them, without a parse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from onrecord.extraction.attribution.decoding import (
    Calibration,
    Decoding,
    Found,
    WindowScores,
    decode,
    spans_of,
)
from onrecord.onepass import Reading, WindowReading
from onrecord.records import Span, Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An attribution as the model gives it: word for word, marks and parse not looked at."""

    source: Spans  # empty when the text names nobody
    cue: Spans
    content: Spans  # never empty
    score: float  # probability that the content is right, 0 to 1
    extractor: str  # the model and its version


@dataclass(frozen=True, slots=True)
class Decodings:
    """Settings for statements, and for the statements inside statements."""

    outer: Decoding
    inner: Decoding


def decodings_of(config: Mapping[str, Any]) -> Decodings:
    """Return the settings that the model's config.json gives, the defaults where it gives none."""
    return Decodings(*(_decoding(config.get(name, {})) for name in ("statements", "nested")))


def _decoding(given: Mapping[str, Any]) -> Decoding:
    settings = dict(given)
    calibration = settings.pop("calibration", None)
    if calibration is not None:
        weights = tuple(float(weight) for weight in calibration["weights"])
        settings["calibration"] = Calibration(float(calibration["bias"]), weights)
    return Decoding(**settings)


def proposals_of(reading: Reading, settings: Decoding) -> tuple[Proposal, ...]:
    """Return the attributions of a text in the order of their cues; () for an empty one."""
    return tuple(
        _proposal(reading, window, found)
        for window in reading.windows
        for found in decode(_scores(window), settings)
    )


def inner_proposals(
    reading: Reading, outer: Sequence[Proposal], settings: Decoding
) -> tuple[Proposal, ...]:
    """Return the attributions inside the contents of others, cut where these end."""
    found = (
        _proposal(reading, window, one)
        for window in reading.windows
        for one in decode(_scores(window, "inner_"), settings)
    )
    return tuple(kept for one in found if (kept := _within(one, outer)) is not None)


def _scores(window: WindowReading, inner: str = "") -> WindowScores:
    """Return what decides on statements, with `inner` "inner_" on those inside statements.

    The borders that are learnt are those of outer contents.
    """
    scores = window.scores
    return WindowScores(
        scores[f"{inner}cue"],
        scores[f"{inner}content"],
        scores["source_start"],
        scores["source_end"],
        np.zeros_like(scores["edges"]) if inner else scores["edges"],
    )


def _proposal(reading: Reading, window: WindowReading, found: Found) -> Proposal:
    words = reading.words[window.first : window.first + len(window.scores["cue"])]
    return Proposal(
        source=spans_of(words, found.source),
        cue=spans_of(words, found.cue),
        content=spans_of(words, found.content),
        score=found.score,
        extractor=reading.extractor,
    )


def _within(inner: Proposal, outer: Sequence[Proposal]) -> Proposal | None:
    """Return an attribution cut to the smallest content that holds its cue, None without one."""
    around = [one for one in outer if _holds(one.content, inner.cue[0])]
    if not around:
        return None
    content = min(around, key=lambda one: sum(map(len, one.content))).content
    pieces = tuple(_cut(inner.content, content))
    source = tuple(span for span in inner.source if _holds(content, span))
    return replace(inner, content=pieces, source=source) if pieces else None


def _holds(content: Spans, part: Span) -> bool:
    return any(piece.contains(part) for piece in content)


def _cut(spans: Spans, content: Spans) -> Iterator[Span]:
    for span in spans:
        for piece in content:
            start, end = max(span.start, piece.start), min(span.end, piece.end)
            if start < end:
                yield Span(start, end)
