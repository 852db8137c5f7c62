"""Score an article's record against an annotation of all its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.errors import GoldError
from onrecord.evaluate.gold import MarkedArticle, MarkedRow, characters, same_name, spans_in
from onrecord.evaluate.matching import Pair, best_matching, jaccard
from onrecord.evaluate.scores import ArticleScore, KindScore, Rate, Slip
from onrecord.records import Span, Spans, hull

MATCH = 0.5  # the lowest share of characters at which two spans are the same row
REQUIRED_FIRST = 1e6  # more than all other weights together: required rows are matched first,
MOST_PAIRS = 1e3  # then as many pairs as there can be, then the best overlap
WORDS_SHOWN = 100  # code points of a row's words in a listing

NARRATION = "narration"

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


@dataclass(frozen=True, slots=True)
class Check:
    """A field compared on matched rows."""

    field: str
    agrees: Callable[[MarkedRow, MarkedRow], bool]  # the gold row, the predicted row


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the rows of one kind are matched, and what is compared on those that match."""

    kind: str
    overlap: Callable[[MarkedRow, MarkedRow], float]  # 0: not the same row
    checks: tuple[Check, ...]
    shown: tuple[str, ...]  # the fields that describe a row in a listing


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
    kinds = [_score_kind(c, gold, predicted, text) for c in _comparisons(voices)]
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


def _comparisons(voices: Mapping[str, frozenset[str]]) -> tuple[Comparison, ...]:
    voice = Check("voice", lambda gold, got: _voice_agrees(gold, got, voices))
    return (
        Comparison(
            "statements",
            _best_overlap("content"),
            (
                _name_check("speaker"),
                _value_check("kind"),
                _value_check("act"),
                _name_check("addressee"),
                _span_check("source"),
                _span_check("cue"),
                Check("said_on", lambda gold, got: _date_of(gold) == _date_of(got)),
                _name_check("said_at"),
                Check("parent", lambda gold, got: _parent_agrees(gold, got, voices)),
            ),
            ("speaker", "act"),
        ),
        Comparison(
            "events",
            _event_overlap,
            (
                Check("parties", _parties_agree),
                _value_check("date"),
                _name_check("place"),
                _value_check("modality"),
                voice,
            ),
            ("event_type", "actors", "recipients"),
        ),
        Comparison(
            "figures",
            _best_overlap("span"),
            (*(_value_check(field) for field in ("measure", "low", "high", "approx")), voice),
            ("measure", "low", "high"),
        ),
        Comparison(
            "conditions",
            _condition_overlap,
            (_value_check("kind"), _name_check("by"), _name_check("on")),
            ("kind", "by", "on"),
        ),
        Comparison(
            "demands",
            _best_overlap("asks_span", "asks"),
            (_name_check("by"), _name_check("of"), _span_check("cue_span", "cue")),
            ("by", "of"),
        ),
        Comparison(
            "terms",
            _term_overlap,
            (
                _value_check("voice"),
                _value_check("avoided"),
                _name_check("used_by"),
                _value_check("concept"),
            ),
            ("term", "voice", "used_by"),
        ),
        Comparison("times", _best_overlap("span"), (_value_check("value"),), ("value",)),
        Comparison(
            "actors",
            _actor_overlap,
            (
                Check("name", _shares_name),
                _value_check("kind"),
                _value_check("country"),
                _value_check("sector"),
            ),
            ("name", "kind", "country"),
        ),
    )


# Overlaps: how much a predicted row is the same as a gold row, 0 for not at all


def _best_overlap(*fields: str) -> Callable[[MarkedRow, MarkedRow], float]:
    """Compare by the characters of a field, taking the best of the gold's right values."""

    def overlap(gold: MarkedRow, got: MarkedRow) -> float:
        mine = characters(got.spans(*fields))
        values = gold.accepted(*fields)
        best = max(jaccard(characters(spans_in(value)), mine) for value in values)
        return best if best >= MATCH else 0.0

    return overlap


def _event_overlap(gold: MarkedRow, got: MarkedRow) -> float:
    if got.get("event_type") not in gold.accepted("event_type"):
        return 0.0
    return jaccard(
        characters(gold.spans("trigger", "trigger_span")),
        characters(got.spans("trigger", "trigger_span")),
    )


def _condition_overlap(gold: MarkedRow, got: MarkedRow) -> float:
    parts = [
        jaccard(characters(gold.spans(span, pieces)), characters(got.spans(span, pieces)))
        for span, pieces in (("if_span", "if_"), ("then_span", "then"))
    ]
    return sum(parts) / 2 if min(parts) >= MATCH else 0.0


def _term_overlap(gold: MarkedRow, got: MarkedRow) -> float:
    if str(got.get("term")).lower() not in [str(term).lower() for term in gold.accepted("term")]:
        return 0.0
    return jaccard(characters(gold.spans("span")), characters(got.spans("span")))


def _shares_name(gold: MarkedRow, got: MarkedRow) -> bool:
    name = got.names("name")[0]
    return any(same_name(right, name) for right in gold.names("name"))


def _actor_overlap(gold: MarkedRow, got: MarkedRow) -> float:
    """An actor is found by its name, else by a mention both have."""
    theirs = {mention.spans("span") for mention in got.rows("mentions")}
    shared = sum(mention.spans("span") in theirs for mention in gold.rows("mentions"))
    common = shared / max(len(gold.rows("mentions")), 1)
    return (1.0 if _shares_name(gold, got) else 0.0) + common / 2


# Checks: whether a field of a matched row is right


def _value_check(field: str) -> Check:
    return Check(field, lambda gold, got: got.get(field) in gold.accepted(field))


def _name_check(field: str) -> Check:
    """A name is right when it can stand for a right one, or for one of several parties named."""

    def agrees(gold: MarkedRow, got: MarkedRow) -> bool:
        parts = gold.get(f"{field}_parts")
        wanted = [*gold.names(field), *(parts if isinstance(parts, list) else [])]
        return any(same_name(name, got.names(field)[0]) for name in wanted)

    return Check(field, agrees)


def _span_check(*fields: str) -> Check:
    def agrees(gold: MarkedRow, got: MarkedRow) -> bool:
        mine = characters(got.spans(*fields))
        right = [characters(spans_in(value)) for value in gold.accepted(*fields)]
        return any(jaccard(mine, other) >= MATCH or mine == other for other in right)

    return Check(fields[-1], agrees)


def _date_of(row: MarkedRow) -> object:
    value = row.get("said_on")
    return value.get("value") if isinstance(value, dict) else None


def _voice_agrees(gold: MarkedRow, got: MarkedRow, voices: Mapping[str, frozenset[str]]) -> bool:
    voice = got.get("voice")
    same = {NARRATION} if voice == NARRATION else voices.get(str(voice), frozenset())
    return any(right in same for right in gold.accepted("voice"))


def _parent_agrees(gold: MarkedRow, got: MarkedRow, voices: Mapping[str, frozenset[str]]) -> bool:
    if gold.get("parent") is None or got.get("parent") is None:
        return gold.get("parent") is got.get("parent")
    return gold.get("parent") in voices.get(str(got.get("parent")), frozenset())


def _parties_agree(gold: MarkedRow, got: MarkedRow) -> bool:
    mine = (got.rows("actors"), got.rows("recipients"))
    right = (gold.rows("actors"), gold.rows("recipients"))
    straight = all(_same_parties(*sides) for sides in zip(right, mine, strict=True))
    if straight or not gold.get("symmetric"):
        return straight
    return all(_same_parties(*sides) for sides in zip(right, reversed(mine), strict=True))


def _same_parties(gold: Sequence[MarkedRow], got: Sequence[MarkedRow]) -> bool:
    """Whether every required party is there and nobody else."""
    required = [party for party in gold if not party.optional]
    return all(any(_same_party(right, one) for one in got) for right in required) and all(
        any(_same_party(right, one) for right in gold) for one in got
    )


def _same_party(gold: MarkedRow, got: MarkedRow) -> bool:
    if _shares_name(gold, got):
        return True
    here = jaccard(characters(gold.spans("span")), characters(got.spans("span")))
    return here >= MATCH and got.get("country") in gold.accepted("country")


# Matching


def _score_kind(
    comparison: Comparison, gold: MarkedArticle, predicted: MarkedArticle, text: str
) -> KindScore:
    kind = comparison.kind
    return _score_rows(comparison, gold.rows(kind), predicted.rows(kind), text)


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


def _same_statements(gold: MarkedArticle, predicted: MarkedArticle) -> dict[str, frozenset[str]]:
    """Return which gold statements each predicted statement can stand for, by their ids."""
    overlap = _best_overlap("content")
    return {
        str(got.row_id): frozenset(
            str(row.row_id) for row in gold.rows("statements") if overlap(row, got)
        )
        for got in predicted.rows("statements")
    }


# Actors' mentions


def _actor_pairs(gold: MarkedArticle, predicted: MarkedArticle) -> frozenset[tuple[str, str]]:
    """Return the names of each annotated actor and the predicted one it was matched with."""
    rows, got = gold.rows("actors"), predicted.rows("actors")
    pairs = _pairs(Comparison("actors", _actor_overlap, (), ()), rows, got)
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
    if not spans:
        return "(no words)"
    whole: Span = hull(spans)
    words = " ".join(text[whole.start : whole.end].split())
    short = words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1] + "…"
    return f"{whole.start}-{whole.end} “{short}”"


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
