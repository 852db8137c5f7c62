"""Time expressions of an article, resolved against its publication date or an earlier date."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from onrecord.records import Article, Span, TimeExpression, row_id
from onrecord.resolve.dates.calendar import Moment, from_iso
from onrecord.resolve.dates.patterns import FORMS, Context, Form

EXTRACTOR = "time-rules/1"
_FUTURE = frozenset({"will", "shall", "'ll", "’ll"})
_SCHEDULED = frozenset({"due", "schedule", "expect", "set", "plan"})


def resolve_times(article: Article, doc: Doc) -> tuple[TimeExpression, ...]:
    """Return the time expressions of an article in text order.

    What is relative to the publication date stays without a value when that is not known to the
    day; what is relative to an earlier date in the text names that one as its anchor.
    """
    published = from_iso(article.published) if article.published else None
    if published is not None and published.day is None:
        published = None
    times: list[TimeExpression] = []
    earlier: TimeExpression | None = None
    for form, match in _matches(article.text):
        span = Span(*(match.span("span") if "span" in match.re.groupindex else match.span()))
        context = Context(published, _moment(earlier), _is_ahead(doc, span))
        value, anchor = _read(form, match, context, earlier)
        times.append(
            TimeExpression(
                time_id=row_id(article, "time", span),
                span=span,
                value=value,
                anchor=anchor,
                extractor=EXTRACTOR,
            )
        )
        if value is not None:
            earlier = times[-1]
    return tuple(times)


def _matches(text: str) -> list[tuple[Form, re.Match[str]]]:
    """Return the date forms found in a text, in text order, none overlapping another."""
    taken = bytearray(len(text))
    found: list[tuple[Form, re.Match[str]]] = []
    for form in FORMS:
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append((form, match))
    return sorted(found, key=lambda item: item[1].start())


def _moment(earlier: TimeExpression | None) -> Moment | None:
    return from_iso(earlier.value) if earlier and earlier.value else None


def _read(
    form: Form, match: re.Match[str], context: Context, earlier: TimeExpression | None
) -> tuple[str | None, str | None]:
    """Return a match's value and anchor."""
    if form.needs == "published" and context.published is None:
        return None, None
    if form.needs == "earlier" and (earlier is None or context.earlier is None):
        return None, None
    value = form.read(match.groupdict(), context)
    if value is None or form.needs is None:
        return value, None
    return value, earlier.time_id if form.needs == "earlier" and earlier else "published"


def _is_ahead(doc: Doc, span: Span) -> bool:
    """Whether the clause a date stands in speaks of the future."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    if found is None:
        return False
    token: Token = found.root
    while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
        if token.pos_ == "ADJ" and _schedules(token):
            return True
        token = token.head
    if _schedules(token) or _schedules(token.head):
        return True
    if token.dep_ == "xcomp" and token.head.lower_ == "going":
        return True
    return any(child.lower_ in _FUTURE and child.dep_ == "aux" for child in token.children)


def _schedules(word: Token) -> bool:
    """Whether a word says that something is planned; "they set fire to it" does not."""
    return word.lemma_ in _SCHEDULED and word.tag_ not in {"VBD", "NN", "NNS"}
