"""The gazetteer: GeoNames' towns, regions and countries by any of their names, on disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import GazetteerError
from onrecord.language.folding import fold_name

KEYS = "keys.npy"  # hashes of folded names, in order
ROWS = (
    "rows.npy"  # the place each key leads to, twice its row; one more where the name is its first
)
PLACES = "places.npy"
NAMES = "names.json"  # of countries and regions

PLACE = np.dtype(
    [
        ("geonames_id", "<i4"),
        ("population", "<i4"),
        ("lat", "<f4"),
        ("lon", "<f4"),
        ("country", "<u2"),
        ("region", "<u2"),
        ("kind", "u1"),
    ]
)


class Kind(IntEnum):
    """What a place is, from the largest down."""

    COUNTRY = 0
    REGION = 1  # first-level division
    DISTRICT = 2  # second-level division
    TOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A place of the gazetteer."""

    geonames_id: int
    kind: Kind
    country: str  # ISO 3166-1 alpha-3; "" for places of no country
    region: str  # name of the first-level division, "" without one
    population: int  # 0 when unknown
    lat: float | None  # decimal degrees; of a region or country the middle of its towns
    lon: float | None
    is_first: bool  # whether the name it was found by is the first of its names


def key_of(folded: str) -> int:
    """Return the 64-bit key of a folded name."""
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little")


class Gazetteer:
    """Places by name; the files are mapped into memory and read where a name leads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str) -> tuple[Located, ...]:
        """Return the places with a name in any spelling GeoNames lists, () when there is none.

        Raises:
            GazetteerError: The gazetteer's files are missing or damaged.
        """
        folded = fold_name(name)
        if not folded:
            return ()
        wanted = np.uint64(key_of(folded))
        first = int(np.searchsorted(self._keys, wanted, "left"))
        last = int(np.searchsorted(self._keys, wanted, "right"))
        return tuple(
            self._located(int(row) // 2, is_first=bool(row % 2)) for row in self._rows[first:last]
        )

    def country(self, code: str) -> Located | None:
        """Return the country with an ISO 3166-1 alpha-3 code, None without one.

        Raises:
            GazetteerError: The gazetteer's files are missing or damaged.
        """
        row = self._countries.get(code)
        return self._located(row, is_first=True) if row is not None else None

    @cached_property
    def _countries(self) -> Mapping[str, int]:
        rows = np.flatnonzero(self._places["kind"] == Kind.COUNTRY)
        codes = self._places["country"][rows]
        return {
            self._names["countries"][code]: int(row) for code, row in zip(codes, rows, strict=True)
        }

    def _located(self, row: int, *, is_first: bool) -> Located:
        place = self._places[row]
        known = not np.isnan(place["lat"])
        return Located(
            geonames_id=int(place["geonames_id"]),
            kind=Kind(int(place["kind"])),
            country=self._names["countries"][int(place["country"])],
            region=self._names["regions"][int(place["region"])],
            population=int(place["population"]),
            lat=round(float(place["lat"]), 5) if known else None,
            lon=round(float(place["lon"]), 5) if known else None,
            is_first=is_first,
        )

    @cached_property
    def _keys(self) -> NDArray[np.uint64]:
        return self._mapped(KEYS)

    @cached_property
    def _rows(self) -> NDArray[np.int32]:
        return self._mapped(ROWS)

    @cached_property
    def _places(self) -> NDArray[np.void]:
        return self._mapped(PLACES)

    @cached_property
    def _names(self) -> dict[str, Sequence[str]]:
        try:
            names: dict[str, Sequence[str]] = json.loads((self._folder / NAMES).read_text("utf8"))
        except (OSError, ValueError) as error:
            raise self._unreadable(NAMES, error) from error
        return names

    def _mapped(self, name: str) -> NDArray[Any]:
        try:
            mapped: NDArray[Any] = np.load(self._folder / name, mmap_mode="r")
        except (OSError, ValueError) as error:
            raise self._unreadable(name, error) from error
        return mapped

    def _unreadable(self, name: str, error: Exception) -> GazetteerError:
        return GazetteerError(
            f"{self._folder / name} cannot be read: {error}; install the package again"
        )


@cache
def load_gazetteer() -> Gazetteer:
    """Return the package's own gazetteer; nothing is read before the first name."""
    return Gazetteer(Path(str(files("onrecord") / "data" / "gazetteer")))
