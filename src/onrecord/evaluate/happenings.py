"""Score which events are taken to be one happening, on short articles with marked events.

A file is TOML, a table `[[case]]` with tables `[[case.article]]`, each with `published` and `text`:

    [[case]]
    about = "a second attack"
    [[case.article]]
    published = "2022-03-11"
    text = "Rebels {a|attacked} Gao on Monday. A second {b|attack} on Friday failed."

`{a|attacked}` marks the words that evoke an event; in a case equal letters are one happening.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from onrecord.errors import GoldError
from onrecord.evaluate.gold import read_case_tables
from onrecord.evaluate.tally import Tally
from onrecord.happenings import happenings_of, owned_by
from onrecord.records import Event, Record, Span, hull

_MARKED = re.compile(r"\{(\w+)\|([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class MarkedTelling:
    """Words that evoke an event, and the letter of its happening."""

    span: Span  # in the text of the article
    letter: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """An article of a case."""

    text: str
    published: str
    tellings: tuple[MarkedTelling, ...]

    def words(self, telling: MarkedTelling) -> str:
        """Return the marked words."""
        return self.text[telling.span.start : telling.span.end]


@dataclass(frozen=True, slots=True)
class HappeningCase:
    """Some articles, of which each pair of marked events is one happening or two."""

    about: str
    articles: tuple[MarkedText, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    words: tuple[str, str]
    same: bool
    joined: bool


def read_happening_cases(path: Path) -> tuple[HappeningCase, ...]:
    """Return the cases of a file.

    Raises:
        GoldError: The file cannot be read or is not in the form above.
    """
    return tuple(_case(table, where) for where, table in read_case_tables(path))


def _case(table: Mapping[str, object], where: str) -> HappeningCase:
    about, articles = table.get("about", ""), table.get("article")
    if not isinstance(articles, list) or not all(isinstance(one, dict) for one in articles):
        raise GoldError(f"{where}: holds no tables [[case.article]]")
    return HappeningCase(str(about), tuple(_marked(one, where) for one in articles))


def _marked(article: Mapping[str, object], where: str) -> MarkedText:
    published, written = article.get("published"), article.get("text")
    if not isinstance(published, str) or not isinstance(written, str):
        raise GoldError(f"{where}: published and text of an article must be strings")
    text, tellings, at = "", [], 0
    written = written.strip()
    for found in _MARKED.finditer(written):
        text += written[at : found.start()]
        tellings.append(MarkedTelling(Span(len(text), len(text) + len(found[2])), found[1]))
        text += found[2]
        at = found.end()
    return MarkedText(text + written[at:], published, tuple(tellings))


def score_happening_case(case: HappeningCase, records: Sequence[Record]) -> tuple[Tally, ...]:
    """Return the tallies of a case: of pairs that are one happening, within and across articles.

    Args:
        case: The case.
        records: Those of its articles, in their order.
    """
    pairs = list(_pairs(case, records))
    inside = [pair for pair, within in pairs if within]
    between = [pair for pair, within in pairs if not within]
    return (
        _tally("pairs", [pair for pair, _ in pairs]),
        _tally("in an article", inside),
        _tally("across articles", between),
    )


def happening_lines(case: HappeningCase, records: Sequence[Record]) -> list[str]:
    """Return the pairs of a case that are wrong, a line each."""
    return [
        f"{case.about}: {' / '.join(pair.words)}: {'missed' if pair.same else 'wrongly joined'}"
        for pair, _ in _pairs(case, records)
        if pair.same != pair.joined
    ]


def _tally(name: str, pairs: Sequence[_Pair]) -> Tally:
    right = sum(pair.same and pair.joined for pair in pairs)
    return Tally(name, right, sum(one.joined for one in pairs), sum(one.same for one in pairs))


def _pairs(case: HappeningCase, records: Sequence[Record]) -> Iterator[tuple[_Pair, bool]]:
    """Yield each pair of marked events, and whether both are in one article."""
    told = [
        replace(record, article=replace(record.article, article_id=str(at)))
        for at, record in enumerate(records)
    ]
    found = happenings_of(one for record in told for one in owned_by(record))
    marked = [
        (at, telling, _event_at(record, telling.span))
        for at, (article, record) in enumerate(zip(case.articles, told, strict=True))
        for telling in article.tellings
    ]
    for (at, one, event), (other_at, other, other_event) in combinations(marked, 2):
        joined = (
            event is not None
            and other_event is not None
            and found[str(at), event.event_id] == found[str(other_at), other_event.event_id]
        )
        words = case.articles[at].words(one), case.articles[other_at].words(other)
        yield _Pair(words, one.letter == other.letter, joined), at == other_at


def _event_at(record: Record, span: Span) -> Event | None:
    """Return the event whose trigger overlaps an input span, None when there is none."""
    there = record.article.input_span
    return next((one for one in record.events if there(hull(one.trigger)).overlaps(span)), None)
