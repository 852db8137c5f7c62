"""Rows as flat tables, with names and words in place of bare ids and spans.

Every kind of row has a fixed set of columns. All begin with the article (`article_id`, `version`,
`title`, `publisher`, `published`, `url`) and the row's id. Then, wherever they occur:

- a part of the text gives its words and `_start` and `_end`, offsets into the article's text; the
  words of a part in pieces are joined with " … " and the offsets run from first to last
  (`words`, `start` and `end` are those of the row as a whole);
- an actor gives its name and `_id`, `_country` and `_sector`;
- a place gives its name, its own words, `_country`, `_admin`, `_lat`, `_lon` and `_geonames_id`;
- several actors in one row are joined with "; ", in the same order in each of their columns;
- `voice` says who vouches for the row, innermost first: "Dmitry Peskov < the Kremlin", or
  "narration". For a statement it is who reports that the statement was made.

`happening_id` of events is the happening they tell: throughout a store, else in their article.
`identity` of actors is the id of who they are throughout a store; null outside one.
`term_voice` of terms is `Term.voice`: own, quoted or scare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.answers import Rows
from onrecord.records import (
    KINDS,
    Actor,
    Article,
    Event,
    Mention,
    Participant,
    Record,
    Row,
    Span,
    Spans,
    Statement,
    hull,
)
from onrecord.voices import voices

if TYPE_CHECKING:
    import pyarrow

PIECES = " … "
SEVERAL = "; "
NARRATION = "narration"
UNNAMED = "unnamed"  # a voice with neither a resolved speaker nor words for one


@dataclass(frozen=True, slots=True)
class Selection:
    """Some rows of one kind, and the record that has what they are linked to."""

    record: Record
    rows: Sequence[Row]
    throughout: Mapping[str, str] = field(default_factory=dict)
    """What a row is in all articles of a store, by its id: an actor's identity, an event's
    happening."""


def words(article: Article, spans: Spans) -> str | None:
    """Return the words of a part, its pieces joined with " … "; None when there are none."""
    return PIECES.join(article.cut(span) for span in spans) or None


def ground_words(article: Article, actor: Actor) -> list[str]:
    """Return why an actor has each of its values: "country RUS: title “Russian”"."""
    return [
        f"{ground.field} {getattr(actor, ground.field)}: {ground.rule}"
        + (f" “{article.cut(ground.span)}”" if ground.span is not None else "")
        for ground in actor.grounds
    ]


@dataclass(frozen=True)
class _View:
    """A record with its links at hand."""

    record: Record
    throughout: Mapping[str, str]

    @property
    def article(self) -> Article:
        return self.record.article

    @cached_property
    def actors(self) -> dict[str, Actor]:
        return {actor.actor_id: actor for actor in self.record.actors}

    @cached_property
    def mentions(self) -> dict[str | None, list[Mention]]:
        found: dict[str | None, list[Mention]] = {}
        for mention in self.record.mentions:
            found.setdefault(mention.actor_id, []).append(mention)
        return found

    def actor(self, actor_id: str | None) -> Actor | None:
        return self.actors.get(actor_id) if actor_id is not None else None

    def happening(self, event: Event) -> str | None:
        """The happening an event tells: throughout a store where that is known."""
        return self.throughout.get(event.event_id, event.happening_id)

    def voice(self, statement_id: str | None) -> str:
        """Who vouches for a row that has that statement, innermost first."""
        chain = self.record.voice_chain(statement_id)
        return " < ".join(voices(chain, self._speaker)) or NARRATION

    def _speaker(self, row: Statement) -> str:
        actor = self.actor(row.speaker_id)
        return actor.name if actor else words(self.article, row.source) or UNNAMED


_Value: TypeAlias = Callable[[_View, Any], object]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: str  # pyarrow's name for it
    value: _Value


def _plain(type_: str, *names: str) -> list[_Column]:
    """Columns with the values of the fields of those names."""

    def column(name: str) -> _Column:
        read = attrgetter(name)
        return _Column(name, type_, lambda view, row: read(row))

    return [column(name) for name in names]


def _part(name: str, spans: Callable[[Any], Spans]) -> list[_Column]:
    """Columns with the words of a part and where they stand; `words` for the row as a whole."""
    prefix = "" if name == "words" else f"{name}_"

    def edge(which: str) -> _Value:
        read = attrgetter(which)
        return lambda view, row: read(hull(spans(row))) if spans(row) else None

    return [
        _Column(name, "string", lambda view, row: words(view.article, spans(row))),
        _Column(f"{prefix}start", "int64", edge("start")),
        _Column(f"{prefix}end", "int64", edge("end")),
    ]


def _pieces(*names: str) -> list[_Column]:
    """Columns for fields that are tuples of spans."""
    return [column for name in names for column in _part(name.rstrip("_"), attrgetter(name))]


def _one(name: str, span: Callable[[Any], Span | None]) -> list[_Column]:
    """Columns for a part that is one span or none."""

    def spans(row: Row) -> Spans:
        found = span(row)
        return () if found is None else (found,)

    return _part(name, spans)


def _actor(name: str) -> list[_Column]:
    """Columns for the actor that the field `<name>_id` links to."""
    link = attrgetter(f"{name}_id")

    def of_actor(field: str) -> _Value:
        def value(view: _View, row: Row) -> object:
            actor = view.actor(link(row))
            return getattr(actor, field) if actor else None

        return value

    return [
        _Column(name, "string", of_actor("name")),
        _Column(f"{name}_id", "string", lambda view, row: link(row)),
        _Column(f"{name}_country", "string", of_actor("country")),
        _Column(f"{name}_sector", "string", of_actor("sector")),
    ]


def _participants(field: str) -> list[_Column]:
    """Columns for an event's actors or recipients; one that is not resolved gives its words."""
    parties, one = attrgetter(field), field.removesuffix("s")

    def joined(read: Callable[[_View, Participant], str | None]) -> _Value:
        def value(view: _View, row: Event) -> str | None:
            values = [read(view, party) or "" for party in parties(row)]
            return SEVERAL.join(values) if any(values) else None

        return value

    def of_actor(name: str) -> _Value:
        return joined(lambda view, p: getattr(view.actor(p.actor_id), name, None))

    def named(view: _View, party: Participant) -> str:
        actor = view.actor(party.actor_id)
        return actor.name if actor else view.article.cut(party.span)

    def spans(row: Event) -> Spans:
        return tuple(party.span for party in parties(row))

    _, start, end = _part(one, spans)
    return [
        _Column(field, "string", joined(named)),
        _Column(f"{one}_ids", "string", joined(lambda view, p: p.actor_id)),
        _Column(f"{one}_countries", "string", of_actor("country")),
        _Column(f"{one}_sectors", "string", of_actor("sector")),
        _Column(f"{one}_words", "string", joined(lambda view, p: view.article.cut(p.span))),
        start,
        end,
    ]


def _place(name: str) -> list[_Column]:
    """Columns for a place a row may have."""
    read = attrgetter(name)

    def column(suffix: str, type_: str, field: str) -> _Column:
        return _Column(f"{name}{suffix}", type_, lambda view, row: getattr(read(row), field, None))

    text, start, end = _one(name, lambda row: getattr(read(row), "span", None))
    return [
        column("", "string", "name"),
        _Column(f"{name}_words", "string", text.value),
        start,
        end,
        column("_country", "string", "country"),
        column("_admin", "string", "admin"),
        column("_lat", "float64", "lat"),
        column("_lon", "float64", "lon"),
        column("_geonames_id", "int64", "geonames_id"),
    ]


def _date(
    name: str, value: Callable[[Any], str | None], span: Callable[[Any], Span | None]
) -> list[_Column]:
    """Columns for the date a row may have, and the words it comes from."""
    text, start, end = _one(name, span)
    return [
        _Column(name, "string", lambda view, row: value(row)),
        _Column(f"{name}_words", "string", text.value),
        start,
        end,
    ]


def _first_mention(view: _View, row: Actor) -> Mention | None:
    return min(view.mentions.get(row.actor_id, ()), key=attrgetter("span"), default=None)


def _mentioned() -> list[_Column]:
    """Columns with an actor's number of mentions and its first one in the text."""

    def edge(which: str) -> _Value:
        def value(view: _View, row: Actor) -> object:
            mention = _first_mention(view, row)
            return getattr(mention.span, which) if mention else None

        return value

    def text(view: _View, row: Actor) -> object:
        mention = _first_mention(view, row)
        return view.article.cut(mention.span) if mention else None

    return [
        _Column("mentions", "int64", lambda view, row: len(view.mentions.get(row.actor_id, ()))),
        _Column("words", "string", text),
        _Column("start", "int64", edge("start")),
        _Column("end", "int64", edge("end")),
    ]


def _voiced(link: str = "statement_id") -> list[_Column]:
    """Columns with who vouches for the row, how sure its maker was and what that was."""
    read = attrgetter(link)
    return [
        _Column(link, "string", lambda view, row: read(row)),
        _Column("voice", "string", lambda view, row: view.voice(read(row))),
        *_plain("float64", "score"),
        *_plain("string", "extractor"),
    ]


def _listed(name: str) -> list[_Column]:
    """A column with the items of a field joined with "; "; None when there are none."""
    read = attrgetter(name)
    return [_Column(name, "string", lambda view, row: SEVERAL.join(map(str, read(row))) or None)]


_SPAN: Callable[[Any], Span] = attrgetter("span")


def _article() -> list[_Column]:
    """The columns that every table begins with."""

    def column(name: str, type_: str = "string") -> _Column:
        read = attrgetter(name)
        return _Column(name, type_, lambda view, row: read(view.article))

    texts = ("title", "publisher", "published", "url")
    return [column("article_id"), column("version", "int64"), *(column(name) for name in texts)]


_STATEMENT = [
    *_plain("string", "statement_id", "kind", "act"),
    *_actor("speaker"),
    *_actor("addressee"),
    *_pieces("source", "cue", "content"),
    *_date(
        "said_on",
        lambda row: row.said_on and row.said_on.value,
        lambda row: row.said_on and row.said_on.span,
    ),
    *_place("said_at"),
    *_pieces("occasion"),
    *_voiced("parent_id"),
]
_EVENT = [
    *_plain("string", "event_id", "event_type", "mode"),
    *_listed("contexts"),
    *_participants("actors"),
    *_participants("recipients"),
    *_pieces("trigger"),
    *_date("date", attrgetter("date"), attrgetter("date_span")),
    *_place("place"),
    *_plain("bool", "symmetric"),
    *_plain("string", "modality"),
    *_plain("float64", "goldstein"),
    *_plain("int64", "quad"),
    _Column("happening_id", "string", lambda view, row: view.happening(row)),
    *_voiced(),
]
_FIGURE = [
    *_plain("string", "figure_id", "measure"),
    *_one("words", _SPAN),
    *_plain("float64", "low", "high"),
    *_plain("bool", "approx", "denied"),
    *_plain("string", "unit"),
    *_one("whom", attrgetter("whom")),
    *_place("place"),
    *_plain("string", "as_of"),
    *_actor("cause"),
    *_voiced(),
]
_CONDITION = [
    *_plain("string", "condition_id", "kind"),
    *_pieces("if_", "then", "connective"),
    *_actor("by"),
    *_actor("on"),
    *_voiced(),
]
_DEMAND = [
    *_plain("string", "demand_id"),
    *_actor("by"),
    *_actor("of"),
    *_one("asks", attrgetter("asks")),
    *_pieces("cue"),
    *_voiced(),
]
_TERM = [
    *_plain("string", "term_id", "concept", "term"),
    *_one("words", _SPAN),
    _Column("term_voice", "string", lambda view, row: row.voice),
    *_plain("bool", "avoided"),
    *_actor("used_by"),
    *_voiced(),
]


def _grounds(article: Article, row: Actor) -> str | None:
    """Return why an actor has its values, in words; None without any ground."""
    return SEVERAL.join(ground_words(article, row)) or None


_ACTOR = [
    *_plain("string", "actor_id", "name", "kind", "country", "sector", "wikidata", "known_as"),
    _Column("grounds", "string", lambda view, row: _grounds(view.article, row)),
    *_mentioned(),
    _Column("identity", "string", lambda view, row: view.throughout.get(row.actor_id)),
    *_plain("string", "extractor"),
]


def _possible(view: _View, row: Mention) -> str | None:
    """Return the names of those a mention in doubt may refer to."""
    actors = (view.actor(candidate) for candidate in row.candidates)
    return SEVERAL.join(actor.name if actor else "" for actor in actors) or None


_MENTION = [
    *_plain("string", "mention_id"),
    *_one("words", _SPAN),
    *_actor("actor"),
    *_plain("string", "form", "role", "role_country"),
    _Column("candidates", "string", _possible),
    _Column("candidate_ids", "string", _listed("candidates")[0].value),
    *_plain("string", "extractor"),
]
_TIME = [
    *_plain("string", "time_id"),
    *_one("words", _SPAN),
    *_plain("string", "value", "anchor", "extractor"),
]


def _place_row() -> list[_Column]:
    return [
        *_plain("string", "place_id", "name"),
        *_one("words", _SPAN),
        *_plain("string", "country", "admin"),
        *_plain("float64", "lat", "lon"),
        *_plain("int64", "geonames_id"),
        *_listed("candidates"),
        *_plain("string", "extractor"),
    ]


_COLUMNS: dict[str, list[_Column]] = {
    "statements": _STATEMENT,
    "events": _EVENT,
    "figures": _FIGURE,
    "conditions": _CONDITION,
    "demands": _DEMAND,
    "terms": _TERM,
    "actors": _ACTOR,
    "mentions": _MENTION,
    "times": _TIME,
    "places": _place_row(),
}


def table(record: Record, kind: str) -> Rows:
    """Return the rows of one kind with flat columns, in the record's order.

    Raises:
        ValueError: There is no such kind.
    """
    chosen = Selection(record, getattr(record, checked_kind(kind)))
    return Rows(kind, selected(kind, [chosen]))


def selected(kind: str, selections: Iterable[Selection]) -> pyarrow.Table:
    """Return chosen rows of one kind, from any number of records, as one flat table.

    The columns are the same whatever the rows, and when there are none.

    Raises:
        ValueError: There is no such kind.
    """
    import pyarrow as pa  # here, since it takes longer to load than all the rest

    columns = [*_article(), *_COLUMNS[checked_kind(kind)]]
    values: list[list[object]] = [[] for _ in columns]
    for selection in selections:
        view = _View(selection.record, selection.throughout)
        for row in selection.rows:
            for column, cells in zip(columns, values, strict=True):
                cells.append(column.value(view, row))
    schema = pa.schema(
        [pa.field(column.name, pa.type_for_alias(column.type)) for column in columns]
    )
    return pa.table(
        [pa.array(cells, type=field.type) for cells, field in zip(values, schema, strict=True)],
        schema=schema,
    )


def column_types(kind: str) -> dict[str, str]:
    """Return the columns of a kind's table by name, in order, with pyarrow's names of their types.

    Raises:
        ValueError: There is no such kind.
    """
    return {column.name: column.type for column in (*_article(), *_COLUMNS[checked_kind(kind)])}


def checked_kind(kind: str) -> str:
    """Return the kind.

    Raises:
        ValueError: There is no such kind; the message lists them.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    return kind
