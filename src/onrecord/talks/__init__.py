"""Talks between parties: what was met about, offered, demanded, and what was answered."""

from onrecord.talks.answering import Answer, Item, answered
from onrecord.talks.moves import Move, MoveKind, moves_of

__all__ = ["Answer", "Item", "Move", "MoveKind", "answered", "moves_of"]
