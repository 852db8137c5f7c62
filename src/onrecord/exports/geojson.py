"""GeoJSON (RFC 7946): each event and figure that has coordinates, as a point with its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.exports.enclosed import Json, enclosed
from onrecord.exports.told import SEVERAL, Told, country_name
from onrecord.records import Event, Figure, Place, id_of

_HEAD = '{"type": "FeatureCollection", "features": ['
_TAIL = "]}"


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield a feature collection, a line for each event or figure whose place has coordinates."""
    yield from enclosed(_HEAD, _features(sources), _TAIL)


def _features(sources: Iterable[Told]) -> Iterator[Json]:
    for told in sources:
        for row in located(told):
            yield _feature(told, row)


def located(told: Told) -> Iterator[Event | Figure]:
    """Yield the events and figures of an article whose place has coordinates."""
    rows: list[Event | Figure] = [*told.record.events, *told.record.figures]
    for row in rows:
        if row.place and row.place.lat is not None and row.place.lon is not None:
            yield row


def _feature(told: Told, row: Event | Figure) -> Json:
    place = row.place
    assert place is not None  # as `located` sees to
    article = told.article
    properties = _event(told, row) if isinstance(row, Event) else _figure(told, row)
    return {
        "type": "Feature",
        "id": id_of(row),
        # longitude first (RFC 7946, section 3.1.1)
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            **properties,
            **_place(told, place),
            "article_id": article.article_id,
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published,
            "url": article.url,
            "statement_id": row.statement_id,
            "score": row.score,
        },
    }


def _event(told: Told, row: Event) -> Json:
    return {
        "row": "events",
        "event_type": row.event_type,
        "mode": row.mode,
        "modality": row.modality,
        "actors": SEVERAL.join(map(told.name, row.actors)),
        "recipients": SEVERAL.join(map(told.name, row.recipients)),
        "date": row.date,
        "goldstein": row.goldstein,
        "happening_id": told.happening(row),
    }


def _figure(told: Told, row: Figure) -> Json:
    return {
        "row": "figures",
        "measure": row.measure,
        "low": row.low,
        "high": row.high,
        "approx": row.approx,
        "denied": row.denied,
        "unit": row.unit,
        "whom": told.article.cut(row.whom) if row.whom else None,
        "date": row.as_of,
    }


def _place(told: Told, place: Place) -> Json:
    return {
        "place": place.name,
        "place_words": told.article.cut(place.span),
        "admin": place.admin,
        "country": country_name(place.country),
        "geonames_id": place.geonames_id,
    }
