"""Saved searches as a file of their own: the [[search]] tables of a plan, and nothing else."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ReadError
from onrecord.watching.plan import search_of

_NUMBERS = ("quad", "min_score")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")  # TOML takes them escaped only


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search by its name: a kind of row, and the filters as they were typed."""

    name: str
    kind: str
    values: Mapping[str, str]


def read_searches(path: Path) -> list[SavedSearch]:
    """Return the searches in a file, [] where there is no file.

    Raises:
        ReadError: It cannot be read, or has something else in it.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("search", [])
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise ReadError(f"{path} cannot be read as TOML ({error}): mend it.") from error
    try:
        for table in tables:
            search_of(table, path.parent)
    except (TypeError, ValueError, AttributeError) as error:
        raise ReadError(f"{path}: {error}; mend it.") from error
    return [_saved(table) for table in tables]


def write_searches(path: Path, searches: Iterable[SavedSearch]) -> None:
    """Write searches to a file, in one step.

    Raises:
        ReadError: The file cannot be written.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.write_text(toml_of(searches), "utf-8")
        os.replace(partial, path)
    except OSError as error:
        reason = f"{path} cannot be written ({error.strerror}): check its folder."
        raise ReadError(reason) from error


def toml_of(searches: Iterable[SavedSearch]) -> str:
    """Return searches as the tables that a plan has them in."""
    return "\n".join(_table(one) for one in searches)


def _table(one: SavedSearch) -> str:
    lines = ["[[search]]", f"name = {_text(one.name)}", f"kind = {_text(one.kind)}"]
    for name, value in one.values.items():
        lines.append(f"{name} = {value if name in _NUMBERS else _text(value)}")
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """Return a TOML string; its escapes are those of JSON."""
    quoted = json.dumps(value, ensure_ascii=False)
    return _CONTROLS.sub(lambda at: f"\\u{ord(at[0]):04x}", quoted)


def _saved(table: Mapping[str, object]) -> SavedSearch:
    own = ("name", "kind", "webhook", "feed")
    values = {key.replace("-", "_"): str(value) for key, value in table.items() if key not in own}
    return SavedSearch(str(table["name"]), str(table["kind"]), values)
