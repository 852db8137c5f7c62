"""Who is meant by a name, or by the id of an identity: which actors of articles are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from onrecord.store.catalogue import among
from onrecord.store.gathering import gather
from onrecord.store.ids import begins
from onrecord.store.keeping import Kept
from onrecord.store.names import folded_words
from onrecord.store.partition import Members
from onrecord.store.roll import Roll
from onrecord.store.schema import appearance, signature
from onrecord.store.stamping import stamp_of

KEPT = "meant"
"""The option of a connection that keeps who was meant."""

ROLL = "roll"
"""The option of a connection that may have all names at hand."""

_LONG_ID = re.compile(r"[0-9a-f]{8,16}")  # shorter ones may be names


def matching(wanted: str) -> ColumnElement[bool]:
    """Return the condition that a signature's name may have the wanted words."""
    return and_(
        *(signature.c.words.contains(f" {word} ", autoescape=True) for word in folded_words(wanted))
    )


def has_words(name: str, wanted: Sequence[str]) -> bool:
    """Whether a name has the folded words, in their order."""
    rest = iter(name.split())
    return all(word in rest for word in wanted)  # each is looked for after the one before


def named(connection: Connection, wanted: str) -> set[str]:
    """Return the signatures whose names have the wanted words, in their order."""
    words = folded_words(wanted)
    roll: Roll | None = connection.get_execution_options().get(ROLL)
    lines = None if roll is None else roll.having(connection, words)
    if lines is None:
        query = select(signature.c.signature_id, signature.c.words).where(matching(wanted))
        lines = [(line.signature_id, line.words) for line in connection.execute(query)]
    return {signature_id for signature_id, name in lines if has_words(name, words)}


def hold_names(connection: Connection) -> None:
    """Have all names at hand, so that each one asked for from now on is found sooner."""
    roll: Roll | None = connection.get_execution_options().get(ROLL)
    if roll is not None:
        roll.hold(connection)


def belongs(members: Members) -> ColumnElement[bool]:
    """Return the condition that an appearance is of that identity."""
    mine = among(appearance.c.signature_id, members.signatures)
    if members.apart:
        mine = and_(mine, ~among(appearance.c.own_id, members.apart))
    return or_(mine, among(appearance.c.own_id, members.own)) if members.own else mine


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant: all actors with some signatures, and those of some identities."""

    signatures: frozenset[str]
    identities: tuple[Members, ...]

    def condition(self) -> ColumnElement[bool]:
        """Return the condition that an appearance is of who is meant."""
        theirs = [belongs(one) for one in self.identities]
        if self.signatures or not theirs:
            theirs.insert(0, among(appearance.c.signature_id, self.signatures))
        return or_(*theirs)


def meaning(connection: Connection, wanted: str) -> ColumnElement[bool]:
    """Return the condition that an appearance is of who is meant by a name or an identity's id.

    A name means all who go by it, wherever they do: in an article that only has the surname of
    somebody named in full elsewhere as well.
    """
    return meant_by(connection, wanted).condition()


def meant_by(connection: Connection, wanted: str) -> Meant:
    """Return who is meant by a name or an identity's id; whoever was asked for last is kept."""
    kept: Kept | None = connection.get_execution_options().get(KEPT)
    if kept is None:
        return _meant_by(connection, wanted)
    return kept.get(wanted, stamp_of(connection), lambda: _meant_by(connection, wanted))


def _meant_by(connection: Connection, wanted: str) -> Meant:
    if _LONG_ID.fullmatch(wanted) and (found := tuple(_with_id(connection, wanted))):
        return Meant(frozenset(), found)
    signatures = named(connection, wanted)
    partition = gather(connection, signatures)
    groups = {partition.group_of[key] for key in signatures if key in partition.group_of}
    groups |= {
        partition.group_of[at.own_id]
        for at in partition.located.values()
        if at.own_id in partition.group_of and at.signature_id in signatures
    }
    members = [partition.members(group) for group in groups]
    theirs = frozenset(key for one in members for key in one.signatures)
    own = frozenset(key for one in members for key in one.own)
    all_of_them = Members(signatures=theirs, own=own, apart=partition.apart)
    return Meant(frozenset(signatures), (all_of_them,))


def _with_id(connection: Connection, ref: str) -> Iterator[Members]:
    """Yield what makes up the identities that have an id, or an earlier one, that begins so."""
    columns = appearance.c.own_id, appearance.c.signature_id
    starts = or_(*(begins(column, ref) for column in columns))
    lines = connection.execute(select(*columns).where(starts).distinct()).all()
    partition = gather(connection, {line.signature_id for line in lines})
    linked = partition.group_of
    groups = {
        linked[atom]
        for line in lines
        for atom in (line.own_id, line.signature_id)
        if atom.startswith(ref) and atom in linked
    }
    for members in map(partition.members, sorted(groups)):
        if not members.apart or connection.scalar(select(exists().where(belongs(members)))):
            yield members
    for own_id, signature_id in lines:
        if own_id.startswith(ref) and own_id not in linked and signature_id not in linked:
            yield Members(own=frozenset({own_id}))
