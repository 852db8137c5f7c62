"""What Datasette is told of a store: its views explained, its tables kept in the background.

`onrecord.exports.datasette_plugin` gives Datasette the words that the queries here ask for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.store import TABLE_NAMES, VIEW_NAMES

TITLE = "What is on record"


@dataclass(frozen=True, slots=True)
class _View:
    """What a view is, what it can be counted by, and the part that its words are."""

    description: str
    facets: Sequence[str] = ()
    part: str = ""


_VIEWS: Mapping[str, _View] = {
    "articles": _View("The articles, in their latest version.", ("publisher",)),
    "statements": _View(
        "Who is reported to say, want or think something.", ("speaker", "act", "kind"), "content"
    ),
    "events": _View(
        "Who did what to whom, as PLOVER events, and who vouches for it.",
        ("event_type", "modality", "place_country"),
        "trigger",
    ),
    "figures": _View("Quantities claimed.", ("measure", "vouched_by"), "span"),
    "conditions": _View("What would happen if.", ("kind", "by"), "if_"),
    "demands": _View("What one party asks of another.", ("by", "of"), "asks"),
    "terms": _View("Words chosen where others choose another.", ("concept", "term"), "span"),
    "actors": _View("The people, states and groups of each article.", ("kind", "country")),
    "mentions": _View("Where the text refers to an actor.", ("form",), "span"),
    "times": _View("Dates, and what they come to.", (), "span"),
    "places": _View("Places.", ("country",), "span"),
}
_COLUMNS = {
    "article_id": "The article; the same id in all views.",
    "vouched_by": "Whose word it is: the innermost speaker, or the article's narration.",
    "spans": "Where the row's parts stand in the text: start-end, in code points.",
    "extractor": "What made the row, with its version.",
    "score": "How sure its maker was, 0 to 1.",
    "happening_id": "The same for all tellings of one event in this store.",
}
_MOST = 200  # rows a query with words shows


def metadata(name: str) -> Iterator[str]:
    """Yield the lines of a `metadata.yaml` for a store of that name (its file's, without .db)."""
    yield f"title: {json.dumps(TITLE)}"
    yield "databases:"
    yield f"  {json.dumps(name)}:"
    yield "    tables:"
    for view in VIEW_NAMES:
        yield from _table(view, _VIEWS[view])
    for table in TABLE_NAMES:
        yield f"      {json.dumps(table)}:"
        yield "        hidden: true"
    yield "    queries:"
    for view, known in _VIEWS.items():
        if known.part:
            yield from _query(view, known.part)


def _table(name: str, view: _View) -> Iterator[str]:
    yield f"      {name}:"
    yield f"        description: {json.dumps(view.description)}"
    if view.facets:
        yield f"        facets: {json.dumps(list(view.facets))}"
    yield "        columns:"
    for column, what in _COLUMNS.items():
        yield f"          {column}: {json.dumps(what)}"


def _query(view: str, part: str) -> Iterator[str]:
    """Yield a query that shows the words of rows, found by words of the article's title."""
    yield f"      {view}_in_words:"
    yield f"        title: {json.dumps(f'{view.capitalize()} with their words')}"
    yield "        sql: |-"
    for line in (
        f"select onrecord_words('{view}', '{part}', article.text, {view}.spans) as words, {view}.*",
        f"from {view}",
        f"join article on article.article_id = onrecord_id({view}.article_id)",
        f"  and article.version = {view}.version",
        f"where {view}.title like '%' || :title || '%' or :title = ''",
        f"limit {_MOST}",
    ):
        yield f"          {line}"
