"""Annotation: an article's text becomes one spaCy document, parsed by the one pass over it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, TAG
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.language import dependencies as deps
from onrecord.language.datelines import dateline_end
from onrecord.language.whole_names import whole_names
from onrecord.onepass import Reading, WindowReading
from onrecord.onepass.entities import best_entities

_PARAGRAPH = re.compile(r"[^\n]+")
_TABLES = ("attribute_ruler", "lemmatizer")  # parts of speech by tag, lemmas by rule
_ROOT, _UNKNOWN = deps.ROOT, deps.UNKNOWN
_SPACE_TAG, _NOUN_TAG, _NOT_TAG = "_SP", "NN", "RB"
_NOT = frozenset({"not", "n't", "n’t"})
_BEGINS, _INSIDE, _OUTSIDE = 3, 1, 2  # spaCy's numbers for B, I and O

Ints = NDArray[np.int64]


def load_english() -> Language:
    """Return spaCy's English without a trained part: words, parts of speech by tag, lemmas.

    Raises:
        ModelError: The package's tables are missing or damaged.
    """
    nlp = spacy.blank("en")
    folder = Path(str(files("onrecord") / "data" / "english"))
    try:
        for name in _TABLES:
            table: Any = nlp.add_pipe(name)
            table.from_disk(folder / name, exclude=["vocab"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"the tables in {folder} cannot be read ({error}): install the package again"
        ) from error
    nlp.max_length = 2**31  # of no concern without a parser
    return nlp


def annotate(text: str, reading: Reading, nlp: Language) -> Doc:
    """Return a text of any length with tags, heads, labels, entities, lemmas and sentences.

    `doc.text` is the text. The model reads words, spaCy cuts tokens: a token has what the model
    says of its first word, and hangs on the token that holds that word's head. Names that the model
    cuts are whole.
    """
    doc = nlp.make_doc(text)
    if not len(doc):
        return doc
    words = _Words(doc, reading)
    heads, labels = words.tree(doc)
    entities = _entities(words.kinds(), reading.labels.entities)
    strings = nlp.vocab.strings
    columns: Any = np.zeros((len(doc), 5), np.uint64)
    columns[:, 0] = [strings.add(tag) for tag in words.tags(doc)]
    columns[:, 1] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    columns[:, 2] = [strings.add(label) for label in labels]
    columns[:, 3] = [iob for iob, _ in entities]
    columns[:, 4] = [strings.add(kind) if kind else 0 for _, kind in entities]
    doc.from_array([TAG, HEAD, DEP, ENT_IOB, ENT_TYPE], columns)
    for _, component in nlp.pipeline:
        doc = component(doc)
    doc.set_ents(list(whole_names(doc)))
    return doc


class _Words:
    """The words that the model read, beside the tokens of a document."""

    def __init__(self, doc: Doc, reading: Reading) -> None:
        self._labels = reading.labels
        self._reading = reading
        starts = np.array([word.start for word in reading.words], np.int64)
        places = doc.to_array([IDX]).astype(np.int64).reshape(-1)
        self._token_of = np.searchsorted(places, starts, "right") - 1  # by word
        found = np.searchsorted(starts, places)
        near = np.minimum(found, max(len(starts) - 1, 0))
        begins = starts[near] == places if len(starts) else np.zeros(len(doc), bool)
        self._word_of: Ints = np.where(begins, near, -1)  # by token; -1: none begins with it

    def tags(self, doc: Doc) -> list[str]:
        """Return a tag for each token; one that begins no word has the tag of what it is."""
        by_word = self._reading.all("tag") if self._reading.windows else ()
        return [
            self._labels.tags[by_word[word]] if word >= 0 else _tag_of(token.is_space, token.lower_)
            for token, word in zip(doc, self._word_of.tolist(), strict=True)
        ]

    def kinds(self) -> list[int]:
        """Return the number of each token's entity label, 0 outside."""
        by_word = best_entities(self._reading.all("entity")) if self._reading.windows else ()
        return [int(by_word[word]) if word >= 0 else 0 for word in self._word_of.tolist()]

    def tree(self, doc: Doc) -> tuple[Ints, list[str]]:
        """Return the head of each token, itself for a root, and what joins them."""
        head, label = self._by_word()
        heads = np.arange(len(doc))
        labels = [_UNKNOWN] * len(doc)
        for token, word in enumerate(self._word_of.tolist()):
            if word < 0:  # blanks, and parts of words that are tokens of their own
                heads[token] = max(token - 1, 0)
                labels[token] = deps.NEGATION if doc[token].lower_ in _NOT else _UNKNOWN
                continue
            above, joins = head[word], label[word]
            while self._token_of[above] == token and head[above] != above:
                above, joins = head[above], label[above]  # words of one token: "U.S."
            heads[token], labels[token] = self._token_of[above], joins
        for token in _in_cycles(heads):
            heads[token] = token
        for first, border, last in _datelines(doc):
            _part(heads, first, border, last)
        for token in np.flatnonzero(heads == np.arange(len(doc))).tolist():
            labels[token] = _ROOT
        return heads, [
            _UNKNOWN if name == _ROOT and heads[token] != token else name
            for token, name in enumerate(labels)
        ]

    def _by_word(self) -> tuple[list[int], list[str]]:
        heads: list[int] = []
        labels: list[str] = []
        for window in self._reading.windows:
            heads += (tree_of(window) + window.first).tolist()
            labels += [self._labels.dependencies[i] for i in window.scores["label"].tolist()]
        return heads, labels


def tree_of(window: WindowReading) -> Ints:
    """Return the head of each word of a window: one tree a sentence, whose root is its own head.

    The best head of each word makes a tree nearly always; where it does not, the root is the word
    that is most one, and each cycle is opened where that costs least.
    """
    heads: Ints = window.scores["head"].astype(np.int64)
    sentence, arc = window.scores["sentence"], window.scores["arc"]
    borders = np.flatnonzero(np.diff(sentence)) + 1
    for first, last in zip([0, *borders.tolist()], [*borders.tolist(), len(heads)], strict=True):
        _mend(heads, arc, first, last)
    return heads


def _mend(heads: Ints, arc: NDArray[np.float32], first: int, last: int) -> None:
    """Make a sentence's heads a tree, in place."""
    places = np.arange(first, last)
    roots = places[heads[first:last] == places]
    scores = arc[first:last, first:last]
    if len(roots) != 1:
        choice = roots if len(roots) else places
        root = int(choice[arc[choice, choice].argmax()])
        for other in roots.tolist():
            if other != root:
                heads[other] = first + _second(scores[other - first], {other - first})
        heads[root] = root
    while cycle := _in_cycles(heads[first:last] - first, one=True):
        free = _rooted(heads[first:last] - first)
        losses = scores[cycle, heads[first + np.array(cycle)] - first][:, None] - scores[cycle]
        losses[:, ~free] = np.inf
        at, new = np.unravel_index(int(losses.argmin()), losses.shape)
        heads[first + cycle[at]] = first + new


def _rooted(heads: Ints) -> NDArray[np.bool_]:
    """Return which words lead to a root: what hangs on these is in no cycle."""
    at = heads
    for _ in range(len(heads).bit_length()):
        at = at[at]
    rooted: NDArray[np.bool_] = heads[at] == at
    return rooted


def _datelines(doc: Doc) -> Iterator[tuple[int, int, int]]:
    """Yield the tokens where a paragraph with a dateline begins, where that ends, and its end.

    "ISTANBUL, July 22 — Russia and Ukraine signed": it is no part of the sentence behind it.
    """
    text = doc.text
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        if border := dateline_end(text, start, end):
            tokens = doc.char_span(start, border, alignment_mode="contract")
            rest = doc.char_span(border, end, alignment_mode="contract")
            if tokens is not None and rest is not None:
                yield tokens.start, rest.start, rest.end


def _part(heads: Ints, first: int, border: int, last: int) -> None:
    """Make two trees of tokens whose heads lie on both sides of a border, in place."""
    for start, end in ((first, border), (border, last)):
        places = np.arange(start, end)
        own = heads[start:end]
        leaving = places[(own < start) | (own >= end) | (own == places)]
        heads[leaving] = leaving[:1]


def _second(scores: NDArray[np.float32], without: set[int]) -> int:
    """Return the best head but some."""
    left = scores.copy()
    left[list(without)] = -np.inf
    return int(left.argmax())


def _in_cycles(heads: Ints, *, one: bool = False) -> list[int]:
    """Return the words of the first cycle, or one word of every cycle; () for a tree."""
    state = np.zeros(len(heads), np.int8)  # 1: on the way up, 2: leads to a root
    found: list[int] = []
    above = heads.tolist()
    for start in range(len(above)):
        at, way = start, []
        while state[at] == 0:
            state[at] = 1
            way.append(at)
            at = above[at]
        if state[at] == 1 and above[at] != at and at in way:
            if one:
                return way[way.index(at) :]
            found.append(at)
        state[way] = 2
    return found


def _tag_of(is_space: bool, lower: str) -> str:
    if is_space:
        return _SPACE_TAG
    return _NOT_TAG if lower in _NOT else _NOUN_TAG


def _entities(numbers: Sequence[int], names: Sequence[str]) -> list[tuple[int, str]]:
    """Return spaCy's number for B, I or O and the kind of each token."""
    found: list[tuple[int, str]] = []
    before = ""
    for number in numbers:
        kind = names[(number - 1) // 2] if number else ""
        goes_on = bool(kind) and kind == before and number % 2 == 0
        found.append((_OUTSIDE if not kind else _INSIDE if goes_on else _BEGINS, kind))
        before = kind
    return found
