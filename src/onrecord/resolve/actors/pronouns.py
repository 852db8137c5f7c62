"""Pronouns: who "he", "it" or "our" stands for, in narration and inside statements."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from onrecord.language.syntax import SUBJECTS
from onrecord.resolve.actors.sketch import Found, Sketch

_GENDER = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_NEUTER = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_MARGIN = 0.25  # two people nearer to one another than this are in doubt
_REACH = 4  # sentences to look back; beyond that a pronoun has lost its name
_BODIES = frozenset({"state", "government", "igo", "ngo", "armed_group", "bloc", "organisation"})


class PronounResolver:
    """Finds who a third-person pronoun means among the mentions before it."""

    def __init__(self, doc: Doc, found: Sequence[Found]) -> None:
        self._found = sorted((f for f in found if f.sketch), key=lambda f: f.start)
        self._starts = [found.start for found in self._found]
        self._sentence = {t.i: n for n, sentence in enumerate(doc.sents) for t in sentence}
        self._doc = doc

    def resolve(self, pronoun: Token, *, not_to: Sketch | None = None) -> Sketch | None:
        """Return whom a pronoun means, None in doubt.

        `not_to` is the speaker, to whom a third person in his own words does not refer.
        """
        word = pronoun.lower_
        if word in _GENDER:
            return self._person(pronoun, _GENDER[word], not_to)
        if word in _NEUTER:
            return self._body(pronoun)
        if word in _PLURAL:
            return self._group(pronoun)
        return None

    def _candidates(self, pronoun: Token) -> Iterator[tuple[int, Found]]:
        """Yield the mentions before a pronoun with their distance in sentences, nearest first."""
        here = self._sentence[pronoun.i]
        for found in reversed(self._found[: bisect_left(self._starts, pronoun.i)]):
            distance = here - self._sentence[found.head]
            if distance > _REACH:
                return
            if found.end <= pronoun.i:
                yield distance, found

    def _person(self, pronoun: Token, gender: str, not_to: Sketch | None) -> Sketch | None:
        ranked = []
        for distance, found in self._candidates(pronoun):
            sketch = found.sketch
            if sketch is None or sketch.kind != "person" or sketch is not_to or sketch.plural:
                continue
            if sketch.gender not in {None, gender} or self._binds(found, pronoun):
                continue
            ranked.append((self._cost(distance, found, pronoun), sketch))
        ranked.sort(key=lambda item: item[0])
        if not ranked:
            return None
        cost, best = ranked[0]
        if all(other is best for _, other in ranked):
            best.gender = best.gender or gender  # nobody else can be meant
        rivals = (other for rival, other in ranked if other is not best and rival - cost < _MARGIN)
        return None if next(rivals, None) is not None else best

    def _cost(self, distance: int, found: Found, pronoun: Token) -> float:
        """Return how far a mention is from being meant: distance, less for subjects."""
        head = self._doc[found.head]
        cost = distance * 2.0
        if head.dep_ not in SUBJECTS:
            cost += 1.5 if head.dep_ in {"dobj", "pobj"} else 2.5
        if found.form in {"nominal", "title"}:
            cost += 1.0
        return cost + (pronoun.i - found.head) / 1000

    def _binds(self, found: Found, pronoun: Token) -> bool:
        """Whether the mention is the subject of the verb the pronoun is an object of."""
        head = self._doc[found.head]
        return head.head.i == pronoun.head.i and pronoun.dep_ in {"dobj", "dative"}

    def _body(self, pronoun: Token) -> Sketch | None:
        for distance, found in self._candidates(pronoun):
            if distance > 1:
                break
            if found.sketch and found.sketch.kind in _BODIES and not found.passing:
                head = self._doc[found.head]
                if head.dep_ in SUBJECTS or (
                    distance == 0 and head.dep_ in {"poss", "pobj", "conj"}
                ):
                    return found.sketch
        return None

    def _group(self, pronoun: Token) -> Sketch | None:
        for distance, found in self._candidates(pronoun):
            if distance > 1:
                break
            sketch = found.sketch
            if (
                sketch
                and self._doc[found.head].dep_ in SUBJECTS
                and (sketch.plural or sketch.kind in {"armed_group", "bloc", "group"})
            ):
                return sketch
        return None


def side_of(speaker: Sketch, states: Mapping[str, Sketch]) -> Sketch | None:
    """Return the party a speaker speaks for when saying "we", None in doubt."""
    if speaker.kind in _BODIES:
        return speaker
    if speaker.sector in {"GOV", "MIL", "LEG", "SPY"} and speaker.country:
        return states.get(speaker.country)
    return None
