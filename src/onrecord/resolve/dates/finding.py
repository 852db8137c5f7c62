"""Finding the dates of a text and reading each against now or an earlier date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from onrecord.records import Span
from onrecord.resolve.dates.abbreviated import ABBREVIATED
from onrecord.resolve.dates.absolute import ABSOLUTE, full_date
from onrecord.resolve.dates.anaphoric import ANAPHORIC
from onrecord.resolve.dates.composite import PREFIXES, Prefix, joins, range_of
from onrecord.resolve.dates.deictic import DEICTIC, day_of_month
from onrecord.resolve.dates.forms import (
    Anchor,
    Context,
    Earlier,
    Now,
    RangeEnd,
    Read,
    Reading,
    Tense,
    Words,
)
from onrecord.resolve.dates.listed import listed_days
from onrecord.resolve.dates.weeks import WEEKS

FORMS = (*ABSOLUTE, *ABBREVIATED, *WEEKS, *ANAPHORIC, *DEICTIC)
_REACH = 1_500  # code points an earlier date may lie back: beyond it a story has moved on
_REMEMBERED = 12  # earlier dates kept in mind
_BEFORE = 60  # code points looked at before the word that tells a date, and before a range
_WORD_START = re.compile(r"\b\w")

NowAt = Callable[[Span], Now | None]
TenseAt = Callable[[Span], Tense]


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that are a date: their ISO value, None when unresolved, and its anchor."""

    span: Span
    value: str | None
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    """A date found in a text, and words before it that make another date of it."""

    span: Span
    words: Words
    read: Read
    prefix: Prefix | None = None
    prefixed: re.Match[str] | None = None

    @property
    def whole(self) -> Span:
        start = self.prefixed.start() if self.prefixed else self.span.start
        return Span(start, self.span.end)


@dataclass(frozen=True, slots=True)
class _Read:
    """A match as it was read: itself, and the date that its prefix makes of it."""

    span: Span
    inner: Reading | None
    whole: Span
    outer: Reading | None


def find_dates(text: str, *, now_at: NowAt, tense_at: TenseAt) -> tuple[Dated, ...]:
    """Return the dates of a text in text order, a date that has others in it before them.

    `now_at` gives the time that "today" at a place speaks of, None where that is unknown;
    `tense_at` gives the tense of the clause around a place.
    """
    reader = _Reader(text, now_at, tense_at)
    return tuple(sorted(reader.dates(), key=lambda one: (one.span.start, -one.span.end)))


class _Reader:
    """Reads the matches of one text from its start to its end."""

    def __init__(self, text: str, now_at: NowAt, tense_at: TenseAt) -> None:
        self._text = text
        self._now_at = now_at
        self._tense_at = tense_at
        self._earlier: list[Earlier] = []

    def dates(self) -> Iterator[Dated]:
        matches = _matches(self._text)
        at = 0
        while at < len(matches):
            match = matches[at]
            following = matches[at + 1] if at + 1 < len(matches) else None
            if following is not None and self._joined(match, following):
                yield from self._range(*self._ends(match, following))
                at += 2
            else:
                yield from self._rows(self._read(match, None))
                at += 1

    def _ends(self, first: _Match, last: _Match) -> tuple[_Read, _Read]:
        """Read the two ends of a range, that first which tells the other its year or week."""
        end = self._read(last, None)
        is_absolute = end.outer is not None and end.outer.anchor is None
        if is_absolute or self._tense_at(last.span) == "future":
            return self._read(first, _range_end(end, is_last=True)), end
        start = self._read(first, None)
        return start, self._read(last, _range_end(start, is_last=False))

    def _joined(self, first: _Match, last: _Match) -> bool:
        if last.prefixed is not None and last.prefix is not None and last.prefix.is_offset:
            return False
        start = first.whole.start
        before = self._text[max(0, start - _BEFORE) : start]
        return joins(before, self._text[first.whole.end : last.whole.start])

    def _read(self, match: _Match, within: RangeEnd | None) -> _Read:
        inner = self._reading(match, within)
        outer, prefix = inner, match.prefix
        if prefix is not None and match.prefixed is not None:
            outer = None
            if inner is not None:
                anchor = match.span if prefix.is_offset else inner.anchor
                outer = _made(prefix, match.prefixed, inner, anchor)
        return _Read(match.span, inner, match.whole, outer)

    def _reading(self, match: _Match, within: RangeEnd | None) -> Reading | None:
        start = match.span.start
        earlier = [one for one in self._earlier if start - one.span.end <= _REACH]
        context = Context(
            self._now_at(match.span),
            tuple(reversed(earlier)),
            self._tense_at(match.span),
            within,
        )
        try:
            return match.read(match.words, context)
        except OverflowError:  # a date before the year 1 or after 9999
            return None

    def _range(self, first: _Read, last: _Read) -> Iterator[Dated]:
        whole = None
        if first.outer is not None and last.outer is not None:
            whole = range_of(first.outer.value, last.outer.value)
        rows = (*self._rows(first), *self._rows(last))
        if whole is not None and first.outer is not None and last.outer is not None:
            anchor = first.outer.anchor or last.outer.anchor
            yield Dated(Span(first.whole.start, last.whole.end), whole.iso, anchor)
        yield from rows

    def _rows(self, read: _Read) -> Iterator[Dated]:
        if read.whole == read.span:
            yield self._row(read.span, read.inner)
            return
        if read.outer is None or (read.inner and read.outer.anchor == read.span):
            yield self._row(read.span, read.inner)
        if read.outer is not None:
            yield self._row(read.whole, read.outer)

    def _row(self, span: Span, reading: Reading | None) -> Dated:
        if reading is None:
            return Dated(span, None)
        self._earlier = [*self._earlier, Earlier(span, reading.value, self._tense_at(span))][
            -_REMEMBERED:
        ]
        return Dated(span, reading.value.iso, reading.anchor)


def _range_end(read: _Read, *, is_last: bool) -> RangeEnd | None:
    reading = read.outer
    other = reading.value.single if reading else None
    return RangeEnd(other, reading.anchor, is_last) if reading and other else None


def _made(
    prefix: Prefix, match: re.Match[str], inner: Reading, anchor: Anchor | None
) -> Reading | None:
    try:
        value = prefix.read(match.groupdict(), inner.value)
    except OverflowError:
        return None
    return Reading(value, anchor) if value is not None else None


def _matches(text: str) -> list[_Match]:
    """Return the dates found in a text, in text order, none overlapping another."""
    taken = bytearray(len(text))
    found: list[_Match] = []
    for span, words in listed_days(text):
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        found.append(_Match(span, words, full_date if words["year"] else day_of_month))
    starts = {key: _starts(text, key) for key in dict.fromkeys(form.key for form in FORMS)}
    for form in FORMS:
        end = 0
        for start in starts[form.key]:
            match = form.pattern.match(text, start) if start >= end else None
            if match is None:
                continue
            if not any(taken[start : match.end()]) and form.accepts(match.groupdict()):
                end = match.end()
                taken[start:end] = b"\x01" * (end - start)
                found.append(_Match(Span(start, end), match.groupdict(), form.read))
    found.sort(key=lambda one: one.span.start)
    return [_with_prefix(text, one, taken) for one in found]


def _starts(text: str, key: re.Pattern[str]) -> list[int]:
    """Return where words begin in a text shortly before a key, or at it."""
    found: dict[int, None] = {}
    for match in key.finditer(text):
        lower = max(0, match.start() - _BEFORE)
        for word in _WORD_START.finditer(text, lower, match.start() + 1):
            found[word.start()] = None
    return list(found)


def _with_prefix(text: str, one: _Match, taken: bytearray) -> _Match:
    """Return a match with the words before it that make another date of it, if there are such."""
    start = one.span.start
    words = [at.start() for at in _WORD_START.finditer(text, max(0, start - _BEFORE), start)]
    for prefix in PREFIXES:
        for at in words:
            match = prefix.pattern.match(text, at)
            if match and match.end() == start and not any(taken[at:start]):
                return replace(one, prefix=prefix, prefixed=match)
    return one
