"""What the model's heads choose from, in the order of their scores."""

from __future__ import annotations

from typing import get_args

from onrecord.records import EventType, Measure, Modality

FOLDED = {"RETREAT": "CONCEDE"}  # annotated as one
TYPES: tuple[str, ...] = tuple(name for name in get_args(EventType) if name not in FOLDED)
MODALITIES: tuple[str, ...] = get_args(Modality)
MEASURES: tuple[str, ...] = get_args(Measure)
FRAMES = {
    "event": ("actor", "recipient"),
    "demand": ("by", "of", "asks"),
    "condition": ("if", "then"),
}
"""Roles that words play for another word: an event's trigger, a demand's cue, a connective."""
OUTSIDE, FIRST, FURTHER = range(3)
TAGS: tuple[str, ...] = tuple(
    (
        "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS "
        "NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX ``"
    ).split()
)
DEPENDENCIES: tuple[str, ...] = tuple(
    (
        "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj "
        "csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass "
        "nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp"
    ).split()
)
ENTITIES: tuple[str, ...] = tuple(
    (
        "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON "
        "PRODUCT QUANTITY TIME WORK_OF_ART"
    ).split()
)
