"""Texts with all that is known of them, by word, and the windows that one epoch reads of them."""

from __future__ import annotations

import hashlib
import json
import pickle
import random
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.onepass.windows import Window, Word, pack, window_of, words_of
from onrecord.onepass.wordpieces import WordPieces
from training.prepare import Attribution, read_compartment
from training.reader.labels import (
    DEPENDENCIES,
    ENTITIES,
    FIRST,
    FOLDED,
    FRAMES,
    FURTHER,
    MEASURES,
    MODALITIES,
    OUTSIDE,
    TAGS,
    TYPES,
)
from training.windows import CURLY_SHARE, IGNORE, SHOUT_SHARE, STRAIGHT, Gold, gold_of, targets_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Json = Mapping[str, Any]

SOFT_SHARE = 0.5  # weight of the teacher's view where there is gold
CHOICES = 4  # of a word's owner that are kept of a teacher's view
SURE = 0.6  # probability mass of the teacher's view that a window must hold
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
    return text


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
    """Return what `training.reader.silver` wrote, by name of text."""
    found: dict[str, Json] = {}
    for path in paths:
        with path.open("rb") as file:
            found |= pickle.load(file)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson(Window):
    """A window with its targets by word, each (words,) unless said otherwise."""

    targets: Mapping[str, Ints]
    soft: Mapping[str, Floats]  # "cue" (words, 3), "edges" (words, 2), relations (words, 1 + words)
    weights: Mapping[str, Floats]  # of "hard" and "soft" attribution, of relations by row
    pairs: Mapping[str, tuple[Ints, Ints]]  # by frame: rows (k,), roles (k, words)


def windows(text: Text, split: WordPieces, size: int, rng: random.Random) -> Iterator[Lesson]:
    """Yield one epoch's windows of a text: annotator, borders and spelling drawn at random."""
    reading = rng.randrange(len(text.readings)) if text.readings else None
    opinion = rng.choice(text.opinions) if text.opinions else None
    words = text.plain if rng.random() < CURLY_SHARE else text.words
    shout = rng.random() < SHOUT_SHARE
    for first, last in pack(words, text.text, size, rng):
        read = window_of(words, first, last, split)
        if shout:
            read.case[np.isin(read.case, (1, 2, 4))] = 3
        yield _lesson(text, read, first, last, reading, opinion)


def _lesson(
    text: Text, read: Window, first: int, last: int, reading: int | None, opinion: Opinion | None
) -> Lesson:
    targets: dict[str, Ints] = {}
    pairs: dict[str, tuple[Ints, Ints]] = {}
    soft: dict[str, Floats] = {}
    count = last - first
    limit = count if text.until is None else min(max(text.until - first, 0), count)
    weights = {"hard": np.zeros(count, np.float32), "soft": np.zeros(count, np.float32)}
    if reading is not None:
        targets |= _attributed(text.readings[reading], first, last, limit)
        weights["hard"][:limit] = 1.0
    if text.nested:
        nested = text.nested[min(reading or 0, len(text.nested) - 1)]
        targets |= _nested(nested, targets, first, last, limit)
    if text.parse is not None:
        targets |= _parsed(text.parse, first, last)
    if opinion is not None:
        soft, of_rows = _views(opinion, first, last)
        shared = SOFT_SHARE if text.until is None and reading is not None else 0.0
        weights["soft"][:limit] = shared if reading is not None else 1.0
        weights["soft"][limit:] = 1.0
        weights["hard"] *= 1.0 - shared
        weights |= of_rows
    targets |= _framed(text, first, last, limit, pairs)
    parts = {name: getattr(read, name) for name in Window.__slots__}
    return Lesson(**parts, targets=targets, soft=soft, weights=weights, pairs=pairs)


def _attributed(gold: Sequence[Gold], first: int, last: int, limit: int) -> dict[str, Ints]:
    found = targets_of(gold, first, last)
    named = {name: getattr(found, name).copy() for name in found.__slots__}
    for part in named.values():
        part[limit:] = IGNORE
    return named


def _nested(
    gold: Sequence[Gold], outer: Mapping[str, Ints], first: int, last: int, limit: int
) -> dict[str, Ints]:
    """Return the targets of statements inside statements; their sources join the others'."""
    inner = sorted(gold, key=lambda one: -len(one.content))  # the innermost is written last
    found = targets_of(inner, first, last)
    cue, content = found.cue.copy(), found.content.copy()
    cue[limit:], content[limit:] = IGNORE, IGNORE
    named = {"inner_cue": cue, "inner_content": content}
    for name in ("source_start", "source_end"):
        own = getattr(found, name)
        before = outer.get(name, np.full(last - first, IGNORE, np.int64))
        named[name] = np.where(before == IGNORE, own, before)
    return named


def _parsed(parse: Parse, first: int, last: int) -> dict[str, Ints]:
    head = parse.head[first:last]
    inside = (head >= first) & (head < last)
    return {
        "tag": parse.tag[first:last],
        "head": np.where(inside, head - first, IGNORE),
        "label": np.where(inside, parse.label[first:last], IGNORE),
        "entity": parse.entity[first:last],
        "start": parse.start[first:last],
    }


def _views(opinion: Opinion, first: int, last: int) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return a teacher's view of a window, and how much each row of a relation counts."""
    count = last - first
    cue, edges = opinion.cue[first:last], opinion.edges[first:last]
    content, known = _spread(opinion.owner[first:last], opinion.share[first:last], first, count)
    seen = ~np.isnan(cue[:, 0])
    soft = {"cue": np.nan_to_num(cue), "edges": np.nan_to_num(edges), "content": content}
    weights = {"seen": seen.astype(np.float32), "content": known * seen}
    heads = [word for word in range(first, last) if word in opinion.sources]
    for number, name in enumerate(("source_start", "source_end")):
        dense, rows = np.zeros((count, count + 1), np.float32), np.zeros(count, np.float32)
        if heads:
            parts = [opinion.sources[word][2 * number : 2 * number + 2] for word in heads]
            at, share = (np.stack(part) for part in zip(*parts, strict=True))
            spread, kept = _spread(at, share, first, count)
            places = np.array(heads) - first
            dense[places], rows[places] = spread, kept * np.nan_to_num(cue[places, 1])
        soft[name], weights[name] = dense, rows
    return soft, weights


def _spread(at: Ints, share: Floats, first: int, count: int) -> tuple[Floats, Floats]:
    """Return shares by position of a window, 0 for none, and 1.0 for rows that it holds enough of."""
    places = np.where(at == -1, 0, at - first + 1)
    held = (at >= -1) & (places >= 0) & (places <= count)
    dense = np.zeros((len(at), count + 1), np.float32)
    rows = np.repeat(np.arange(len(at))[:, None], at.shape[1], 1)
    np.add.at(dense, (rows[held], places[held]), share[held])
    mass = dense.sum(1)
    return dense / np.maximum(mass, 1e-6)[:, None], (mass >= SURE).astype(np.float32)


def _framed(
    text: Text, first: int, last: int, limit: int, pairs: dict[str, tuple[Ints, Ints]]
) -> dict[str, Ints]:
    """Return the tags of events, parties, demands, conditions and figures; fill in the pairs."""
    count = last - first
    targets: dict[str, Ints] = {}
    if text.events is not None:
        trigger, modality, party = (np.zeros(count, np.int64) for _ in range(3))
        modality[:] = IGNORE
        for event in sorted(text.events, key=lambda one: not one.optional):
            for place, word in enumerate(event.words):
                if first <= word < last:
                    tag = 1 + event.kind if place == 0 else 1 + len(TYPES)
                    trigger[word - first] = IGNORE if event.optional else tag
            if first <= event.words[0] < last:
                modality[event.words[0] - first] = event.modality
        for event in text.events:
            for role in event.roles:
                _mark(party, role, first, last)
        trigger[limit:] = IGNORE
        party[limit:] = IGNORE
        targets |= {"trigger": trigger, "modality": modality, "party": party}
        pairs["event"] = _pairs(text.events, 2, first, last)
    for name, frames in (("demand", text.demands), ("condition", text.conditions)):
        if frames is None:
            continue
        tags = np.zeros(count, np.int64)
        for frame in frames:
            _mark(tags, frame.words, first, last)
            if frame.optional:
                for word in frame.words:
                    if first <= word < last:
                        tags[word - first] = IGNORE
        targets[name] = tags
        pairs[name] = _pairs([f for f in frames if f.words], len(FRAMES[name]), first, last)
    if text.figures is not None:
        figure, measure = np.zeros(count, np.int64), np.full(count, IGNORE, np.int64)
        for words, kind in text.figures:
            _mark(figure, words, first, last)
            if words and first <= words[0] < last:
                measure[words[0] - first] = kind
        targets |= {"figure": figure, "measure": measure}
    return targets


def _mark(tags: Ints, words: Sequence[int], first: int, last: int) -> None:
    """Tag the words of one or several stretches: FIRST where one begins, FURTHER behind it."""
    members = set(words)
    for word in words:
        if first <= word < last and tags[word - first] == OUTSIDE:
            tags[word - first] = FURTHER if word - 1 in members else FIRST


def _pairs(frames: Sequence[Frame], roles: int, first: int, last: int) -> tuple[Ints, Ints]:
    """Return the words that have roles filled, and the role of each word for each of these."""
    here = [frame for frame in frames if frame.words and first <= frame.words[0] < last]
    found = np.zeros((len(here), last - first), np.int64)
    for number, frame in enumerate(here):
        for role in range(roles):
            for word in frame.roles[role]:
                if first <= word < last:
                    found[number, word - first] = role + 1
    return np.array([frame.words[0] - first for frame in here], np.int64), found
