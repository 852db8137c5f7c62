"""Examples of pronouns for training: the features of each candidate, the words around, the answer.

Texts come in GAP's form, or as JSON lines of our own: `answer` "A", "B" or "N" for neither, and
`text` with the three marked, "[A Lynda Snell] ... [P her]".
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from onrecord.annotate import annotate
from onrecord.evaluate.gap import GapText, Name
from onrecord.evaluate.gold import same_name
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.language.states import WordStates
from onrecord.pipeline import Tools
from onrecord.reading import article_from_text
from onrecord.records import Span
from onrecord.resolve.actors.cast import read_scene
from onrecord.resolve.actors.reader import AHEAD, BACK
from onrecord.resolve.actors.scene import GENDER, Scene
from training.golds import named_in

Json = Mapping[str, Any]
_MARK = re.compile(r"\[([ABP]) ([^\[\]]+)\]")
OUTSIDE = -1  # a word out of the head's reach


@dataclass(frozen=True, slots=True)
class Example:
    """One pronoun: a row of features a candidate, and which of them it may mean."""

    features: NDArray[np.float32]
    meant: NDArray[np.bool_]
    nobody: bool  # neither name is meant: so may somebody be who is no candidate
    states: NDArray[np.float16]  # of the words around, as the one-pass model has them
    pronoun: int  # its word
    openings: NDArray[np.int64]  # by candidate: its first word, or OUTSIDE
    heads: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A parsed text, its pronoun, and the tokens of the two names with whether each is meant."""

    doc: Doc
    pronoun: int
    names: tuple[tuple[Collection[int], bool], ...]


def lesson_of(gold: GapText, doc: Doc) -> Lesson | None:
    """Return the lesson of a text and its parse; None where the parse sees no such pronoun."""
    found = (t.i for t in doc if t.idx == gold.pronoun.start and _stands_for_one(t))
    pronoun = next(found, None)
    if pronoun is None:
        return None
    return Lesson(doc, pronoun, tuple((_tokens(doc, n.span), n.meant) for n in gold.names))


def _stands_for_one(token: Token) -> bool:
    return token.pos_ == "PRON" and token.lower_ in GENDER


def _tokens(doc: Doc, span: Span) -> Collection[int]:
    return {t.i for t in doc if t.idx < span.end and span.start < t.idx + len(t)}


def scene_of(doc: Doc, tools: Tools) -> Scene:
    """Return the people of a parse as candidates, as `extract` sees them."""
    return read_scene(doc, QuotationIndex(find_quotations(doc.text)), tools.codebook)


def example_of(lesson: Lesson, tools: Tools) -> Example | None:
    """Return the example a lesson makes; None where its people, or the one meant, are not found."""
    scene = scene_of(lesson.doc, tools)
    pronoun = lesson.doc[lesson.pronoun]
    near, features = scene.features(pronoun)
    states = tools.onepass.read(lesson.doc.text).states
    meant, nobody = _answer(lesson, scene, scene.entity[near])
    if states is None or not len(near) or not (nobody or meant.any()):
        return None
    return Example(features, meant, nobody, *_around(pronoun.idx, scene.places(near), states))


def annotated_examples(article: Json, gold: Json, tools: Tools) -> Iterator[Example]:
    """Yield the examples of an annotated article: its pronouns with whom the annotation names."""
    text = article_from_text(article["text"], published=article.get("published"))
    reading = tools.onepass.read(text.text)
    doc = annotate(text.text, reading, tools.nlp)
    scene, named = scene_of(doc, tools), dict(named_in(gold))
    called = _names(scene)
    for pronoun in filter(_stands_for_one, doc):
        wanted = named.get(text.input_span(Span(pronoun.idx, pronoun.idx + len(pronoun))))
        near, features = scene.features(pronoun)
        if wanted is None or reading.states is None or not len(near):
            continue
        right = [any(same_name(wanted, name) for name in names) for names in called]
        meant = np.array(right, np.bool_)[scene.entity[near]]
        if meant.any():
            around = _around(pronoun.idx, scene.places(near), reading.states)
            yield Example(features, meant, False, *around)


def _names(scene: Scene) -> Sequence[set[str]]:
    """Return what each person of a scene is called, by number."""
    called = [{sketch.name} for sketch in scene.sketches]
    for found, number in zip(scene.candidates, scene.entity, strict=True):
        if found.form == "name":
            called[number].add(scene.doc[found.start : found.end].text)
    return called


def _answer(
    lesson: Lesson, scene: Scene, people: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], bool]:
    """Return which candidates may be meant, and whether it may be none of them."""
    named = [(_people_at(scene, tokens), meant) for tokens, meant in lesson.names]
    right = {n for numbers, meant in named if meant for n in numbers}
    wrong = {n for numbers, meant in named if not meant for n in numbers}
    if not any(meant for _, meant in lesson.names):
        return ~np.isin(people, list(wrong)), True
    return np.isin(people, list(right - wrong)), False


def _people_at(scene: Scene, tokens: Collection[int]) -> set[int]:
    """Return the numbers of the people whose names overlap some tokens."""
    return {
        int(number)
        for found, number in zip(scene.candidates, scene.entity, strict=True)
        if found.form == "name" and not set(tokens).isdisjoint(range(found.start, found.end))
    }


def _around(
    pronoun: int, places: tuple[list[int], list[int]], states: WordStates
) -> tuple[NDArray[np.float16], int, NDArray[np.int64], NDArray[np.int64]]:
    """Return the states of the words the head may read, and where pronoun and names are there."""
    last = len(states.ends) - 1
    word = min(states.index(pronoun), last)
    first, end = max(0, word - BACK), min(last + 1, word + AHEAD)
    names = [np.array([min(states.index(at), last) for at in part]) - first for part in places]
    inside = (np.minimum(*names) >= 0) & (np.maximum(*names) < end - first)
    openings, heads = (np.where(inside, part, OUTSIDE) for part in names)
    width = states.vectors.shape[1] // 2  # the fourth layer's half
    return states.vectors[first:end, :width].astype(np.float16), word - first, openings, heads


def read_own(path: Path) -> Iterator[GapText]:
    """Yield the texts of a file of our own.

    Raises:
        ValueError: A line is not in that form.
    """
    with path.open(encoding="utf8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            yield _own_text(f"{path.name}:{number}", row["text"], row["answer"])


def _own_text(text_id: str, marked: str, answer: str) -> GapText:
    text, at, spans = "", 0, dict[str, Span]()
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans[mark[1]] = Span(len(text), len(text) + len(mark[2]))
        text, at = text + mark[2], mark.end()
    if set(spans) != set("ABP") or answer not in set("ABN"):
        raise ValueError(f"{text_id}: not one each of [A ...], [B ...] and [P ...] and an answer")
    first, second = (Name(spans[letter], answer == letter) for letter in "AB")
    return GapText(text_id, text + marked[at:], spans["P"], (first, second))
