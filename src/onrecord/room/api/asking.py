"""What an address for programs asks: one that is misspelt is refused, not passed over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from fastapi import Request

from onrecord.room.api.schemas import MOST_ROWS, USUAL_SIZE, filters_of
from onrecord.room.api.values import Json
from onrecord.room.asking import Asked, asked_of
from onrecord.store import MOST_TOLD, Slice

PAGED = ("page", "size")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search, and how much of it."""

    asked: Asked
    size: int

    @property
    def chosen(self) -> Slice:
        """Which of what was found is wanted."""
        start = (self.asked.number - 1) * self.size
        return replace(self.asked.chosen, start=start, size=self.size)


def wanted_of(request: Request, kind: str, *others: str) -> Wanted:
    """Return what an address asks for among rows of a kind.

    Args:
        request: The request for it.
        kind: The kind of row, or "articles".
        others: Parameters that the address takes besides the filters and the page.

    Raises:
        ValueError: A parameter that there is not, or a value that it cannot have.
    """
    params = request.query_params
    check_names(params, (*filters_of(kind), *PAGED, *others))
    size = number_of(params, "size", USUAL_SIZE, MOST_ROWS)
    return Wanted(asked_of({**params, "kind": kind}), size)


def check_names(params: Mapping[str, str], known: Collection[str]) -> None:
    """Refuse parameters that an address does not take.

    Raises:
        ValueError: There is one.
    """
    for name in params:
        if name not in known:
            raise ValueError(f"there is no {name!r} here; there are {', '.join(known)}")


def number_of(params: Mapping[str, str], name: str, usual: int, most: int) -> int:
    """Return a parameter that is a number from 1.

    Raises:
        ValueError: It is none, or above the most there may be.
    """
    given = params.get(name) or str(usual)
    if not given.isdecimal() or not 1 <= int(given) <= most:
        raise ValueError(f"{name} must be a number from 1 to {most:,}, got {given!r}")
    return int(given)


def page_of(request: Request, wanted: Wanted, total: int, rows: list[Json]) -> Json:
    """Return a page of what was found, with the address of the next one."""
    number = wanted.asked.number
    return {
        "total": min(total, MOST_TOLD),
        "total_is_least": total > MOST_TOLD,
        "page": number,
        "size": wanted.size,
        "next": following(request, number) if total > number * wanted.size else None,
        "rows": rows,
    }


def following(request: Request, number: int) -> str:
    """Return the address of the page after the one of that number."""
    onward = request.url.include_query_params(page=number + 1)
    return f"{onward.path}?{onward.query}"
