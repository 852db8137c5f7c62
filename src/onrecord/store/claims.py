"""What figures are claimed of: a measure in a place, or in an article where no place is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, select

from onrecord.store.catalogue import is_newest, same_article
from onrecord.store.links import place_of
from onrecord.store.schema import article, figure, place

MOST_LOOKED_AT = 20_000  # figures, the newest first
UNLIKE = ("money", "other", "joined", "affected")
"""The measures whose numbers can be compared only where they have one unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What several figures are claimed of."""

    measure: str
    unit: str | None  # of a measure that can be of unlike things; None: of any, or none
    place: str | None  # None: none is named, and the claims are of one article
    article_id: str  # of the newest claim
    title: str | None
    claims: int
    articles: int
    lowest: float
    highest: float
    last_day: str | None  # of publication, of the newest claim


def subjects(connection: Connection, limit: int) -> tuple[Subject, ...]:
    """Return what most articles make claims of, places first."""
    groups: dict[tuple[str, str, str], list[RowMapping]] = defaultdict(list)
    for line in _claims(connection):
        unit = line["unit"] or "" if line["measure"] in UNLIKE else ""
        groups[line["measure"], unit, line["name"] or line["article_id"]].append(line)
    found = [_subject(unit, lines) for (_, unit, _), lines in groups.items()]
    return tuple(sorted(found, key=_order)[:limit])


def _claims(connection: Connection) -> Iterator[RowMapping]:
    day = func.coalesce(article.c.first_day, "")
    columns = (figure.c.measure, figure.c.unit, figure.c.low, figure.c.high, place.c.name)
    at = same_article(place, figure) & (place_of(place) == figure.c.place_id)
    query = (
        select(*columns, article.c.article_id, article.c.title, article.c.first_day)
        .join_from(figure, article, same_article(figure, article))
        .join(place, at, isouter=True)
        .where(is_newest(figure))
        .where(func.coalesce(figure.c.low, figure.c.high).is_not(None))
        .order_by(day.desc(), article.c.article_id, figure.c.position)
        .limit(MOST_LOOKED_AT)
    )
    yield from connection.execute(query).mappings()


def _subject(unit: str, lines: Sequence[RowMapping]) -> Subject:
    bounds = [line[end] for line in lines for end in ("low", "high") if line[end] is not None]
    newest = lines[0]
    return Subject(
        measure=newest["measure"],
        unit=unit or None,
        place=newest["name"],
        article_id=newest["article_id"],
        title=newest["title"],
        claims=len(lines),
        articles=len({line["article_id"] for line in lines}),
        lowest=min(bounds),
        highest=max(bounds),
        last_day=newest["first_day"],
    )


def _order(one: Subject) -> tuple[int, int, bool, str, str]:
    return -one.articles, -one.claims, one.place is None, one.measure, one.article_id
