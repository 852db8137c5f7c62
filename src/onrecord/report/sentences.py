"""Tables of rows with the sentence that each row stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onrecord.records import Span
from onrecord.report.excerpts import sentence_of
from onrecord.tables import checked_kind

if TYPE_CHECKING:
    import pyarrow as pa

SENTENCE = "sentence"
LONGEST_MARKED = 700  # code points that an excerpt holds whole; of longer words, where they begin
TEXTS_KEPT = 8  # rows come article by article

_PARTS: Mapping[str, tuple[str, ...]] = {
    "statements": ("source_", "cue_", "content_"),
    "events": ("trigger_",),
    "conditions": ("if_", "then_", "connective_"),
    "demands": ("asks_", "cue_"),
}
"""The parts that an excerpt must hold, of rows that are not one run of words."""

TextOf = Callable[[str, int], str | None]
"""What gives the text of an article by its id and version."""


def with_sentences(rows: pa.Table, kind: str, text_of: TextOf) -> pa.Table:
    """Return a table of `onrecord.tables` with one more column: the sentence around each row.

    The sentence has its line ends as blanks; a long one is cut to what is near the row. None where
    a row names no words, as an actor without a mention.

    Raises:
        ValueError: There is no such kind.
    """
    import pyarrow as pa  # here, since it takes longer to load than all the rest

    found = list(_sentences(rows, _PARTS.get(checked_kind(kind), ("",)), text_of))
    return rows.append_column(SENTENCE, pa.array(found, type=pa.string()))


def _sentences(rows: pa.Table, parts: tuple[str, ...], text_of: TextOf) -> Iterator[str | None]:
    kept = lru_cache(TEXTS_KEPT)(text_of)
    edges = [f"{part}{edge}" for part in parts for edge in ("start", "end")]
    for line in rows.select(["article_id", "version", *edges]).to_pylist():
        span = _whole(line, parts)
        text = kept(line["article_id"], line["version"]) if span else None
        if span is None or text is None:
            yield None
            continue
        around = sentence_of(text, span)
        yield " ".join(text[around.start : around.end].split())


def _whole(line: Mapping[str, Any], parts: tuple[str, ...]) -> Span | None:
    """Return what the sentence must hold; of a row with very many words, where it begins."""
    starts = [line[f"{part}start"] for part in parts if line[f"{part}start"] is not None]
    if not starts:
        return None
    start = min(starts)
    end = max(line[f"{part}end"] for part in parts if line[f"{part}end"] is not None)
    return Span(start, end if end - start <= LONGEST_MARKED else start + 1)
