"""Entering articles where copies are found: `printing`, `copy_key`, `copy_pair`, and their stories.

All of it is made from the texts alone and can be made again at any time. A new article is compared
with those that share a key with it, never with the whole store, and only stories that it touches
are looked at. A key that very many articles have finds no more of them: it is a site's furniture,
or of a text printed so often that its other copies are enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from onrecord.copies import (
    JOINING,
    count_words,
    credit_of,
    keys_of,
    overlap,
    runs_of,
    shingles_of,
    stories_of,
)
from onrecord.records import Article, Record
from onrecord.store.bulk import insert_lines
from onrecord.store.catalogue import among, numbers_among, of_articles, same_article
from onrecord.store.keyed import KeyedIndex
from onrecord.store.schema import article as articles
from onrecord.store.schema import copy_key, copy_pair, printing

ENOUGH = 3  # of weight in common, from which texts are compared: a band, or three shingles
_BAND, _SAMPLE = ENOUGH, 1

FOUND = KeyedIndex(table=copy_key, holder="number", most_holders=20, enough=ENOUGH, most_found=20)
"""By what the articles are found that one is compared with."""


@dataclass(frozen=True, slots=True)
class _Member:
    """An article as it stands in a story."""

    number: int
    article_id: str
    first_day: str | None
    agency_own: bool
    story_id: str | None
    copy_of: str | None

    @property
    def order(self) -> tuple[str, bool, str]:
        """What sorts the articles of a story: the first published first, unknown dates last."""
        return story_order(self.first_day, self.agency_own, self.article_id)


def story_order(first_day: str | None, agency_own: bool, article_id: str) -> tuple[str, bool, str]:
    """Return what sorts the articles of a story, of which the first is the one that others copy.

    The first published is first, unknown dates are last, and of one day an agency's own site first.
    """
    return first_day or "9999", not agency_own, article_id


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an article stands: in which story, and of what it is a copy."""

    story_id: str | None
    copy_of: str | None


def enter_copies(
    connection: Connection, article: Article, number: int, *, is_first: bool = False
) -> None:
    """Enter the latest version of an article; an earlier one leaves.

    What is entered of a version stays when its rows are replaced, since its text is the same.

    Args:
        connection: To the store.
        article: The version.
        number: By what it goes.
        is_first: Whether none of the article is entered.
    """
    query = select(printing.c.number).where(of_articles(printing, [article.article_id]))
    known = None if is_first else connection.scalar(query)
    credit = credit_of(article)
    values = {
        "agency": credit and credit.agency,
        "credited_by": credit and credit.by,
        "words": count_words(article.text),
    }
    if known == number:
        connection.execute(update(printing).where(printing.c.number == number).values(**values))
        _tell(connection, {number} | _partners(connection, number), anew=False)
        return
    before = set() if known is None else _partners(connection, known)
    if known is not None:
        _leave(connection, known)
    connection.execute(insert(printing), {"number": number, **values})
    _compare(connection, number, article)
    touched = {number} | before | _partners(connection, number)
    _tell(connection, touched, anew=known is not None)


def enter_all_copies(connection: Connection, latest: Iterable[tuple[Article, int]]) -> None:
    """Enter the latest versions of all articles anew, each with its number."""
    for table in (copy_pair, copy_key, printing):
        connection.execute(delete(table))
    told = articles.c.story_id.is_not(None)  # a story's first article may come after others
    connection.execute(update(articles).where(told).values(story_id=None, copy_of=None))
    for article, number in latest:
        enter_copies(connection, article, number)


def untold(record: Record) -> Record:
    """Return a record without what the store adds to its article."""
    return replace(record, article=replace(record.article, story_id=None, copy_of=None))


def _leave(connection: Connection, number: int) -> None:
    """Take an earlier version out, with what it was found by and the pairs it was in."""
    old = articles.c.number == number
    text = connection.scalar(select(articles.c.text).where(old))
    keys = weighed(text or "")
    FOUND.leave(connection, number, keys)
    mine = or_(copy_pair.c.one == number, copy_pair.c.other == number)
    connection.execute(delete(copy_pair).where(mine))
    connection.execute(delete(printing).where(printing.c.number == number))
    connection.execute(update(articles).where(old).values(story_id=None, copy_of=None))


def weighed(text: str) -> dict[int, int]:
    """Return the keys of a text with the weight of each."""
    keys = keys_of(shingles_of(text))
    return dict.fromkeys(keys.samples, _SAMPLE) | dict.fromkeys(keys.bands, _BAND)


def _compare(connection: Connection, number: int, article: Article) -> None:
    """Enter the keys of an article, and compare it with those that share enough of them."""
    keys = weighed(article.text)
    near = FOUND.nearest(connection, {number: keys})
    FOUND.enter(connection, {number: keys}, near.full)
    pairs = _pair_values(connection, number, article, near.holders[number])
    insert_lines(connection, copy_pair, list(pairs))


def _pair_values(
    connection: Connection, number: int, article: Article, others: Collection[int]
) -> Iterator[dict[str, object]]:
    """Yield the lines of the articles that are copies, the smaller number first."""
    if not others:
        return
    mine = runs_of(article.text)
    query = (
        select(printing.c.number, articles.c.text)
        .join(articles, same_article(articles, printing))
        .where(numbers_among(printing.c.number, others))
    )
    for line in connection.execute(query):
        first, second = sorted((number, line.number))
        theirs = runs_of(line.text)
        found = overlap(*((mine, theirs) if first == number else (theirs, mine)))
        if found is not None:
            yield {"one": first, "other": second} | asdict(found)


def _partners(connection: Connection, number: int) -> set[int]:
    """Return the copies of an article that are of its story."""
    joining = copy_pair.c.kind.in_(JOINING)
    ones = select(copy_pair.c.other).where(copy_pair.c.one == number, joining)
    others = select(copy_pair.c.one).where(copy_pair.c.other == number, joining)
    return {*connection.scalars(ones), *connection.scalars(others)}


def _tell(connection: Connection, touched: Collection[int], *, anew: bool) -> None:
    """Keep of which story some articles are, and all that are of theirs.

    Args:
        connection: To the store.
        touched: Articles that came in, changed, or were copies of one that did.
        anew: Whether stories may fall apart, so that what joins them is looked at again.
    """
    members = _members(connection, numbers_among(printing.c.number, touched))
    stories = {one.story_id for one in members.values() if one.story_id}
    if len(members) < 2 and not anew:
        return
    if not anew and len(stories) == 1 and _came_later(connection, members, *stories):
        return
    if stories:
        members |= _members(connection, among(articles.c.story_id, stories))
    pairs = _joined(connection, members) if anew else _known(members, touched)
    for story in stories_of(members, pairs):
        _keep(connection, [members[number] for number in story])


def _members(connection: Connection, where: ColumnElement[bool]) -> dict[int, _Member]:
    """Return some articles as they stand in their stories, by number."""
    columns = (articles.c.article_id, articles.c.first_day)
    told = (articles.c.story_id, articles.c.copy_of)
    query = (
        select(
            printing.c.number,
            *columns,
            *told,
            (printing.c.credited_by == "site").label("agency_own"),
        )
        .join(articles, same_article(articles, printing))
        .where(where)
    )
    return {line.number: _Member(**line._mapping) for line in connection.execute(query)}


def _came_later(connection: Connection, members: Mapping[int, _Member], story_id: str) -> bool:
    """Add those articles to a story that are not the first of it; return whether all are added.

    A story may have very many articles, of which none else has to be looked at.
    """
    (first,) = _members(connection, articles.c.article_id == story_id).values()
    new = [one for one in members.values() if one.story_id is None]
    if first.story_id is None or any(one.order < first.order for one in new):
        return False
    _write(connection, [(one, _Place(story_id=story_id, copy_of=story_id)) for one in new])
    return True


def _known(members: Mapping[int, _Member], touched: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs by which stories stay together, and those of the first one with the others."""
    told: dict[str, int] = {}
    for number, one in members.items():
        if one.story_id is not None:
            yield told.setdefault(one.story_id, number), number
    there = [number for number in touched if number in members]
    yield from ((there[0], other) for other in there[1:])


def _joined(connection: Connection, members: Collection[int]) -> Iterator[tuple[int, int]]:
    joining = copy_pair.c.kind.in_(JOINING)
    query = select(copy_pair.c.one, copy_pair.c.other).where(
        numbers_among(copy_pair.c.one, members), joining
    )
    yield from ((line.one, line.other) for line in connection.execute(query))


def _keep(connection: Connection, story: Sequence[_Member]) -> None:
    """Write the story of some articles into them, where it is another than before."""
    first = min(story, key=lambda one: one.order).article_id if len(story) > 1 else None
    _write(
        connection,
        [(one, _Place(first, None if one.article_id == first else first)) for one in story],
    )


def _write(connection: Connection, placed: Iterable[tuple[_Member, _Place]]) -> None:
    changed = [
        {"of_number": one.number, "story": at.story_id, "copied": at.copy_of}
        for one, at in placed
        if (at.story_id, at.copy_of) != (one.story_id, one.copy_of)
    ]
    if changed:
        mine = articles.c.number == bindparam("of_number")
        found: dict[str, Any] = {
            "story_id": bindparam("story"),
            "copy_of": bindparam("copied"),
        }
        connection.execute(update(articles).where(mine).values(found), changed)
