"""Tables of actors in one form, the package's own and the user's: a row a party and period."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast, get_args

from onrecord.errors import CodebookError
from onrecord.records import ActorKind

COLUMNS = ("name", "aliases", "kind", "country", "sector", "title", "from", "to", "wikidata")
_ISO3 = re.compile(r"[A-Z]{3}$")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}$")
_ITEM = re.compile(r"Q[1-9]\d*$")
_HEADER = "[[actor]]"


@dataclass(frozen=True, slots=True)
class ActorRow:
    """What a table says of one actor, for all time or for a period."""

    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    country: str | None  # ISO 3166-1 alpha-3
    sector: str | None  # PLOVER sector code
    title: str | None  # of an office, for a person
    since: str | None  # ISO 8601, as precise as is known; None: from ever
    until: str | None  # the last day; None: to this day
    wikidata: str | None  # Q and a number


def read_actor_rows(path: Path, sectors: frozenset[str]) -> tuple[ActorRow, ...]:
    """Return the rows of a table of actors, in its order.

    The table is CSV with a line of column names, above which remarks may stand behind `#`, and in
    which `|` parts aliases; or TOML with a list
    `[[actor]]` and the same keys, in which `aliases` is a list. Every column but `name` and `kind`
    may be absent or empty.

    Args:
        path: The file; what does not end in .csv is read as TOML.
        sectors: The sector codes there are.

    Raises:
        CodebookError: The file cannot be read, or a row is wrong; the message names its line.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path} cannot be read: {error}") from error
    lines = _csv_lines(text, path) if path.suffix.lower() == ".csv" else _toml_lines(text, path)
    rows: dict[ActorRow, str] = {}
    for where, values in lines:
        row = _row(values, where, sectors)
        if row in rows:
            raise CodebookError(f"{where}: the same as {rows[row]}; take one of them out")
        rows[row] = where
    return tuple(rows)


def _csv_lines(text: str, path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    lines = text.splitlines(keepends=True)
    above = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)
    reader = csv.DictReader(lines[above:], strict=True)
    try:
        if unknown := [name for name in reader.fieldnames or () if name not in COLUMNS]:
            raise CodebookError(f"{path}, line {above + 1}: {_unknown(unknown)}")
        for cells in reader:
            where = f"{path}, line {above + reader.line_num}"
            if None in cells:
                raise CodebookError(
                    f"{where}: more cells than columns; put a cell with a comma in quotation marks"
                )
            yield where, {name: (cell or "").strip() for name, cell in cells.items()}
    except csv.Error as error:
        raise CodebookError(f"{path}, line {above + reader.line_num}: {error}") from error


def _toml_lines(text: str, path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path} cannot be read as TOML: {error}") from error
    headers = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == _HEADER]
    listed = table.pop("actor", [])
    if table or not isinstance(listed, list):
        raise CodebookError(f"{path}: write each actor under a line {_HEADER}, and nothing else")
    for number, values in enumerate(listed):
        line = headers[number] if len(headers) == len(listed) else None
        where = f"{path}, line {line}" if line else f"{path}, actor {number + 1}"
        if unknown := [name for name in values if name not in COLUMNS]:
            raise CodebookError(f"{where}: {_unknown(unknown)}")
        yield where, {name: _cell(value, name, where) for name, value in values.items()}


def _cell(value: object, name: str, where: str) -> str:
    """Return a TOML value as a CSV cell has it."""
    if isinstance(value, str) and name != "aliases":
        return value.strip()
    if isinstance(value, date) and name in {"from", "to"}:
        return value.isoformat()[:10]
    if isinstance(value, list) and name == "aliases" and all(isinstance(v, str) for v in value):
        return "|".join(value)
    wanted = "a list of strings" if name == "aliases" else "a string"
    raise CodebookError(f"{where}: {name} must be {wanted}, got {value!r}")


def _unknown(names: list[str]) -> str:
    return f"unknown {', '.join(map(repr, names))}; the columns are {', '.join(COLUMNS)}"


def _row(values: Mapping[str, str], where: str, sectors: frozenset[str]) -> ActorRow:
    name, kind = values.get("name", ""), values.get("kind", "")
    if not name:
        raise CodebookError(f"{where}: an actor needs a name")
    if kind not in get_args(ActorKind):
        kinds = ", ".join(get_args(ActorKind))
        raise CodebookError(f"{where}: kind {kind!r} of {name} is none of {kinds}")
    since = _matching(values, "from", _DAY, "a date such as 2022, 2022-03 or 2022-03-11", where)
    until = _matching(values, "to", _DAY, "a date such as 2022, 2022-03 or 2022-03-11", where)
    for day in (since, until):
        _require_day(day, where)
    if since and until and since[: len(until)] > until:
        raise CodebookError(f"{where}: from {since} is after to {until}; exchange or correct them")
    sector = values.get("sector") or None
    if sector is not None and sector not in sectors:
        raise CodebookError(f"{where}: sector {sector!r} is none of {', '.join(sorted(sectors))}")
    code = "a country code of three capitals (ISO 3166-1 alpha-3) such as UKR"
    return ActorRow(
        name=name,
        aliases=tuple(
            part.strip() for part in values.get("aliases", "").split("|") if part.strip()
        ),
        kind=cast(ActorKind, kind),
        country=_matching(values, "country", _ISO3, code, where),
        sector=sector,
        title=values.get("title") or None,
        since=since,
        until=until,
        wikidata=_matching(values, "wikidata", _ITEM, "an item such as Q42", where),
    )


def _matching(
    values: Mapping[str, str], key: str, pattern: re.Pattern[str], wanted: str, where: str
) -> str | None:
    value = values.get(key) or None
    if value is not None and not pattern.match(value):
        raise CodebookError(f"{where}: {key} {value!r} is not {wanted}")
    return value


def _require_day(day: str | None, where: str) -> None:
    try:
        date.fromisoformat(f"{day}-01-01"[:10] if day else "2000-01-01")
    except ValueError as error:
        raise CodebookError(f"{where}: there is no day {day}; correct it") from error
