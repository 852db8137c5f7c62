"""Which signatures are one person or body: by name, office and country, never by surname alone.

The result does not depend on the order of signatures, or of articles. In doubt nothing is linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.store.offices import offices_agree
from onrecord.store.signatures import Signature


class _Facts(NamedTuple):
    """What may tell apart two that share a name; "" or None is unknown."""

    middle: str
    country: str | None
    sphere: str | None
    wikidata: str | None


@dataclass(slots=True)
class Cluster:
    """Signatures that are one person or body."""

    members: list[Signature] = field(default_factory=list)


def link(signatures: Iterable[Signature]) -> tuple[Cluster, ...]:
    """Return the signatures that are linked, each in one cluster; those in doubt are in none.

    Two full names are one person unless what is known of them contradicts: middle names, country,
    what they are engaged in, Wikidata id. One that fits several who contradict each other stays
    for itself. A surname goes to the only full name with its country and office.
    """
    blocks: dict[str, list[Signature]] = defaultdict(list)
    for signature in signatures:
        if signature.block is not None:
            blocks[signature.block].append(signature)
    full = [
        cluster for block in blocks.values() if block[0].is_full for cluster in _clusters(block)
    ]
    full = _joined_by_wikidata(full)
    by_surname: dict[tuple[str | None, str | None], list[Cluster]] = defaultdict(list)
    for cluster in full:
        for whose in {(one.surname, one.country) for one in cluster.members if one.surname}:
            by_surname[whose].append(cluster)
    alone: dict[tuple[str, str, str], Cluster] = {}
    for block in blocks.values():
        for one in block if not block[0].is_full else ():
            fitting = [c for c in by_surname[one.surname, one.country] if _fits(one, c)]
            if len(fitting) == 1:
                fitting[0].members.append(one)
            elif not fitting:
                key = (str(one.block), one.middle, str(one.office))
                alone.setdefault(key, Cluster()).members.append(one)
    return (*full, *alone.values())


def _clusters(block: Sequence[Signature]) -> list[Cluster]:
    """Return the clusters of full names, or names of bodies, that are the same."""
    if len(block) == 1:
        return [Cluster([*block])]
    by_facts: dict[_Facts, Cluster] = defaultdict(Cluster)
    for one in block:
        facts = _Facts(one.middle, one.country, one.sphere, one.wikidata)
        by_facts[facts].members.append(one)
    if len(by_facts) == 1:
        return list(by_facts.values())
    near = {one: [other for other in by_facts if _agree(one, other)] for one in by_facts}
    doubtful = {
        one
        for one, others in near.items()
        if any(not _agree(a, b) for at, a in enumerate(others) for b in others[:at])
    }
    found = [by_facts[facts] for facts in doubtful]
    left = dict.fromkeys(facts for facts in by_facts if facts not in doubtful)
    while left:  # those not in doubt agree with each other or not, as a whole
        same = [facts for facts in near[next(iter(left))] if facts in left]
        found.append(Cluster([one for facts in same for one in by_facts[facts].members]))
        for facts in same:
            del left[facts]
    return found


def _agree(one: _Facts, other: _Facts) -> bool:
    """Whether nothing that is known of both contradicts."""
    if one.wikidata and other.wikidata:
        return one.wikidata == other.wikidata
    return (
        _unless_both_known(one.country, other.country)
        and _unless_both_known(one.sphere, other.sphere)
        and _middles_agree(one.middle, other.middle)
    )


def _unless_both_known(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _middles_agree(one: str, other: str) -> bool:
    """Whether middle names are the same, or one is the other's initial, or one is not given."""
    some, others = one.split(), other.split()
    if not some or not others:
        return True
    return len(some) == len(others) and all(
        a == b or (1 in {len(a), len(b)} and a[0] == b[0])
        for a, b in zip(some, others, strict=True)
    )


def _joined_by_wikidata(clusters: list[Cluster]) -> list[Cluster]:
    """Join clusters of different names that have one Wikidata id."""
    joined: list[Cluster] = []
    by_id: dict[str, Cluster] = {}
    for cluster in clusters:
        known = next((one.wikidata for one in cluster.members if one.wikidata), None)
        if known is not None and known in by_id:
            by_id[known].members += cluster.members
            continue
        if known is not None:
            by_id[known] = cluster
        joined.append(cluster)
    return joined


def _fits(one: Signature, cluster: Cluster) -> bool:
    """Whether a surname alone can be a person named in full, of the same country.

    Their offices have to agree; where the full name is never given with one, the sectors.
    """
    ids = {member.wikidata for member in cluster.members if member.wikidata}
    if one.wikidata and ids and one.wikidata not in ids:
        return False
    full = [member for member in cluster.members if member.is_full]
    if not any(member.given.startswith(one.middle) for member in full):  # "J. Smith"
        return False
    offices = {office for member in full for office in member.offices}
    if offices:
        return offices_agree(one.offices, offices)
    return one.sector is not None and one.sector in {member.sector for member in full}
