"""Ranking: a score for each candidate of each pronoun, from the parse and from the encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
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
    open_ones = [p for p in pronouns if len(set(scene.entity[weighed[p.i][0]])) > 1]
    if states is None or not open_ones:
        return {i: (near, ranker.parsed.scores(rows)) for i, (near, rows) in weighed.items()}
    reader = PronounReader(ranker.head, states, [pronoun.idx for pronoun in open_ones])
    found = {}
    for pronoun in pronouns:
        near, features = weighed[pronoun.i]
        if pronoun in open_ones:
            beside = reader.beside(pronoun.idx, *scene.places(near))
            scores = ranker.read.scores(np.concatenate([features, beside], axis=1))
        else:
            scores = ranker.parsed.scores(features)
        found[pronoun.i] = near, scores
    return found
