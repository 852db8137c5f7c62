"""Read the dates of a GUM corpus: CoNLL-U files whose MISC column carries the TEI `date` elements.

References:
    Zeldes (2017), "The GUM Corpus": https://gucorpling.org/gum/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import GoldError
from onrecord.evaluate.gold import read_text
from onrecord.records import Span

_TEXT = "# text = "
_FIELDS = 10
_TAG = re.compile(r"<(?P<closing>/?)(?P<name>\w+)(?P<attributes>[^>]*)>")
_ATTRIBUTE = re.compile(r"(\w+):::\"([^\"]*)\"")
_TOKEN = re.compile(r"\d+\t")  # not "don't" as one, nor words the annotator supplied
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class MarkedDate:
    """A date as an annotator marked it."""

    span: Span
    value: str  # an ISO 8601 date or interval


@dataclass(frozen=True, slots=True)
class DatedText:
    """A text with its dates, and the day of its dateline."""

    name: str
    text: str
    published: str
    dates: tuple[MarkedDate, ...]


def read_dated(folder: Path) -> Iterator[DatedText]:
    """Yield the texts of a folder's CoNLL-U files, or of those in its `dep` folder, by name.

    The dateline is the first date that is told to the day with its year. A text without dates is
    left out.

    Raises:
        GoldError: There are no such files, or one is not in the form.
    """
    paths = sorted((folder / "dep").glob("*.conllu")) or sorted(folder.glob("*.conllu"))
    if not paths:
        raise GoldError(f"{folder} holds no .conllu files, nor does a folder `dep` in it")
    for path in paths:
        text, dates = _read(path)
        if dates:
            yield DatedText(path.stem, text, _dateline(path, text, dates), dates)


def _dateline(path: Path, text: str, dates: tuple[MarkedDate, ...]) -> str:
    for date in dates:
        words = text[date.span.start : date.span.end]
        if _DAY.fullmatch(date.value) and date.value[:4] in words:
            return date.value
    raise GoldError(f"{path} has no dateline: none of its dates is told to the day with its year")


def _read(path: Path) -> tuple[str, tuple[MarkedDate, ...]]:
    """Return the text of a file, a sentence after another, and its dates."""
    text, at = "", 0
    opened: list[tuple[int, dict[str, str]]] = []
    dates: list[MarkedDate] = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.startswith("# newpar") and "_block" not in line:
            text += "\n\n" if text else ""
        elif line.startswith(_TEXT):
            text += "" if not text or text.endswith("\n") else " "
            at = len(text)
            text += line.removeprefix(_TEXT)
        elif _TOKEN.match(line):
            fields = line.split("\t")
            start = text.find(fields[1], at) if len(fields) == _FIELDS else -1
            if start < 0:
                raise GoldError(f"{path}, line {number} is no token of the sentence it stands in")
            at = start + len(fields[1])
            dates += _dates(fields[-1], Span(start, at), opened)
    return text, tuple(sorted(dates, key=lambda date: (date.span.start, -date.span.end)))


def _dates(
    misc: str, token: Span, opened: list[tuple[int, dict[str, str]]]
) -> Iterator[MarkedDate]:
    """Yield the dates that end with a token; those that begin with it are put among the opened."""
    markup = next((one[4:] for one in misc.split("|") if one.startswith("XML=")), "")
    for tag in _TAG.finditer(markup):
        if tag["name"] != "date":
            continue
        if not tag["closing"]:
            opened.append((token.start, dict(_ATTRIBUTE.findall(tag["attributes"]))))
        elif opened:
            start, values = opened.pop()
            if value := _value(values):
                yield MarkedDate(Span(start, token.end), value)


def _value(values: dict[str, str]) -> str | None:
    if "when" in values:
        return values["when"]
    for first, last in (("from", "to"), ("notBefore", "notAfter")):
        if first in values and last in values:
            return f"{values[first]}/{values[last]}"
    return None
