"""What is asked and what comes back, as JSON Schema and OpenAPI have it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from onrecord.records import KINDS, Article
from onrecord.room.api.values import NOT_SHOWN, Json
from onrecord.room.asking import FIELDS, MOST_PAGES
from onrecord.room.problems import PROBLEM
from onrecord.store import ASKED_OF_ARTICLES, Happening, Identity
from onrecord.store.catalogue import ArticleSummary
from onrecord.store.claims import Subject
from onrecord.store.filters import applies
from onrecord.store.overview import Tally
from onrecord.tables import column_types

USUAL_SIZE = 20
MOST_ROWS = 200  # of a page

_PREFIX = "#/components/schemas/"
_TYPES = {"string": "string", "int64": "integer", "float64": "number", "bool": "boolean"}

FILTER_WORDS = {
    "speaker": "Who said it, or vouches for it: a name, or the id of an identity.",
    "actor": "Who did it, asks it, set or caused it.",
    "recipient": "To whom it was done, said or set.",
    "country": "The country of any actor of the row: UKR.",
    "actor_country": "The country of who did it.",
    "recipient_country": "The country of whom it was done to.",
    "type": "Event type, act, measure, kind, concept, sector or form, in any case.",
    "modality": "actual, negated, future, conditional or hypothetical.",
    "mode": "How it was done, such as aerial or arrest.",
    "context": "What it is about, such as military.",
    "quad": "1 and 2 verbal and material cooperation, 3 and 4 conflict.",
    "place": "The whole name of the place.",
    "min_score": "At least that sure, 0 to 1; rows that rules made have no score and stay.",
    "voice": "narration, statement, or who vouches for it: a name.",
    "since": "Not before 2022, 2022-03 or 2022-03-11.",
    "until": "Not after that date.",
    "text": 'With these words, and "phrases in quotation marks".',
    "publisher": "The outlet: its whole name, in any case.",
    "article": "In one article: its id, URL or title.",
}
"""What each filter asks for."""

_FILTER_TYPES = {"quad": "integer", "min_score": "number"}


def filters_of(kind: str) -> tuple[str, ...]:
    """Return the filters that mean something for a kind of row, or for articles."""
    if kind == "articles":
        return tuple(name for name in FIELDS if name in ASKED_OF_ARTICLES)
    return tuple(name for name in FIELDS if applies(kind, name))


def parameter(name: str, words: str, schema: Json | None = None) -> Json:
    """Return a parameter of an address, as OpenAPI has it."""
    return {
        "name": name,
        "in": "query",
        "description": words,
        "required": False,
        "schema": schema or {"type": "string"},
    }


def filter_parameters(kind: str) -> list[Json]:
    """Return the parameters of the filters of a kind of row."""
    return [
        parameter(name, FILTER_WORDS[name], {"type": _FILTER_TYPES.get(name, "string")})
        for name in filters_of(kind)
    ]


PAGING = [
    parameter(
        "page",
        "Which page, from 1.",
        {"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1},
    ),
    parameter(
        "size",
        "How many to a page.",
        {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_SIZE},
    ),
]
ORDERING = parameter(
    "order",
    "By date; unknown dates come last.",
    {"enum": ["newest", "oldest"], "default": "newest"},
)


def ref(name: str) -> Json:
    """Return what stands for a schema of that name."""
    return {"$ref": _PREFIX + name}


def answers(schema: Json, words: str) -> dict[int | str, dict[str, Any]]:
    """Return what a route says of its answer."""
    return {200: {"description": words, "content": {"application/json": {"schema": schema}}}}


def listed(of: Json) -> Json:
    """Return the schema of a list."""
    return {"type": "array", "items": of}


def shaped(properties: Mapping[str, Json], optional: Collection[str] = ()) -> Json:
    """Return the schema of an object with just those values."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def paged(of: Json) -> Json:
    """Return the schema of a page of a search."""
    return shaped(
        {
            "total": {"type": "integer", "description": "How many were found."},
            "total_is_least": {
                "type": "boolean",
                "description": "There are more than are counted one by one.",
            },
            "page": {"type": "integer"},
            "size": {"type": "integer"},
            "next": {"type": ["string", "null"], "description": "The address of the next page."},
            "rows": listed(of),
        }
    )


def name_of(kind: str) -> str:
    """Return what the schema of a row of a kind is called: Statement, Event."""
    return kind.removesuffix("s").title()


def _row(kind: str) -> Json:
    columns: dict[str, Json] = {
        name: {"type": [_TYPES[type_], "null"]} for name, type_ in column_types(kind).items()
    }
    span = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
    spans = {
        "type": "object",
        "description": "Where each part stands in the article's text: [start, end) in code points.",
        "additionalProperties": listed(span),
    }
    link = {"type": "string", "description": "The row's page in the room."}
    shape = {"row": {"const": kind}, **columns, "spans": spans, "link": link}
    return shaped(shape, optional=("link",))


def _made(classes: Iterable[type], left_out: Collection[str] = ()) -> dict[str, Json]:
    """Return the schemas of dataclasses, and of what they hold, by name."""
    found: dict[str, Json] = {}
    for one in classes:
        schema = TypeAdapter(one).json_schema(
            mode="serialization", ref_template=f"{_PREFIX}{{model}}"
        )
        found |= schema.pop("$defs", {})
        for name in left_out:
            schema["properties"].pop(name, None)
        schema["required"] = [*schema["properties"]]
        found[one.__name__] = schema
    return found


_TEXT, _NUMBER, _WHOLE = ({"type": one} for one in ("string", "number", "integer"))
_TEXT_OR_NOT, _NUMBER_OR_NOT, _WHOLE_OR_NOT, _TRUE_OR_NOT = (
    {"type": [one, "null"]} for one in ("string", "number", "integer", "boolean")
)
_TRUE: Json = {"type": "boolean"}

COUNT = shaped(
    {
        "period": _TEXT_OR_NOT,
        "actor_country": _TEXT_OR_NOT,
        "recipient_country": _TEXT_OR_NOT,
        "event_type": _TEXT_OR_NOT,
        "quad": _WHOLE_OR_NOT,
        "happenings": _WHOLE,
        "by_publication": _WHOLE,
        "tellings": _WHOLE,
        "goldstein": _NUMBER_OR_NOT,
        "unit": _TEXT,
    }
)

CLAIM = shaped(
    {
        "figure_id": _TEXT,
        "measure": _TEXT,
        "low": _NUMBER_OR_NOT | {"description": "null: open below"},
        "high": _NUMBER_OR_NOT | {"description": "null: open above"},
        "approx": _TRUE,
        "denied": _TRUE,
        "unit": _TEXT_OR_NOT,
        "place": _TEXT_OR_NOT,
        "words": _TEXT,
        "first_day": _TEXT_OR_NOT,
        "last_day": _TEXT_OR_NOT,
        "by_publication": _TRUE_OR_NOT | {"description": "It has no date of its own."},
        "source": _TEXT,
        "source_kind": _TEXT,
        "chosen": _TRUE,
        "article_id": _TEXT,
        "version": _WHOLE,
        "title": _TEXT_OR_NOT,
        "publisher": _TEXT_OR_NOT,
        "link": _TEXT,
    }
)

_MOVE: dict[str, Json] = {
    "kind": _TEXT,
    "by": listed(_TEXT),
    "to": listed(_TEXT),
    "words": _TEXT,
    "date": _TEXT_OR_NOT,
    "by_publication": _TRUE,
    "row": _TEXT,
    "row_id": _TEXT,
    "article_id": _TEXT,
    "version": _WHOLE,
}
_ANSWER = _MOVE | {"accepts": _TRUE, "score": _NUMBER, "because": listed(_TEXT)}

TALKS = shaped(
    {
        "read": _WHOLE | {"description": "How many articles were read for it."},
        "more": _TRUE | {"description": "Older articles have two of the parties."},
        "moves": listed(
            shaped(
                _MOVE
                | {
                    "told": _WHOLE,
                    "standing": _TEXT_OR_NOT,
                    "answers": listed(shaped(_ANSWER)),
                }
            )
        ),
    }
)

SCHEMAS: dict[str, Json] = {
    **{name_of(kind): _row(kind) for kind in KINDS},
    **_made((Article, ArticleSummary), NOT_SHOWN),
    **_made((Happening, Identity, Subject, Tally)),
    "Record": shaped(
        {
            "article": ref("Article"),
            "rows": shaped({kind: listed(ref(name_of(kind))) for kind in KINDS}, optional=KINDS),
        }
    ),
    "Problem": shaped(
        {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong with what."},
            "next": {"type": "string", "description": "What to do about it."},
        }
    ),
}
"""What comes back, by name."""

ERRORS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "What is wrong, and the next step (RFC 9457).",
        "content": {PROBLEM: {"schema": ref("Problem")}},
    }
}
"""What every route may answer instead."""
