"""From the attribution model's scores of a window to attributions, in word indices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.onepass.windows import Word
from onrecord.records import Span, Spans

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WindowScores:
    """What the model says of the words of one window, before softmax; position 0 is none."""

    cue: Floats  # (words, 3)
    content: Floats  # (words, 1 + words)
    source_start: Floats  # (words, 1 + words)
    source_end: Floats  # (words, 1 + words)
    edges: Floats  # (words, 2)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression on the features of a found attribution."""

    bias: float = 0.0
    weights: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    def __call__(self, features: Sequence[float]) -> float:
        """Return the probability that the attribution's content is right."""
        total = self.bias + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return float(1 / (1 + np.exp(-total)))


@dataclass(frozen=True, slots=True)
class Decoding:
    """Settings, chosen on PolNeAR dev."""

    cue: float = 0.1  # least probability of a cue's first word
    leave: float = 1.0  # cost of a border of content where the model sees none
    enter: float = 1.0
    edge: float = 1.2  # weight of the model's own scores of borders
    nothing: float = 0.3  # added to a word's score of being no content
    source: float = 0.02  # least probability of a source; below it there is none
    longest_source: int = 40  # words
    within: float = 0.5  # probability from which a word goes on with a cue
    keep: float = 0.25  # least score of an attribution
    calibration: Calibration = field(default_factory=Calibration)


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in word indices of its window."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    features: tuple[float, ...]
    score: float  # probability that the content is right, 0 to 1


def log_softmax(scores: Floats) -> Floats:
    """Return log probabilities over the last axis."""
    shifted: Floats = scores - scores.max(-1, keepdims=True)
    total: Floats = np.log(np.exp(shifted).sum(-1, keepdims=True))
    return shifted - total


def label_words(content: Floats, edges: Floats, settings: Decoding) -> NDArray[np.int64]:
    """Return for each word 0 or the column of the cue whose content it is, by Viterbi.

    Args:
        content: Shape (words, 1 + cues), log probabilities.
        edges: Shape (words, 2), scores of a stretch beginning and ending at the word.
        settings: The costs.
    """
    count, labels = content.shape
    begin_cost = settings.enter - settings.edge * edges[:, 0]
    end_cost = settings.leave - settings.edge * edges[:, 1]
    best = content.astype(np.float64)
    back = np.zeros((count, labels), np.int64)
    total = best[0]
    inside = np.arange(labels) > 0
    for word in range(1, count):
        leaving = total - np.where(inside, end_cost[word - 1], 0.0)
        top = int(leaving.argmax())
        entered = leaving[top] - np.where(inside, begin_cost[word], 0.0)
        stay = total >= entered
        back[word] = np.where(stay, np.arange(labels), top)
        total = np.where(stay, total, entered) + best[word]
    path = np.zeros(count, np.int64)
    path[-1] = int(total.argmax())
    for word in range(count - 1, 0, -1):
        path[word - 1] = back[word, path[word]]
    return path


def best_source(
    start: Floats, end: Floats, settings: Decoding
) -> tuple[tuple[int, ...], float, float]:
    """Return the words of a cue's source, its log probability, and that of there being none.

    Args:
        start: Shape (1 + words,), log probabilities of the first word, 0 for no source.
        end: The same for the last word.
        settings: The least probability and the greatest length.
    """
    none = float(start[0] + end[0]) / 2
    starts, ends = start[1:], end[1:]
    best, span = -np.inf, (0, 0)
    for first in np.argsort(-starts)[:8]:
        stretch = ends[first : first + settings.longest_source]
        last = int(stretch.argmax())
        if starts[first] + stretch[last] > best:
            best, span = float(starts[first] + stretch[last]), (int(first), int(first) + last)
    if np.exp(none) > 1 - settings.source:
        return (), best / 2, none
    return tuple(range(span[0], span[1] + 1)), best / 2, none


def cue_words(cue: Floats, head: int, heads: Sequence[int], within: float) -> tuple[int, ...]:
    """Return the words of the cue that begins at `head`; `cue` holds probabilities."""
    last = head + 1
    while last < len(cue) and cue[last, 2] >= within and last not in heads:
        last += 1
    return tuple(range(head, last))


def decode_heads(scores: WindowScores, heads: Sequence[int], settings: Decoding) -> list[Found]:
    """Return the attributions of the cues that begin at `heads`, where any content is theirs."""
    cue = np.exp(log_softmax(scores.cue))
    content = log_softmax(scores.content)
    columns = content[:, [0, *(head + 1 for head in heads)]]
    columns[:, 0] += settings.nothing
    labels = label_words(columns, scores.edges, settings)
    starts, ends = (log_softmax(part) for part in (scores.source_start, scores.source_end))
    found = []
    for number, head in enumerate(heads, 1):
        words = np.flatnonzero(labels == number)
        if not len(words):
            continue
        source, with_source, without = best_source(starts[head], ends[head], settings)
        own = content[words, head + 1]
        chance = float(np.clip(cue[head, 1], 1e-6, 1 - 1e-6))
        features = (
            float(np.log(chance / (1 - chance))),
            float(own.mean()),
            float(own.max()),
            float(np.log(len(words))),
            with_source,
            without,
        )
        part = cue_words(cue, head, heads, settings.within)
        score = settings.calibration(features)
        found.append(Found(source, part, tuple(words.tolist()), features, score))
    return found


def decode(scores: WindowScores, settings: Decoding) -> list[Found]:
    """Return the attributions of one window, in the order of their cues.

    What scores too low is dropped, and its words are given anew to the cues that stay.
    """
    first = np.exp(log_softmax(scores.cue))[:, 1]
    heads = np.flatnonzero(first >= settings.cue).tolist()
    while heads:
        found = decode_heads(scores, heads, settings)
        kept = [item.cue[0] for item in found if item.score >= settings.keep]
        if kept == heads or len(kept) == len(found):
            return found
        heads = kept
    return []


def spans_of(words: Sequence[Word], indices: Sequence[int]) -> Spans:
    """Return the spans of words, by index; words that follow one another make one span."""
    spans: list[Span] = []
    for place, index in enumerate(indices):
        if place and indices[place - 1] == index - 1:
            spans[-1] = Span(spans[-1].start, words[index].end)
        else:
            spans.append(Span(words[index].start, words[index].end))
    return tuple(spans)
