"""Which moves answer which: proposed from what is on record, with a score and its reasons.

The score adds up what speaks for an answer. It comes from rules and is not calibrated: it puts
proposals in order, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from onrecord.talks.moves import Move

Standing: TypeAlias = Literal["accepted", "refused", "open"]

LONGEST_WAIT = 90  # days between what is asked and an answer to it
LEAST = 0.4  # the score from which an answer is proposed
LEAST_AFAR = 0.5  # likewise of an acceptance that another article tells and that turns to nobody
MOST_ANSWERS = 3
FEWEST_WORDS = 4  # an ask of fewer is taken for one of so many: one shared word is little
SHARED_WORDS, SHARED_SHARE = 2, 0.5  # one of both must be shared, or the ask be named
NEAR, NEXT = 600, 250
"""Code points behind an ask, of somebody or of nobody, in which "the demand" means it."""
_START, _SHARED, _NAMES, _SOON, _SAME, _NAMED = 0.1, 0.5, 0.15, 0.15, 0.1, 0.3

_BEGINNING, _BEFORE = 20, 30  # characters of a move's words to find them by, and before them
_NOT = re.compile(r"\b(?:no|not|never|without|hardly|unlikely)\b|n[’']t\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:ignor|refus|reject)\w*", re.IGNORECASE)

COMMON = frozenset(
    "about above after again against all also although among and another any anything are around "
    "because been before being below between both but came can cannot come could did does done "
    "during each either else even ever every everything few first for from further give given had "
    "has have having her here hers him his how however into its itself just last least less like "
    "made make many may might more most much must neither never new next nor not nothing now off "
    "once one only onto other others our out over own part people per quite rather said same say "
    "says second see seen several shall she should since some something soon still such take taken "
    "than that the their them then there these they thing things this those three through thus "
    "time times to too took toward towards two under until upon use used very want wants was way "
    "well went were what when where whether which while who whole whom whose why will with within "
    "without would year years yet you your".split()
)
"""English words that say nothing of what is talked about."""

_ROOT = 5  # letters by which words are taken for one: "withdraw" and "withdrawal"
_WORD = re.compile(r"[^\W\d_]{3,}")
_ASKING = re.compile(
    r"\b(?:the|that|this|these|those|its|their|his|her|such|all|both|any|other|\w+[’']s)\s+(?:\w+\s+)?"
    r"(?:demand|request|proposal|offer|ultimatum|call|appeal|condition|term|plan|initiative|invitation)"
    r"s?\b",
    re.IGNORECASE,
)
"""What an answer calls what it answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A move that may answer another."""

    move: Move
    accepts: bool
    score: float  # 0 to 1; by rules, not calibrated
    because: tuple[str, ...]  # what speaks for it, in words


@dataclass(frozen=True, slots=True)
class Item:
    """A move with the answers proposed to it, the likeliest first."""

    move: Move
    answers: tuple[Answer, ...] = ()
    told: int = 1  # in how many articles, of a meeting or an agreement

    @property
    def standing(self) -> Standing | None:
        """Whether what is asked is accepted, refused or open; None for what asks nothing."""
        if not self.move.is_ask:
            return None
        if not self.answers:
            return "open"
        return "accepted" if self.answers[0].accepts else "refused"


def answered(moves: Iterable[Move], plain: frozenset[str] = frozenset()) -> list[Item]:
    """Return moves in order of date, each ask with the answers proposed; unknown dates come last.

    An answer comes from who was asked, not before it was asked and not long after (in one article
    dates may be unknown). It shares several words with what was asked, or most of its words; or it
    stands close behind it and calls it what it is: "rejected the demand". Meetings and agreements
    that several articles tell are one, and so is what is asked in the same words.

    Args:
        moves: The moves of any articles.
        plain: Words that say nothing of what is talked about: common ones, the parties' names.
    """
    known = _told_once(moves)
    answers = [move for move, _ in known if move.kind in ("acceptance", "refusal", "agreement")]
    roots = {id(move): _roots(move.words, plain) for move, _ in known}
    items = []
    for move, told in known:
        found: list[Answer] = []
        if move.is_ask:
            proposed = (_answer(move, other, roots) for other in answers)
            found = [one for one in proposed if one is not None and one.score >= _least(move, one)]
        found.sort(key=lambda one: (-one.score, one.move.row_id))
        if move.is_ask or move.to or len(move.by) > 1:  # a bare "agreed" is at most an answer
            items.append(Item(move, tuple(found[:MOST_ANSWERS]), told))
    return sorted(items, key=_order)


def _order(item: Item) -> tuple[bool, str, str, int]:
    move = item.move
    return move.days is None, move.days.first if move.days else "", move.article_id, move.start


def _told_once(moves: Iterable[Move]) -> list[tuple[Move, int]]:
    """Return moves, of one happening the first that has a date of its own, with its articles."""
    groups: dict[object, list[Move]] = {}
    for move in moves:
        groups.setdefault(_same_key(move), []).append(move)
    return [
        (min(some, key=lambda one: one.by_publication), len({one.article_id for one in some}))
        for some in groups.values()
    ]


def _same_key(move: Move) -> object:
    """Return what moves share that are one."""
    if move.is_ask:
        return move.kind, move.by, move.to, move.words.casefold()
    return move.happening_id or move.row_id


def _answer(ask: Move, other: Move, roots: dict[int, dict[str, str]]) -> Answer | None:
    """Return a move as an answer to another, with its score; None where it cannot be one."""
    days, is_named = _days_between(ask, other), _names(other, ask)
    answering = sorted(other.by & ask.to if ask.to or not is_named else other.by - ask.by)
    if not answering or not _can_answer(ask, other, days, is_named=is_named):
        return None
    asked, said = roots[id(ask)], roots[id(other)]
    shared = [word for root, word in asked.items() if root in said]
    if not is_named and len(shared) < min(SHARED_WORDS, SHARED_SHARE * max(len(asked), 1)):
        return None
    grounds = [
        (_START, f"{' and '.join(answering)} {'was asked' if ask.to else 'answers'}"),
        (_SHARED * len(shared) / max(len(asked), FEWEST_WORDS), "shares " + _listed(shared)),
        (_NAMED * is_named, "names what was asked"),
        (_NAMES * _turns_to(other, ask), f"turns to {' and '.join(sorted(ask.by))}"),
        (_SOON * (1 - days / LONGEST_WAIT) if days is not None else 0, _later(days or 0)),
        (_SAME * (other.article_id == ask.article_id), "in the same article"),
    ]
    score = round(min(sum(one for one, _ in grounds), 1.0), 2)
    return Answer(other, other.kind != "refusal", score, tuple(why for one, why in grounds if one))


def _can_answer(ask: Move, other: Move, days: int | None, *, is_named: bool) -> bool:
    """Whether a move comes when an answer may, with who asked, and is not the ask told again."""
    same = other.article_id == ask.article_id
    if (days is None and not same) or not 0 <= (days or 0) <= LONGEST_WAIT:
        return False
    if other.kind == "agreement" and not other.by & ask.by:
        return False
    if other.kind != "refusal" and _is_undone(other):
        return False
    return is_named or not (same and other.sentence and other.sentence == ask.sentence)


def _turns_to(other: Move, ask: Move) -> bool:
    return other.kind == "agreement" or bool(other.to & ask.by)


def _least(ask: Move, answer: Answer) -> float:
    """Return the score from which an answer is proposed."""
    move = answer.move
    is_afar = move.article_id != ask.article_id and not move.to & ask.by
    return LEAST_AFAR if is_afar and answer.accepts else LEAST


def _is_undone(move: Move) -> bool:
    """Whether a sentence takes back that somebody agrees: "no sign that", "which they ignored"."""
    before = move.sentence.partition(move.words[:_BEGINNING])[0][-_BEFORE:]
    return bool(_NOT.search(before) or _LEFT.search(f"{move.sentence} {move.words}"))


def _names(other: Move, ask: Move) -> bool:
    """Whether a move stands close behind what is asked and calls it a demand or the like."""
    near = NEAR if ask.to else NEXT
    is_behind = 0 <= other.start - ask.start <= near
    in_it = bool(ask.sentence) and other.sentence == ask.sentence
    is_close = other.article_id == ask.article_id and (is_behind or in_it)
    return is_close and _ASKING.search(other.sentence) is not None


def _days_between(ask: Move, other: Move) -> int | None:
    """Return how many days after an ask a move may at the earliest have come, None: unknown.

    Negative where it came before.
    """
    if ask.days is None or other.days is None:
        return None
    first, last = (date.fromisoformat(one) for one in (ask.days.first, ask.days.last))
    begin, end = (date.fromisoformat(one) for one in (other.days.first, other.days.last))
    if end < first:
        return (end - first).days
    return max(0, (begin - last).days)


def _roots(words: str, plain: frozenset[str]) -> dict[str, str]:
    """Return the words that say something, by their roots, each as it stands first."""
    found: dict[str, str] = {}
    for word in _WORD.findall(words):
        if word.casefold() not in plain:
            found.setdefault(word.casefold()[:_ROOT], word)
    return found


def _later(days: int) -> str:
    if days == 0:
        return "on the same day"
    return f"{days} day{'s' if days > 1 else ''} later"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words[:4])
