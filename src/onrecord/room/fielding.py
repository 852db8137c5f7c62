"""A row as a form: a field for each value that people can set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal, TypeAlias, get_args, get_origin

from onrecord.codebook import load_codebook
from onrecord.records import Article, Record, Span
from onrecord.report.directory import Directory
from onrecord.report.wording import SECTORS, quoted_words
from onrecord.reviews.applying import LINKS, SIDES
from onrecord.reviews.assigning import fields_of, shown_name
from onrecord.reviews.corrections import TYPES
from onrecord.store.filters import QUADS

How: TypeAlias = Literal["choice", "text", "number", "actor", "parties", "span", "spans"]

SPAN = re.compile(r"(\d+)-(\d+)")
LABELS = {
    "if": "Condition",
    "then": "Consequence",
    "of": "Asked of",
    "by": "Set or made by",
    "on": "Set to",
    "statement": "In the words of",
    "parent": "Reported in",
}
LONGEST_LABEL = 60  # characters of a statement in a choice
NEEDLESS = {"source", "cue"}  # of a statement: () unless given


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form."""

    name: str
    label: str
    how: How
    value: str  # as people write it
    words: str = ""  # of the article, where the value is a part of it
    options: tuple[tuple[str, str], ...] = ()  # of a choice: the value and what it is called
    required: bool = False

    @property
    def marks(self) -> bool:
        """Whether the field is filled by marking words of the article."""
        return self.how in ("span", "spans", "parties")


def make_fields(kind: str, values: Mapping[str, str], record: Record) -> list[Field]:
    """Return the fields of a row of a kind.

    Args:
        kind: The kind of row.
        values: What stands in them, by their names; others are empty.
        record: The article's record.
    """
    needed = {one.name for one in fields(TYPES[kind]) if one.default is MISSING} - NEEDLESS
    made = []
    for field, hint in fields_of(kind).items():
        name = shown_name(field)
        value = values.get(name, "")
        how = _how(field, hint)
        made.append(
            Field(
                name=name,
                label=LABELS.get(name, name.replace("_", " ").capitalize()),
                how=how,
                value=value,
                words=words_of(record.article, value) if "span" in how or how == "parties" else "",
                options=tuple(_options(field, hint, record)) if how == "choice" else (),
                required=field in needed and not _may_be_none(hint),
            )
        )
    return made


def words_of(article: Article, value: str) -> str:
    """Return the words of the parts of a text that a value names, as far as they are parts."""
    length = len(article.text)
    bounds = [(int(one[1]), int(one[2])) for one in SPAN.finditer(value)]
    spans = [Span(start, end) for start, end in bounds if start < end <= length]
    return quoted_words(article, tuple(spans)) if spans else ""


def _how(field: str, hint: Any) -> How:  # noqa: ANN401 - a type
    kinds = {hint, *get_args(hint)}
    if LINKS.get(field) == "actors":
        return "actor"
    if field in SIDES:
        return "parties"
    if get_origin(hint) is tuple:
        return "spans" if Span in kinds else "text"
    if Span in kinds:
        return "span"
    if field in LINKS or bool in kinds or field in _CODES or get_origin(hint) is Literal:
        return "choice"
    return "number" if kinds & {int, float} else "text"


def _may_be_none(hint: Any) -> bool:  # noqa: ANN401 - a type
    return type(None) in get_args(hint)


def _options(field: str, hint: Any, record: Record) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    if field in LINKS:
        directory = Directory(record)
        yield "", "the article itself"
        for one in record.statements:
            words = quoted_words(record.article, one.content)[:LONGEST_LABEL]
            yield one.statement_id, f"{directory.speaker(one)}: {words}"
    elif hint is bool:
        yield from (("no", "no"), ("yes", "yes"))
    elif field in _CODES:
        yield "", "not known"
        yield from _CODES[field]()
    else:
        yield from ((str(one), str(one)) for one in get_args(hint))


def _modes() -> list[tuple[str, str]]:
    types = load_codebook().plover.types.values()
    return [(one, one) for one in sorted({mode for each in types for mode in each.modes})]


def _sectors() -> list[tuple[str, str]]:
    return [(code, f"{code}, {words}") for code, words in sorted(SECTORS.items())]


def _quads() -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in QUADS]


_CODES: Mapping[str, Callable[[], list[tuple[str, str]]]] = {
    "mode": _modes,
    "sector": _sectors,
    "quad": _quads,
}
