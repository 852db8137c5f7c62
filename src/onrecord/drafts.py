"""What the stages of one article hand one another before it becomes rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, TypeVar

from onrecord.records import (
    Act,
    Actor,
    Article,
    Mention,
    Place,
    Span,
    Spans,
    Statement,
    StatementKind,
    TimeExpression,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.language.quotes import QuotationIndex
    from onrecord.onepass import Reading

RULES = "attribution-rules/1"  # what makes an attribution that no model proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A statement whose parties are still words: token positions point into the parse."""

    source: Spans
    cue: Spans
    content: Spans  # never empty
    kind: StatementKind
    act: Act
    cue_at: int | None = None  # token of the cue's head; None: a quotation without a cue
    source_at: int | None = None  # token of the source's head, relative pronouns resolved
    addressee_at: int | None = None  # token of the addressee's head
    score: float | None = None  # probability that the content is right; None: a rule
    extractor: str = RULES
    follows: int | None = None  # cueless: position of the attribution whose speaker goes on

    @property
    def extent(self) -> tuple[int, int]:
        """Where it starts and how far it reaches, in code points."""
        spans = (*self.source, *self.cue, *self.content)
        return min(span.start for span in spans), max(span.end for span in spans)


class Nesting:
    """Contents that lie within one another, each in one or more pieces, by position."""

    def __init__(self, contents: Iterable[Spans]) -> None:
        pieces: list[tuple[int, int, int]] = []
        self._lengths: list[int] = []
        for position, content in enumerate(contents):
            pieces += ((piece.start, piece.end, position) for piece in content)
            self._lengths.append(sum(len(piece) for piece in content))
        self._pieces = sorted(pieces)
        self._starts = [start for start, _, _ in self._pieces]
        # How far any piece up to here reaches: the search backwards ends where none reaches on.
        self._reach = list(accumulate((end for _, end, _ in self._pieces), max))

    def innermost(self, span: Span, *, skip: int | None = None, over: int = 0) -> int | None:
        """Return the position of the shortest content around a span, None without one.

        Left out are the content at `skip` and those of at most `over` code points.
        """
        found = [
            (self._lengths[position], position)
            for position in self.around(span)
            if position != skip and self._lengths[position] > over
        ]
        return min(found)[1] if found else None

    def around(self, span: Span) -> Iterator[int]:
        """Yield the positions of the contents that have a piece around a span."""
        at = bisect_right(self._starts, span.start) - 1
        while at >= 0 and self._reach[at] >= span.end:
            _, end, position = self._pieces[at]
            if end >= span.end:
                yield position
            at -= 1


class Overlaps:
    """Which of several parts, each in one or more pieces, share a character with another, fast."""

    def __init__(self, parts: Iterable[Spans]) -> None:
        pieces = sorted((span.start, span.end, n) for n, part in enumerate(parts) for span in part)
        self._pieces = pieces
        self._starts = [start for start, _, _ in pieces]
        self._reach = list(accumulate((end for _, end, _ in pieces), max))

    def touching(self, part: Spans) -> Iterator[int]:
        """Yield the positions of the parts that overlap one, each once."""
        seen: set[int] = set()
        for span in part:
            at = bisect_left(self._starts, span.end) - 1
            while at >= 0 and self._reach[at] > span.start:
                _, end, position = self._pieces[at]
                if end > span.start and position not in seen:
                    seen.add(position)
                    yield position
                at -= 1


Placed = TypeVar("Placed", TimeExpression, Place)


def starting_in(rows: Sequence[Placed], span: Span) -> Iterator[Placed]:
    """Yield the rows, of some in text order, that begin within a span."""
    for at in range(bisect_left(rows, span.start, key=_start), len(rows)):
        if rows[at].span.start >= span.end:
            return
        yield rows[at]


def first_place(places: Sequence[Place], phrases: Iterable[Span]) -> Place | None:
    """Return the first place in the first of some phrases that has one, None without any."""
    return next(
        (
            place
            for phrase in phrases
            for place in starting_in(places, phrase)
            if phrase.contains(place.span)
        ),
        None,
    )


def _start(row: TimeExpression | Place) -> int:
    return row.span.start


class Voices:
    """Who vouches for which part of a text: the innermost statement around a position."""

    def __init__(self, statements: tuple[Statement, ...]) -> None:
        self.statements = statements
        self._nesting = Nesting(statement.content for statement in statements)

    def at(self, span: Span) -> Statement | None:
        """Return the innermost statement whose content contains a span, None for narration."""
        position = self._nesting.innermost(span)
        return self.statements[position] if position is not None else None

    def around(self, span: Span) -> Iterator[Statement]:
        """Yield all statements whose content contains a span."""
        return (self.statements[position] for position in self._nesting.around(span))


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place name at tokens [start, end) of a parse, and how it is meant."""

    start: int
    end: int
    acts: float  # probability that it stands for a government, a team, a people
    kind: Literal["country", "seat", "bloc"] | None = None  # in the tables; None: not in them
    country: str | None = None  # ISO 3166-1 alpha-3, where the tables know it

    @property
    def is_metonym(self) -> bool:
        """Whether it stands for those who act there rather than for the place."""
        return self.acts >= 0.5


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of an article and where the text refers to them."""

    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]  # in text order
    heads: Mapping[int, int]  # token at the head of a mention -> its position in `mentions`
    speakers: tuple[str | None, ...] = ()  # one actor_id per attribution
    addressees: tuple[str | None, ...] = ()  # one actor_id per attribution
    passing: frozenset[str] = frozenset()  # mention_ids to keep only where a row uses them
    _by_id: Mapping[str, Actor] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {actor.actor_id: actor for actor in self.actors})

    def actor_at(self, token: int | None) -> str | None:
        """Return the actor that the mention with this head token refers to, None without one."""
        mention = self.mention_at(token)
        return mention.actor_id if mention is not None else None

    def mention_at(self, token: int | None) -> Mention | None:
        """Return the mention with this head token, None without one."""
        if token is None or token not in self.heads:
            return None
        return self.mentions[self.heads[token]]

    def actor(self, actor_id: str | None) -> Actor | None:
        """Return the actor with that id, None without one."""
        return self._by_id.get(actor_id) if actor_id is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as read so far: what is extracted from it rests on this and on word lists."""

    article: Article
    doc: Doc  # the parse of the article's text
    reading: Reading  # what the model's one pass made of it
    quotations: QuotationIndex
    cast: Cast
    voices: Voices
    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]
