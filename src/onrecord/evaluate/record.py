"""Score whole records against annotated articles: every kind of row with its parties and speakers.

Rows match one to one, best overlap first: statements when half of the characters of their contents
are shared, events when any character of their triggers is, other rows when half of the characters
of their key span are. Statements and events are annotated in an article's opening only (up to the
gold's `events_until`); predicted ones after it do not count. Neither do rows that match an
optional one, nor statements inside another that match nothing.

The predicted record is in the gold form of `onrecord.export`, with all that a party goes by and
all its mentions: an annotator may have marked any of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.errors import GoldError
from onrecord.evaluate.comparisons import Check
from onrecord.evaluate.gold import MarkedArticle, MarkedRow, characters, spans_in
from onrecord.evaluate.listing import told_parties, told_words
from onrecord.evaluate.matching import best_first, jaccard
from onrecord.evaluate.naming import one_description, one_name
from onrecord.evaluate.news import value_agrees
from onrecord.evaluate.tally import Tally
from onrecord.records import Spans

MATCH = 0.5  # the lowest share of characters at which two spans are the same row
ANY_OVERLAP = 1e-9
CHECK_SHARE = 4  # one article in so many is for checking alone
NOBODY = (None, "null")  # how an annotation says that there is no right name
SIDES = ("actors", "recipients")
BOTH_WAYS = "CONSULT"  # the type whose parties have no sides

Part: TypeAlias = Literal["train", "check"]


def part_of(article_id: str) -> Part:
    """Return whether an annotated article is for training or, one in four, for checking alone."""
    number = int(hashlib.sha256(article_id.encode()).hexdigest()[:8], 16)
    return "train" if number % CHECK_SHARE else "check"


@dataclass(frozen=True, slots=True)
class _Kind:
    """How rows of one kind are matched, and what is compared on those that match."""

    kind: str
    keys: tuple[str, ...]  # the field with the key spans, under each name it goes by
    checks: tuple[Check, ...] = ()
    shown: tuple[str, ...] = ()  # the fields that a listing shows
    least: float = MATCH
    others: str | None = None  # the field with other right key spans
    opening: bool = False  # whether only the article's opening is annotated

    def key(self, row: MarkedRow) -> Spans:
        """Return a row's key spans, () where it has none."""
        return _first_spans(row, *self.keys)

    def overlap(self, gold: MarkedRow, got: MarkedRow) -> float:
        """Return how much a row's key is an annotated one's, or another right one."""
        others = gold.get(self.others) if self.others else None
        keys = [self.key(gold), *map(spans_in, others if isinstance(others, list) else ())]
        mine = characters(self.key(got))
        return max(jaccard(characters(key), mine) for key in keys)

    def rows(self, article: MarkedArticle, until: int | None) -> tuple[MarkedRow, ...]:
        """Return an article's rows, of a kind that only its opening is annotated with those."""
        rows = article.rows(self.kind)
        if not self.opening:
            return rows
        keys = ((row, self.key(row)) for row in rows)
        return tuple(row for row, key in keys if key and (not until or key[0].start < until))


@dataclass(frozen=True, slots=True)
class _Matched:
    """The annotated and the predicted rows of a kind, and which of them are the same."""

    gold: tuple[MarkedRow, ...]
    got: tuple[MarkedRow, ...]
    pairs: dict[int, int]  # an annotated row's place -> its predicted row's

    @property
    def required(self) -> list[MarkedRow]:
        """The annotated rows that should be found."""
        return [row for row in self.gold if not row.optional]

    @property
    def found(self) -> list[tuple[MarkedRow, MarkedRow]]:
        """The required rows that were found, with the predicted ones."""
        rows = ((self.gold[i], self.got[j]) for i, j in self.pairs.items())
        return [pair for pair in rows if not pair[0].optional]

    @property
    def missed(self) -> list[MarkedRow]:
        """The required rows that nothing matches."""
        rows = ((i, row) for i, row in enumerate(self.gold) if i not in self.pairs)
        return [row for _, row in rows if not row.optional]

    @property
    def extra(self) -> list[MarkedRow]:
        """The predicted rows that match nothing and are wrong."""
        used = set(self.pairs.values())
        rows = ((j, row) for j, row in enumerate(self.got) if j not in used)
        return [row for _, row in rows if not row.get("nested")]

    @property
    def counted(self) -> int:
        """How many predicted rows are right or wrong."""
        return len(self.found) + len(self.extra)


def score_record(gold: MarkedArticle, predicted: MarkedArticle) -> tuple[Tally, ...]:
    """Return the tallies of one article, named by kind and by what is right of the rows found.

    "parties end to end" are the single parties of events: right where the event has its type, the
    side is right and the spans overlap or the names agree.
    """
    return tuple(_tallies(gold, predicted))


def record_slips(gold: MarkedArticle, predicted: MarkedArticle, text: str) -> Iterator[str]:
    """Yield a line for every row that is missed, extra or not wholly right."""
    for kind in _KINDS:
        matched = _match(kind, gold, predicted)
        for name, rows in (("missed", matched.missed), ("extra", matched.extra)):
            for row in rows:
                told = "; ".join(f"{field} {_told(row, field)}" for field in kind.shown)
                yield f"{name} {kind.kind}: {told_words(kind.key(row), text)} [{told}]"
        for row, got in matched.found:
            wrong = [check.field for check in kind.checks if not check.agrees(row, got)]
            if wrong:
                slips = "; ".join(_slips(kind, row, got))
                words = told_words(kind.key(row), text)
                yield f"wrong {kind.kind}: {words} [{', '.join(wrong)}: {slips}]"


def require_same_text(gold: MarkedArticle, text: str) -> None:
    """Make sure that an annotation was made on a text.

    Raises:
        GoldError: It was made on another one.
    """
    wanted = gold.text("sha256")
    if wanted and wanted != hashlib.sha256(text.encode()).hexdigest():
        raise GoldError(f"{gold.text('id')} was annotated on another text: its SHA-256 differs.")


# Matching and counting


def _tallies(gold: MarkedArticle, predicted: MarkedArticle) -> Iterator[Tally]:
    for kind in _KINDS:
        matched = _match(kind, gold, predicted)
        counts = matched.counted, len(matched.required)
        yield Tally(kind.kind, len(matched.found), *counts)
        for check in kind.checks:
            right = sum(check.agrees(*pair) for pair in matched.found)
            yield Tally(f"{kind.kind} + {check.field}", right, *counts)
        if kind.kind == "events":
            yield _parties(matched)


def _match(kind: _Kind, gold: MarkedArticle, predicted: MarkedArticle) -> _Matched:
    until = gold.number("events_until")
    rows, got = kind.rows(gold, until), kind.rows(predicted, until)
    overlaps = {
        (i, j): overlap
        for i, row in enumerate(rows)
        for j, other in enumerate(got)
        if (overlap := kind.overlap(row, other))
    }
    return _Matched(rows, got, dict(best_first(overlaps, kind.least)))


def _parties(matched: _Matched) -> Tally:
    neutral = {j for i, j in matched.pairs.items() if matched.gold[i].optional}
    got = [row for j, row in enumerate(matched.got) if j not in neutral]
    right = sum(_parties_found(*pair) for pair in matched.found if value_agrees("type", *pair))
    return Tally("parties end to end", right, _count(got), _count(matched.required))


def _count(events: Sequence[MarkedRow]) -> int:
    return sum(len(row.rows(side)) for row in events for side in SIDES)


def _parties_found(gold: MarkedRow, got: MarkedRow) -> int:
    """Return how many parties of an event stand on their side, each for one annotated."""
    together = gold.get("type") == BOTH_WAYS
    found = 0
    for sides in (SIDES,) if together else ((side,) for side in SIDES):
        left = [party for side in sides for party in got.rows(side)]
        for party in (party for side in sides for party in gold.rows(side)):
            hit = next((at for at, one in enumerate(left) if _same_party(party, one)), None)
            if hit is not None:
                del left[hit]
                found += 1
    return found


# Checks: whether something is right of a row that was found


def _same_party(gold: MarkedRow, got: MarkedRow) -> bool:
    return _touch(gold.spans("span"), got.spans("span")) or any(
        one_name(gold.get("name"), name) for name in (got.get("name"), *_list(got, "names"))
    )


def _right_source(gold: MarkedRow, got: MarkedRow) -> bool:
    """Whether the sources overlap, or neither names one."""
    wanted, found = (_first_spans(row, "source_span", "source")[:1] for row in (gold, got))
    return _touch(wanted, found) if wanted or found else True


def _right_speaker(gold: MarkedRow, got: MarkedRow) -> bool:
    """Whether a speaker goes by a right name anywhere in the text.

    Where the annotation has no name but what the text calls the speaker there ("a spokesman for
    the militia"), it is enough that the speaker is mentioned in those words, or that nobody is
    named.
    """
    wanted, name = gold.accepted("speaker"), got.get("speaker")
    names = [name, *_list(got, "speaker_names")]
    if any(one_name(right, one) for right in wanted for one in names):
        return True
    if name is None and any(right in NOBODY for right in wanted):
        return True
    words = _words(gold.get("source")) or _words(gold.get("mention"))
    there = _first_spans(gold, "source_span", "source", "mention")
    if (
        not words
        or not there
        or not any(right and one_description(right, words) for right in wanted)
    ):
        return False
    return name is None or _touch(there, got.spans("speaker_spans"))


def _right_user(gold: MarkedRow, got: MarkedRow) -> bool:
    """Whether who uses words that are held up goes by a right name, or the narration uses both."""
    wanted, name = gold.accepted("used_by"), got.get("used_by")
    names = [name, *_list(got, "used_by_names")]
    return name in wanted or any(one_name(right, one) for right in wanted for one in names)


def _right_countries(gold: MarkedRow, got: MarkedRow) -> bool:
    """Whether the sets of known countries are the same on each side, or of a meeting's together."""
    wanted, found = (tuple(_countries(row, side) for side in SIDES) for row in (gold, got))
    if gold.get("type") == BOTH_WAYS or got.get("symmetric"):
        return frozenset().union(*wanted) == frozenset().union(*found)
    return wanted == found


def _countries(row: MarkedRow, side: str) -> frozenset[object]:
    return frozenset(filter(None, (party.get("country") for party in row.rows(side))))


def _right_party(side: str, gold: MarkedRow, got: MarkedRow) -> bool:
    """Whether a demand's party is mentioned where it was annotated, or nobody is where none was."""
    wanted, found = gold.spans(side), got.spans(f"{side}_spans")
    if _touch(wanted, found):
        return True
    return not found and (not wanted or gold.get(f"{side}_alt") == "null")


def _fields_right(*fields: str) -> Callable[[MarkedRow, MarkedRow], bool]:
    return lambda gold, got: all(value_agrees(field, gold, got) for field in fields)


def _event_right(*fields: str) -> Callable[[MarkedRow, MarkedRow], bool]:
    right = _fields_right(*fields)
    return lambda gold, got: right(gold, got) and _right_countries(gold, got)


_SPEAKER = Check("speaker", _right_speaker)

_KINDS = (
    _Kind(
        "statements",
        ("content_spans",),
        (Check("source", _right_source), _SPEAKER),
        ("source", "speaker"),
        others="content_alt",
        opening=True,
    ),
    _Kind(
        "events",
        ("trigger", "trigger_span"),
        (
            Check("type", _fields_right("type")),
            Check("type + modality", _fields_right("type", "modality")),
            Check("type + countries", _event_right("type")),
            Check("all", _event_right("type", "modality")),
        ),
        ("type", "modality", *SIDES),
        least=ANY_OVERLAP,
        others="trigger_alt",
        opening=True,
    ),
    _Kind(
        "figures",
        ("span",),
        (
            Check("measure", _fields_right("measure")),
            Check("measure + bounds", _fields_right("measure", "low", "high")),
        ),
        ("measure", "low", "high"),
    ),
    _Kind("conditions", ("then_span", "then")),
    _Kind(
        "demands",
        ("asks", "asks_span"),
        (
            Check(
                "by + of",
                lambda gold, got: all(_right_party(side, gold, got) for side in ("by", "of")),
            ),
        ),
        ("by", "of"),
    ),
    _Kind("dates", ("span",), (Check("value", _fields_right("value")),), ("value",)),
    _Kind("scare_quotes", ("span",), (Check("used_by", _right_user),), ("used_by",)),
    _Kind("speakers", ("quote_span", "quote", "span"), (_SPEAKER,), ("speaker",)),
)


# Fields


def _first_spans(row: MarkedRow, *names: str) -> Spans:
    """Return the spans of the first field that has any."""
    return next((spans for name in names if (spans := row.spans(name))), ())


def _touch(wanted: Spans, found: Spans) -> bool:
    return any(one.overlaps(other) for one in wanted for other in found)


def _list(row: MarkedRow, name: str) -> list[object]:
    value = row.get(name)
    return value if isinstance(value, list) else []


def _words(value: object) -> object:
    return value.get("text") if isinstance(value, dict) else value


# Listings


def _slips(kind: _Kind, gold: MarkedRow, got: MarkedRow) -> Iterator[str]:
    for field in kind.shown:
        wanted, found = _told(gold, field), _told(got, field)
        if wanted != found:
            yield f"{field} {wanted}, got {found}"


def _told(row: MarkedRow, field: str) -> str:
    if field in SIDES:
        return told_parties(row.rows(field))
    value = row.get(f"{field}_text") or _words(row.get(field)) or "nothing"
    return " … ".join(value) if isinstance(value, list) else str(value)
