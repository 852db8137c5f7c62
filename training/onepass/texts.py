"""Texts with all that is known of them, by word."""

from __future__ import annotations

import hashlib
import json
import pickle
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.onepass.windows import Word, words_of
from onrecord.onepass.wordpieces import WordPieces
from training.onepass.labels import (
    DEPENDENCIES,
    ENTITIES,
    FOLDED,
    FRAMES,
    MEASURES,
    MODALITIES,
    TAGS,
    TYPES,
)
from training.onepass.polnear import Attribution, read_compartment
from training.onepass.targets import IGNORE, Gold, gold_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Json = Mapping[str, Any]

STRAIGHT = str.maketrans("“”\u2018\u2019", "\"\"''")
CHOICES = 4  # of a word's owner that are kept of a teacher's view
CHECKED = 4  # one in so many articles is for checking alone
TUNED = 6  # and of the others, one in so many is kept back for thresholds


def is_check(name: str) -> bool:
    """Whether an article, by its id, is for checking alone: nothing is trained on it."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % CHECKED == 0


def is_tune(name: str) -> bool:
    """Whether an article that is not for checking is kept back to choose thresholds on."""
    return int(hashlib.sha256(name.encode()).hexdigest()[8:16], 16) % TUNED == 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A word for which others play roles, in word indices of the text."""

    words: tuple[int, ...]
    kind: int  # of an event its type, else 0
    modality: int  # of an event, else IGNORE
    roles: tuple[tuple[int, ...], ...]  # by role of FRAMES: the words that play it
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Parse:
    """A teacher's reading of each word, IGNORE where it has none."""

    tag: Ints
    head: Ints  # index of the head, of a root its own
    label: Ints
    entity: Ints  # 0 outside, 1 + 2t first, 2 + 2t further word of type t
    start: Ints  # 1 where a sentence starts


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a teacher holds of a text's attributions, by word; NaN where it holds nothing."""

    cue: Floats  # (words, 3)
    edges: Floats  # (words, 2)
    owner: Ints  # (words, 4): the cue whose content it may be, -1 none, -2 unused
    share: Floats  # (words, 4)
    sources: Mapping[int, tuple[Ints, Floats, Ints, Floats]]  # of a cue: starts and ends


@dataclass(slots=True)
class Text:
    """A text in words with everything known of it; None where nobody looked."""

    name: str
    text: str
    words: list[Word]
    plain: list[Word]  # with straight quotation marks
    readings: list[list[Gold]] = field(default_factory=list)  # one an annotator
    nested: list[list[Gold]] = field(default_factory=list)  # beside each reading
    until: int | None = None  # words from here on have no statements and events annotated
    parse: Parse | None = None
    opinions: list[Opinion] = field(default_factory=list)
    events: list[Frame] | None = None
    demands: list[Frame] | None = None
    conditions: list[Frame] | None = None
    figures: list[tuple[tuple[int, ...], int]] | None = None
    guesses: Mapping[str, Ints] | None = None  # a teacher's tags by head, where nobody annotated


class Index:
    """Finds words by characters."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.starts = [word.start for word in words]
        self.ends = [word.end for word in words]
        self.at = {start: number for number, start in enumerate(self.starts)}

    def inside(self, span: Sequence[int] | None) -> tuple[int, ...]:
        """Return the words that share a character with a span."""
        if span is None:
            return ()
        first = bisect_left(self.ends, span[0] + 1)
        return tuple(range(first, bisect_left(self.starts, span[1])))

    def all(self, spans: Iterable[Sequence[int]]) -> tuple[int, ...]:
        """Return the words of several spans, in order, each once."""
        return tuple(sorted({word for span in spans for word in self.inside(span)}))


def text_of(name: str, text: str, split: WordPieces) -> Text:
    """Return a text in words of which nothing is known yet."""
    return Text(name, text, words_of(text, split), words_of(text.translate(STRAIGHT), split))


def span_of(row: Json, name: str) -> Sequence[int] | None:
    """Return the span of a part of an annotated row: bare under NAME_span, or beside its words."""
    value = row.get(f"{name}_span", row.get(name))
    value = value.get("span") if isinstance(value, dict) else value
    return value if isinstance(value, list) else None


def attribution_of(row: Json) -> Attribution:
    """Return an annotated statement as an attribution."""

    def part(name: str) -> tuple[tuple[int, int], ...]:
        span = span_of(row, name)
        return ((span[0], span[1]),) if span else ()

    return Attribution(part("source"), part("cue"), tuple((a, b) for a, b in row["content_spans"]))


def event_of(row: Json, index: Index) -> Frame:
    """Return an annotated event as a frame."""
    kind = TYPES.index(FOLDED.get(row["type"], row["type"]))
    sides = (index.all(party["span"] for party in row[side]) for side in ("actors", "recipients"))
    return Frame(
        index.inside(span_of(row, "trigger")),
        kind,
        MODALITIES.index(row["modality"]),
        tuple(sides),
        bool(row.get("optional")),
    )


def frame_of(row: Json, head: str, names: Sequence[str], index: Index) -> Frame:
    """Return an annotated demand or condition as a frame; its words are empty without a cue."""
    words, *roles = (index.inside(span_of(row, name)) for name in (head, *names))
    return Frame(words, 0, IGNORE, tuple(roles), bool(row.get("optional")))


def annotate(text: Text, gold: Json) -> None:
    """Add a whole-article annotation to a text."""
    index = Index(text.words)
    text.until = bisect_left(index.starts, gold["events_until"])
    outer = [attribution_of(row) for row in gold["statements"] if not row.get("nested")]
    inner = [attribution_of(row) for row in gold["statements"] if row.get("nested")]
    text.readings, text.nested = [gold_of(text.words, outer)], [gold_of(text.words, inner)]
    text.events = [event for row in gold["events"] if (event := event_of(row, index)).words]
    roles = FRAMES["demand"]
    text.demands = [frame_of(row, "cue", roles, index) for row in gold["demands"]]
    roles = FRAMES["condition"]
    text.conditions = [frame_of(row, "connective", roles, index) for row in gold["conditions"]]
    text.figures = [
        (index.inside(row["span"]), MEASURES.index(row["measure"]))
        for row in gold["figures"]
        if not row.get("optional")
    ]


def parse_of(rows: Sequence[Sequence[Any]], index: Index) -> Parse:
    """Return a teacher's parse by word; what is no first character of a word is left out."""
    count = len(index.starts)
    tag, head, label, entity, start = (np.full(count, IGNORE, np.int64) for _ in range(5))
    for at, its_tag, head_at, its_label, its_entity, starts in rows:
        word = index.at.get(at)
        if word is None or its_tag not in TAGS or its_label not in DEPENDENCIES:
            continue
        tag[word], label[word] = TAGS.index(its_tag), DEPENDENCIES.index(its_label)
        head[word] = word if head_at < 0 else index.at.get(head_at, IGNORE)
        side, _, name = its_entity.partition("-")
        entity[word] = 0 if not name else 1 + 2 * ENTITIES.index(name) + (side != "B")
        start[word] = bool(starts)
    return Parse(tag, head, label, entity, start)


def opinion_of(windows: Sequence[Any], starts: Sequence[int], index: Index) -> Opinion:
    """Return a teacher's view of a text, whose words began at `starts`, by the text's own words."""
    count = len(index.starts)
    own = np.array([index.at.get(start, -2) for start in starts] or [0], np.int64)
    cue, edges = np.full((count, 3), np.nan, np.float32), np.full((count, 2), np.nan, np.float32)
    owner, share = np.full((count, 4), -2, np.int64), np.zeros((count, 4), np.float32)
    sources: dict[int, tuple[Ints, Floats, Ints, Floats]] = {}

    def placed(positions: Ints, first: int) -> Ints:
        at = np.where(positions == 0, -1, own[np.maximum(positions - 1 + first, 0)])
        return _widened(at, -2)  # a window of few words has fewer choices

    for first, last, cues, owners, shares, heads, s_at, s_share, e_at, e_share, borders in windows:
        mine = own[first:last]
        kept = mine >= 0
        cue[mine[kept]], edges[mine[kept]] = cues[kept], borders[kept]
        owner[mine[kept]], share[mine[kept]] = (
            placed(owners, first)[kept],
            _widened(shares, 0)[kept],
        )
        for number, at in enumerate(heads):
            if own[first + at] >= 0:
                sources[int(own[first + at])] = (
                    placed(s_at[number], first), _widened(s_share[number], 0).astype(np.float32),
                    placed(e_at[number], first), _widened(e_share[number], 0).astype(np.float32),
                )  # fmt: skip
    return Opinion(cue, edges, owner, share, sources)


def _widened(choices: NDArray[Any], fill: int) -> NDArray[Any]:
    """Return choices, the last axis, filled up to CHOICES."""
    lacking = CHOICES - choices.shape[-1]
    return np.pad(choices, [(0, 0)] * (choices.ndim - 1) + [(0, lacking)], constant_values=fill)


def nested_of(rows: Sequence[Any], words: Sequence[Word], least: float) -> list[Gold]:
    """Return what a teacher found inside contents, from a score on."""
    sure = [Attribution(tuple(s), tuple(c), tuple(t)) for s, c, t, score in rows if score >= least]
    return gold_of(words, sure)


def with_silver(text: Text, silver: Json, least: float = 0.5) -> Text:
    """Add a teacher's parse, nested statements and opinions to a text."""
    index = Index(text.words)
    text.parse = parse_of(silver["rows"], index)
    text.opinions = [opinion_of(part, silver["starts"], index) for part in silver["soft"]]
    if text.until is None:
        text.nested = [nested_of(rows, text.words, least) for rows in silver["nested"]]
    if text.events is None:
        own = [index.at.get(start, -1) for start in silver["starts"]]
        text.guesses = {
            name: guess_of(tags, own, len(text.words)) for name, tags in silver["guesses"].items()
        }
    return text


def guess_of(tags: Ints, own: Sequence[int], count: int) -> Ints:
    """Return tags by a text's own words; `own` has the index of each of the teacher's, or -1."""
    found = np.full(count + 1, IGNORE, np.int64)
    found[own] = tags
    return found[:count]


def polnear_texts(folder: Path, checked: Container[str], split: WordPieces) -> Iterator[Text]:
    """Yield the documents of a PolNeAR compartment but those annotated for checking alone."""
    found: dict[str, Text] = {}
    for document in read_compartment(folder):
        if f"polnear--{document.doc}" in checked:
            continue
        name = f"pn:{document.doc}"
        text = found.get(name) or found.setdefault(name, text_of(name, document.text, split))
        text.readings.append(gold_of(text.words, document.attributions))
    yield from found.values()


def checked_of(golds: Iterable[Path]) -> set[str]:
    """Return the ids of the annotated articles that are for checking alone."""
    names = (file.name.removesuffix(".gold.json") for path in golds for file in path.glob("*.json"))
    return {name for name in names if is_check(name)}


def annotated_texts(
    articles: Iterable[Path], golds: Iterable[Path], split: WordPieces
) -> Iterator[Text]:
    """Yield the annotated articles that may be trained on."""
    known = {
        row["id"]: row["text"]
        for path in articles
        for row in map(json.loads, path.open(encoding="utf8"))
    }
    for path in golds:
        for file in sorted(path.glob("*.gold.json")):
            gold = json.loads(file.read_text("utf8"))
            if is_check(gold["id"]) or gold["id"] not in known:
                continue
            text = text_of(f"an:{gold['id']}", known[gold["id"]], split)
            annotate(text, gold)
            yield text


def own_texts(path: Path, split: WordPieces, size: int = 8) -> Iterator[Text]:
    """Yield sentences with one event marked in each, several as one text."""
    rows = [json.loads(line) for line in path.read_text("utf8").splitlines()]
    for first in range(0, len(rows), size):
        group, joined, events = rows[first : first + size], "", []
        for row in group:
            shift = len(joined)
            joined += row["text"].replace("\n", " ") + "\n"
            if row["type"]:
                events.append((row, shift))
        text = text_of(f"own:{first}", joined, split)
        index = Index(text.words)
        text.events = [_own_event(row, shift, index) for row, shift in events]
        yield text


def _own_event(row: Json, shift: int, index: Index) -> Frame:
    def moved(span: Sequence[int]) -> tuple[int, int]:
        return span[0] + shift, span[1] + shift

    sides = (index.all(moved(p["span"]) for p in row[side]) for side in ("actors", "recipients"))
    return Frame(
        index.all(moved(span) for span in row["trigger"]),
        TYPES.index(FOLDED.get(row["type"], row["type"])),
        MODALITIES.index(row["modality"]),
        tuple(sides),
    )


def read_silver(paths: Iterable[Path]) -> dict[str, Json]:
    """Return what `training.onepass.silver` wrote, by name of text."""
    found: dict[str, Json] = {}
    for path in paths:
        with path.open("rb") as file:
            found |= pickle.load(file)
    return found
