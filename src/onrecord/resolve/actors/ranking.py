"""Ranking: a score for each candidate of each pronoun, from the parse and from the encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from onrecord.language.states import WordStates
from onrecord.resolve.actors.ranker import Ranker
from onrecord.resolve.actors.reader import PronounReader
from onrecord.resolve.actors.scene import Floats, Ints, Scene


def rank(
    pronouns: Sequence[Token], scene: Scene, ranker: Ranker, states: WordStates | None
) -> Mapping[int, tuple[Ints, Floats]]:
    """Return by token the candidates of each pronoun by number, and their scores, nobody's last.

    Where there is a choice between people, the encoder's head reads the words around; without
    `states` the features of the parse alone decide.
    """
    weighed = {pronoun.i: scene.features(pronoun) for pronoun in pronouns}
    several = [p for p in pronouns if len(set(scene.entity[weighed[p.i][0]])) > 1]
    beside: dict[int, Floats] = {}
    if states is not None and several:
        reader = PronounReader(ranker.head, states, [pronoun.idx for pronoun in several])
        for pronoun in several:
            places = scene.places(weighed[pronoun.i][0])
            beside[pronoun.i] = reader.beside(pronoun.idx, *places)
    return {
        token: (near, ranker.scores(features, beside.get(token)))
        for token, (near, features) in weighed.items()
    }
