"""Parses made by hand, so that a test of a rule does not drift with the parser.

A parse is a table with a line a word: the word (with its lemma after a slash where that differs),
its tag, its label, the number of its head counted from 0, and the entity label if it has one; a
break between lines is the word \\n with the tag _SP:

    Putin     NNP nsubj 1 B-PERSON
    left/leave VBD ROOT 1

Many sentences with their parses stand in the files of `parsed/`, each parse below its sentence.
"""

from functools import cache
from pathlib import Path

import spacy
from spacy.tokens import Doc

_VOCAB = spacy.blank("en").vocab
_NO_SPACE_BEFORE = frozenset({".", ",", ":", "POS", "''", "-RRB-", "HYPH", "_SP"})
_NO_SPACE_BEHIND = frozenset({"``", "-LRB-", "HYPH", "$", "_SP"})
_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "RB": "ADV",
    "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB",
    "MD": "AUX", "DT": "DET", "IN": "ADP", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WDT": "PRON", "EX": "PRON", "WP$": "DET", "PDT": "DET", "JJR": "ADJ", "JJS": "ADJ",
    "RBR": "ADV", "RBS": "ADV", "WRB": "SCONJ", "UH": "INTJ", "CD": "NUM",
    "CC": "CCONJ", "POS": "PART", "TO": "PART", "RP": "ADP", "_SP": "SPACE",
}  # fmt: skip


def make_doc(table: str) -> Doc:
    """The parse that a table describes; sentences follow from its heads."""
    rows = [line.split() for line in table.strip().splitlines()]
    tags = [row[1] for row in rows]
    forms = [row[0].partition("/") for row in rows]
    return Doc(
        _VOCAB,
        words=[word.replace(r"\n", "\n") for word, _, _ in forms],
        spaces=[
            tag not in _NO_SPACE_BEHIND and following not in _NO_SPACE_BEFORE
            for tag, following in zip(tags, [*tags[1:], "."], strict=True)
        ],
        tags=tags,
        pos=[
            _pos(tag, row[2], lemma)
            for tag, row, (_, _, lemma) in zip(tags, rows, forms, strict=True)
        ],
        deps=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
        lemmas=[lemma or word.lower() for word, _, lemma in forms],
        ents=[row[4] if len(row) > 4 else "O" for row in rows],
    )


def _pos(tag: str, label: str, lemma: str) -> str:
    """The part of speech as the English pipeline derives it from tag, label and lemma."""
    if tag.startswith("V") and (label.startswith("aux") or lemma == "be"):
        return "AUX"
    if tag == "IN" and label == "mark":
        return "SCONJ"
    return "PART" if label == "neg" else _POS.get(tag, "PUNCT")


_PARSED = Path(__file__).with_name("parsed")


def parse_of(text: str, collection: str) -> Doc:
    """The parse that a file of `parsed/` has of a text."""
    doc = make_doc(_tables(collection)[text])
    assert doc.text == text
    return doc


@cache
def _tables(collection: str) -> dict[str, str]:
    tables = (_PARSED / f"{collection}.txt").read_text("utf8").strip().split("\n\n")
    return {
        text.removeprefix("# "): table for text, _, table in (one.partition("\n") for one in tables)
    }
