"""Parses made by hand, so that a test of a rule does not drift with the parser.

A parse is a table with a line a word: the word (with its lemma after a slash where that differs),
its tag, its label, the number of its head counted from 0, and the entity label if it has one:

    Putin     NNP nsubj 1 B-PERSON
    left/leave VBD ROOT 1
"""

import spacy
from spacy.tokens import Doc

_VOCAB = spacy.blank("en").vocab
_NO_SPACE_BEFORE = frozenset({".", ",", ":", "POS", "''"})
_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "RB": "ADV",
    "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB",
    "MD": "AUX", "DT": "DET", "IN": "ADP", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WDT": "PRON", "CD": "NUM", "CC": "CCONJ", "POS": "PART", "TO": "PART", "RP": "ADP",
}  # fmt: skip


def make_doc(table: str) -> Doc:
    """The parse that a table describes; sentences follow from its heads."""
    rows = [line.split() for line in table.strip().splitlines()]
    tags = [row[1] for row in rows]
    forms = [row[0].partition("/") for row in rows]
    return Doc(
        _VOCAB,
        words=[word for word, _, _ in forms],
        spaces=[
            tag != "``" and following not in _NO_SPACE_BEFORE
            for tag, following in zip(tags, [*tags[1:], "."], strict=True)
        ],
        tags=tags,
        pos=["AUX" if row[2].startswith("aux") else _POS.get(row[1], "PUNCT") for row in rows],
        deps=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
        lemmas=[lemma or word.lower() for word, _, lemma in forms],
        ents=[row[4] if len(row) > 4 else "O" for row in rows],
    )
