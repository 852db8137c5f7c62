"""What the model makes of a text, made by hand, so that a test does not drift with its weights."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.onepass import Reading, WindowReading
from onrecord.onepass.model import Labels
from onrecord.onepass.windows import words_of
from onrecord.onepass.wordpieces import WordPieces

LABELS = Labels(
    tags=("NN", "NNP", "VBD", "IN", "DT", ".", "RB"),
    dependencies=("ROOT", "nsubj", "dobj", "prep", "pobj", "det", "punct", "neg", "aux"),
    entities=("PERSON", "GPE"),
    types=("CONSULT", "ASSAULT", "CONCEDE"),
    modalities=("actual", "negated", "future", "conditional", "hypothetical"),
    measures=("killed", "other"),
    frames={
        "event": ("actor", "recipient"),
        "demand": ("by", "of", "asks"),
        "condition": ("if", "then"),
    },
)
ROLES = [role for frame in LABELS.frames.values() for role in frame]
SPLIT = WordPieces({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2})
SURE = 8.0  # a score that leaves hardly a doubt


def reading_of(
    text: str,
    *,
    heads: Sequence[int] | None = None,
    labels: Sequence[str] = (),
    tags: Sequence[str] = (),
    entities: Mapping[int, int] | None = None,
    sentences: Sequence[int] | None = None,
    arcs: Mapping[tuple[int, int], float] | None = None,
    marks: Mapping[str, Mapping[int, int]] | None = None,
    pairs: Mapping[tuple[int, int], int] | None = None,
) -> Reading:
    """The reading of a text as one window.

    `heads` has an index a word, by default each word hangs on the first; `marks` gives for a
    tagging head the class of words by index, 0 elsewhere; `pairs` gives the role, counted over
    all frames, that the second word plays for the first.
    """
    words = words_of(text, SPLIT)
    count = len(words)
    arc = np.zeros((count, count), np.float32)
    own = list(heads) if heads is not None else [0] * count
    for word, head in enumerate(own):
        arc[word, head] = SURE
    for place, score in (arcs or {}).items():
        arc[place] = score
    widths = {"trigger": 2 + len(LABELS.types), "modality": 5, "measure": 2}
    scores: dict[str, NDArray[Any]] = {
        "head": np.array(own, np.int64),
        "label": np.array([LABELS.dependencies.index(x) for x in labels] or [0] * count),
        "tag": np.array([LABELS.tags.index(x) for x in tags] or [0] * count),
        "sentence": np.array(sentences if sentences is not None else [0] * count),
        "arc": arc,
        "entity": _classes(count, 1 + 2 * len(LABELS.entities), entities or {}),
        "states": np.zeros((count, 8), np.float32),
        "pairs": np.full((count, count, len(ROLES)), -SURE, np.float32),
    }
    for name in ("trigger", "modality", "measure", "party", "demand", "condition", "figure"):
        scores[name] = _classes(count, widths.get(name, 3), (marks or {}).get(name, {}))
    for (row, word), role in (pairs or {}).items():
        scores["pairs"][row, word, role] = SURE
    windows = [WindowReading(0, scores)] if count else []
    return Reading(words, windows, LABELS, "test/1")


def _classes(count: int, width: int, chosen: Mapping[int, int]) -> NDArray[np.float32]:
    found = np.zeros((count, width), np.float32)
    found[:, 0] = SURE
    for word, number in chosen.items():
        found[word, 0], found[word, number] = 0.0, SURE
    return found
