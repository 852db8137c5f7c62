"""Score figures, conditions, demands, events, dates and speakers of annotated news articles.

Rows match one to one, best overlap first, when their key spans share at least half of their
characters (for events, any character of the triggers). Each kind gives a tally of the rows that
match, of those whose first field is right, and of those with every compared field right. Of
matched events it also counts those whose sets of actors' and of recipients' countries are right,
unknown included: nobody is another answer than somebody of no known country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.evaluate.gold import MarkedArticle, MarkedRow, characters, same_name
from onrecord.evaluate.listing import told_parties
from onrecord.evaluate.matching import best_first, jaccard
from onrecord.evaluate.tally import Tally

MATCH = 0.5  # the lowest share of characters at which two spans are the same row
ANY_OVERLAP = 1e-9


@dataclass(frozen=True, slots=True)
class NewsKind:
    """How rows of one kind are compared."""

    kind: str
    keys: tuple[str, ...]  # the field with the key span, under each name it goes by
    fields: tuple[str, ...] = ()  # the values compared on rows that match
    overlap: float = MATCH
    parties: tuple[str, ...] = ()  # the fields that list parties with a country each


NEWS_KINDS = (
    NewsKind("figures", ("span",), ("measure", "low", "high")),
    NewsKind("conditions", ("then_span", "then")),
    NewsKind("demands", ("asks_span", "asks")),
    NewsKind(
        "events",
        ("trigger_span", "trigger"),
        ("type", "modality"),
        ANY_OVERLAP,
        ("actors", "recipients"),
    ),
    NewsKind("dates", ("span",), ("value",)),
    NewsKind("speakers", ("quote_span", "quote", "span"), ("speaker",)),
)


def score_news(gold: MarkedArticle, predicted: MarkedArticle) -> tuple[Tally, ...]:
    """Return the tallies of one article, named by kind and by the fields that are right.

    Events are annotated up to the gold's `events_until`; predicted ones after it do not count.
    """
    return tuple(tally for kind in NEWS_KINDS for tally in _score_kind(kind, gold, predicted))


def _score_kind(kind: NewsKind, gold: MarkedArticle, predicted: MarkedArticle) -> Iterator[Tally]:
    rows, got = _compared(kind, gold, predicted)
    matched, counted = _matched(kind, rows, got)
    required = sum(not row.optional for row in rows)
    yield Tally(kind.kind, len(matched), counted, required)
    for fields in dict.fromkeys((kind.fields[:1], kind.fields)):
        if fields:
            right = sum(all(_agrees(field, *pair) for field in fields) for pair in matched)
            yield Tally(f"{kind.kind} {'+'.join(fields)}", right, counted, required)
    if kind.parties:
        for sides in (*((side,) for side in kind.parties), kind.parties):
            same = sum(all(_same_countries(side, *pair) for side in sides) for pair in matched)
            yield Tally(f"{kind.kind} countries {'+'.join(sides)}", same, None, len(matched))


@dataclass(frozen=True, slots=True)
class PartySlip:
    """One side of a matched event on which other countries were found than annotated."""

    trigger: str
    side: str  # "actors" or "recipients"
    wanted: str  # each party with its country, "nobody" without any
    got: str

    def __str__(self) -> str:
        return f"{self.trigger}: {self.side}: wanted {self.wanted}, got {self.got}"


def party_slips(gold: MarkedArticle, predicted: MarkedArticle) -> Iterator[PartySlip]:
    """Yield the sides of an article's matched events whose countries are wrong, in text order."""
    for kind in NEWS_KINDS:
        matched, _ = _matched(kind, *_compared(kind, gold, predicted)) if kind.parties else ([], 0)
        for row, got in sorted(matched, key=lambda pair: pair[0].spans(*kind.keys)):
            for side in kind.parties:
                if not _same_countries(side, row, got):
                    trigger = str(got.get("trigger_text"))
                    wanted, found = told_parties(row.rows(side)), told_parties(got.rows(side))
                    yield PartySlip(trigger, side, wanted, found)


def _same_countries(side: str, gold: MarkedRow, got: MarkedRow) -> bool:
    """Whether two rows have the same set of countries on a side, None one of them."""
    return _countries(gold.rows(side)) == _countries(got.rows(side))


def _countries(parties: Sequence[MarkedRow]) -> set[object]:
    return {party.get("country") for party in parties}


def _compared(
    kind: NewsKind, gold: MarkedArticle, predicted: MarkedArticle
) -> tuple[list[MarkedRow], list[MarkedRow]]:
    """Return the annotated rows of a kind, and the predicted ones within what was annotated."""
    rows = [row for row in gold.rows(kind.kind) if row.spans(*kind.keys)]
    got = [row for row in predicted.rows(kind.kind) if row.spans(*kind.keys)]
    until = gold.number("events_until") if kind.kind == "events" else None
    if until:
        got = [row for row in got if row.spans(*kind.keys)[0].start < until]
    return rows, got


def _matched(
    kind: NewsKind, rows: Sequence[MarkedRow], got: Sequence[MarkedRow]
) -> tuple[list[tuple[MarkedRow, MarkedRow]], int]:
    """Return the required rows that match with their matches, and how many predicted rows count."""
    overlaps = {
        (i, j): jaccard(characters(row.spans(*kind.keys)), characters(other.spans(*kind.keys)))
        for i, row in enumerate(rows)
        for j, other in enumerate(got)
    }
    pairs = best_first(overlaps, kind.overlap)
    matched = [(rows[i], got[j]) for i, j in pairs if not rows[i].optional]
    return matched, len(got) - (len(pairs) - len(matched))


def _agrees(field: str, gold: MarkedRow, got: MarkedRow) -> bool:
    if field == "speaker":
        name = got.names(field)[0]
        return any(name and right and same_name(right, name) for right in gold.names(field))
    return value_agrees(field, gold, got)


def value_agrees(field: str, gold: MarkedRow, got: MarkedRow) -> bool:
    """Whether a row has the annotated value of a field or another right one.

    RETREAT is annotated under CONCEDE, and dates may name other right values under `alt`.
    """
    others = gold.accepted("alt")[:1] if field == "value" else ()
    right = (*gold.accepted(field), *_listed(others))
    return _plain(got.get(field)) in [_plain(value) for value in right]


def _listed(values: tuple[object, ...]) -> list[object]:
    """Return other right values, which a field may hold singly or in a list."""
    return [
        item
        for value in values
        if value is not None
        for item in (value if isinstance(value, list) else [value])
    ]


def _plain(value: object) -> object:
    """Return a range `{start, end}` as the interval "start/end" and RETREAT as CONCEDE."""
    if isinstance(value, dict) and "start" in value:
        return f"{value['start']}/{value['end']}"
    return "CONCEDE" if value == "RETREAT" else value
