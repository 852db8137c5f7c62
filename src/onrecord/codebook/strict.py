"""Reading TOML tables strictly: the unexpected is an error that names the file and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from onrecord.errors import CodebookError


class Table:
    """A TOML table whose keys are taken one by one; `finish` refuses those nobody took."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, dict):
            raise CodebookError(f"{where} must be a table, got {type(values).__name__}")
        self._values: dict[str, object] = dict(values)
        self.where = where

    def words(self, key: str) -> tuple[str, ...]:
        """Take a list of strings; () when the key is missing."""
        value = self._values.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise CodebookError(f"{self.where}: {key} must be a list of strings")
        return tuple(value)

    def text(self, key: str) -> str:
        """Take a string that must be there."""
        value = self._values.pop(key, None)
        if not isinstance(value, str):
            raise CodebookError(f"{self.where}: {key} must be a string")
        return value

    def optional_text(self, key: str) -> str | None:
        """Take a string, None when the key is missing."""
        return self.text(key) if key in self._values else None

    def flag(self, key: str) -> bool:
        """Take a truth value; False when the key is missing."""
        value = self._values.pop(key, False)
        if not isinstance(value, bool):
            raise CodebookError(f"{self.where}: {key} must be true or false")
        return value

    def number(self, key: str) -> float:
        """Take a number that must be there."""
        value = self._values.pop(key, None)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CodebookError(f"{self.where}: {key} must be a number")
        return float(value)

    def optional_table(self, key: str) -> Table:
        """Take a table, an empty one when the key is missing."""
        return Table(self._values.pop(key, {}), f"{self.where}.{key}")

    def tables(self, key: str) -> Iterator[Table]:
        """Take a list of tables; nothing when the key is missing."""
        value = self._values.pop(key, [])
        if not isinstance(value, list):
            raise CodebookError(f"{self.where}: {key} must be a list of tables")
        for number, item in enumerate(value, 1):
            yield Table(item, f"{self.where}: {key} {number}")

    def remaining(self) -> tuple[str, ...]:
        """Return the keys not taken yet, in the file's order."""
        return tuple(self._values)

    def finish(self) -> None:
        """Refuse keys that nobody took.

        Raises:
            CodebookError: There are such keys.
        """
        if self._values:
            raise CodebookError(
                f"{self.where}: unknown {', '.join(sorted(self._values))}; "
                "correct the spelling or take it out"
            )


def read_table(path: Path | None, name: str) -> Table:
    """Return a data file as a table: the one at `path`, else the package's own file `name`.

    Raises:
        CodebookError: The file is missing, not UTF-8 or not TOML.
    """
    source = path or files("onrecord") / "data" / name
    try:
        return Table(tomllib.loads(source.read_text("utf-8")), str(source))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"{source} cannot be read as TOML: {error}") from error
