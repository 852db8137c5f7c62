"""The record types: what is kept of an article, and nothing else.

Every offset counts Unicode code points into `Article.text`. A part that may be in pieces is a tuple
of spans; a part that cannot is one span. Unknown is `None`; nothing found is `()`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Literal, TypeAlias, get_args, get_type_hints

StatementKind = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "assert", "deny", "accuse", "demand", "request", "offer", "promise", "threaten", "agree",
    "reject", "ask", "praise", "predict", "believe", "want", "perceive",
]  # fmt: skip
ActorKind = Literal[
    "person", "state", "government", "igo", "ngo", "armed_group", "bloc", "organisation", "group"
]
MentionForm = Literal["name", "title", "nominal", "pronoun", "metonym"]
Modality = Literal["actual", "negated", "future", "conditional", "hypothetical"]
ConditionKind = Literal["offer", "threat", "prediction", "rule"]
TermVoice = Literal["own", "quoted", "scare"]
Measure = Literal[
    "killed",
    "wounded",
    "missing",
    "detained",
    "displaced",
    "refugees",
    "hostages",
    "abducted",
    "fighters",
    "troops",
    "trapped",
    "evacuated",
    "returned",
    "sentenced",
    "joined",
    "affected",
    "children",
    "money",
    "percent",
    "other",
]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
PublishedFrom = Literal["given", "metadata", "url", "text"]


def _require(value: object, allowed: object, name: str) -> None:
    """Refuse a code that is not one of a Literal type's values."""
    if value not in get_args(allowed):
        raise ValueError(f"{name} must be one of {', '.join(get_args(allowed))}, got {value!r}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: code points, from 0, end exclusive, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"need 0 <= start < end, got ({self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


Spans: TypeAlias = tuple[Span, ...]


def hull(spans: Sequence[Span]) -> Span:
    """Return the span from the first start to the last end of one or more spans."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the text and the run of the input it came from.

    Runs of one length correspond character by character; runs of different lengths as a whole.
    """

    text: Span
    input: Span

    @property
    def is_literal(self) -> bool:
        """Whether the two runs correspond character by character."""
        return len(self.text) == len(self.input)


@dataclass(frozen=True, slots=True)
class InputMap:
    """Where each character of a text stood in the input; segments cover the text in order."""

    segments: tuple[Segment, ...]

    def __post_init__(self) -> None:
        at = 0
        for segment in self.segments:
            if segment.text.start != at:
                raise ValueError(f"the input map leaves a gap at {at}")
            at = segment.text.end

    @property
    def length(self) -> int:
        """The length of the text that is mapped, in code points."""
        return self.segments[-1].text.end if self.segments else 0

    def input_span(self, span: Span) -> Span:
        """Return the shortest input span that gave every character of `span`.

        Raises:
            ValueError: The span reaches past the text.
        """
        if span.end > self.length:
            raise ValueError(f"{span} reaches past the text, which has {self.length} characters")
        first, last = self._segment_at(span.start), self._segment_at(span.end - 1)
        skipped = span.start - first.text.start if first.is_literal else 0
        left = last.text.end - span.end if last.is_literal else 0
        return Span(first.input.start + skipped, last.input.end - left)

    def _segment_at(self, position: int) -> Segment:
        return self.segments[bisect_right(self.segments, position, key=lambda s: s.text.start) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of an article; `text` is what every offset counts into and never changes."""

    article_id: str
    version: int = 1
    text: str
    sha256: str  # of the text, in UTF-8
    input_map: InputMap
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None  # ISO 8601 date, with the precision known
    published_from: PublishedFrom | None = None
    language: str | None = None  # ISO 639-1; "und": not English, and no more is known
    source_path: str | None = None
    fetched_at: str | None = None  # ISO 8601, UTC
    story_id: str | None = None  # the cluster of near-identical copies
    copy_of: str | None = None  # the article_id this one is a copy of

    def __post_init__(self) -> None:
        if self.input_map.length != len(self.text):
            raise ValueError("the input map does not cover the text")
        if (self.published is None) != (self.published_from is None):
            raise ValueError("published and published_from are known together or not at all")
        if self.published_from is not None:
            _require(self.published_from, PublishedFrom, "published_from")

    def cut(self, span: Span) -> str:
        """Return the words of a span."""
        return self.text[span.start : span.end]

    def input_span(self, span: Span) -> Span:
        """Return where a span stood in the input the article was read from.

        The input is the decoded text for text and JSON lines, the extractor's output for a page.

        Raises:
            ValueError: The span reaches past the text.
        """
        return self.input_map.input_span(span)


def row_id(article: Article, kind: str, *key: Span) -> str:
    """Return a row's id: a hash of the article version, the kind of row and its key spans."""
    parts = [article.article_id, str(article.version), kind]
    parts += [f"{span.start}-{span.end}" for span in key]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An input that gave no article or record, in its place."""

    source: str  # a path, a line of a file, a URL, an article id
    reason: str  # a sentence for the user
    error: str  # the exception's name
    outcome: Literal["failed", "skipped", "unchanged"] = "failed"

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a field of an actor has its value."""

    field: str  # "name", "kind", "country" or "sector"
    rule: str  # such as "title" or "table"
    span: Span | None  # the words that tell it; None: no words of the article by themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, state, organisation or unnamed group that a text refers to."""

    actor_id: str
    name: str
    kind: ActorKind
    country: str | None = None  # ISO 3166-1 alpha-3
    sector: str | None = None  # PLOVER sector code
    wikidata: str | None = None
    known_as: str | None = None  # the name in the tables, where the text spells another
    grounds: tuple[Ground, ...] = ()
    extractor: str

    def __post_init__(self) -> None:
        _require(self.kind, ActorKind, "actor kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where the text refers to an actor."""

    mention_id: str
    span: Span
    actor_id: str | None  # None: undecided
    form: MentionForm
    role: str | None = None  # "foreign minister", in the text's words
    role_country: str | None = None  # ISO 3166-1 alpha-3
    candidates: tuple[str, ...] = ()  # actor_ids still possible, likeliest first; () once decided
    extractor: str

    def __post_init__(self) -> None:
        _require(self.form, MentionForm, "mention form")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that point at a date or a range of dates."""

    time_id: str
    span: Span
    value: str | None  # ISO 8601 date or start/end; None: unresolved
    anchor: str | None = None  # "published", or the time_id of an earlier date in the text
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words that name a place."""

    place_id: str
    span: Span
    name: str
    country: str | None = None  # ISO 3166-1 alpha-3
    admin: str | None = None  # first-level division, by GeoNames' name
    lat: float | None = None  # decimal degrees; of a region or country, the middle of its towns
    lon: float | None = None
    geonames_id: int | None = None
    candidates: tuple[int, ...] = ()  # GeoNames ids still possible
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An attribution: somebody is reported to say, write, think, want or see something."""

    statement_id: str
    source: Spans  # who is credited; empty when the text names no one
    cue: Spans  # the words that credit them: "said", "according to"
    content: Spans  # what is credited; never empty
    kind: StatementKind
    act: Act
    speaker_id: str | None = None  # Actor.actor_id
    addressee_id: str | None = None  # Actor.actor_id
    said_on: TimeExpression | None = None
    said_at: Place | None = None
    occasion: Spans = ()
    parent_id: str | None = None  # the statement whose content contains this one
    score: float | None = None  # probability, 0 to 1; None: a rule that gives none
    extractor: str

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a statement needs content")
        _require(self.kind, StatementKind, "statement kind")
        _require(self.act, Act, "act")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One actor or recipient of an event: the words, and whom they refer to."""

    span: Span
    actor_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A PLOVER event: who did what to whom."""

    event_id: str
    event_type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    trigger: Spans
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    date: str | None = None  # ISO 8601 date or start/end
    date_span: Span | None = None
    place: Place | None = None
    symmetric: bool = False  # a meeting, a clash: actors and recipients may be exchanged
    modality: Modality
    statement_id: str | None = None  # whose word it is; None: the article's narration
    goldstein: float | None = None
    quad: int | None = None  # 1 to 4
    happening_id: str | None = None
    score: float | None = None
    extractor: str

    def __post_init__(self) -> None:
        if not self.trigger:
            raise ValueError("an event needs a trigger")
        _require(self.event_type, EventType, "event type")
        _require(self.modality, Modality, "modality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity claimed about people, money or forces."""

    figure_id: str
    span: Span
    measure: Measure
    low: float | None  # None: open below
    high: float | None  # None: open above
    approx: bool = False
    denied: bool = False  # the words around it say that it is not so
    unit: str | None = None  # "people", "USD", "%", else the noun counted: "tanks"
    whom: Span | None = None  # the words for who or what is counted
    place: Place | None = None
    as_of: str | None = None  # ISO 8601 date or start/end
    cause_id: str | None = None  # Actor.actor_id
    statement_id: str | None = None  # whose word it is; None: the article's narration
    score: float | None = None
    extractor: str

    def __post_init__(self) -> None:
        _require(self.measure, Measure, "measure")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What would happen if: a condition in a statement or in the narration."""

    condition_id: str
    if_: Spans
    then: Spans
    connective: Spans
    kind: ConditionKind
    by_id: str | None = None  # Actor.actor_id of who sets the condition
    on_id: str | None = None  # Actor.actor_id of who would have to act
    statement_id: str | None = None
    score: float | None = None
    extractor: str

    def __post_init__(self) -> None:
        if not self.if_ or not self.then:
            raise ValueError("a condition needs both its parts")
        _require(self.kind, ConditionKind, "condition kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What one party asks of another."""

    demand_id: str
    cue: Spans
    asks: Span
    by_id: str | None = None  # Actor.actor_id
    of_id: str | None = None  # Actor.actor_id of the party asked
    statement_id: str | None = None  # the statement with act demand or request that it is
    score: float | None = None
    extractor: str

    def __post_init__(self) -> None:
        if not self.cue:
            raise ValueError("a demand needs a cue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word chosen where others choose another."""

    term_id: str
    span: Span
    concept: str  # what is being named; the term itself where no list has it
    term: str  # the chosen word, in its dictionary form
    voice: TermVoice
    avoided: bool = False  # a source is said not to use it
    used_by_id: str | None = None  # Actor.actor_id; None: the narration, or unknown in a statement
    statement_id: str | None = None
    score: float | None = None
    extractor: str

    def __post_init__(self) -> None:
        _require(self.voice, TermVoice, "term voice")


Row: TypeAlias = (
    Statement
    | Event
    | Figure
    | Condition
    | Demand
    | Term
    | Actor
    | Mention
    | TimeExpression
    | Place
)

KINDS = (
    "statements",
    "events",
    "figures",
    "conditions",
    "demands",
    "terms",
    "actors",
    "mentions",
    "times",
    "places",
)
"""The kinds of row, named as the fields of `Record`."""

_FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in get_args(Row)}


def id_of(row: Row) -> str:
    """Return a row's id, whatever the field is called in its kind."""
    return str(getattr(row, _FIELDS[type(row)][0]))


def _spans_in(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, Participant | Place | TimeExpression | Ground):
        yield from _spans_in(value.span)
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans_in(item)


def parts_of(row: Row) -> dict[str, Spans]:
    """Return where each part of a row stands, by its field; what stands nowhere is left out."""
    parts = {name: tuple(_spans_in(getattr(row, name))) for name in _FIELDS[type(row)]}
    return {name: spans for name, spans in parts.items() if spans}


def _holds_spans(hint: object) -> bool:
    return hint in _WITH_SPANS or any(map(_holds_spans, get_args(hint)))


_WITH_SPANS = (Span, Participant, Place, TimeExpression, Ground)
_SPANNED = {
    kind: tuple(name for name, hint in get_type_hints(kind).items() if _holds_spans(hint))
    for kind in get_args(Row)
}
"""The fields of each kind of row in which spans may be."""


def spans_of(row: Row) -> Iterator[Span]:
    """Yield every span that a row rests on."""
    for name in _SPANNED[type(row)]:
        yield from _spans_in(getattr(row, name))


@dataclass(frozen=True, kw_only=True)  # no slots: it keeps its statements by id
class Record:
    """All that one article puts on record."""

    article: Article
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    conditions: tuple[Condition, ...] = ()
    demands: tuple[Demand, ...] = ()
    terms: tuple[Term, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        ids = Counter(id_of(row) for row in self.rows())
        if repeated := [key for key, count in ids.items() if count > 1]:
            raise ValueError(f"rows share an id: {', '.join(repeated)}")
        for row in self.rows():
            for span in spans_of(row):
                if span.end > len(self.article.text):
                    raise ValueError(f"{span} reaches past the text of {self.article.article_id}")

    def rows(self) -> Iterator[Row]:
        """Yield every row, kind by kind."""
        for kind in KINDS:
            yield from getattr(self, kind)

    def actor(self, actor_id: str | None) -> Actor | None:
        """Return the actor with that id, None for None or an unknown id."""
        return next((actor for actor in self.actors if actor.actor_id == actor_id), None)

    def statement(self, statement_id: str | None) -> Statement | None:
        """Return the statement with that id, None for None or an unknown id."""
        return self._by_id.get(statement_id) if statement_id is not None else None

    @cached_property
    def _by_id(self) -> dict[str, Statement]:
        return {row.statement_id: row for row in self.statements}

    def voice_chain(self, statement_id: str | None) -> tuple[Statement, ...]:
        """Return the statements that vouch for a row, innermost first; () is the narration."""
        chain: list[Statement] = []
        while (statement := self.statement(statement_id)) and statement not in chain:
            chain.append(statement)
            statement_id = statement.parent_id
        return tuple(chain)
