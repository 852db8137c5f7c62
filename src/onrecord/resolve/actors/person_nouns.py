"""Nouns for people that may take up somebody named: "the minister", "the former leader".

Each person told of is a candidate, described by features that are words: how far the last mention
is, what part it played, whether the person spoke last, whether titles, country and gender agree.
A log-linear model weighs the candidates against nobody: the noun then stands for whom it says.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from spacy.tokens import Doc, Token

from onrecord.errors import ModelError
from onrecord.language.quotes import QuotationIndex
from onrecord.language.syntax import OBJECTS, SUBJECTS, children
from onrecord.resolve.actors.roles import Role, RoleReader
from onrecord.resolve.actors.sketch import Found, Sketch

MODEL = "nouns"  # its folder in the package
WEIGHTS = "weights.json"
_SURE = 0.4  # the lowest probability at which somebody is taken to be meant
_MOST = 24  # candidates: those mentioned next to the noun
_AHEAD = 3  # sentences to look ahead for a name that follows its description
_SINGULAR = frozenset({"NN", "NNP"})
_SPOKE = 3  # speakers before that are told apart
_SEVERAL = 5
_MORE = frozenset({"relcl", "acl", "prep"})
_PARTS = frozenset({"poss", "pobj", "compound", "attr"})

Mentions = Mapping[Sketch, Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a noun stands: what is known of whom it may mean besides the words themselves."""

    own: Sketch | None  # the actor the noun is by itself
    voice: Sketch | None  # whose words it stands in
    spoke: Sequence[Sketch]  # who spoke before, the last first
    rules: Mapping[str, Sketch | None]  # whom each rule takes it for


@dataclass(frozen=True, slots=True)
class Weighed:
    """A noun with its candidates, and the features of each and of nobody."""

    token: int
    mentions: Mentions
    features: Sequence[AbstractSet[str]]  # in the order of `mentions`
    nobody: AbstractSet[str]


class Picker(Protocol):
    """Says which candidate a noun means."""

    def pick(self, weighed: Weighed) -> Sketch | None:
        """Return the candidate that is meant, None for nobody."""


@dataclass(frozen=True, slots=True)
class NounWeights:
    """A weight a feature; one that it does not know counts nothing."""

    weights: Mapping[str, float]

    def chances(self, weighed: Weighed) -> Sequence[float]:
        """Return how likely each candidate is meant, and last nobody: they sum to 1."""
        scores = [self._score(features) for features in (*weighed.features, weighed.nobody)]
        raised = [math.exp(score - max(scores)) for score in scores]
        return [one / sum(raised) for one in raised]

    def pick(self, weighed: Weighed) -> Sketch | None:
        """Return the likeliest candidate, None where it is not likely enough."""
        *chances, nobody = self.chances(weighed)
        best = max(chances, default=0.0)
        if best < max(_SURE, nobody):
            return None
        return list(weighed.mentions)[chances.index(best)]

    def _score(self, features: Iterable[str]) -> float:
        return sum(self.weights.get(feature, 0.0) for feature in sorted(features))


def read_noun_weights(path: Path) -> NounWeights:
    """Return the model of a weights file.

    Raises:
        ModelError: The file cannot be read or is no such file.
    """
    try:
        stored = json.loads(path.read_text("utf8"))
        return NounWeights({str(name): float(one) for name, one in stored["features"].items()})
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"{path} holds no weights for nouns: {error!r}; install the package again"
        ) from error


@cache
def load_noun_weights() -> NounWeights:
    """Return the package's own model.

    Raises:
        ModelError: Its file is missing or damaged.
    """
    return read_noun_weights(Path(str(files("onrecord") / "data" / "models" / MODEL / WEIGHTS)))


class PersonNouns:
    """Finds whom the nouns for people of one text mean."""

    def __init__(
        self,
        doc: Doc,
        found: Sequence[Found],
        index: QuotationIndex,
        reader: RoleReader,
        picker: Picker,
    ) -> None:
        self._doc, self._reader, self._picker = doc, reader, picker
        self._found, self._index = found, index
        self._sentence = {t.i: n for n, sentence in enumerate(doc.sents) for t in sentence}
        self._breaks = [token.i for token in doc if "\n" in token.text]

    def is_one(self, token: Token) -> bool:
        """Whether a token is a singular noun for a person, not for a body or document."""
        if token.tag_ not in _SINGULAR or token.pos_ not in {"NOUN", "PROPN"}:
            return False
        if self._reader.is_impersonal(token) or self._reader.is_collective(token):
            return False
        return self._reader.describes_actor(token)

    def meant(self, token: Token, standing: Standing) -> Sketch | None:
        """Return whom a noun means, None for nobody but whom it says itself."""
        return self._picker.pick(self.weighed(token, standing))

    def weighed(self, token: Token, standing: Standing) -> Weighed:
        """Return the people a noun may mean, and what tells for each and for nobody."""
        mentions = self._people(token, standing.own)
        role = self._reader.of_noun(token)
        features = [
            frozenset(
                (
                    f"rank {min(rank, 6)}",
                    *self._place(token, found),
                    *_standing(sketch, standing),
                    *self._prominence(token, sketch, found),
                    *self._agreement(token, sketch, found, role),
                )
            )
            for rank, (sketch, found) in enumerate(mentions.items())
        ]
        return Weighed(token.i, mentions, features, frozenset(self._nobody(token, standing.own)))

    def _people(self, token: Token, own: Sketch | None) -> Mentions:
        """Return the other people near a noun with their mentions, the nearest before it first."""
        here, last = token.i, self._sentence[token.i] + _AHEAD
        owners = {one.i for child in children(token, "prep", "poss") for one in child.subtree}
        others = {found.sketch for found in self._found if found.head in owners}
        others.add(own)  # "the spokesman of President Berg" is not Berg
        mentions: dict[Sketch, list[Found]] = defaultdict(list)
        for found in self._found:
            sketch = found.sketch
            if sketch is None or sketch in others or sketch.kind != "person" or sketch.plural:
                continue
            if not found.start <= here < found.end and self._sentence[found.head] <= last:
                mentions[sketch].append(found)
        behind = len(self._doc)  # whoever is named only after it comes behind all others
        near = {
            sketch: min(abs(one.head - here) + behind * (one.head > here) for one in ones)
            for sketch, ones in mentions.items()
        }
        nearest = sorted(mentions, key=near.__getitem__)[:_MOST]
        return {sketch: sorted(mentions[sketch], key=lambda one: one.head) for sketch in nearest}

    def _place(self, token: Token, found: Sequence[Found]) -> Iterator[str]:
        """Yield where somebody was mentioned last, or is next."""
        here = self._sentence[token.i]
        before = [one for one in found if one.head < token.i]
        if not before:
            yield f"ahead {self._sentence[found[0].head] - here}"
            return
        last = before[-1].head
        apart, part = here - self._sentence[last], _part_of(self._doc[last])
        paragraphs = bisect_left(self._breaks, token.i) - bisect_left(self._breaks, last)
        yield f"apart {min(apart, 5)}"
        yield f"paragraphs {min(paragraphs, 3)}"
        yield f"part {part}"
        yield f"part {part}, apart {min(apart, 2)}"
        yield f"quoted {self._is_quoted(token)} {self._is_quoted(self._doc[last])}"
        led = {here - self._sentence[one.head] for one in before if self._is_subject(one)}
        yield from (f"subject {apart} before" for apart in (0, 1) if apart in led)

    def _is_quoted(self, token: Token) -> bool:
        return self._index.at(token.idx) is not None

    def _is_subject(self, mention: Found) -> bool:
        return self._doc[mention.head].dep_ in SUBJECTS

    def _prominence(self, token: Token, sketch: Sketch, found: Sequence[Found]) -> Iterator[str]:
        count = sum(one.head < token.i for one in found)
        yield f"told {'once' if count == 1 else 'few' if count <= _SEVERAL else 'many'}"
        named = any(one.form == "name" for one in found)
        yield f"named {named}"
        yield f"det {_article(token)}"
        yield f"det {_article(token)}, named {named}"
        yield f"sector {sketch.sector}"
        if any(child.dep_ in _MORE for child in token.children):
            yield "has more"

    def _agreement(
        self, token: Token, sketch: Sketch, found: Sequence[Found], role: Role
    ) -> Iterator[str]:
        """Yield whether what a noun phrase says fits what else is said of somebody."""
        lemma = token.lemma_.lower()
        told = (("country", role.country, sketch.country), ("sector", role.sector, sketch.sector),
                ("gender", role.gender, sketch.gender))  # fmt: skip
        yield from (f"{name} {_agrees(own, theirs)}" for name, own, theirs in told if own)
        titles = {word for one in found for word in (one.role or "").lower().split()}
        titles.update((sketch.role or "").split())
        yield f"title {lemma in titles if titles else 'none'}"
        heads = [self._doc[one.head] for one in found]
        if any(
            head.lemma_.lower() == lemma and one.form != "name"
            for head, one in zip(heads, found, strict=True)
        ):
            yield "same noun"
        words = set(sketch.name.lower().split())
        if lemma in words:
            yield "noun in name"
        if any(beside.lemma_.lower() == lemma for head in heads for beside in _beside(head)):
            yield "noun beside"
        if more := set((role.words or "").lower().split()) - {lemma, token.lower_}:
            yield f"modified, told {bool(more & (titles | words))}"

    def _nobody(self, token: Token, own: Sketch | None) -> Iterator[str]:
        yield "nobody"
        yield f"nobody det {_article(token)}"
        yield f"nobody is {token.dep_}"
        yield from (f"nobody has {child.dep_}" for child in token.children)
        known = any(one.sketch is own and one.head < token.i for one in self._found)
        yield f"nobody, own known {own is not None and known}"
        yield f"nobody, first {self._sentence[token.i] == 0}"


def _standing(sketch: Sketch, standing: Standing) -> Iterator[str]:
    yield from (f"rule {rule}" for rule, meant in standing.rules.items() if meant is sketch)
    if sketch is standing.voice:
        yield "voice"
    if sketch in standing.spoke:
        turn = list(standing.spoke).index(sketch)
        yield f"spoke {turn}" if turn < _SPOKE else "spoke before"


def _article(noun: Token) -> str:
    return next((child.lower_ for child in children(noun, "det")), "none")


def _beside(head: Token) -> Iterator[Token]:
    yield from children(head, "appos", "compound", "attr")
    if head.dep_ in {"appos", "compound"}:
        yield head.head


def _part_of(head: Token) -> str:
    while head.dep_ in {"conj", "appos"} and head.head.i != head.i:
        head = head.head
    if head.dep_ in SUBJECTS:
        return "subject"
    if head.dep_ in OBJECTS:
        return "object"
    return head.dep_ if head.dep_ in _PARTS else "other"


def _agrees(own: str, theirs: str | None) -> str:
    return "open" if theirs is None else "agrees" if own == theirs else "clashes"
