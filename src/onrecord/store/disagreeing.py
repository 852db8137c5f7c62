"""Figures that disagree: claims of one measure, in one place or article, that cannot all be so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, select

from onrecord.store.catalogue import is_newest, same_article
from onrecord.store.links import place_of
from onrecord.store.schema import article, figure, place

MOST_COMPARED = 20_000  # figures, the newest first
COUNTED = (
    "killed", "wounded", "missing", "detained", "displaced", "refugees", "hostages", "abducted",
    "trapped", "evacuated",
)  # fmt: skip
"""The measures of which different numbers are compared: others count too many different things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Claims of one measure that do not all agree, the one that is in most articles first."""

    measure: str
    place: str | None  # None: claims of one article that name no place
    article_id: str  # of the newest claim
    title: str | None
    claims: int
    articles: int
    lowest: float
    highest: float
    last_day: str | None  # of publication, of the newest claim


def disagreements(connection: Connection, limit: int) -> tuple[Disagreement, ...]:
    """Return the figures that disagree, the newest first."""
    groups: dict[tuple[str, str], list[RowMapping]] = defaultdict(list)
    for line in _claims(connection):
        groups[line["measure"], line["name"] or line["article_id"]].append(line)
    found = sorted(_disagreeing(groups.values()), key=_order)
    return tuple(found[:limit])


def _claims(connection: Connection) -> Iterator[RowMapping]:
    """Yield the figures that are compared, the newest first."""
    day = func.coalesce(article.c.first_day, "")
    columns = (figure.c.measure, figure.c.low, figure.c.high, place.c.name, article.c.title)
    query = (
        select(*columns, article.c.article_id, article.c.first_day)
        .join_from(figure, article, same_article(figure, article))
        .join(
            place,
            same_article(place, figure) & (place_of(place) == figure.c.place_id),
            isouter=True,
        )
        .where(figure.c.measure.in_(COUNTED), figure.c.denied.is_(False))
        .where(is_newest(figure))
        .order_by(day.desc(), article.c.article_id, figure.c.position)
        .limit(MOST_COMPARED)
    )
    yield from connection.execute(query).mappings()


def _disagreeing(groups: Iterable[Sequence[RowMapping]]) -> Iterator[Disagreement]:
    for lines in groups:
        lows = [line["low"] for line in lines if line["low"] is not None]
        highs = [line["high"] for line in lines if line["high"] is not None]
        if not lows or not highs or max(lows) <= min(highs):
            continue  # one number could meet them all
        yield Disagreement(
            measure=lines[0]["measure"],
            place=lines[0]["name"],
            article_id=lines[0]["article_id"],
            title=lines[0]["title"],
            claims=len(lines),
            articles=len({line["article_id"] for line in lines}),
            lowest=min(lows + highs),
            highest=max(lows + highs),
            last_day=lines[0]["first_day"],
        )


def _order(one: Disagreement) -> tuple[bool, int, str, str]:
    return one.place is None, -one.articles, one.measure, one.article_id
