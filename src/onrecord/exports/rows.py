"""A record as JSON and back, with nothing lost: what goes beside files that cannot hold it all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from onrecord.records import (
    KINDS,
    Actor,
    Article,
    Condition,
    Demand,
    Event,
    Figure,
    Mention,
    Place,
    Record,
    Row,
    Statement,
    Term,
    TimeExpression,
)

Json = dict[str, Any]
Made = TypeVar("Made")

_TEXT = "text"
ROW_TYPES: Mapping[str, type[Row]] = dict(
    zip(
        KINDS,
        (
            *(Statement, Event, Figure, Condition, Demand, Term),
            *(Actor, Mention, TimeExpression, Place),
        ),
        strict=True,
    )
)


def record_json(record: Record) -> str:
    """Return a record as JSON, apart from the article's text, which has its SHA-256."""
    article = asdict(record.article)
    del article[_TEXT]
    rows = {kind: [asdict(row) for row in getattr(record, kind)] for kind in KINDS}
    return json.dumps({"article": article, "rows": rows}, ensure_ascii=False, indent=1)


def record_from(written: str, text: str) -> Record:
    """Return the record that `record_json` gave, of an article with that text.

    Raises:
        ValueError: It is no such JSON, or the text is not long enough for it.
    """
    try:
        held = json.loads(written)
        article = made(Article, {**held["article"], _TEXT: text})
        rows = {kind: _rows(kind, held["rows"][kind]) for kind in KINDS}
    except (KeyError, TypeError) as error:
        raise ValueError(f"this is no record: {error!r}") from error
    return Record(article=article, **rows)


def _rows(kind: str, listed: list[Json]) -> Any:  # noqa: ANN401 - rows of any kind
    return tuple(made(ROW_TYPES[kind], values) for values in listed)


def made(type_: type[Made], values: Json) -> Made:
    """Return a dataclass with those values, spans and rows within it made as well.

    Raises:
        ValueError: A value is none that its field can have.
        TypeError: A field is missing, or there is no such field.
    """
    hints = get_type_hints(type_)
    return type_(**{name: _value(hints.get(name), value) for name, value in values.items()})


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401 - of any field
    if value is None:
        return None
    if isinstance(hint, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    if is_dataclass(hint) and isinstance(hint, type):
        return made(hint, value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in value)
    return value


def links_of(row: Row) -> Iterator[str]:
    """Yield the names of a row's fields that hold the id of a statement, or of an actor."""
    own = fields(row)[0].name
    for field in fields(row):
        if field.name.endswith("_id") and field.name not in {own, "happening_id", "geonames_id"}:
            yield field.name
