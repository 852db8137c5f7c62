"""What an address asks for: a kind of row, filters, an order and a page; and the address of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from onrecord.codebook import load_codebook
from onrecord.records import KINDS
from onrecord.room.rendering import url
from onrecord.store import ASKED_OF_ARTICLES, Filters, Order, Slice
from onrecord.store.filters import check_filters

SEARCHED = ("articles", *KINDS)
"""What can be searched, in the order of the tabs."""

NAMES = ("speaker", "actor", "recipient", "voice")  # of parties, as the press has them
FIELDS = tuple(one.name for one in fields(Filters) if one.name != "limit")
NUMBERS: Mapping[str, type] = {"quad": int, "min_score": float}
PAGE_SIZE = 20
MOST_PAGES = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search as its address has it."""

    kind: str
    values: Mapping[str, str]  # of the filters that are given, as they were typed
    order: str = "newest"
    number: int = 1  # of the page

    @property
    def chosen(self) -> Slice:
        """Which of the rows found are on the page."""
        order: Order = "oldest" if self.order == "oldest" else "newest"
        return Slice(start=(self.number - 1) * PAGE_SIZE, size=PAGE_SIZE, order=order)

    def filters(self) -> Filters:
        """Return the filters, with names as the record has them: "EU" is the European Union.

        Raises:
            ValueError: A value that nothing could match, or a filter that the kind does not have.
        """
        values: dict[str, Any] = dict(self.values)
        canonical = load_codebook().parties.canonical
        for name in NAMES:
            if name in values:
                values[name] = canonical(values[name])
        for name, type_ in NUMBERS.items():
            if name in values:
                values[name] = _number(name, values[name], type_)
        filters = Filters(**values)
        if self.kind == "articles":
            if beyond := sorted(values.keys() - ASKED_OF_ARTICLES):
                raise ValueError(f"articles have no {beyond[0]} to find them by")
        else:
            check_filters(self.kind, filters)
        return filters

    def url(self, path: str = "/search", **changes: str | int | None) -> str:
        """Return the address of this search with some values changed; of its first page.

        `None` takes a value away.
        """
        given: dict[str, str | int | None] = {"kind": self.kind, **self.values}
        if self.order != "newest":
            given["order"] = self.order
        return url(path, **(given | changes))

    def without(self, *names: str) -> Asked:
        """Return this search with less asked for, on its first page."""
        kept = {name: value for name, value in self.values.items() if name not in names}
        return replace(self, values=kept, number=1)

    def of_kind(self, kind: str) -> Asked:
        """Return the same search among rows of another kind, with what it asks them too."""
        other = replace(self, kind=kind, number=1)
        kept = {name: value for name, value in self.values.items() if other.takes(name, value)}
        return replace(other, values=kept)

    def takes(self, name: str, value: str) -> bool:
        """Whether a value of a filter means something for this kind of row."""
        try:
            replace(self, values={name: value}).filters()
        except ValueError:
            return False
        return True


def _number(name: str, value: str, type_: type) -> Any:  # noqa: ANN401 - of that type
    try:
        return type_(value)
    except ValueError as error:
        raise ValueError(f"{name} must be a number, got {value!r}") from error


def asked_of(params: Mapping[str, str]) -> Asked:
    """Return what the parameters of an address ask for; unknown ones are passed over.

    Raises:
        ValueError: A kind, an order or a page that there cannot be.
    """
    kind = params.get("kind", "statements")
    if kind not in SEARCHED:
        raise ValueError(f"kind must be one of {', '.join(SEARCHED)}, got {kind!r}")
    order = params.get("order") or "newest"
    if order not in ("newest", "oldest"):
        raise ValueError(f"order must be newest or oldest, got {order!r}")
    page = params.get("page") or "1"
    if not page.isdecimal() or not 1 <= int(page) <= MOST_PAGES:
        raise ValueError(f"page must be a number from 1 to {MOST_PAGES}, got {page!r}")
    values = {name: params[name].strip() for name in FIELDS if params.get(name, "").strip()}
    return Asked(kind=kind, values=values, order=order, number=int(page))
