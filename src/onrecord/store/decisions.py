"""What people decide about identities, as it is kept: appended, and undone by another decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from sqlalchemy import Connection, insert, select

from onrecord.store.schema import decision as decisions

Action = Literal["merge", "split", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a decision is tied to, so that it holds when articles are read again."""

    atom: str  # the id of a signature or, with an article, of an actor by its name there
    kind: str
    name: str
    article_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who decides, when and why."""

    made_by: str
    made_at: str  # ISO 8601, UTC
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision about identities."""

    number: int  # 0 until it is kept
    action: Action
    one: Anchor | None = None  # the identity that is merged or split
    other: Anchor | None = None  # the identity it is merged with
    moved: tuple[Anchor, ...] = ()  # the actors of articles that a split moves to another identity
    names: tuple[str, ...] = ()  # the names that a split moves
    undoes: int | None = None  # the number of the decision that is undone
    undone_by: int | None = None  # the number of the decision that undid this one
    signed: Signed


def append(connection: Connection, made: Decision) -> Decision:
    """Keep a decision; return it with the number it gets."""
    result = connection.execute(
        insert(decisions),
        {
            "action": made.action,
            "one": _listed([made.one] if made.one else []),
            "other": _listed([made.other] if made.other else []),
            "moved": _listed(made.moved),
            "names": list(made.names),
            "undoes": made.undoes,
            **asdict(made.signed),
        },
    )
    (number,) = result.inserted_primary_key or (made.number,)
    return replace(made, number=number)


def all_decisions(connection: Connection) -> tuple[Decision, ...]:
    """Return every decision, oldest first, with what undid it."""
    made = [
        Decision(
            number=line["number"],
            action=line["action"],
            one=next(_anchors(line["one"]), None),
            other=next(_anchors(line["other"]), None),
            moved=tuple(_anchors(line["moved"])),
            names=tuple(line["names"]),
            undoes=line["undoes"],
            signed=Signed(made_by=line["made_by"], made_at=line["made_at"], why=line["why"]),
        )
        for line in connection.execute(select(decisions).order_by(decisions.c.number)).mappings()
    ]
    undone: dict[int, int] = {}
    for one in reversed(made):  # a decision is undone only by what has not been undone itself
        if one.undoes is not None and one.number not in undone:
            undone[one.undoes] = one.number
    return tuple(replace(one, undone_by=undone.get(one.number)) for one in made)


def in_force(made: Iterable[Decision]) -> list[Decision]:
    """Return the merges and splits that have not been undone."""
    return [one for one in made if one.action != "undo" and one.undone_by is None]


def anchors_of(made: Iterable[Decision]) -> list[Anchor]:
    """Return what decisions are tied to."""
    return [
        anchor for one in made for anchor in (one.one, one.other, *one.moved) if anchor is not None
    ]


def _listed(anchors: Sequence[Anchor]) -> list[list[str | None]]:
    return [[one.atom, one.kind, one.name, one.article_id] for one in anchors]


def _anchors(listed: Iterable[Sequence[str]]) -> Iterator[Anchor]:
    for atom, kind, name, article_id in listed:
        yield Anchor(atom=atom, kind=kind, name=name, article_id=article_id)
