"""Score the dates of records: those that annotators marked, and what each is said to mean.

A marked date is compared with the record's date that shares most of its characters. Its value is
right when it is the same date at the same precision, or the same days of an interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.evaluate.gum import DatedText, MarkedDate
from onrecord.evaluate.matching import jaccard
from onrecord.evaluate.tally import Tally
from onrecord.language.calendar import period_from_iso
from onrecord.records import Record, Span, TimeExpression

_AROUND = 40  # code points shown on either side of a date


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSlip:
    """A marked date that a record has wrong, and why."""

    text: str  # the name of the text
    words: str
    around: str  # the words with some before and after them
    wanted: str
    got: str | None
    cause: str


def score_dates(gold: DatedText, record: Record) -> tuple[Tally, ...]:
    """Return how many of a text's marked dates are found, and how many have the right value."""
    found = [_found(date, record) for date in gold.dates]
    right = sum(
        same_dates(date.value, time.value if time else None)
        for date, time in zip(gold.dates, found, strict=True)
    )
    number = len(gold.dates)
    return (
        Tally("dates", sum(time is not None for time in found), None, number),
        Tally("dates value", right, None, number),
    )


def date_slips(gold: DatedText, record: Record) -> Iterator[DateSlip]:
    """Yield the marked dates of a text whose values are wrong in a record, in text order."""
    for date in gold.dates:
        time = _found(date, record)
        got = time.value if time else None
        if not same_dates(date.value, got):
            start, end = date.span.start, date.span.end
            yield DateSlip(
                text=gold.name,
                words=gold.text[start:end],
                around=" ".join(gold.text[max(0, start - _AROUND) : end + _AROUND].split()),
                wanted=date.value,
                got=got,
                cause=_cause(time, record),
            )


def _cause(time: TimeExpression | None, record: Record) -> str:
    if time is None:
        return "not seen as a date"
    words = record.article.cut(time.span)
    if time.value is None:
        return f"“{words}” has no date to be told from"
    if time.anchor is None:
        return f"“{words}” was read by itself"
    if time.anchor == "published":
        return f"“{words}” was told from the publication"
    earlier = next((one for one in record.times if one.time_id == time.anchor), None)
    anchor = record.article.cut(earlier.span) if earlier else time.anchor
    return f"“{words}” was told from “{anchor}”"


def same_dates(wanted: str, got: str | None) -> bool:
    """Whether two ISO values mean the same: one date at one precision, or the same days."""
    if got is None:
        return False
    first, last = period_from_iso(wanted), period_from_iso(got)
    if first is None or last is None or (first.single is None) != (last.single is None):
        return wanted == got
    if first.single is not None:
        return first == last
    return (first.start.as_date, first.end.last_day) == (last.start.as_date, last.end.last_day)


def _found(date: MarkedDate, record: Record) -> TimeExpression | None:
    best, most = None, 0.0
    for time in record.times:
        there = record.article.input_span(time.span)
        if there.overlaps(date.span):
            shared = jaccard(_offsets(there), _offsets(date.span))
            if shared > most:
                best, most = time, shared
    return best


def _offsets(span: Span) -> range:
    return range(span.start, span.end)
