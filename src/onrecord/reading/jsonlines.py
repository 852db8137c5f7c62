"""JSON lines: one article a line, and a failure for each line that holds none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.errors import ReadError
from onrecord.reading.articles import Details, make_article, require_url
from onrecord.reading.fields import FieldNames
from onrecord.reading.written import date_in_format, written_date
from onrecord.records import Article, Failure

UNDECODED = re.compile("[\udc80-\udcff]")  # what surrogateescape makes of bytes that do not fit


def read_lines(
    lines: Iterable[str], *, source: str, fields: FieldNames, known: Details
) -> Iterator[Article | Failure]:
    """Yield the article of each line, or the failure of a line that holds none.

    Blank lines are passed over. What is `known` outranks what a line says.
    """
    read_any = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        read_any = True
        try:
            yield row_article(_parsed(line), fields, known)
        except ReadError as error:
            yield Failure(
                source=f"{source}, line {number}", reason=str(error), error=cause_name(error)
            )
    if not read_any:
        raise ReadError("It holds no lines: give it one JSON object a line, with an article each.")


def is_json_object(text: str) -> bool:
    """Whether a text is one JSON object."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def cause_name(error: BaseException) -> str:
    """Return the name of the exception that an error was raised from, else its own."""
    return type(error.__cause__ or error).__name__


def row_article(fields: Mapping[str, object], names: FieldNames, known: Details) -> Article:
    """Return the article of a row, be it a JSON object or one of a table.

    Raises:
        ReadError: It has no text, or a field holds what it cannot hold.
    """
    row, named = _Row(fields), names.named_in(fields)
    text = row.text(named.text)
    if text is None:
        raise ReadError(
            f"It has no text in the field {named.text!r}: "
            "add it, or say which field holds the text."
        )
    url = row.text(named.url)
    details = replace(
        known,
        title=row.text(named.title),
        byline=row.names(named.byline),
        language=row.text(named.language),
        publisher=known.publisher or row.text(named.publisher),
        url=require_url(url) if url else None,
        stated=row.date(named.published, names.published_format),
        local_id=row.identifier(named.id),
        alone=False,
    )
    return make_article(text, details)


def _parsed(line: str) -> dict[str, object]:
    if UNDECODED.search(line):
        raise ReadError("It is not UTF-8: save the file as UTF-8, or name its encoding.")
    try:
        value = json.loads(line)
    except RecursionError as error:
        raise ReadError("It is nested too deeply to be an article: mend the line.") from error
    except ValueError as error:
        raise ReadError(f"It is not JSON ({error}): mend the line.") from error
    if not isinstance(value, dict):
        raise ReadError("It is not a JSON object: write the article as {...} on one line.")
    return value


@dataclass(frozen=True, slots=True)
class _Row:
    """One line's object, whose fields are checked as they are read."""

    fields: Mapping[str, object]

    def text(self, name: str) -> str | None:
        """Return a field that holds text; None where it is missing, null or blank."""
        value = self.fields.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise ReadError(f"Its field {name!r} is not text: write it in quotation marks.")
        return value if value.strip() else None

    def names(self, name: str) -> str | None:
        """Return a field that holds one name or a list of them."""
        value = self.fields.get(name)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return ", ".join(value) or None
        return self.text(name)

    def date(self, name: str, form: str | None) -> str | None:
        """Return a field that holds a date, in a format or in any that can be told."""
        value = self.fields.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        found = date_in_format(value, form) if form else written_date(value)
        if found is None:
            raise ReadError(
                f"Its field {name!r} has {value!r}, which is no date of publication "
                + (f"in the format {form!r}: " if form else "or could be two: ")
                + "write it as YYYY-MM-DD, or give the format of such dates (--published-format)."
            )
        return found

    def identifier(self, name: str) -> str | None:
        """Return a field that holds an id, which may be a number."""
        value = self.fields.get(name)
        return str(value) if type(value) is int else self.text(name)
