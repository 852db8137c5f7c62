"""Which words are used for a concept: by whom, where and when, and among how many words.

Rates need the number of words that the uses stand among, so the same articles are looked at for
both: the newest ones, up to a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Connection, and_, func, select

from onrecord.copies import count_words
from onrecord.records import Span
from onrecord.store.catalogue import among, is_newest, newest_versions, of_versions, same_article
from onrecord.store.identities import identities_with
from onrecord.store.links import is_listed
from onrecord.store.schema import appearance, article, printing, signature, statement, term
from onrecord.store.shapes import SHAPES, Key
from onrecord.store.spans import read_spans

MOST_ARTICLES = 5_000  # the newest
_AT_ONCE = 200  # texts
_MONTH = len("2022-03")


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that is named by rival words."""

    name: str
    terms: tuple[str, ...]  # the most used first
    uses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long an article is, and where and when it was published."""

    key: Key
    publisher: str | None
    month: str | None  # ISO 8601; None: not known, or not to the month
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A use of a word for a concept."""

    term: str
    voice: str  # own, quoted, scare, or "avoided"
    publisher: str | None
    month: str | None
    speaker_id: str | None  # who uses it: an identity, of an unnamed group its name; None: unknown
    speaker: str | None
    is_narration: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """How a concept is named, and by what those who name it are known."""

    uses: tuple[Use, ...]
    speakers: dict[str, str]  # their `Use.speaker_id`, by signature


def concepts(connection: Connection) -> tuple[Concept, ...]:
    """Return what is named by words that others might not choose, rival names first."""
    query = (
        select(term.c.concept, term.c.term, func.count())
        .where(is_newest(term))
        .group_by(term.c.concept, term.c.term)
    )
    counts: dict[str, Counter[str]] = {}
    for concept, word, count in connection.execute(query):
        counts.setdefault(concept, Counter())[word] = count
    found = (
        Concept(name, tuple(word for word, _ in words.most_common()), words.total())
        for name, words in counts.items()
    )
    return tuple(sorted(found, key=lambda one: (len(one.terms) < 2, -one.uses, one.name)))


def lengths(connection: Connection) -> tuple[Length, ...]:
    """Return the lengths of the newest articles."""
    newest = _newest()
    columns = (article.c.article_id, article.c.version, article.c.publisher)
    days = (article.c.first_day, article.c.last_day)
    query = (
        select(*columns, *days, printing.c.words)
        .join(newest, same_article(newest, article))
        .join(printing, same_article(printing, article))
    )
    lines = connection.execute(query).all()
    uncounted = [(line.article_id, line.version) for line in lines if line.words is None]
    counted = dict(_counted(connection, uncounted))
    return tuple(
        Length(
            key=(line.article_id, line.version),
            publisher=line.publisher,
            month=_month(line.first_day, line.last_day),
            words=counted[line.article_id, line.version] if line.words is None else line.words,
        )
        for line in lines
    )


def _counted(connection: Connection, keys: Sequence[Key]) -> Iterator[tuple[Key, int]]:
    """Yield how many words texts have of which that is not kept, as in a folder of Parquet."""
    for start in range(0, len(keys), _AT_ONCE):
        for key, text in _texts(connection, keys[start : start + _AT_ONCE]):
            yield key, count_words(text)


def usage(connection: Connection, concept: str, *, identified: bool = True) -> Usage:
    """Return the uses of the words for a concept in the newest articles.

    Args:
        connection: To the store.
        concept: The concept.
        identified: Whether speakers are told by who they are throughout the store; else each is
            who an article has it be, which takes far less time.
    """
    newest = _newest()
    theirs = and_(same_article(appearance, term), appearance.c.actor_id == term.c.used_by_id)
    columns = (term.c.term, term.c.voice, term.c.avoided, term.c.used_by_id, term.c.statement_id)
    query = (
        select(
            *columns,
            article.c.publisher,
            article.c.first_day,
            article.c.last_day,
            appearance.c.signature_id,
            signature.c.name,
        )
        .join_from(term, newest, same_article(term, newest))
        .join(article, same_article(article, term))
        .join(appearance, theirs, isouter=True)
        .join(signature, signature.c.signature_id == appearance.c.signature_id, isouter=True)
        .where(term.c.concept == concept, is_listed(term))
        .order_by(article.c.article_id, term.c.position)
    )
    lines = connection.execute(query).all()
    signatures = Counter(line.signature_id for line in lines if line.signature_id is not None)
    identities = identities_with(connection, signatures) if identified else {}
    uses, speakers = [], {}
    for line in lines:
        who = identities.get(line.signature_id)
        uses.append(
            Use(
                term=line.term,
                voice="avoided" if line.avoided else line.voice,
                publisher=line.publisher,
                month=_month(line.first_day, line.last_day),
                speaker_id=who.identity_id if who else line.name,
                speaker=who.name if who else line.name,
                is_narration=line.used_by_id is None and line.statement_id is None,
            )
        )
        if line.signature_id is not None:
            speakers[line.signature_id] = who.identity_id if who else line.name
    return Usage(tuple(uses), speakers)


def _newest() -> CTE:
    """Return the query for the newest articles, unknown dates last."""
    newest, day = newest_versions(), article.c.first_day
    return (
        select(article.c.number, article.c.article_id, article.c.version)
        .join(newest, same_article(newest, article))
        .order_by(day.is_(None), day.desc(), article.c.article_id)
        .limit(MOST_ARTICLES)
        .cte("newest_articles")
    )


def words_said(connection: Connection, speakers: Mapping[str, str]) -> dict[str, int]:
    """Return how many words are in the statements of some speakers, each word once.

    Looked at are the newest articles.

    Args:
        connection: To the store.
        speakers: What a speaker goes by, for each signature of theirs.
    """
    newest = _newest()
    speaks = and_(
        same_article(statement, appearance), statement.c.speaker_id == appearance.c.actor_id
    )
    query = (
        select(
            newest.c.article_id,
            newest.c.version,
            statement.c.spans,
            appearance.c.signature_id,
        )
        .join_from(appearance, statement, speaks)
        .join(newest, same_article(newest, appearance))
        .where(among(appearance.c.signature_id, speakers))
    )
    spans: dict[Key, dict[str, set[Span]]] = {}
    for line in connection.execute(query):
        content = read_spans(SHAPES["statements"], line.spans)["content"]
        assert isinstance(content, tuple)  # a part that may be in pieces
        by_speaker = spans.setdefault((line.article_id, line.version), {})
        by_speaker.setdefault(speakers[line.signature_id], set()).update(content)
    said: Counter[str] = Counter()
    keys = sorted(spans)
    for start in range(0, len(keys), _AT_ONCE):
        for key, text in _texts(connection, keys[start : start + _AT_ONCE]):
            for identity_id, theirs in spans[key].items():
                said[identity_id] += sum(
                    count_words(text[span.start : span.end]) for span in _joined(theirs)
                )
    return dict(said)


def _texts(connection: Connection, keys: Collection[Key]) -> Iterable[tuple[Key, str]]:
    query: Any = select(article.c.article_id, article.c.version, article.c.text)
    for line in connection.execute(query.where(of_versions(keys))):
        yield (line.article_id, line.version), line.text


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans of which none overlap, that cover what the given ones do."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _month(first: str | None, last: str | None) -> str | None:
    if first is None or last is None or first[:_MONTH] != last[:_MONTH]:
        return None
    return first[:_MONTH]
