"""Pronouns: who "he", "it" or "our" stands for, in narration and inside statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from spacy.tokens import Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.states import WordStates
from onrecord.language.syntax import children, is_passive
from onrecord.resolve.actors.antecedents import IT, PARTIES, THEY, Antecedents
from onrecord.resolve.actors.given import Means
from onrecord.resolve.actors.ranking import rank
from onrecord.resolve.actors.scene import GENDER, Floats, Ints, Scene
from onrecord.resolve.actors.sketch import NOBODY, Meant, Sketch

FIRST = lexicon.words("grammar.i")
FIRST_PLURAL = lexicon.words("grammar.we")
_SURE = 0.3  # the lowest probability at which a person is taken to be meant
_POSSIBLE = 0.1  # the lowest at which, in doubt, a person may be
_CERTAIN = 0.7  # the lowest at which the pronoun tells the person's gender
# Added to a candidate's score for what the training texts, encyclopaedic ones, seldom show:
_GOES_ON = 3.0  # it spoke last, and the pronoun speaks on
_QUOTED = 1.5  # taken off: it is named in somebody's words, and the pronoun stands outside them
_REPORTED = 3.0  # taken off: what somebody says tells of it, and the pronoun stands outside
_OTHER_NAME = 2.0  # taken off: its given name is one of the other gender
_OTHER_GENDER = 6.0  # taken off: pronouns of the other gender mean it
_BARRED = 100.0
_WEATHER = lexicon.words("deeds.weather")


class PronounResolver:
    """Finds who a third-person pronoun means: a person, or a party or group."""

    def __init__(
        self,
        antecedents: Antecedents,
        scene: Scene,
        means: Means,
        states: WordStates | None,
        reported: Callable[[int], bool],
    ) -> None:
        """Take the candidates of a text, its people, and what the encoder made of its words.

        `reported` tells of an offset whether it lies in what somebody is reported to say.
        """
        doc = scene.doc
        self._reported = reported
        self._antecedents, self._model = antecedents, means.antecedents
        self._doc, self._scene = doc, scene
        people = [token for token in doc if token.lower_ in GENDER]
        ranked = rank(people, scene, means.ranker, states)
        self._scores = {token.i: self._adjusted(token, *ranked[token.i]) for token in people}
        self._said = np.zeros((len(scene.sketches), 2))  # by entity: surely "she", surely "he"
        self._learn_genders()

    def _adjusted(self, pronoun: Token, near: Ints, scores: Floats) -> tuple[Ints, Floats]:
        """Return the candidates of a pronoun by number, and a score each and of nobody."""
        if not self._scene.quoted(pronoun):
            scores[:-1] -= _QUOTED * self._scene.inside_quotation[near]
        if not self._reported(pronoun.idx):
            told = [self._reported(offset) for offset in self._scene.places(near)[1]]
            scores[:-1] -= _REPORTED * np.array(told, np.float32)
        scores[:-1] -= _OTHER_NAME * self._scene.named_otherwise(pronoun)[near]
        scores[:-1] -= _BARRED * self._scene.told_otherwise(pronoun)[near]
        return near, scores

    def _learn_genders(self) -> None:
        """Note whom pronouns surely mean: the same person is no "he" here and "she" there.

        A person named only later tells nothing: nouns that are no candidates ("a midwife ... her")
        stand before, and a name that comes after is then all that is left.
        """
        for position, (near, scores) in self._scores.items():
            shares = self._shares(near, scores)
            alone = len(set(self._scene.entity[near])) == 1 and shares.max() >= _SURE
            if alone or (len(near) and shares.max() >= _CERTAIN):
                column = int(GENDER[self._doc[position].lower_] == "male")
                meant = int(shares.argmax())
                if not self._scene.named_before(meant, position):
                    continue
                told = self._said[meant]
                told[column] = max(told[column], not told.any())  # the first one counts

    def resolve(
        self, pronoun: Token, *, not_to: Sketch | None = None, after: Sketch | None = None
    ) -> Meant:
        """Return whom a pronoun means, in doubt the candidates.

        `not_to` is the speaker, to whom a third person in his own words does not refer; `after`
        is who spoke last, of whom "he added" most likely tells.
        """
        word = pronoun.lower_
        if word in GENDER:
            return self._person(pronoun, not_to, after)
        if (word in IT and not _is_idle(pronoun)) or word in THEY:
            return self._party(pronoun, not_to, after)
        return NOBODY

    def _party(self, pronoun: Token, not_to: Sketch | None, after: Sketch | None) -> Meant:
        if (own := self._antecedents.own_subject(pronoun)) is not None:
            return Meant(own)
        choice = self._antecedents.choice(pronoun, not_to, after)
        meant = self._model.meant(choice)
        alone = self._antecedents.alone(pronoun, choice) if meant.sketch is None else None
        return Meant(alone) if alone is not None and alone is not not_to else meant

    def _person(self, pronoun: Token, not_to: Sketch | None, after: Sketch | None) -> Meant:
        near, scores = self._scores[pronoun.i]
        if not len(near):
            return NOBODY
        sketches = self._scene.sketches
        other = int(GENDER[pronoun.lower_] == "female")
        weights = np.array(
            [(sketch is after) * _GOES_ON - (sketch is not_to) * _BARRED for sketch in sketches]
        )
        contradicted = self._said[:, other] > self._said[:, 1 - other]
        weights -= _OTHER_GENDER * contradicted
        weighed = scores.copy()
        weighed[:-1] += weights[self._scene.entity[near]]
        shares = self._shares(near, weighed)
        best = int(shares.argmax())
        if shares[best] >= _SURE:
            return Meant(sketches[best])
        possible = np.flatnonzero((shares >= _POSSIBLE) & ~contradicted)
        ordered = possible[np.argsort(-shares[possible], kind="stable")]
        return Meant(None, tuple(sketches[number] for number in ordered))

    def _shares(self, near: Ints, scores: Floats) -> Floats:
        """Return how likely each person of the text is meant; nobody has the rest."""
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        entities = self._scene.entity[near]
        shares = np.bincount(entities, chances[:-1], minlength=len(self._scene.sketches))
        return shares.astype(np.float32)


def _is_idle(pronoun: Token) -> bool:
    """Whether "it" stands for no noun: "it is clear that", "it was reported that", "it rained"."""
    verb = pronoun.head
    if pronoun.dep_ not in deps.SUBJECTS or verb.pos_ not in {"VERB", "AUX"}:
        return pronoun.dep_ == deps.EXPLETIVE
    if verb.lemma_ in _WEATHER:
        return True
    told = is_passive(verb) or children(verb, deps.STATE, deps.ATTRIBUTE)
    clauses = [
        child
        for child in verb.rights
        if child.dep_ in {deps.CONTENT, deps.CLAUSE_SUBJECT, deps.OPEN_CLAUSE}
    ]
    return bool(told and clauses)


def side_of(speaker: Sketch, states: Mapping[str, Sketch]) -> Sketch | None:
    """Return the party a speaker speaks for when saying "we", None in doubt."""
    if speaker.kind in PARTIES:
        return speaker
    told = speaker.won.get("country")
    if told is None or told.rule == "side":  # too weak to tell whose side "we" is
        return None
    if speaker.sector in {"GOV", "MIL", "LEG", "SPY"}:
        return states.get(told.value)
    return None
