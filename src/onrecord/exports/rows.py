"""A record as JSON and back, with nothing lost: what goes beside files that cannot hold it all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

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
from onrecord.reviews.values import row_from, value_of

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
    article = value_of(record.article)
    del article[_TEXT]
    rows = {kind: value_of(getattr(record, kind)) for kind in KINDS}
    return json.dumps({"article": article, "rows": rows}, ensure_ascii=False, indent=1)


def record_from(written: str, text: str) -> Record:
    """Return the record that `record_json` gave, of an article with that text.

    Raises:
        ValueError: It is no such JSON, or the text is not long enough for it.
    """
    try:
        held = json.loads(written)
        article = row_from(Article, {**held["article"], _TEXT: text})
        rows: dict[str, Any] = {
            kind: tuple(row_from(ROW_TYPES[kind], values) for values in held["rows"][kind])
            for kind in KINDS
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"this is no record: {error!r}") from error
    return Record(article=article, **rows)


def links_of(row: Row) -> Iterator[str]:
    """Yield the names of a row's fields that hold the id of a statement, or of an actor."""
    own = fields(row)[0].name
    for field in fields(row):
        if field.name.endswith("_id") and field.name not in {own, "happening_id", "geonames_id"}:
            yield field.name
