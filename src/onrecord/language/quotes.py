"""Quotations: what stands between quotation marks, also where the marks do not pair up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.language import lexicon
from onrecord.records import Span

OPENING = "“„«‟‹"
CLOSING = "”»›"
EITHER = ('"', "''")  # both halves of a pair look alike
_ANGLES = ("‹", "›")  # alone they quote; inside other marks they are the inner ones
_MARK = re.compile(r"[“„«‟”»›\"]|‹(?=[^\n‹›]+›)|``|''")
_SINGLE = re.compile(r"(?<!\w)‘(?P<inner>[^‘’\n]{2,400}?(?:’\w++[^‘’\n]*?)*)’(?!\w)")
_STRAIGHT_OPENS = re.compile(r"(?<![\w'’.,?!])'(?=[^\W_])(?!(?:em|til|tis|twas|cause|n|\d0s)\b)")
_STRAIGHT_CLOSES = re.compile(r"(?<![\s(])'(?!['\w])")
_LONGEST_SINGLE = 400  # between straight marks, which apostrophes look like
_DASHED = re.compile(  # "— We are ready, said Mr Berg. — Come in."
    r"^[ \t]*[—–][ \t]*(?P<said>(?=\W{0,2}[^\W\d_a-z])[^\n—–]{2,}?[,?!…]),?[ \t]*[—–]?[ \t]*"
    rf"(?:{lexicon.alternation('speech.behind_dashes')})\b[^\n—–]{{1,200}}"
    r"(?:[.,:][ \t]*[—–][ \t]*(?P<more>[^\n—–]{2,}))?$",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_BREAK = re.compile(r"[.?!][”\"’)]*\s+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, within one paragraph."""

    span: Span  # marks included
    inner: Span  # marks left out
    opened: bool = True  # False: only the closing mark stands in the text
    closed: bool = True  # False: the paragraph ends before any closing mark
    single: bool = False  # in the marks this text keeps for words inside a quotation


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order, those in single marks among them.

    A mark that opens and is not closed quotes to the end of its paragraph, as the convention for
    quotations of several paragraphs has it; a closing mark that nobody opened quotes from the
    start of its sentence, or from the sentence after the last quotation. Where a text quotes in
    single marks, as British papers do, the double ones inside them count as the inner marks.
    A paragraph that a dash begins and a verb of saying ends quotes without marks.
    """
    doubles = [
        quotation
        for paragraph in _PARAGRAPH.finditer(text)
        for quotation in _in_paragraph(text, paragraph.start(), paragraph.end())
    ]
    index = QuotationIndex(tuple(doubles))
    curled = QuotationIndex(tuple(_in_curled_marks(text)))
    straight = (one for one in _in_straight_marks(text) if not curled.within(one.span))
    singles = [one for one in (*curled.quotations, *straight) if not index.at(one.span.start)]
    if len(singles) > len(doubles):
        singles = sorted((replace(single, single=False) for single in singles), key=_place)
        index = QuotationIndex(tuple(singles))
        doubles = [replace(double, single=bool(index.within(double.span))) for double in doubles]
    marked = sorted([*doubles, *singles], key=_place)
    index = QuotationIndex(tuple(marked))
    dashed = [one for one in _after_dashes(text) if not index.within(one.span)]
    return tuple(sorted([*marked, *dashed], key=_place))


def _place(quotation: Quotation) -> Span:
    return quotation.span


def _in_curled_marks(text: str) -> Iterator[Quotation]:
    for match in _SINGLE.finditer(text):
        inner = match["inner"]
        if stripped := inner.strip():
            start = match.start("inner") + inner.index(stripped)
            yield Quotation(Span(*match.span()), Span(start, start + len(stripped)), single=True)


def _in_straight_marks(text: str) -> Iterator[Quotation]:
    for paragraph in _PARAGRAPH.finditer(text):
        after = paragraph.start()
        while opened := _STRAIGHT_OPENS.search(text, after, paragraph.end()):
            after = opened.end()
            if closed := _straight_end(text, after, paragraph.end()):
                span = Span(opened.start(), closed)
                yield Quotation(span, Span(span.start + 1, span.end - 1), single=True)
                after = closed


def _straight_end(text: str, start: int, end: int) -> int | None:
    """Return where the quotation ends that a straight single mark opens, None where none closes it.

    The mark behind an s may be an owner's ("the owners' offer"): it closes nothing where another
    one does before the next quotation.
    """
    owners = None
    opened = _STRAIGHT_OPENS.search(text, start, end)
    reach = min(end, start + _LONGEST_SINGLE, opened.start() if opened else end)
    for mark in _STRAIGHT_CLOSES.finditer(text, start, reach + (reach < end)):
        goes_on = text[mark.end() : mark.end() + 2]
        if text[mark.start() - 1] in "sS" and goes_on[:1] == " " and goes_on[1:].isalpha():
            owners = owners or mark.end()
        else:
            return mark.end()
    return owners


def _after_dashes(text: str) -> Iterator[Quotation]:
    for match in _DASHED.finditer(text):
        for part in ("said", "more"):
            if match[part] and (stripped := match[part].strip(", \t")):
                start = match.start(part) + match[part].index(stripped)
                span = Span(start, start + len(stripped))
                yield Quotation(span, span)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    after = start  # nothing before this can belong to an unopened quotation
    for mark in _MARK.finditer(text, start, end):
        if opened is None and _opens(text, mark, start):
            opened = mark
        elif opened is not None and _closes(mark, opened):
            inner = opened.end(), mark.start()
            if quotation := _between(text, (opened.start(), mark.end()), inner):
                yield quotation
            opened, after = None, mark.end()
        elif opened is None and mark.group() != _ANGLES[1]:  # a lone › points: "Home › World"
            begin = _sentence_start(text, after, mark.start())
            inner = begin, mark.start()
            if quotation := _between(text, (begin, mark.end()), inner, opened=False):
                yield quotation
            after = mark.end()
    if opened is not None and (
        quotation := _between(text, (opened.start(), end), (opened.end(), end), closed=False)
    ):
        yield quotation


def _closes(mark: re.Match[str], opened: re.Match[str]) -> bool:
    """Whether a mark met inside a quotation closes it: “ does behind a low „, › only behind a ‹."""
    if (mark.group() == _ANGLES[1]) != (opened.group() == _ANGLES[0]):
        return False
    return not _opens_only(mark) or (opened.group() == "„" and mark.group() == "“")


def _opens_only(mark: re.Match[str]) -> bool:
    return mark.group() in OPENING or mark.group() == "``"


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    """Whether a mark met outside any quotation opens one."""
    if _opens_only(mark):
        return True
    if mark.group() not in EITHER:
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    behind = text[mark.end()] if mark.end() < len(text) else " "
    if mark.group() == "''":  # also printed for a closing mark whose pair is ``
        return (before.isspace() or before in "([") and not behind.isspace()
    return not (before in ".,!?" and behind.isspace())


def _between(
    text: str,
    outer: tuple[int, int],
    inner: tuple[int, int],
    *,
    opened: bool = True,
    closed: bool = True,
) -> Quotation | None:
    """Return the quotation between two marks, None when there is nothing in it."""
    start, end = inner
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    if start == end:
        return None
    whole = Span(outer[0], outer[1] if closed else end)
    return Quotation(whole, Span(start, end), opened=opened, closed=closed)


def _sentence_start(text: str, start: int, end: int) -> int:
    """Return where the sentence that ends at `end` begins, not before `start`."""
    breaks = [match.end() for match in _SENTENCE_BREAK.finditer(text, start, end)]
    begin = breaks[-1] if breaks else start
    while begin < end and text[begin].isspace():
        begin += 1
    return begin


class QuotationIndex:
    """Quotations by position; those in single marks count only where no double ones are."""

    def __init__(self, quotations: tuple[Quotation, ...]) -> None:
        self.quotations = quotations
        self._doubles = [quotation for quotation in quotations if not quotation.single]
        self._starts = [quotation.span.start for quotation in self._doubles]
        self._all_starts = [quotation.span.start for quotation in quotations]
        self._all_ends = [quotation.span.end for quotation in quotations]

    def at(self, position: int) -> Quotation | None:
        """Return the quotation in double marks around a position, None when there is none."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or self._doubles[index].span.end <= position:
            return None
        return self._doubles[index]

    def within(self, span: Span) -> tuple[Quotation, ...]:
        """Return the quotations that share a character with a span."""
        first = bisect_right(self._all_ends, span.start)  # none lies within another: ends rise too
        return self.quotations[first : bisect_left(self._all_starts, span.end)]
