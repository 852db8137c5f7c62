"""A record as a page for the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from onrecord.cli.numbers import bounds
from onrecord.records import (
    Condition,
    Demand,
    Event,
    Figure,
    Participant,
    Record,
    Span,
    Spans,
    Statement,
    Term,
)
from onrecord.voices import voice_words

if TYPE_CHECKING:
    from onrecord.store import Happening

INDENT = 2
NARROWEST = 20  # columns that words keep on a terminal too narrow for the margins
SEPARATOR = " · "


def print_page(record: Record, retold: Iterable[Happening] = ()) -> None:
    """Write a record to stdout as a page as wide as the terminal, without colours in a pipe.

    Events of happenings in `retold` say in which other articles they are told as well.
    """
    console = Console(file=sys.stdout, highlight=False)
    elsewhere = {
        telling.event_id: _titles(happening, record.article.article_id)
        for happening in retold
        for telling in happening.tellings
    }
    for part in _Page(record, elsewhere).parts():
        console.print(part)


def _titles(happening: Happening, article_id: str) -> str | None:
    """Return in which other articles a happening is told, None when it is in none."""
    others = dict.fromkeys(
        one.title or one.article_id for one in happening.tellings if one.article_id != article_id
    )
    return f"also told in {', '.join(others)}" if others else None


@dataclass(frozen=True, slots=True)
class _Page:
    record: Record
    elsewhere: Mapping[str, str | None]  # by the id of an event: where it is told as well

    def parts(self) -> Iterator[RenderableType]:
        yield from self.header()
        yield from _section("Statements", list(self.statements(None, 1)))
        yield from _section("Events", [self.event(row) for row in self.record.events])
        yield from _section("Figures", [self.figure(row) for row in self.record.figures])
        yield from _section("Conditions", [self.condition(row) for row in self.record.conditions])
        yield from _section("Demands", [self.demand(row) for row in self.record.demands])
        yield from _section("Terms", [self.term(row) for row in self.record.terms])
        yield from _section("Actors", list(self.actors()))

    def header(self) -> Iterator[RenderableType]:
        article = self.record.article
        yield Text(article.title or article.text.split("\n", 1)[0], style="bold")
        published = article.published and f"{article.published} ({article.published_from})"
        yield Text(_facts(article.publisher, published or "date unknown", article.byline))
        if article.url:
            yield Text(article.url, style="dim")
        yield Text(f"{article.article_id}, version {article.version}", style="dim")

    def words(self, spans: Spans) -> str:
        return " … ".join(" ".join(self.record.article.cut(span).split()) for span in spans)

    def name(self, actor_id: str | None, spans: Spans = ()) -> str:
        """Return an actor's name, else the article's words for it, else a question mark."""
        actor = self.record.actor(actor_id)
        return actor.name if actor else self.words(spans) or "?"

    def voice(self, statement_id: str | None) -> str:
        return voice_words(self.record.voice_chain(statement_id), self.speaker)

    def speaker(self, row: Statement) -> str:
        return self.name(row.speaker_id, row.source)

    def statements(self, parent_id: str | None, depth: int) -> Iterator[RenderableType]:
        """Yield the statements in a statement (None: the outermost), each with those in it."""
        for row in self.record.statements:
            if row.parent_id == parent_id:
                yield self.statement(row, depth)
                yield from self.statements(row.statement_id, depth + 2)

    def statement(self, row: Statement, depth: int) -> RenderableType:
        said_on = row.said_on
        head = _facts(
            f"to {self.name(row.addressee_id)}" if row.addressee_id else None,
            row.act,
            row.kind,
            (said_on.value or self.words((said_on.span,))) if said_on else None,
            f"at {row.said_at.name}" if row.said_at else None,
        )
        return _row(self.speaker(row), head, self.words(row.content), depth)

    def event(self, row: Event) -> RenderableType:
        arrow = " and " if row.symmetric else " → "
        sides = [self.parties(side) for side in (row.actors, row.recipients)]
        who = arrow.join(side or "?" for side in sides)
        said_by = f"by {self.voice(row.statement_id)}" if row.statement_id else "narration"
        head = _facts(
            row.mode,
            row.modality,
            row.date,
            row.place.name if row.place else None,
            said_by,
            self.elsewhere.get(row.event_id),
        )
        return _row(f"{row.event_type}  {who}", head, self.words(row.trigger))

    def parties(self, parties: Iterable[Participant]) -> str:
        return ", ".join(self.name(party.actor_id, (party.span,)) for party in parties)

    def figure(self, row: Figure) -> RenderableType:
        said_by = f"by {self.voice(row.statement_id)}" if row.statement_id else "narration"
        amount = f"{row.measure} {_amount(row)}{', denied' if row.denied else ''}"
        head = _facts(
            self.optional(row.whom), row.place.name if row.place else None, row.as_of, said_by
        )
        return _row(amount, head, self.words((row.span,)))

    def optional(self, span: Span | None) -> str | None:
        return self.words((span,)) if span else None

    def condition(self, row: Condition) -> RenderableType:
        on = self.name(row.on_id) if row.on_id else None
        head = _facts(f"by {self.name(row.by_id)}", f"for {on} to act on" if on else None)
        parts = f"{self.words(row.connective)} {self.words(row.if_)}: {self.words(row.then)}"
        return _row(row.kind, head, parts.strip())

    def demand(self, row: Demand) -> RenderableType:
        of = f"of {self.name(row.of_id)}" if row.of_id else None
        return _row(self.name(row.by_id), _facts(of, self.words(row.cue)), self.words((row.asks,)))

    def term(self, row: Term) -> RenderableType:
        user = self.name(row.used_by_id) if row.used_by_id else None
        avoided = f"avoided by {user}" if user else "avoided"
        used = f"used by {user or ('?' if row.statement_id else 'the narration')}"
        head = _facts(f"for {row.concept}", row.voice, avoided if row.avoided else used)
        return _row(row.term, head, self.words((row.span,)))

    def actors(self) -> Iterator[RenderableType]:
        for actor in self.record.actors:
            mentions = [row for row in self.record.mentions if row.actor_id == actor.actor_id]
            roles = dict.fromkeys(row.role for row in mentions if row.role)
            count = f"{len(mentions)} mention{'' if len(mentions) == 1 else 's'}"
            head = _facts(actor.kind, actor.country, actor.sector, *roles, count)
            yield _row(actor.name, head, "")


def _section(title: str, rows: list[RenderableType]) -> Iterator[RenderableType]:
    if rows:
        yield Text(f"\n{title} ({len(rows)})", style="bold cyan")
        yield from rows


def _facts(*facts: str | None) -> str:
    return SEPARATOR.join(fact for fact in facts if fact)


def _row(subject: str, facts: str, words: str, depth: int = 1) -> RenderableType:
    """Return a row: its subject and facts, below them its words, wrapped under each other."""
    head = Text.assemble((subject, "bold"), ("  " if facts else "", ""), (facts, "dim"))
    parts = [_indented(head, depth, hanging=2 * INDENT)]
    if words:
        parts.append(_indented(Text(words), depth + 1))
    return Group(*parts)


def _indented(text: Text, depth: int, hanging: int = 0) -> RenderableType:
    return _Indented(text, INDENT * depth, hanging)


@dataclass(frozen=True, slots=True)
class _Indented:
    """Text with a margin, larger from its second line on; rich's padding adds trailing blanks."""

    text: Text
    first: int
    hanging: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width - self.first - self.hanging, NARROWEST)
        for number, line in enumerate(self.text.wrap(console, width)):
            line.rstrip()
            margin = self.first + (self.hanging if number else 0)
            yield Text(" " * margin).append_text(line)


def _amount(figure: Figure) -> str:
    """Return the bounds of a figure: "2,000 or more", "30 to 35", "about 70"."""
    amount = bounds(figure.low, figure.high)
    if figure.unit not in {None, "people"} and figure.whom is None:  # told beside it otherwise
        amount = f"{amount} {figure.unit}"
    return f"about {amount}" if figure.approx else amount
