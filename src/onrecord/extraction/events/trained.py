"""The head that types events: what happened between two parties whose places are given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast, get_args

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.models import Model, open_model
from onrecord.onepass import OnePass
from onrecord.onepass.windows import Window, Word, words_of
from onrecord.onepass.wordpieces import WordPieces
from onrecord.records import EventType, Span

OUTPUTS = ("root", "yielded", "looked")  # of the graph
ACTOR, RECIPIENT = 1, 2  # 0: of no party
YIELD = "YIELD"  # the root that CONCEDE and RETREAT share
YIELDED: tuple[EventType, EventType] = ("CONCEDE", "RETREAT")
ROOM = 240  # pieces that are read of a longer text, around the parties
MARKS = (("[unused0]", "[unused1]"), ("[unused2]", "[unused3]"))  # around actor, recipient

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as the model reads it: pieces with marks around the parties."""

    words: Sequence[Word]
    roles: Ints  # by word
    rows: Ints  # (3, pieces): piece, letter case, quotation
    starts: Ints  # by word: where its first piece stands


@dataclass(frozen=True, slots=True)
class Typed:
    """What the model makes of a sentence and its parties."""

    event_type: EventType
    score: float  # the probability of the type, 0 to 1, calibrated
    word: Span  # the word that tells of the event


def mark(text: str, actor: Span | None, recipient: Span | None, split: WordPieces) -> Marked:
    """Return a sentence with marks around its parties; a word of both is the actor's."""
    words = words_of(text, split)
    roles = np.where(_inside(words, recipient), RECIPIENT, 0)
    roles = np.where(_inside(words, actor), ACTOR, roles).astype(np.int64)
    read = _read(words, roles)
    words, roles = words[read], roles[read]
    rows, starts, before = [(split.vocabulary["[CLS]"], 0, 0)], [], 0
    for word, role in zip(words, roles.tolist(), strict=True):
        rows += _marks(before, role, split)
        before = role
        starts.append(len(rows))
        rows += [(piece, word.case, word.quote) for piece in word.pieces]
    rows += [*_marks(before, 0, split), (split.vocabulary["[SEP]"], 0, 0)]
    return Marked(words, roles, np.array(rows, np.int64).T, np.array(starts, np.int64))


def _marks(before: int, after: int, split: WordPieces) -> Iterator[tuple[int, int, int]]:
    """Yield what stands between two words of these roles."""
    if before != after and before:
        yield split.vocabulary[MARKS[before - 1][1]], 0, 0
    if before != after and after:
        yield split.vocabulary[MARKS[after - 1][0]], 0, 0


def _inside(words: Sequence[Word], span: Span | None) -> NDArray[np.bool_]:
    if span is None:
        return np.zeros(len(words), bool)
    return np.array([word.start < span.end and span.start < word.end for word in words], bool)


def _read(words: Sequence[Word], roles: Ints) -> slice:
    """Return the words that are read: all, or as many around the parties as there is room for."""
    named = roles.nonzero()[0]
    middle = int(named[0] + named[-1]) // 2 if len(named) else 0
    first, last = 0, len(words)
    size = sum(len(word.pieces) for word in words)
    while size > ROOM:
        if last - 1 - middle >= middle - first:
            last -= 1
            size -= len(words[last].pieces)
        else:
            size -= len(words[first].pieces)
            first += 1
    return slice(first, last)


@dataclass(frozen=True, slots=True)
class EventModel:
    """The head that types the event between two parties, upon the states of the one pass."""

    head: Model
    onepass: OnePass
    roots: tuple[str, ...]
    temperature: float  # what scores are divided by before they become probabilities

    @property
    def label(self) -> str:
        """The name and version of the head, and of the model whose states it reads."""
        return f"{self.onepass.label} {self.head.label}"

    def type_of(self, text: str, actor: Span | None, recipient: Span | None) -> Typed:
        """Return the likeliest type of event between two parties of a sentence with words."""
        marked = mark(text, actor, recipient, self.onepass.split)
        states = self.onepass.read_window(window_of(marked)).scores["states"]
        last = states[None, :, states.shape[1] // 2 :]  # the last layer's half
        inputs = {"states": last, "roles": marked.roles[None]}
        root, yielded, looked = (part[0] for part in self.head.run(inputs))
        chances = _softmax(root / self.temperature)
        best = int(chances.argmax())
        name, score = self.roots[best], float(chances[best])
        if name == YIELD:  # in words, or in deeds
            ways = _softmax(yielded)
            name, score = YIELDED[int(ways.argmax())], score * float(ways.max())
        word = marked.words[_looked_at(looked, marked.roles)]
        return Typed(cast(EventType, name), score, Span(word.start, word.end))


def window_of(marked: Marked) -> Window:
    """Return a sentence as a window of the one pass."""
    pieces, case, quote = marked.rows
    return Window(
        first=0,
        pieces=pieces,
        case=case,
        quote=quote,
        starts=marked.starts,
        paragraphs=np.zeros_like(marked.starts),
    )


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    chances: Floats = raised / raised.sum()
    return chances


def _looked_at(looked: Floats, roles: Ints) -> int:
    """Return the word that the model looks at most, outside the parties where there is one."""
    free = roles == 0
    return int(np.where(free, looked, -np.inf).argmax() if free.any() else looked.argmax())


def load_event_model(onepass: OnePass, name: str = "types", *, threads: int = 1) -> EventModel:
    """Return the head of that name or in that folder, to read the states of a model.

    Raises:
        ModelError: It is missing, damaged, no such head, or was made for another model.
    """
    model = open_model(name, threads=threads)
    if model.outputs != OUTPUTS or model.config.get("encoder") != onepass.encoder:
        raise ModelError(
            f"{model.folder} does not type events upon the states of {onepass.encoder}: its graph "
            f"gives {', '.join(model.outputs)}, not {', '.join(OUTPUTS)}, or it was made for "
            f"{model.config.get('encoder')}; name another folder"
        )
    try:
        roots = tuple(model.config["roots"])
        if not set(roots) <= {YIELD, *get_args(EventType)}:
            raise ValueError(roots)
        return EventModel(model, onepass, roots, float(model.config["temperature"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"{model.folder} is no head for types of events: {error!r}; name another folder"
        ) from error
