"""Time expressions of an article, resolved against its publication date or an earlier date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from onrecord.drafts import Attribution
from onrecord.language.adjuncts import dates_of
from onrecord.language.calendar import from_iso
from onrecord.records import Article, Span, TimeExpression, row_id
from onrecord.resolve.dates.finding import Dated, NowAt, find_dates
from onrecord.resolve.dates.forms import Now, Tense
from onrecord.resolve.dates.tense import tense_at

EXTRACTOR = "time-rules/2"


def resolve_times(
    article: Article, doc: Doc, attributions: Sequence[Attribution] = ()
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of an article in text order.

    What is relative to the publication date stays without a value when that is not known well
    enough; what is relative to an earlier date in the text names that one as its anchor. "Today"
    in a quotation is the day on which the text says that it was said. A range between two dates,
    and a date told from one beside it, come before the dates they contain.
    """
    now_at = _published(article.published)
    times = _resolved(article, doc, now_at)
    said = list(_said_on_other_days(doc, attributions, times, article.published))
    if not said:
        return times

    def now_in_speech(span: Span) -> Now | None:
        return next((now for part, now in said if part.contains(span)), None) or now_at(span)

    return _resolved(article, doc, now_in_speech)


def _resolved(article: Article, doc: Doc, now_at: NowAt) -> tuple[TimeExpression, ...]:
    found = find_dates(article.text, now_at=now_at, tense_at=lambda span: tense_at(doc, span))
    return tuple(_row(article, one) for one in found)


def _said_on_other_days(
    doc: Doc,
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
    published: str | None,
) -> Iterator[tuple[Span, Now]]:
    """Yield the pieces of quotations said on a day other than that of publication, with that day.

    The time at the cue must stand outside the quotation.
    """
    for attribution in attributions:
        if attribution.kind != "direct" or attribution.cue_at is None:
            continue
        outside = (
            time
            for time in dates_of(doc[attribution.cue_at], times)
            if not any(time.span.overlaps(part) for part in attribution.content)
        )
        said = next(outside, None)
        day = from_iso(said.value) if said is not None and said.value else None
        if said is not None and day is not None and day.day and day.iso != published:
            yield from ((part, Now(day, said.span)) for part in attribution.content)


def resolve_date(phrase: str, *, published: str | None = None, ahead: bool = False) -> str | None:
    """Return the ISO 8601 date or interval that a phrase names, None when it does not say.

    "Friday" is the day before `published` or that day itself, with `ahead` that day or one after
    it. Without a publication date only what stands by itself has a value. Of several dates in the
    phrase the first counts.
    """
    tense: Tense = "future" if ahead else "past"
    found = find_dates(phrase, now_at=_published(published), tense_at=lambda span: tense)
    return found[0].value if found else None


def _published(published: str | None) -> NowAt:
    moment = from_iso(published) if published else None
    now = Now(moment) if moment else None
    return lambda span: now


def _row(article: Article, dated: Dated) -> TimeExpression:
    anchor = dated.anchor
    told_from = row_id(article, "time", anchor) if isinstance(anchor, Span) else anchor
    return TimeExpression(
        time_id=row_id(article, "time", dated.span),
        span=dated.span,
        value=dated.value,
        anchor=told_from,
        extractor=EXTRACTOR,
    )
