"""The windows of texts that one epoch reads, each with its targets."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.onepass.windows import Window, pack, window_of
from onrecord.onepass.wordpieces import WordPieces
from training.onepass.labels import FIRST, FRAMES, FURTHER, OUTSIDE, TYPES
from training.onepass.targets import IGNORE, Gold, targets_of
from training.onepass.texts import Floats, Frame, Ints, Opinion, Parse, Text

CURLY_SHARE = 0.15  # of documents read with straight marks, so that both kinds are known
SHOUT_SHARE = 0.02  # of documents read as if in capitals
MOST_HIDDEN = 0.15  # share of the words of an annotated text that a reading hides at most
GUESSED_SHARE = 0.3  # of readings of other texts that learn a teacher's guesses
MASK = 103  # the id of [MASK] in BERT's uncased vocabulary
SOFT_SHARE = 0.5  # weight of the teacher's view where there is gold
SURE = 0.6  # probability mass of the teacher's view that a window must hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson(Window):
    """A window with its targets by word, each (words,) unless said otherwise."""

    targets: Mapping[str, Ints]
    soft: Mapping[str, Floats]  # "cue" (words, 3), "edges" (words, 2), relations (words, 1 + words)
    weights: Mapping[str, Floats]  # of "hard" and "soft" attribution, of relations by row
    pairs: Mapping[str, tuple[Ints, Ints]]  # by frame: rows (k,), roles (k, words)


def windows(text: Text, split: WordPieces, size: int, rng: random.Random) -> Iterator[Lesson]:
    """Yield one epoch's windows of a text: annotator, borders and spelling drawn at random.

    The annotated texts are few and read often: from each reading some words are hidden, so that
    the model cannot know a text by heart. What a teacher guesses of other texts is learnt in some
    readings, with words hidden that the teacher saw.
    """
    reading = rng.randrange(len(text.readings)) if text.readings else None
    opinion = rng.choice(text.opinions) if text.opinions else None
    words = text.plain if rng.random() < CURLY_SHARE else text.words
    shout = rng.random() < SHOUT_SHARE
    guesses = text.guesses if rng.random() < GUESSED_SHARE else None
    learns = text.until is not None or guesses
    share = rng.uniform(0.0, MOST_HIDDEN) if learns else 0.0
    for first, last in pack(words, text.text, size, rng):
        read = window_of(words, first, last, split)
        if shout:
            read.case[np.isin(read.case, (1, 2, 4))] = 3
        _hide(read, share, rng)
        lesson = _lesson(text, read, first, last, reading, opinion)
        guessed = {name: tags[first:last] for name, tags in (guesses or {}).items()}
        yield replace(lesson, targets={**guessed, **lesson.targets})


def _hide(read: Window, share: float, rng: random.Random) -> None:
    """Put [MASK] in place of the pieces of some words; letter case and quotation stay."""
    ends = [*read.starts[1:], len(read.pieces)]
    for start, end in zip(read.starts, ends, strict=True):
        if rng.random() < share:
            read.pieces[start:end][read.case[start:end] > 0] = MASK  # not the mark of a border


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
    """Return shares by position of a window, 0 for none; and 1.0 for rows with enough in it."""
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
    targets: dict[str, Ints] = {}
    if text.events is not None:
        targets |= _of_events(text.events, first, last, limit)
        pairs["event"] = _pairs(text.events, len(FRAMES["event"]), first, last)
    for name, frames in (("demand", text.demands), ("condition", text.conditions)):
        if frames is not None:
            targets[name] = _of_cues(frames, first, last)
            pairs[name] = _pairs([f for f in frames if f.words], len(FRAMES[name]), first, last)
    if text.figures is not None:
        targets |= _of_figures(text.figures, first, last)
    return targets


def _of_events(events: Sequence[Frame], first: int, last: int, limit: int) -> dict[str, Ints]:
    """Return the tags of triggers, by type, and of parties; an optional event is not asked for."""
    trigger, modality, party = (np.zeros(last - first, np.int64) for _ in range(3))
    modality[:] = IGNORE
    for event in sorted(events, key=lambda one: not one.optional):
        for place, word in enumerate(event.words):
            if first <= word < last:
                tag = 1 + event.kind if place == 0 else 1 + len(TYPES)
                trigger[word - first] = IGNORE if event.optional else tag
        if first <= event.words[0] < last:
            modality[event.words[0] - first] = event.modality
    for event in events:
        for role in event.roles:
            _mark(party, role, first, last)
    trigger[limit:] = IGNORE
    party[limit:] = IGNORE
    return {"trigger": trigger, "modality": modality, "party": party}


def _of_cues(frames: Sequence[Frame], first: int, last: int) -> Ints:
    """Return the tags of the words that tell of demands or conditions."""
    tags = np.zeros(last - first, np.int64)
    for frame in frames:
        _mark(tags, frame.words, first, last)
        if frame.optional:
            inside = [word - first for word in frame.words if first <= word < last]
            tags[inside] = IGNORE
    return tags


def _of_figures(
    figures: Sequence[tuple[tuple[int, ...], int]], first: int, last: int
) -> dict[str, Ints]:
    """Return the tags of figures, and at their first words what they measure."""
    figure = np.zeros(last - first, np.int64)
    measure = np.full(last - first, IGNORE, np.int64)
    for words, kind in figures:
        _mark(figure, words, first, last)
        if words and first <= words[0] < last:
            measure[words[0] - first] = kind
    return {"figure": figure, "measure": measure}


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
