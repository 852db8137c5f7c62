"""Given names and the gender that nearly all who bear one share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from onrecord.codebook.strict import read_table


def load_given_names(path: Path | None = None) -> Mapping[str, str]:
    """Return "female" or "male" by given name, letter case included; others are left out.

    Args:
        path: A file in the form of data/given_names.toml, by default that file.

    Raises:
        CodebookError: An unknown or missing key.
    """
    table = read_table(path, "given_names.toml")
    names = {gender: table.text(gender).split() for gender in ("female", "male")}
    table.finish()
    return {name: gender for gender, listed in names.items() for name in listed}
