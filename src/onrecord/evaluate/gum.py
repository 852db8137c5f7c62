"""Read the dates and entities of a GUM corpus: CoNLL-U files with both in their MISC column.

Dates are TEI `date` elements; entities are bracketed by their number, with what they are.

References:
    Zeldes (2017), "The GUM Corpus": https://gucorpling.org/gum/
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
_BRACKET = re.compile(
    r"\((?P<opens>\d+)-(?P<kind>\w+)-[^()-]*-[^()-]*-[^()-]*-(?P<core>[\d,]+)-[^()]*(?P<alone>\))?"
    r"|(?P<closes>\d+)\)"
)
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


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """Where a text refers to an entity, as an annotator marked it."""

    span: Span
    core: Span  # its head, or the name it has for head
    entity: int
    kind: str  # person, organization, place, ...
    tag: str  # Penn Treebank's, of the core's last token


@dataclass(frozen=True, slots=True)
class EntityText:
    """A text with the mentions of its entities, in text order, the wider of two first."""

    name: str
    text: str
    mentions: tuple[MarkedMention, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    span: Span
    tag: str
    misc: str


def read_dated(folder: Path) -> Iterator[DatedText]:
    """Yield the texts of a folder's CoNLL-U files, or of those in its `dep` folder, by name.

    The dateline is the first date that is told to the day with its year. A text without dates is
    left out.

    Raises:
        GoldError: There are no such files, or one is not in the form.
    """
    for path in _files(folder):
        text, dates = _read(path)
        if dates:
            yield DatedText(path.stem, text, _dateline(path, text, dates), dates)


def read_entities(folder: Path) -> Iterator[EntityText]:
    """Yield the texts of the same files with the mentions of their entities, by name.

    A mention in pieces is left out.

    Raises:
        GoldError: There are no such files, or one is not in the form.
    """
    for path in _files(folder):
        text, tokens = _tokens(path)
        mentions = sorted(_mentions(path, tokens), key=lambda one: (one.span.start, -one.span.end))
        yield EntityText(path.stem, text, tuple(mentions))


def _files(folder: Path) -> list[Path]:
    paths = sorted((folder / "dep").glob("*.conllu")) or sorted(folder.glob("*.conllu"))
    if not paths:
        raise GoldError(f"{folder} holds no .conllu files, nor does a folder `dep` in it")
    return paths


def _dateline(path: Path, text: str, dates: tuple[MarkedDate, ...]) -> str:
    for date in dates:
        words = text[date.span.start : date.span.end]
        if _DAY.fullmatch(date.value) and date.value[:4] in words:
            return date.value
    raise GoldError(f"{path} has no dateline: none of its dates is told to the day with its year")


def _read(path: Path) -> tuple[str, tuple[MarkedDate, ...]]:
    """Return the text of a file, a sentence after another, and its dates."""
    text, tokens = _tokens(path)
    opened: list[tuple[int, dict[str, str]]] = []
    dates = [date for token in tokens for date in _dates(token.misc, token.span, opened)]
    return text, tuple(sorted(dates, key=lambda date: (date.span.start, -date.span.end)))


def _tokens(path: Path) -> tuple[str, tuple[_Token, ...]]:
    """Return the text of a file, a sentence after another, and its tokens."""
    text, at = "", 0
    tokens = []
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
            tokens.append(_Token(Span(start, at), fields[4], fields[-1]))
    return text, tuple(tokens)


def _mentions(path: Path, tokens: Sequence[_Token]) -> Iterator[MarkedMention]:
    """Yield the mentions of a text's entities as they close."""
    opened: dict[int, list[tuple[int, str, str]]] = defaultdict(list)  # first token, kind, core
    for at, token in enumerate(tokens):
        markup = next((one[7:] for one in token.misc.split("|") if one.startswith("Entity=")), "")
        for bracket in _BRACKET.finditer(markup):
            if bracket["opens"]:
                number = int(bracket["opens"])
                opened[number].append((at, bracket["kind"], bracket["core"]))
            else:
                number = int(bracket["closes"])
            if bracket["alone"] is None and bracket["opens"]:
                continue
            if not opened[number]:
                raise GoldError(f"{path}: entity {number} ends at {token.span.start} unopened")
            first, kind, core = opened[number].pop()
            yield _mention(number, tokens[first : at + 1], kind, core)


def _mention(number: int, tokens: Sequence[_Token], kind: str, core: str) -> MarkedMention:
    """Return a mention of some tokens; `core` counts from 1 those that are its head."""
    heads = [tokens[int(place) - 1] for place in core.split(",")]
    return MarkedMention(
        Span(tokens[0].span.start, tokens[-1].span.end),
        Span(heads[0].span.start, heads[-1].span.end),
        number,
        kind,
        heads[-1].tag,
    )


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
