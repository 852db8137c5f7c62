"""What of an event follows from its type and mode, and changes with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from onrecord.codebook.plover import Plover, load_plover
from onrecord.records import Event


def following(event: Event, right: Mapping[str, Any]) -> dict[str, Any]:
    """Return right values of an event, and what follows from them of its mode, score and class.

    Where neither type nor mode is among them nothing follows, and what somebody gave stays. A mode
    that the type has not is none.

    Args:
        event: The event with its right values.
        right: The values that somebody gave, by field.
    """
    if not right.keys() & {"event_type", "mode"}:
        return dict(right)
    info = _plover().types[event.event_type]
    mode = event.mode if event.mode in info.modes else None
    return {"mode": mode, "goldstein": info.goldstein(mode), "quad": info.quad, **right}


@cache
def _plover() -> Plover:
    return load_plover()
