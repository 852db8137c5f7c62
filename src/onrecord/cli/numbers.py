"""Numbers in words, as every command puts them."""

from __future__ import annotations


def number(value: float) -> str:
    """Return a number in full: "10,000,000,000", "2.5"."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def bounds(low: float | None, high: float | None) -> str:
    """Return what lies between two bounds: "2,000 or more", "30 to 35", "up to 70", "unknown"."""
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)} to {number(high)}"
    if low is not None:
        return f"{number(low)} or more"
    return f"up to {number(high)}" if high is not None else "unknown"


def counted(many: int, one: str, several: str | None = None) -> str:
    """Return how many there are: "1 event", "2 events"; `several` where that is no "s" more."""
    return f"{many:,} {one if many == 1 else several or f'{one}s'}"
