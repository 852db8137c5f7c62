"""Score an article's record against an annotation of all its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from onrecord.errors import GoldError
from onrecord.evaluate.comparisons import (
    COMPARISONS,
    MATCH,
    Check,
    Comparison,
    actor_overlap,
    best_overlap,
)
from onrecord.evaluate.gold import MarkedArticle, MarkedRow, characters
from onrecord.evaluate.listing import told_words
from onrecord.evaluate.matching import Pair, best_matching, jaccard
from onrecord.evaluate.scores import ArticleScore, KindScore, Rate, Slip
from onrecord.records import Spans
from onrecord.tables import NARRATION

REQUIRED_FIRST = 1e6  # more than all other weights together: required rows are matched first,
MOST_PAIRS = 1e3  # then as many pairs as there can be, then the best overlap

UNKNOWN = "another statement"  # one that stands for none of the annotated ones
LINKS = {"statements": "parent", "events": "voice", "figures": "voice"}

SPAN_FIELDS = (
    "span",
    "source",
    "cue",
    "cue_span",
    "content",
    "occasion",
    "asks_span",
    "if_span",
    "then_span",
    "connective_span",
    "trigger_span",
)


def score_article(gold: MarkedArticle, predicted: MarkedArticle, text: str) -> ArticleScore:
    """Return how an exported record compares with the annotation of the same text.

    Args:
        gold: An annotation with statements, events, figures and so on, as RECORD.md names fields.
        predicted: The gold form of the record.
        text: The input that the offsets of both count into.

    Raises:
        GoldError: The annotation was made on another text.
    """
    wanted = gold.text("text_sha256")
    if wanted and wanted != hashlib.sha256(text.encode()).hexdigest():
        raise GoldError("The annotation was made on another text: give the file it was made on.")
    voices = _same_statements(gold, predicted)
    actors = _actor_pairs(gold, predicted)
    kinds = [
        _score_rows(one, gold.rows(one.kind), _linked(predicted, one.kind, voices), text)
        for one in COMPARISONS
    ]
    kinds.append(
        _score_rows(_mentions(actors), _gold_mentions(gold), _mentions_of(predicted), text)
    )
    return ArticleScore(
        kinds=tuple(kinds),
        uncovered=tuple(_uncovered(gold, predicted, text)),
        traps=tuple(_traps(gold, predicted, text)),
        furniture=tuple(_on_furniture(gold, predicted, text)),
        inexact=tuple(_inexact(predicted, text)),
    )


# Matching


def _pairs(
    comparison: Comparison, gold: Sequence[MarkedRow], got: Sequence[MarkedRow]
) -> tuple[Pair, ...]:
    weights = {}
    for i, row in enumerate(gold):
        for j, other in enumerate(got):
            if overlap := comparison.overlap(row, other):
                weights[i, j] = overlap + MOST_PAIRS + (0 if row.optional else REQUIRED_FIRST)
    return best_matching(weights)


def _score_rows(
    comparison: Comparison, gold: Sequence[MarkedRow], got: Sequence[MarkedRow], text: str
) -> KindScore:
    pairs = _pairs(comparison, gold, got)
    matched = [(gold[i], got[j]) for i, j in pairs if not gold[i].optional]
    used_gold, used_got = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [row for i, row in enumerate(gold) if i not in used_gold and not row.optional]
    extras = [row for j, row in enumerate(got) if j not in used_got]
    return KindScore(
        kind=comparison.kind,
        required=sum(not row.optional for row in gold),
        predicted=len(matched) + len(extras),
        found=len(matched),
        rates=tuple(
            Rate(check.field, sum(check.agrees(*pair) for pair in matched), len(matched))
            for check in comparison.checks
        ),
        missed=tuple(_describe(row, comparison, text) for row in missed),
        extras=tuple(_describe(row, comparison, text) for row in extras),
        slips=tuple(
            Slip(
                field=check.field,
                words=_words(row, text),
                wanted=_shown(row, check.field, text),
                got=_shown(other, check.field, text),
            )
            for check in comparison.checks
            for row, other in matched
            if not check.agrees(row, other)
        ),
    )


def _same_statements(gold: MarkedArticle, predicted: MarkedArticle) -> dict[str, list[str]]:
    """Return which gold statements each predicted statement can stand for, by their ids."""
    overlap = best_overlap("content")
    return {
        str(got.row_id): [str(row.row_id) for row in gold.rows("statements") if overlap(row, got)]
        for got in predicted.rows("statements")
    }


def _linked(
    predicted: MarkedArticle, kind: str, voices: Mapping[str, list[str]]
) -> tuple[MarkedRow, ...]:
    """Return predicted rows, with a link to a statement turned into the gold ones it stands for."""
    field = LINKS.get(kind)
    rows = predicted.rows(kind)
    if field is None:
        return rows
    linked = (None if row.get(field) == NARRATION else row.get(field) for row in rows)
    return tuple(
        MarkedRow({**row.values, field: voices.get(str(link)) or [UNKNOWN]}) if link else row
        for row, link in zip(rows, linked, strict=True)
    )


# Actors' mentions


def _actor_pairs(gold: MarkedArticle, predicted: MarkedArticle) -> frozenset[tuple[str, str]]:
    """Return the names of each annotated actor and the predicted one it was matched with."""
    rows, got = gold.rows("actors"), predicted.rows("actors")
    pairs = _pairs(Comparison("actors", actor_overlap, (), ()), rows, got)
    return frozenset((str(rows[i].get("name")), str(got[j].get("name"))) for i, j in pairs)


def _mentions_of(article: MarkedArticle) -> tuple[MarkedRow, ...]:
    return tuple(
        MarkedRow({**mention.values, "actor": actor.get("name")})
        for actor in article.rows("actors")
        for mention in actor.rows("mentions")
    )


def _gold_mentions(gold: MarkedArticle) -> tuple[MarkedRow, ...]:
    optional = {actor.get("name") for actor in gold.rows("actors") if actor.optional}
    return tuple(
        MarkedRow({**row.values, "optional": row.optional or row.get("actor") in optional})
        for row in _mentions_of(gold)
    )


def _mentions(actors: frozenset[tuple[str, str]]) -> Comparison:
    def same_actor(gold: MarkedRow, got: MarkedRow) -> bool:
        return (str(gold.get("actor")), str(got.get("actor"))) in actors

    def overlap(gold: MarkedRow, got: MarkedRow) -> float:
        shared = jaccard(characters(gold.spans("span")), characters(got.spans("span")))
        if same_actor(gold, got):  # "Putin" may stand for "Russian President Vladimir Putin"
            return shared + (1 if shared else 0)
        return shared if shared >= MATCH else 0.0

    return Comparison("mentions", overlap, (Check("actor", same_actor),), ("actor",))


# Faults that no row of the annotation stands for


def _uncovered(gold: MarkedArticle, predicted: MarkedArticle, text: str) -> Iterator[str]:
    contents = [characters(row.spans("content")) for row in predicted.rows("statements")]
    for row in gold.rows("must_cover"):
        if not any(characters(row.spans("span")) <= content for content in contents):
            yield _words(row, text)


def _traps(gold: MarkedArticle, predicted: MarkedArticle, text: str) -> Iterator[str]:
    for trap in gold.rows("not_events"):
        for event in predicted.rows("events"):
            here = characters(event.spans("trigger_span")) & characters(trap.spans("span"))
            kinds = (trap.get(field) for field in ("event_type", "modality"))
            same = all(
                kind in (None, event.get(field))
                for kind, field in zip(kinds, ("event_type", "modality"), strict=True)
            )
            if here and same:
                yield f"{event.get('event_type')}: {_words(event, text)}"


def _all_rows(article: MarkedArticle) -> Iterator[tuple[str, MarkedRow]]:
    """Yield the rows of a record with their kind, participants and mentions included."""
    for kind, value in article.values.items():
        if isinstance(value, list):
            for row in article.rows(kind):
                yield kind, row
                for part in ("actors", "recipients", "mentions"):
                    yield from ((f"{kind}.{part}", member) for member in row.rows(part))


def _on_furniture(gold: MarkedArticle, predicted: MarkedArticle, text: str) -> Iterator[str]:
    left_out = characters(
        tuple(span for row in gold.rows("boilerplate") for span in row.spans("span"))
    )
    for kind, row in _all_rows(predicted):
        for span in (span for name in SPAN_FIELDS for span in row.spans(name)):
            if characters((span,)) & left_out:
                yield f"{kind}: {text[span.start : span.end]}"


def _inexact(predicted: MarkedArticle, text: str) -> Iterator[str]:
    for kind, row in _all_rows(predicted):
        for name in SPAN_FIELDS:
            quoted = row.get("text" if name == "span" else f"{name}_text")
            words = quoted if isinstance(quoted, list) else [quoted]
            for span, wanted in zip(row.spans(name), words, strict=False):
                if wanted is not None and text[span.start : span.end] != wanted:
                    yield f"{kind}: {wanted!r} is {text[span.start : span.end]!r} in the input"


# Listings


def _words(row: MarkedRow, text: str) -> str:
    spans: Spans = row.spans("content", "trigger_span", "trigger", "then_span", "then", "asks_span")
    spans = spans or row.spans("asks", "span")
    if not spans and row.rows("mentions"):
        spans = row.rows("mentions")[0].spans("span")
    return told_words(spans, text)


def _shown(row: MarkedRow, field: str, text: str) -> str:
    if field == "parties":
        return f"{_shown(row, 'actors', text)} -> {_shown(row, 'recipients', text)}"
    value = row.get(field, f"{field}_span")
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ", ".join(str(MarkedRow({"x": item}).names("x")[0]) for item in value)
    if spans := row.spans(field):
        return _words(MarkedRow({"span": [[span.start, span.end] for span in spans]}), text)
    if isinstance(value, dict):
        return str(MarkedRow({"x": value}).names("x")[0])
    return "nothing" if value is None or value == [] else str(value)


def _describe(row: MarkedRow, comparison: Comparison, text: str) -> str:
    shown = "; ".join(f"{field} {_shown(row, field, text)}" for field in comparison.shown)
    return f"{_words(row, text)}  [{shown}]"
