"""Rows as a list shows them: what they say, and the sentence that their words stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.records import Actor, Article, Mention, Record, Row, Span, hull, id_of
from onrecord.report.cards import Face, face_of
from onrecord.report.directory import Directory
from onrecord.report.excerpts import sentence_of
from onrecord.report.segments import Marked, covers_of_row
from onrecord.report.sentences import LONGEST_MARKED
from onrecord.report.wording import ACTOR_KINDS, SECTORS, country_words
from onrecord.tables import Selection

_ENDS = tuple(".!?…:;\"'”’»)\n")
_WANTED = re.compile(r"[\"“”]([^\"“”]*)[\"“”]|([^\s\"“”]+)")


@dataclass(frozen=True, slots=True)
class Bit:
    """A run of an excerpt."""

    text: str
    marked: bool  # the row's own words
    found: bool  # words that were searched for


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row in a list."""

    kind: str  # of the row, in the singular
    row_id: str
    article: Article
    face: Face | None  # None: the row is no more than its words
    label: str  # what it says in a few words, where there is no face
    note: str | None
    excerpt: tuple[Bit, ...]
    cut_before: bool  # whether the sentence begins before the excerpt
    cut_after: bool
    score: float | None = None


def lines_of(kind: str, selections: Iterable[Selection], wanted: str | None) -> list[Line]:
    """Return rows of a kind as a list shows them, with the words searched for lit."""
    lit = _pattern(wanted)
    lines = []
    for selection in selections:
        directory = Directory(selection.record)
        for row in selection.rows:
            lines.append(_line(kind.removesuffix("s"), row, selection.record, directory, lit))
    return lines


def _line(
    kind: str,
    row: Row,
    record: Record,
    directory: Directory,
    lit: re.Pattern[str] | None,
) -> Line:
    article = record.article
    face = face_of(row, article, directory) if isinstance(row, Marked) else None
    label, note = _plainly(row, record, directory)
    marked = _marked_spans(row, record)
    excerpt: tuple[Bit, ...] = ()
    before = after = False
    if marked:
        around = sentence_of(article.text, _near(marked))
        excerpt = tuple(_bits(article, around, marked, lit))
        before, after = _is_cut(article.text, around)
    return Line(
        kind=kind,
        row_id=id_of(row),
        article=article,
        face=face,
        label=label,
        note=note,
        excerpt=excerpt,
        cut_before=before,
        cut_after=after,
        score=getattr(row, "score", None),
    )


def _plainly(row: Row, record: Record, directory: Directory) -> tuple[str, str | None]:
    """Return what a row says that has no card."""
    match row:
        case Actor():
            sector = SECTORS.get(row.sector, row.sector) if row.sector else None
            parts = (ACTOR_KINDS[row.kind], country_words(row.country), sector)
            return row.name, ", ".join(dict.fromkeys(part for part in parts if part)) or None
        case Mention():
            name = directory.name(row.actor_id) or "undecided"
            return record.article.cut(row.span), f"{row.form}, {name}"
        case _:
            return "", None


def _marked_spans(row: Row, record: Record) -> list[Span]:
    """Return the words that a row marks, in order; of an actor, its first mention."""
    if isinstance(row, Marked):
        return sorted(cover.span for cover in covers_of_row(row) if cover.role != "aside")
    if isinstance(row, Actor):
        return sorted(one.span for one in record.mentions if one.actor_id == row.actor_id)[:1]
    return [row.span]


def _near(marked: list[Span]) -> Span:
    """Return what the excerpt must hold: all that is marked, or its beginning where it is long."""
    whole = hull(marked)
    return whole if len(whole) <= LONGEST_MARKED else marked[0]


def _bits(
    article: Article, around: Span, marked: list[Span], lit: re.Pattern[str] | None
) -> Iterator[Bit]:
    """Yield an excerpt in runs, cut where something begins or ends to be marked or lit."""
    words = article.cut(around)
    found = [Span(around.start + at.start(), around.start + at.end())
             for at in (lit.finditer(words) if lit else ())]  # fmt: skip
    inside = [one for one in (*marked, *found) if one.overlaps(around)]
    edges = {around.start, around.end}
    for one in inside:
        edges |= {max(one.start, around.start), min(one.end, around.end)}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        run = Span(start, end)
        yield Bit(
            text=re.sub(r"\s*\n\s*", " ", article.cut(run)),
            marked=any(one.contains(run) for one in marked),
            found=any(one.contains(run) for one in found),
        )


def _is_cut(text: str, around: Span) -> tuple[bool, bool]:
    """Whether the sentence goes on before an excerpt, and after it."""
    before = text[max(0, around.start - 3) : around.start].rstrip(" \t\xa0")
    goes_on = around.end < len(text) and text[around.end] != "\n"
    return (
        bool(before) and not before.endswith(_ENDS),
        goes_on and not text[around.end - 1].endswith(_ENDS),
    )


def _pattern(wanted: str | None) -> re.Pattern[str] | None:
    """Return what finds the words that were searched for, each whole, in any case."""
    if wanted is None:
        return None
    phrases = [phrase or word for phrase, word in _WANTED.findall(wanted)]
    known = [re.escape(one.strip(".,;:!?")) for one in phrases if any(map(str.isalnum, one))]
    return re.compile(rf"\b(?:{'|'.join(known)})\b", re.IGNORECASE) if known else None
