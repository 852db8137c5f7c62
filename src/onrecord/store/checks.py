"""What must be true of a record before it is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from onrecord.errors import StoreError
from onrecord.records import Article, Event, Mention, Record, Row, TimeExpression, id_of, spans_of
from onrecord.store.shapes import SHAPES

_ACTOR_LINKS = (
    "speaker_id",
    "addressee_id",
    "cause_id",
    "by_id",
    "on_id",
    "of_id",
    "used_by_id",
)
_STATEMENT_LINKS = ("statement_id", "parent_id")


def check_record(record: Record) -> None:
    """Check a record's text, spans and links.

    Raises:
        StoreError: The text is not the one its hash was made of or holds what no store can keep,
            a span reaches past it, a link leads to no row of the record, or two different places
            or dates share an id.
    """
    _check_text(record.article)
    length = len(record.article.text)
    for row in record.rows():
        for span in spans_of(row):
            if span.end > length:
                raise _fault(record, row, f"has {span}, past the text's {length} characters")
    known = {
        "actor": {row.actor_id for row in record.actors},
        "statement": {row.statement_id for row in record.statements},
        "time": {"published"} | {row.time_id for row in record.times},
    }
    for row in record.rows():
        for field, target, linked in _links(row):
            if linked not in known[target]:
                raise _fault(record, row, f"has {field} {linked!r}, and no {target} has that id")
    _check_nested(record)


def _fault(record: Record, row: Row, what: str) -> StoreError:
    kind = next(kind for kind, shape in SHAPES.items() if isinstance(row, shape.row_type))
    return StoreError(
        f"{record.article.article_id}: {id_of(row)} ({kind}) {what}; nothing was stored: "
        f"mend the record or extract the article again"
    )


def _check_text(article: Article) -> None:
    try:
        encoded = article.text.encode()
    except UnicodeEncodeError as error:
        raise StoreError(
            f"{article.article_id}: the text has half a character at {error.start} that no store "
            f"can keep; read the article again"
        ) from error
    if "\0" in article.text:
        raise StoreError(
            f"{article.article_id}: the text has a null character at {article.text.index(chr(0))} "
            f"that no store can keep; read the article again"
        )
    if hashlib.sha256(encoded).hexdigest() != article.sha256:
        raise StoreError(
            f"{article.article_id}: the text is not the one that its sha256 was made of; "
            f"read the article again"
        )


def _links(row: Row) -> Iterator[tuple[str, str, str]]:
    """Yield each link of a row: the field, the kind of row it leads to, and its id."""
    for field in _ACTOR_LINKS:
        if linked := getattr(row, field, None):
            yield field, "actor", linked
    for field in _STATEMENT_LINKS:
        if linked := getattr(row, field, None):
            yield field, "statement", linked
    for actor_id in _actors_of(row):
        if actor_id is not None:
            yield "actor_id", "actor", actor_id
    if isinstance(row, Mention):
        yield from (("candidates", "actor", candidate) for candidate in row.candidates)
    if isinstance(row, TimeExpression) and row.anchor is not None:
        yield "anchor", "time", row.anchor


def _actors_of(row: Row) -> tuple[str | None, ...]:
    """Return the actor that a mention refers to, or the parties to an event."""
    if isinstance(row, Event):
        return tuple(party.actor_id for party in (*row.actors, *row.recipients))
    return (row.actor_id,) if isinstance(row, Mention) else ()


def _check_nested(record: Record) -> None:
    """Refuse a place or a date that is one thing in a row and another in the list."""
    known: dict[tuple[str, str], object] = {
        (kind, id_of(row)): row for kind in ("times", "places") for row in getattr(record, kind)
    }
    for row in record.rows():
        shape = next(shape for shape in SHAPES.values() if isinstance(row, shape.row_type))
        for field, kind in shape.linked:
            nested = getattr(row, field)
            if nested is None:
                continue
            if known.setdefault((kind, id_of(nested)), nested) != nested:
                raise _fault(record, row, f"has another {id_of(nested)} ({kind}) as its {field}")
