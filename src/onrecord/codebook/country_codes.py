"""The codes that other people's data have for countries."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.codebook.strict import read_table


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """One country's name and codes; None where a list does not have it."""

    name: str  # the short name news uses
    alpha2: str  # ISO 3166-1
    numeric: int | None  # ISO 3166-1
    cow: int | None  # Correlates of War
    gw: int | None  # Gleditsch and Ward


@cache
def load_country_codes() -> Mapping[str, CountryCodes]:
    """Return the codes of every country by its ISO 3166-1 alpha-3 code.

    Raises:
        CodebookError: The list of countries cannot be read.
    """
    names = _names()
    text = files("onrecord").joinpath("data", "country_codes.csv").read_text("utf8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {
        row["code"]: CountryCodes(
            name=names[row["code"]],
            alpha2=row["alpha2"],
            numeric=_number(row["numeric"]),
            cow=_number(row["cow"]),
            gw=_number(row["gw"]),
        )
        for row in csv.DictReader(lines)
    }


def _number(written: str) -> int | None:
    return int(written) if written else None


def _names() -> dict[str, str]:
    countries = read_table(None, "countries.toml").tables("country")
    return {country.text("code"): country.text("name") for country in countries}
