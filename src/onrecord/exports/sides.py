"""What kind of party takes part in violence: a state's forces, other armed men, civilians."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from onrecord.exports.told import Told
from onrecord.records import Actor, Participant

Side = Literal["state", "armed", "civilians"]

_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD"})
_ARMED = frozenset({"REB", "PRM", "UAF", "CRM", "IMG"})
_CIVILIAN = frozenset(
    {"CVL", "JRN", "MED", "REF", "EDU", "LAB", "REL", "AGR", "BUS", "SOC", "NGO", "OPP", "PTY"}
)


def side_of(told: Told, parties: Sequence[Participant]) -> Side | None:
    """Return what all parties of a side are, None where they differ or one is unknown."""
    kinds = {_kind(told.actor(party.actor_id)) for party in parties}
    return kinds.pop() if len(kinds) == 1 else None


def _kind(actor: Actor | None) -> Side | None:
    if actor is None:
        return None
    if actor.sector in _CIVILIAN:
        return "civilians"
    if actor.kind == "armed_group" or actor.sector in _ARMED:
        return "armed"
    if actor.sector in _STATE or actor.kind in {"state", "government"}:
        return "state"
    return None
