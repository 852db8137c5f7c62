"""Antecedents: the party or group that "it" or "they" stands for, weighed by small networks."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from spacy.tokens import Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.states import WordStates
from onrecord.language.syntax import lemma_of
from onrecord.records import Span
from onrecord.resolve.actors.ranker import Features, Weigher, read_weigher
from onrecord.resolve.actors.roles import span_of
from onrecord.resolve.actors.scene import Scene, role_of
from onrecord.resolve.actors.sketch import Found, Meant, Sketch

MODEL = "antecedents"  # its folder in the package
IT = frozenset({"it", "its", "itself"})
THEY = lexicon.words("grammar.they")
PARTIES = frozenset({"state", "government", "igo", "ngo", "armed_group", "bloc", "organisation"})
MANY = frozenset({"armed_group", "bloc", "group"})
_POSSIBLE = 0.1  # the lowest chance at which, in doubt, somebody may be meant
_SHORT = 3  # sentences; so few show little of who is told of
_REACH = 4  # sentences to look back; beyond that a pronoun has lost its name
_LAYERS = ("middle", "last")  # whose states stand side by side in a word's vector
_SPREAD = 1e-3  # added to that of a vector's values


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun, and whom it may mean, by how near they were mentioned last."""

    pronoun: Span
    sketches: tuple[Sketch, ...]
    mentions: tuple[Span, ...]  # where each was mentioned last
    features: tuple[Features, ...]  # what speaks for each


@dataclass(frozen=True, slots=True)
class AntecedentModel:
    """Weighs whom a pronoun may mean."""

    weigher: Weigher

    def meant(self, choice: Choice) -> Meant:
        """Return whom a pronoun means, in doubt the candidates, likeliest first."""
        chances = self.weigher.shares(choice.features)
        order = np.argsort(-chances, kind="stable")
        if len(order) and chances[order[0]] >= self.weigher.least:
            return Meant(choice.sketches[order[0]])
        return Meant(None, tuple(choice.sketches[n] for n in order if chances[n] >= _POSSIBLE))


class Antecedents:
    """The parties, groups and people of a text as candidates for "it" and "they"."""

    def __init__(
        self,
        found: Sequence[Found],
        scene: Scene,
        states: WordStates | None,
        reported: Callable[[int], bool],
    ) -> None:
        self._doc, self._scene, self._reported = scene.doc, scene, reported
        self._found = sorted((one for one in found if one.sketch), key=lambda one: one.start)
        self._starts = [one.start for one in self._found]
        self._sentence = scene.clauses.sentence
        self._of_mention: dict[int, Features] = {}  # by its number among those found
        self._total = Counter(one.sketch for one in self._found)
        self._states = _standardised(states) if states is not None else None

    def choice(self, pronoun: Token, not_to: Sketch | None, after: Sketch | None) -> Choice:
        """Return whom a pronoun may mean, and what speaks for each.

        `not_to` is whose words it stands in, `after` who spoke last.
        """
        near: dict[Sketch, list[int]] = {}
        for number in self._near(pronoun):
            sketch = self._found[number].sketch
            if sketch is not None:
                near.setdefault(sketch, []).append(number)
        before = Counter(one.sketch for one in self._found[: self._behind(pronoun)])
        most = max((before[sketch] for sketch in near), default=0)
        own = self._of_pronoun(pronoun, near)
        led = self._nearest_subject(near)
        rows = []
        for rank, (sketch, numbers) in enumerate(near.items()):
            rows.append(
                {
                    **own,
                    **self._mentioned(numbers[0]),
                    **_described(sketch, pronoun, near),
                    **self._led(pronoun, numbers),
                    **self._beside(pronoun, numbers[0]),
                    "rank": float(rank),
                    "first": float(rank == 0),
                    "nearest subject": float(sketch is led),
                    "mentions near": math.log1p(len(numbers)),
                    "mentions before": math.log1p(before[sketch]),
                    "mentions": math.log1p(self._total[sketch]),
                    "most": float(before[sketch] == most),
                    "spoke last": float(sketch is after),
                    "speaks": float(sketch is not_to),
                }
            )
        last = tuple(self._found[numbers[0]].span(self._doc) for numbers in near.values())
        return Choice(span_of(pronoun), tuple(near), last, tuple(rows))

    def own_subject(self, pronoun: Token) -> Sketch | None:
        """Return the subject of a pronoun's clause where it is a reflexive one, else None."""
        if not _is_reflexive(pronoun):
            return None
        near = (self._found[number] for number in self._near(pronoun))
        return next(
            (one.sketch for one in near if _has_subject(pronoun, self._doc[one.head])), None
        )

    def alone(self, pronoun: Token, choice: Choice) -> Sketch | None:
        """Return the one candidate of the sort that a pronoun is for, in a text of few sentences.

        In a longer one there is more to go by, and None is returned.
        """
        if self._sentence[-1] >= _SHORT:
            return None
        wanted = "only body" if pronoun.lower_ in IT else "only many"
        pairs = zip(choice.sketches, choice.features, strict=True)
        return next((sketch for sketch, of in pairs if of[wanted]), None)

    def _behind(self, pronoun: Token) -> int:
        """Return how many mentions begin before a pronoun."""
        return bisect_left(self._starts, pronoun.i)

    def _near(self, pronoun: Token) -> Iterator[int]:
        """Yield the mentions before a pronoun and in its reach, by number, nearest first."""
        here = self._sentence[pronoun.i]
        for number in range(self._behind(pronoun) - 1, -1, -1):
            one = self._found[number]
            if here - self._sentence[one.head] > _REACH:
                return
            if one.end <= pronoun.i and not _is_own_subject(self._doc[one.head], pronoun):
                yield number

    def _apart(self, pronoun: Token, number: int) -> int:
        """Return how many sentences a mention stands before a pronoun's."""
        return int(self._sentence[pronoun.i] - self._sentence[self._found[number].head])

    def _is_subject(self, number: int) -> bool:
        return self._doc[self._found[number].head].dep_ in deps.SUBJECTS

    def _nearest_subject(self, near: Mapping[Sketch, Sequence[int]]) -> Sketch | None:
        """Return the nearest candidate that was a subject at all."""
        return next(
            (sketch for sketch, numbers in near.items() if any(map(self._is_subject, numbers))),
            None,
        )

    def _mentioned(self, number: int) -> Features:
        """Return what is known of a mention, whatever the pronoun."""
        if number not in self._of_mention:
            one = self._found[number]
            head = self._doc[one.head]
            self._of_mention[number] = {
                f"role {role_of(head)}": 1.0,
                f"form {one.form}": 1.0,
                f"tag {head.tag_}": 1.0,
                "passing": float(one.passing),
                "joined": float(head.dep_ == deps.CONJUNCT or bool(head.conjuncts)),
                "begins sentence": float(one.start == head.sent.start),
                "quoted": float(self._scene.quoted(head)),
                "reported": float(self._reported(head.idx)),
                "owned": float(any(c.lower_ in IT or c.lower_ in THEY for c in head.children)),
            }
        return self._of_mention[number]

    def _of_pronoun(self, pronoun: Token, near: Mapping[Sketch, object]) -> Features:
        role = role_of(pronoun)
        reports = role == "subject" and self._scene.reports(lemma_of(pronoun.head))
        return {
            f"word {pronoun.lower_}": 1.0,
            f"plays {role}": 1.0,
            "pronoun quoted": float(self._scene.quoted(pronoun)),
            "pronoun reported": float(self._reported(pronoun.idx)),
            "pronoun begins": float(bool(pronoun.is_sent_start)),
            "pronoun says": float(reports),
            "candidates": math.log1p(len(near)),
        }

    def _led(self, pronoun: Token, numbers: Sequence[int]) -> Features:
        """Return where an actor was a subject before a pronoun."""
        subjects = [number for number in numbers if self._is_subject(number)]
        apart = {self._apart(pronoun, number) for number in subjects}
        main = {
            self._apart(pronoun, number)
            for number in subjects
            if self._doc[self._found[number].head].head.dep_ == deps.ROOT
        }
        is_subject = role_of(pronoun) in {"subject", "passive"}
        return {
            "subject here": float(0 in apart),
            "subject before": float(1 in apart),
            "subject earlier": float(2 in apart),
            "main subject": float(bool(main)),
            "main subject before": float(1 in main),
            "subjects both": float(bool(subjects) and is_subject),
        }

    def _beside(self, pronoun: Token, number: int) -> Features:
        """Return how a mention stands to a pronoun."""
        one = self._found[number]
        head = self._doc[one.head]
        quoted = self._scene.quoted(head) != self._scene.quoted(pronoun)
        reported = self._reported(head.idx) != self._reported(pronoun.idx)
        return {
            f"apart {self._apart(pronoun, number)}": 1.0,
            "gap": math.log1p(pronoun.i - one.head),
            "same role": float(role_of(head) == role_of(pronoun)),
            "same verb": float(head.head.i == pronoun.head.i),
            "one quoted": float(quoted),
            "one reported": float(reported),
            **self._alike(pronoun, head),
        }

    def _alike(self, pronoun: Token, head: Token) -> Features:
        """Return how alike the encoder's states of two words are, as cosines by layer."""
        if self._states is None:
            return {}
        pairs = (np.split(self._states.at(word.idx), len(_LAYERS)) for word in (pronoun, head))
        return {
            f"alike {layer}": float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
            for layer, one, other in zip(_LAYERS, *pairs, strict=True)
            if one.any() and other.any()
        }


def _described(sketch: Sketch, pronoun: Token, near: Mapping[Sketch, object]) -> Features:
    """Return what a candidate is, and whether it is the only one of its sort."""
    word = "it" if pronoun.lower_ in IT else "they"
    many, body = _is_many(sketch), sketch.kind in PARTIES
    return {
        f"kind {sketch.kind}": 1.0,
        f"sector {sketch.sector}": 1.0,
        f"{word} kind {sketch.kind}": 1.0,
        f"{word} plural": float(sketch.plural),
        "plural": float(sketch.plural),
        "country": float(sketch.country is not None),
        "only many": float(many and sum(map(_is_many, near)) == 1),
        "only body": float(body and sum(one.kind in PARTIES for one in near) == 1),
    }


def _is_many(sketch: Sketch) -> bool:
    return sketch.plural or sketch.kind in MANY


def _is_own_subject(head: Token, pronoun: Token) -> bool:
    """Whether a noun is the subject of the clause a pronoun is the object of: "NASA chose them"."""
    if pronoun.dep_ not in deps.OBJECTS or _is_reflexive(pronoun):
        return False
    return _has_subject(pronoun, head)


def _is_reflexive(pronoun: Token) -> bool:
    return pronoun.lower_.endswith(("self", "selves"))


def _has_subject(pronoun: Token, head: Token) -> bool:
    """Whether a noun is the subject of what a pronoun hangs on."""
    return head.dep_ in deps.SUBJECTS and head.head == pronoun.head


def _standardised(states: WordStates) -> WordStates:
    """Return states less those of the text's average word, in units of their spread."""
    centred = states.vectors - states.vectors.mean(0)
    return WordStates(states.ends, centred / (centred.std(0) + _SPREAD))


@cache
def load_antecedent_model() -> AntecedentModel:
    """Return the package's own model.

    Raises:
        ModelError: It is missing or damaged.
    """
    folder = Path(str(files("onrecord") / "data" / "models" / MODEL))
    return AntecedentModel(read_weigher(folder))
