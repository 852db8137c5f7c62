"""What is on record as JSON: rows with the columns of `find`, and where their parts stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from onrecord.records import KINDS, Article, Record, Row, id_of, parts_of
from onrecord.reviews.values import value_of
from onrecord.room.rendering import url
from onrecord.tables import Selection, selected

Json: TypeAlias = dict[str, Any]

NOT_SHOWN = frozenset({"input_map", "source_path"})
"""Of an article: what is of use, and may be known, only where it was read."""


def rows_of(kind: str, selections: Iterable[Selection], *, linked: bool = True) -> list[Json]:
    """Return rows of a kind as objects, in their order; with their pages where there are some."""
    chosen = list(selections)
    lines = selected(kind, chosen).to_pylist()
    return [
        {"row": kind, **line, **more}
        for line, more in zip(lines, _more(chosen, linked=linked), strict=True)
    ]


def record_of(record: Record, kinds: Iterable[str] = KINDS, *, linked: bool = True) -> Json:
    """Return an article with its rows of some kinds."""
    rows = {
        kind: rows_of(kind, [Selection(record, getattr(record, kind))], linked=linked)
        for kind in kinds
    }
    return {"article": article_of(record.article), "rows": rows}


def article_of(article: Article) -> Json:
    """Return an article with its text, that all offsets count into."""
    values: Json = value_of(article)
    return {name: value for name, value in values.items() if name not in NOT_SHOWN}


def _more(selections: Iterable[Selection], *, linked: bool) -> Iterator[Json]:
    for one in selections:
        for row in one.rows:
            spans = {name.removesuffix("_"): value_of(at) for name, at in parts_of(row).items()}
            link = {"link": link_of(one.record.article, row)} if linked else {}
            yield {"spans": spans, **link}


def link_of(article: Article, row: Row) -> str:
    """Return the address of a row's page in the room."""
    path = f"/articles/{article.article_id}/rows/{id_of(row)}"
    return url(path, version=article.version)
