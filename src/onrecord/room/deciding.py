"""What the room shows of a row that people can decide about, and what they send of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from fastapi import Request

from onrecord.records import ActorKind, Record, Row, Span, id_of, spans_of
from onrecord.reviews import Outcome
from onrecord.reviews.assigning import assigned, fields_of, shown_name, written
from onrecord.reviews.corrections import TYPES, key_spans
from onrecord.reviews.values import Value
from onrecord.room.excerpting import Line, lines_of
from onrecord.room.fielding import SPAN, Field, make_fields
from onrecord.room.passages import TextLine, passage_around
from onrecord.room.signing import reviewer_of
from onrecord.room.state import Room
from onrecord.tables import PIECES, Selection

FIELD, WAS = "field.", "was."
NEW_ACTOR = "new"
ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)

ADDED = tuple(kind for kind in TYPES if kind != "actors")
"""The kinds of rows that can be added to an article."""

Form = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A row, or one that is to be added, as a form beside the words it is about."""

    kind: str
    record: Record
    fields: list[Field]
    passage: list[TextLine]
    was: Mapping[str, str] = field(default_factory=dict)  # what is seen now, by the fields' names
    given: Mapping[str, str] = field(default_factory=dict)  # reason and the like, when refused
    row_id: str = ""  # "" for one that is to be added
    line: Line | None = None  # the row as it is seen now
    is_seen: bool = True  # whether questions see it: it is not rejected
    history: tuple[Outcome, ...] = ()

    @property
    def actors(self) -> list[str]:
        """The names of the article's actors, each once."""
        return sorted({one.name for one in self.record.actors})


def sheet_of(room: Room, row_id: str, form: Form | None = None) -> Sheet:
    """Return the sheet of a row, filled in as it is seen now or as a form that was refused.

    Raises:
        StoreError: No row has that id, or it is of an earlier version of its article.
    """
    record, kind, row = room.store.reviews.find(row_id)
    decided = room.store.reviews.all(record.article.article_id)
    (line,) = lines_of(kind, [Selection(record, [row])], None)
    now = written(row, kind, record)
    return Sheet(
        kind=kind,
        record=record,
        fields=make_fields(kind, now | _sent(form or {}, kind), record),
        passage=passage_around(record.article.text, _places(record, row)),
        was=now,
        given=_given(form or {}),
        row_id=row_id,
        line=line,
        is_seen=any(id_of(one) == row_id for one in getattr(record, kind)),
        history=tuple(one for one in decided if row_id in (one.row_id, one.correction.row_id)),
    )


def empty_sheet(record: Record, kind: str, form: Form) -> Sheet:
    """Return the sheet of a row that is to be added, filled in as a form has it."""
    sent = _sent(form, kind)
    bounds = [(int(one[1]), int(one[2])) for value in sent.values() for one in SPAN.finditer(value)]
    spans = [Span(start, end) for start, end in bounds if start < end <= len(record.article.text)]
    return Sheet(
        kind=kind,
        record=record,
        fields=make_fields(kind, sent, record),
        passage=passage_around(record.article.text, spans),
        given=_given(form),
    )


def changes_in(form: Form, kind: str, record: Record) -> dict[str, Value]:
    """Return what a form has otherwise than when it was filled in, as right values by field.

    Raises:
        ValueError: A value is none that its field can have.
    """
    was = _sent(form, kind, WAS)
    changed = {name: text for name, text in _sent(form, kind).items() if text != was.get(name, "")}
    return assigned(kind, changed, record, _new_actor(form))


def words_seen(room: Room, outcomes: Iterable[Outcome]) -> dict[int, str]:
    """Return the words that reviewers saw of rows, by the numbers of their decisions."""
    texts: dict[tuple[str, int], str] = {}
    words = {}
    for made in (one.correction for one in outcomes):
        key = made.article_id, made.version
        if key not in texts:
            texts[key] = room.store.views.text(key) or ""
        spans = key_spans(made.kind, made.row) if made.seen else ()
        words[made.number] = PIECES.join(texts[key][one.start : one.end] for one in spans)
    return words


def review_values(
    request: Request, sheet: Sheet | None, wrong: str | None = None
) -> dict[str, Any]:
    """Return what the template of a sheet shows."""
    return {
        "sheet": sheet,
        "wrong": wrong,
        "kinds": ADDED,
        "reviewer": reviewer_of(request),
        "correcting": wrong is not None or "correct" in request.query_params,
    }


def _sent(form: Form, kind: str, prefix: str = FIELD) -> dict[str, str]:
    names = map(shown_name, fields_of(kind))
    return {
        name: str(form[prefix + name]).strip().replace("\r\n", "\n")
        for name in names
        if prefix + name in form
    }


def _given(form: Form) -> dict[str, str]:
    return {name: str(form[name]) for name in ("why", "by", NEW_ACTOR) if name in form}


def _new_actor(form: Form) -> str | None:
    kind = str(form.get(NEW_ACTOR, ""))
    return kind if kind in ACTOR_KINDS else None


def _places(record: Record, row: Row) -> list[Span]:
    """Return where a row stands; an actor, where it is first mentioned."""
    found = list(spans_of(row))
    mentioned = [one.span for one in record.mentions if one.actor_id == id_of(row)]
    return found or sorted(mentioned)[:1]
