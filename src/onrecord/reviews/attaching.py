"""Which row of a record a correction is about, after the article was read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import cast

from onrecord.records import Record, Row, Span, Spans, hull, id_of
from onrecord.reviews.corrections import Correction, key_spans

SAME = 0.5  # of the characters that two rows span, what the one row they are shares at least


@dataclass(frozen=True)
class Reread:
    """A text and what became of it in another version.

    Attributes:
        old: The text that offsets are of.
        new: The text that they are to be of.
    """

    old: str
    new: str

    def spans(self, spans: Spans) -> Spans | None:
        """Return where words of the old text stand in the new one; None: not all, or not alike."""
        if self.old == self.new:
            return spans
        moved = tuple(self._moved(span) for span in spans)
        known = tuple(span for span in moved if span is not None)
        return known if len(known) == len(spans) else None

    def _moved(self, span: Span) -> Span | None:
        for old, new, length in self._blocks:
            if old <= span.start and span.end <= old + length:
                return Span(span.start - old + new, span.end - old + new)
        return None

    @cached_property
    def _blocks(self) -> list[tuple[int, int, int]]:
        """Stretches that both texts have, word for word: start in either, and length."""
        old, new = _words(self.old), _words(self.new)
        matcher = SequenceMatcher(
            None, [word for _, word in old], [word for _, word in new], autojunk=False
        )
        return [
            (old[one.a][0], new[one.b][0], _end(old, one.a + one.size) - old[one.a][0])
            for one in matcher.get_matching_blocks()
            if one.size
        ]


def _words(text: str) -> list[tuple[int, str]]:
    """Return words and what stands between them, each with its start."""
    cuts = [0]
    for at, (one, other) in enumerate(pairwise(text), start=1):
        if one.isalnum() != other.isalnum() or not one.isalnum():
            cuts.append(at)
    return [(start, text[start:end]) for start, end in pairwise([*cuts, len(text)])]


def _end(words: Sequence[tuple[int, str]], after: int) -> int:
    start, word = words[after - 1]
    return start + len(word)


def find_row(record: Record, correction: Correction, reread: Reread) -> Row | None:
    """Return the row of a record that a correction is about: by its id, else by words and place.

    None: there is none, or more than one could be meant.

    Args:
        record: The record, as the machine made it.
        correction: The correction.
        reread: The text that the correction is of, and the record's.
    """
    rows: Sequence[Row] = getattr(record, correction.kind)
    by_id = next((row for row in rows if id_of(row) == correction.row_id), None)
    if by_id is not None and correction.version == record.article.version:
        return by_id
    if not correction.seen:
        return None
    spans = reread.spans(key_spans(correction.kind, correction.row))
    if not spans:
        return _by_name(rows, correction) if correction.kind == "actors" else None
    shares = [(_shared(spans, key_spans(correction.kind, row)), row) for row in rows]
    best = max((share for share, _ in shares), default=0.0)
    found = [row for share, row in shares if share == best]
    return found[0] if best >= SAME and len(found) == 1 else None


def _by_name(rows: Sequence[Row], correction: Correction) -> Row | None:
    named = [row for row in rows if getattr(row, "name", None) == correction.seen["name"]]
    return named[0] if len(named) == 1 else None


def _shared(some: Spans, others: Spans) -> float:
    """Return how much of the characters that two rows span is in both, 0 to 1."""
    if not hull(some).overlaps(hull(others)):
        return 0.0
    one = {at for span in some for at in range(span.start, span.end)}
    other = {at for span in others for at in range(span.start, span.end)}
    return len(one & other) / len(one | other)


def moved_row(row: Row, reread: Reread) -> Row | None:
    """Return a row with its spans where their words stand in the other text; None: not all do."""
    if reread.old == reread.new:
        return row
    try:
        return cast(Row, _moved(row, reread))
    except _LostError:
        return None


class _LostError(Exception):
    """Words of a row that the other text has not."""


def _moved(part: object, reread: Reread) -> object:
    if isinstance(part, Span):
        found = reread.spans((part,))
        if found is None:
            raise _LostError
        return found[0]
    if isinstance(part, tuple):
        return tuple(_moved(one, reread) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        parts = {one.name: _moved(getattr(part, one.name), reread) for one in fields(part)}
        return replace(part, **parts)
    return part
