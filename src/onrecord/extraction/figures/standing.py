"""When a figure stood: "as of Monday", "by Friday", "since 2011"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span, Token

from onrecord.language import dependencies as deps
from onrecord.language.calendar import from_iso, period, period_from_iso
from onrecord.language.syntax import children
from onrecord.records import Article, TimeExpression

_AS = frozenset({"of", "at"})


def as_of(
    article: Article, number: Token, governor: Token | None, times: Sequence[TimeExpression]
) -> str | None:
    """Return the ISO 8601 date that a figure's sentence gives its state at, None without one.

    "Since 2011" gives the interval from then to the publication, where that is known to the day.
    """
    sentence = number.sent
    inside = [
        time
        for time in times
        if time.value and sentence.start_char <= time.span.start < sentence.end_char
    ]
    for time in inside:
        link = _link(number.doc[sentence.start : sentence.end], time)
        if link is None:
            continue
        if link.lower_ in _AS and link.i and link.nbor(-1).lower_ == "as":
            return time.value
        if governor is None or not _hangs_on(link, governor):
            continue
        if link.lower_ == "by" and _is_told_back(governor):
            return time.value
        if link.lower_ == "since":
            return _since(time.value or "", article.published)
    return None


def _link(sentence: Span, time: TimeExpression) -> Token | None:
    """Return the word right before a date."""
    before = [token for token in sentence if token.idx + len(token) <= time.span.start]
    return next((token for token in reversed(before) if not token.is_space), None)


def _hangs_on(link: Token, governor: Token) -> bool:
    return link.dep_ in {deps.PREP, deps.MARKER} and link.head.i == governor.i


def _is_told_back(verb: Token) -> bool:
    """Whether a verb tells what had come about: "had been killed", "were reported killed"."""
    return any(child.tag_ == "VBD" for child in children(verb, *deps.AUXILIARIES))


def _since(value: str, published: str | None) -> str | None:
    start, end = period_from_iso(value), from_iso(published) if published else None
    if start is None or end is None or end.day is None:
        return None
    whole = period(start.start, end)
    return whole.iso if whole else None
