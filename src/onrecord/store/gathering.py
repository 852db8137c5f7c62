"""Reading from the tables what is needed to say who is who: some identities, or all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, select

from onrecord.store.catalogue import among, of_articles
from onrecord.store.decisions import Anchor, all_decisions, anchors_of, in_force
from onrecord.store.identifying import signature_from
from onrecord.store.linking import link
from onrecord.store.names import person_name
from onrecord.store.partition import Located, Partition
from onrecord.store.schema import appearance, signature
from onrecord.store.signatures import Signature

_MANY = 20_000  # signatures; more are looked up by reading all

_LIVE = (
    select(appearance.c.signature_id)
    .where(appearance.c.signature_id == signature.c.signature_id)
    .exists()
)


def gather(connection: Connection, wanted: Collection[str] | None) -> Partition:
    """Return how the identities are made up that the wanted signatures belong to.

    `None` wants all. Identities that were decided about are always there; others in the result may
    be incomplete.
    """
    made = in_force(all_decisions(connection))
    anchors = anchors_of(made)
    located = {anchor.atom: at for anchor in anchors if (at := _located(connection, anchor))}
    tied = {anchor.atom for anchor in anchors if anchor.article_id is None}
    gone = _read(connection, among(signature.c.signature_id, tied)) if tied else {}
    if wanted is None or len(wanted) > _MANY:
        known = _read(connection, signature.c.block.is_not(None), _LIVE)
    else:
        known = _closure(
            connection, {*wanted, *tied, *(at.signature_id for at in located.values())}
        )
    partition = Partition(known=known, gone=gone, located=located)
    partition.place(link(known.values()))
    for one in made:
        partition.apply(one)
    return partition


def _read(connection: Connection, *where: ColumnElement[bool]) -> dict[str, Signature]:
    lines = connection.execute(select(signature).where(*where)).mappings()
    return {line["signature_id"]: signature_from(line) for line in lines}


def _closure(connection: Connection, ids: Iterable[str]) -> dict[str, Signature]:
    """Return the signatures with some ids, and all that bears on how those are linked."""
    known = _read(connection, among(signature.c.signature_id, ids))
    looked_up = _LookedUp()
    for _ in range(2):  # the second time for the full names that share a surname with the first
        known |= _same_names(connection, known.values(), looked_up)
        known |= _same_surnames(connection, known.values(), looked_up)
    known |= _same_names(connection, known.values(), looked_up)
    live = select(appearance.c.signature_id).where(among(appearance.c.signature_id, known))
    found = set(connection.scalars(live.distinct()))
    return {key: one for key, one in known.items() if key in found and one.block is not None}


@dataclass(slots=True)
class _LookedUp:
    """What signatures were looked up by, which is known."""

    blocks: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)  # of Wikidata
    pairs: set[tuple[str, str]] = field(default_factory=set)  # a surname and a country


def _same_names(
    connection: Connection, some: Iterable[Signature], looked_up: _LookedUp
) -> dict[str, Signature]:
    """Return the signatures with the same names or Wikidata ids, but for what is known."""
    known = list(some)
    found = _in_blocks(connection, {one.block for one in known if one.block}, looked_up)
    ids = {one.wikidata for one in known if one.wikidata} - looked_up.ids
    if not ids:
        return found
    looked_up.ids |= ids
    same = _read(connection, among(signature.c.wikidata, ids), _LIVE)
    beyond = {one.block for one in same.values() if one.block}
    return found | _in_blocks(connection, beyond, looked_up)


def _in_blocks(
    connection: Connection, blocks: set[str], looked_up: _LookedUp
) -> dict[str, Signature]:
    new = blocks - looked_up.blocks
    looked_up.blocks |= new
    return _read(connection, among(signature.c.block, new), _LIVE) if new else {}


def _same_surnames(
    connection: Connection, some: Iterable[Signature], looked_up: _LookedUp
) -> dict[str, Signature]:
    """Return the signatures of people with the same surname and country, but for what is known."""
    pairs = {(one.surname, one.country) for one in some if one.surname and one.country}
    pairs -= looked_up.pairs
    looked_up.pairs |= pairs
    if not pairs:
        return {}
    surnames = {surname for surname, _ in pairs if surname}
    found = _read(connection, among(signature.c.surname, surnames), _LIVE)
    return {key: one for key, one in found.items() if (one.surname, one.country) in pairs}


def _located(connection: Connection, anchor: Anchor) -> Located | None:
    """Return the actor of an article that an anchor leads to, None when there is none any more.

    One that was given another name in its article, as a surname alone, is still the only one with
    its surname there.
    """
    if anchor.article_id is None:
        return None
    query = (
        select(appearance.c.own_id, appearance.c.signature_id, signature.c.name)
        .join(signature, signature.c.signature_id == appearance.c.signature_id)
        .where(of_articles(appearance, [anchor.article_id]))
        .order_by(appearance.c.signature_id)
    )
    lines = connection.execute(query.where(appearance.c.own_id == anchor.atom)).all()
    name = person_name(anchor.name) if anchor.kind == "person" else None
    if not lines and name is not None:
        lines = connection.execute(query.where(signature.c.surname == name.surname)).all()
        if len({line.own_id for line in lines}) > 1:
            return None
    return Located(*lines[0]) if lines else None
