"""What makes two rows the same, and what is compared on those that are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.evaluate.gold import MarkedRow, characters, same_name, spans_in
from onrecord.evaluate.matching import jaccard

MATCH = 0.5  # the lowest share of characters at which two spans are the same row


@dataclass(frozen=True, slots=True)
class Check:
    """A field compared on matched rows."""

    field: str
    agrees: Callable[[MarkedRow, MarkedRow], bool]  # the gold row, the predicted row


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the rows of one kind are matched, and what is compared on those that match."""

    kind: str
    overlap: Callable[[MarkedRow, MarkedRow], float]  # 0: not the same row
    checks: tuple[Check, ...]
    shown: tuple[str, ...]  # the fields that describe a row in a listing


# Overlaps: how much a predicted row is the same as a gold row, 0 for not at all


def best_overlap(*fields: str) -> Callable[[MarkedRow, MarkedRow], float]:
    """Compare by the characters of a field, taking the best of the gold's right values."""

    def overlap(gold: MarkedRow, got: MarkedRow) -> float:
        mine = characters(got.spans(*fields))
        values = gold.accepted(*fields)
        best = max(jaccard(characters(spans_in(value)), mine) for value in values)
        return best if best >= MATCH else 0.0

    return overlap


def _event_overlap(gold: MarkedRow, got: MarkedRow) -> float:
    if got.get("event_type") not in gold.accepted("event_type"):
        return 0.0
    return jaccard(
        characters(gold.spans("trigger", "trigger_span")),
        characters(got.spans("trigger", "trigger_span")),
    )


def _condition_overlap(gold: MarkedRow, got: MarkedRow) -> float:
    parts = [
        jaccard(characters(gold.spans(span, pieces)), characters(got.spans(span, pieces)))
        for span, pieces in (("if_span", "if_"), ("then_span", "then"))
    ]
    return sum(parts) / 2 if min(parts) >= MATCH else 0.0


def _term_overlap(gold: MarkedRow, got: MarkedRow) -> float:
    if str(got.get("term")).lower() not in [str(term).lower() for term in gold.accepted("term")]:
        return 0.0
    return jaccard(characters(gold.spans("span")), characters(got.spans("span")))


def _shares_name(gold: MarkedRow, got: MarkedRow) -> bool:
    name = got.names("name")[0]
    return any(same_name(right, name) for right in gold.names("name"))


def actor_overlap(gold: MarkedRow, got: MarkedRow) -> float:
    """An actor is found by its name, else by a mention both have."""
    theirs = {mention.spans("span") for mention in got.rows("mentions")}
    shared = sum(mention.spans("span") in theirs for mention in gold.rows("mentions"))
    common = shared / max(len(gold.rows("mentions")), 1)
    return (1.0 if _shares_name(gold, got) else 0.0) + common / 2


# Checks: whether a field of a matched row is right


def _value_check(field: str) -> Check:
    return Check(field, lambda gold, got: got.get(field) in gold.accepted(field))


def _name_check(field: str) -> Check:
    """A name is right when it can stand for a right one, or for one of several parties named."""

    def agrees(gold: MarkedRow, got: MarkedRow) -> bool:
        parts = gold.get(f"{field}_parts")
        wanted = [*gold.names(field), *(parts if isinstance(parts, list) else [])]
        return any(same_name(name, got.names(field)[0]) for name in wanted)

    return Check(field, agrees)


def _span_check(*fields: str) -> Check:
    def agrees(gold: MarkedRow, got: MarkedRow) -> bool:
        mine = characters(got.spans(*fields))
        right = [characters(spans_in(value)) for value in gold.accepted(*fields)]
        return any(jaccard(mine, other) >= MATCH or mine == other for other in right)

    return Check(fields[-1], agrees)


def _date_of(row: MarkedRow) -> object:
    value = row.get("said_on")
    return value.get("value") if isinstance(value, dict) else None


def _stands_for(field: str) -> Check:
    """A link to a statement is right when that can stand for the annotated one.

    The predicted row lists the annotated statements that its own can stand for.
    """

    def agrees(gold: MarkedRow, got: MarkedRow) -> bool:
        linked = got.get(field)
        return any(
            right in (linked if isinstance(linked, list) else [linked])
            for right in gold.accepted(field)
        )

    return Check(field, agrees)


def _parties_agree(gold: MarkedRow, got: MarkedRow) -> bool:
    mine = (got.rows("actors"), got.rows("recipients"))
    right = (gold.rows("actors"), gold.rows("recipients"))
    straight = all(_same_parties(*sides) for sides in zip(right, mine, strict=True))
    if straight or not gold.get("symmetric"):
        return straight
    return all(_same_parties(*sides) for sides in zip(right, reversed(mine), strict=True))


def _same_parties(gold: Sequence[MarkedRow], got: Sequence[MarkedRow]) -> bool:
    """Whether every required party is there and nobody else."""
    required = [party for party in gold if not party.optional]
    return all(any(_same_party(right, one) for one in got) for right in required) and all(
        any(_same_party(right, one) for right in gold) for one in got
    )


def _same_party(gold: MarkedRow, got: MarkedRow) -> bool:
    if _shares_name(gold, got):
        return True
    here = jaccard(characters(gold.spans("span")), characters(got.spans("span")))
    return here >= MATCH and got.get("country") in gold.accepted("country")


COMPARISONS = (
    Comparison(
        "statements",
        best_overlap("content"),
        (
            _name_check("speaker"),
            _value_check("kind"),
            _value_check("act"),
            _name_check("addressee"),
            _span_check("source"),
            _span_check("cue"),
            Check("said_on", lambda gold, got: _date_of(gold) == _date_of(got)),
            _name_check("said_at"),
            _stands_for("parent"),
        ),
        ("speaker", "act"),
    ),
    Comparison(
        "events",
        _event_overlap,
        (
            Check("parties", _parties_agree),
            _value_check("date"),
            _name_check("place"),
            _value_check("modality"),
            _stands_for("voice"),
        ),
        ("event_type", "actors", "recipients"),
    ),
    Comparison(
        "figures",
        best_overlap("span"),
        (
            *(_value_check(field) for field in ("measure", "low", "high", "approx")),
            _stands_for("voice"),
        ),
        ("measure", "low", "high"),
    ),
    Comparison(
        "conditions",
        _condition_overlap,
        (_value_check("kind"), _name_check("by"), _name_check("on")),
        ("kind", "by", "on"),
    ),
    Comparison(
        "demands",
        best_overlap("asks_span", "asks"),
        (_name_check("by"), _name_check("of"), _span_check("cue_span", "cue")),
        ("by", "of"),
    ),
    Comparison(
        "terms",
        _term_overlap,
        (
            _value_check("voice"),
            _value_check("avoided"),
            _name_check("used_by"),
            _value_check("concept"),
        ),
        ("term", "voice", "used_by"),
    ),
    Comparison("times", best_overlap("span"), (_value_check("value"),), ("value",)),
    Comparison(
        "actors",
        actor_overlap,
        (
            Check("name", _shares_name),
            _value_check("kind"),
            _value_check("country"),
            _value_check("sector"),
        ),
        ("name", "kind", "country"),
    ),
)
"""The kinds of row that are scored, in the order in which they are listed."""
