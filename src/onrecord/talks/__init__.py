"""Talks between parties: what was met about, offered, demanded, and what was answered."""

from onrecord.talks.answering import COMMON, Answer, Item, answered
from onrecord.talks.moves import ACTS, EVENT_TYPES, Move, MoveKind, moves_of

__all__ = [
    "ACTS",
    "COMMON",
    "EVENT_TYPES",
    "Answer",
    "Item",
    "Move",
    "MoveKind",
    "answered",
    "moves_of",
]
