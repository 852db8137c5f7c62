"""A record as JSON: the form that annotations and scorers use, and one line per row.

Offsets of the gold and attribution forms count into the input the article was read from, since
that is what an annotator saw; offsets of JSON lines count into the stored text, as the record's do.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from onrecord.language.quotes import Quotation, find_quotations
from onrecord.records import (
    Actor,
    Article,
    Condition,
    Demand,
    Event,
    Figure,
    Ground,
    Mention,
    Participant,
    Place,
    Record,
    Span,
    Spans,
    Statement,
    Term,
    TimeExpression,
    hull,
)
from onrecord.tables import NARRATION

if TYPE_CHECKING:
    import pyarrow as pa

Json: TypeAlias = dict[str, object]

FEWEST_QUOTED_WORDS = 3  # shorter quotations are words held at arm's length, not speech
LEAST_SHARE = 0.5  # of a quotation's characters that the statement quoting it must contain

_THOUGHTS = frozenset({"want", "believe", "perceive"})  # acts that need no words
_WORD = re.compile(r"\w+")
_REOPENED = re.compile(r"(?<=[.?!])\s+(?=[“„«])")


def gold_form(record: Record) -> Json:
    """Return a record as an annotation of its article would hold it, ready for `json.dumps`.

    Every span is `[start, end)` in code points of the input; a part in pieces is one span from the
    first start to the last end (`then_span`, `trigger_span`), in statements a list of spans. An
    actor stands by its name, the voice of a row by "narration" or a statement's id; `X_names` are
    all that it goes by in the text and `X_spans` where it is mentioned, since an annotator may
    have marked another of its mentions than the record rests on.
    """
    form = _Form(record)
    article = record.article
    return {
        "id": article.article_id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "published": article.published,
        "sha256": article.sha256,
        "statements": [form.statement(row) for row in record.statements],
        "events": [form.event(row) for row in record.events],
        "figures": [form.figure(row) for row in record.figures],
        "conditions": [form.condition(row) for row in record.conditions],
        "demands": [form.demand(row) for row in record.demands],
        "terms": [form.term(row) for row in record.terms],
        "scare_quotes": [form.term(row) for row in record.terms if form.is_held_up(row)],
        "actors": [form.actor(row) for row in record.actors],
        "doubts": [form.doubt(row) for row in record.mentions if row.candidates],
        "times": [form.time(row) for row in record.times],
        "dates": [form.time(row) for row in _whole_dates(record.times)],
        "speakers": list(form.speakers()),
    }


def _whole_dates(times: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Yield the times with a value but for the ends of a range, which is one date."""
    dated = [row for row in times if row.value is not None]
    ranges = [row for row in dated if row.value is not None and "/" in row.value]
    for row in dated:
        if not any(_is_end_of(row, whole) for whole in ranges):
            yield row


def _is_end_of(row: TimeExpression, whole: TimeExpression) -> bool:
    inside = row.span != whole.span and whole.span.contains(row.span)
    return inside and whole.anchor != row.time_id


def attribution_form(record: Record, name: str) -> Json:
    """Return the statements that no other statement contains, as attribution corpora hold them.

    The keys are `doc`, which is `name`, and `attributions`: each has `source`, `cue` and `content`
    as lists of `[start, end)` in code points of the input.
    """
    form = _Form(record)
    return {
        "doc": name,
        "attributions": [
            {
                "source": form.spans(row.source),
                "cue": form.spans(row.cue),
                "content": form.spans(row.content),
            }
            for row in record.statements
            if row.parent_id is None
        ],
    }


def json_lines(kind: str, table: pa.Table) -> Iterator[str]:
    """Yield each row of a table of rows as a line of JSON: its `row`, such as "statements", first.

    Columns and offsets are those of `onrecord.tables.table`.
    """
    for row in table.to_pylist():
        yield json.dumps({"row": kind, **row}, ensure_ascii=False, default=str)


@dataclass(frozen=True)  # no slots: it keeps the mentions by actor
class _Form:
    """Turns the rows of one record into JSON objects."""

    record: Record

    @property
    def article(self) -> Article:
        return self.record.article

    def span(self, span: Span) -> list[int]:
        there = self.article.input_span(span)
        return [there.start, there.end]

    def spans(self, spans: Spans) -> list[list[int]]:
        return [self.span(span) for span in spans]

    def pieces(self, name: str, spans: Spans) -> Json:
        """Return a part in pieces: the spans, and the words of each under `NAME_text`."""
        return {name: self.spans(spans), f"{name}_text": [self.article.cut(span) for span in spans]}

    def whole(self, name: str, spans: Spans) -> Json:
        """Return a part as one span under `NAME_span` with its words under `NAME_text`."""
        if not spans:
            return {f"{name}_span": None, f"{name}_text": None}
        span = hull(spans)
        return {f"{name}_span": self.span(span), f"{name}_text": self.article.cut(span)}

    def words(self, span: Span) -> Json:
        return {"span": self.span(span), "text": self.article.cut(span)}

    def name(self, actor_id: str | None) -> str | None:
        actor = self.record.actor(actor_id)
        return actor.name if actor else None

    @cached_property
    def mentions(self) -> Mapping[str | None, list[Mention]]:
        """The mentions of each actor, in the record's order."""
        found: defaultdict[str | None, list[Mention]] = defaultdict(list)
        for mention in self.record.mentions:
            if mention.actor_id is not None:
                found[mention.actor_id].append(mention)
        return found

    def names(self, actor_id: str | None) -> list[str]:
        """Return every name and other word by which the text refers to an actor."""
        found = {self.article.cut(mention.span) for mention in self.mentions.get(actor_id, ())}
        actor = self.record.actor(actor_id)
        return sorted(found.union(filter(None, (actor.name, actor.known_as)) if actor else ()))

    def mentioned(self, actor_id: str | None) -> list[list[int]]:
        return [self.span(mention.span) for mention in self.mentions.get(actor_id, ())]

    def place(self, place: Place | None) -> Json | None:
        if place is None:
            return None
        return {**self.words(place.span), "name": place.name, "country": place.country}

    def statement(self, row: Statement) -> Json:
        said_on = row.said_on
        return {
            "id": row.statement_id,
            **self.pieces("source", row.source),
            "source_span": self.span(row.source[0]) if row.source else None,
            **self.pieces("cue", row.cue),
            **self.pieces("content", row.content),
            "content_spans": self.spans(row.content),
            "kind": row.kind,
            "act": row.act,
            "speaker": self.name(row.speaker_id),
            "speaker_names": self.names(row.speaker_id),
            "speaker_spans": self.mentioned(row.speaker_id),
            "addressee": self.name(row.addressee_id),
            "said_on": {**self.words(said_on.span), "value": said_on.value} if said_on else None,
            "said_at": self.place(row.said_at),
            **self.pieces("occasion", row.occasion),
            "parent": row.parent_id,
            "nested": row.parent_id is not None,
            "score": row.score,
        }

    def event(self, row: Event) -> Json:
        return {
            "id": row.event_id,
            "type": row.event_type,
            "event_type": row.event_type,
            "mode": row.mode,
            "contexts": list(row.contexts),
            **self.whole("trigger", row.trigger),
            "actors": [self.party(party) for party in row.actors],
            "recipients": [self.party(party) for party in row.recipients],
            "date": row.date,
            "place": self.place(row.place),
            "modality": row.modality,
            "symmetric": row.symmetric,
            **self.voice(row.statement_id),
            "score": row.score,
        }

    def party(self, party: Participant) -> Json:
        actor = self.record.actor(party.actor_id)
        return {
            **self.words(party.span),
            "name": actor.name if actor else None,
            "names": self.names(party.actor_id),
            "country": actor.country if actor else None,
            "sector": actor.sector if actor else None,
        }

    def voice(self, statement_id: str | None) -> Json:
        """Return who vouches for a row: the narration or a statement, and its speaker."""
        statement = self.record.statement(statement_id)
        return {
            "voice": statement_id or NARRATION,
            "voice_name": self.name(statement.speaker_id) if statement else None,
        }

    def figure(self, row: Figure) -> Json:
        return {
            "id": row.figure_id,
            **self.words(row.span),
            "measure": row.measure,
            "low": row.low,
            "high": row.high,
            "approx": row.approx,
            "denied": row.denied,
            "unit": row.unit,
            "whom": self.article.cut(row.whom) if row.whom else None,
            "place": self.place(row.place),
            "as_of": row.as_of,
            "cause": self.name(row.cause_id),
            **self.voice(row.statement_id),
            "score": row.score,
        }

    def condition(self, row: Condition) -> Json:
        return {
            "id": row.condition_id,
            **self.whole("if", row.if_),
            **self.whole("then", row.then),
            **self.whole("connective", row.connective),
            "kind": row.kind,
            "by": self.name(row.by_id),
            "on": self.name(row.on_id),
            "statement_id": row.statement_id,
            "score": row.score,
        }

    def demand(self, row: Demand) -> Json:
        return {
            "id": row.demand_id,
            "by": self.name(row.by_id),
            "by_spans": self.mentioned(row.by_id),
            "of": self.name(row.of_id),
            "of_spans": self.mentioned(row.of_id),
            **self.whole("asks", (row.asks,)),
            **self.whole("cue", row.cue),
            "statement_id": row.statement_id,
            "score": row.score,
        }

    def term(self, row: Term) -> Json:
        unknown = None if row.statement_id else NARRATION
        return {
            "id": row.term_id,
            **self.words(row.span),
            "term": row.term,
            "concept": row.concept,
            "voice": row.voice,
            "avoided": row.avoided,
            "used_by": self.name(row.used_by_id) or unknown,
            "used_by_names": self.names(row.used_by_id),
            "statement_id": row.statement_id,
            "score": row.score,
        }

    def is_held_up(self, row: Term) -> bool:
        """Whether a term has quotation marks of its own or is held at arm's length."""
        return row.voice == "scare" or not self.article.text[row.span.start].isalnum()

    def actor(self, row: Actor) -> Json:
        return {
            "id": row.actor_id,
            "name": row.name,
            "kind": row.kind,
            "country": row.country,
            "sector": row.sector,
            "wikidata": row.wikidata,
            "known_as": row.known_as,
            "grounds": [self.ground(one) for one in row.grounds],
            "mentions": [self.mention(one) for one in self.mentions.get(row.actor_id, ())],
        }

    def ground(self, ground: Ground) -> Json:
        """Return why a field has its value: the rule, and the words it rests on, if any."""
        words = self.words(ground.span) if ground.span is not None else {"span": None, "text": None}
        return {"field": ground.field, "rule": ground.rule, **words}

    def mention(self, row: Mention) -> Json:
        return {
            **self.words(row.span),
            "form": row.form,
            "role": row.role,
            "role_country": row.role_country,
        }

    def doubt(self, row: Mention) -> Json:
        """Return a mention of nobody yet, with the names of those it may refer to."""
        return {**self.mention(row), "candidates": [self.name(one) for one in row.candidates]}

    def time(self, row: TimeExpression) -> Json:
        return {
            "id": row.time_id,
            **self.words(row.span),
            "value": row.value,
            "anchor": row.anchor,
        }

    def speakers(self) -> Iterator[Json]:
        """Yield each quotation of some length that a statement quotes, with who speaks.

        A quotation that stays open ends at its paragraph's last character; a closing mark that
        nobody opened makes no pair, and no row.
        """
        paired = (
            one for one in find_quotations(self.article.text) if one.opened and not one.single
        )
        for span in (span for quotation in paired for span in self.passages(quotation)):
            if _words_in(self.article.text, span) < FEWEST_QUOTED_WORDS:
                continue
            if statement := self.quoting(span):
                yield {
                    **self.whole("quote", (span,)),
                    "speaker": self.name(statement.speaker_id),
                    "speaker_names": self.names(statement.speaker_id),
                    "speaker_spans": self.mentioned(statement.speaker_id),
                    "statement_id": statement.statement_id,
                }

    def passages(self, quotation: Quotation) -> Iterator[Span]:
        """Yield a quotation's parts, each opened by a mark, as in one of several paragraphs.

        Text whose line breaks were lost still has the marks that opened its paragraphs.
        """
        start = quotation.span.start
        for gap in _REOPENED.finditer(self.article.text, start, quotation.span.end):
            yield Span(start, gap.start())
            start = gap.end()
        yield Span(start, quotation.span.end)

    def quoting(self, quoted: Span) -> Statement | None:
        """Return the direct or mixed statement that has most of a quotation, the narrowest of them.

        What somebody quoted says of a third party has less of it, a quotation within has as much.
        The words for what somebody else wants or believes are those of who tells of it.
        """

        def fit(row: Statement) -> tuple[int, int]:
            return _shared(row.content, quoted), -sum(map(len, row.content))

        quoting = [
            row
            for row in self.record.statements
            if row.kind != "indirect" and _shared(row.content, quoted) >= LEAST_SHARE * len(quoted)
        ]
        spoken = [row for row in quoting if not _is_thought(row)]
        return max(spoken or quoting, key=fit, default=None)


def _words_in(text: str, span: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _is_thought(row: Statement) -> bool:
    """Whether a statement tells, within another's words, what somebody thinks in part-quotes."""
    return row.parent_id is not None and row.kind != "direct" and row.act in _THOUGHTS


def _shared(spans: Spans, other: Span) -> int:
    """Return how many characters of a span the others have."""
    return sum(max(0, min(span.end, other.end) - max(span.start, other.start)) for span in spans)
