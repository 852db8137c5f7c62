"""CSV in the shape of UCDP's Georeferenced Event Dataset: assaults told as having happened.

The columns are those of GED 25.1. UCDP's own numbers for conflicts, dyads and actors are empty, and
so are deaths of which the article gives no figure; UCDP itself takes in deadly events only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.exports.casualties import exact, killed
from onrecord.exports.days import When, when
from onrecord.exports.sheets import csv_line
from onrecord.exports.sides import side_of
from onrecord.exports.told import Told, country
from onrecord.records import Event, Figure, Participant

COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id"),
    *("dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id"),
    *("side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office"),
    *("source_date", "source_headline", "source_original", "where_prec", "where_coordinates"),
    *("where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec"),
    *("date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    *("best", "high", "low", "gwnoa", "gwnob"),
)

TYPE = "ASSAULT"
_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
_DAY, _FEW_DAYS, _WEEK, _MONTH, _YEAR = 1, 2, 3, 4, 5  # UCDP's precision of dates
_FEW = 6


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield the header, then a line for each assault told as having happened."""
    yield csv_line(COLUMNS)
    for told in sources:
        for event in told.happened():
            if event.event_type == TYPE:
                cells = _cells(told, event)
                yield csv_line([cells.get(name) for name in COLUMNS])


def _cells(told: Told, event: Event) -> dict[str, object]:
    """Return what is known of an event, by column."""
    days, article = when(event.date), told.article
    sides = [_names(told, parties) for parties in (event.actors, event.recipients)]
    return {
        "id": event.event_id,
        "relid": told.happening(event),
        "year": days.year if days else None,
        "type_of_violence": _violence(told, event),
        "dyad_name": " - ".join(sides) if all(sides) else None,
        "side_a": sides[0],
        "side_b": sides[1],
        "number_of_sources": 1,
        "source_article": ", ".join(filter(None, (article.publisher, article.published))),
        "source_office": article.publisher,
        "source_date": article.published,
        "source_headline": article.title,
        "source_original": _source(told, event),
        "date_prec": _precision(days),
        "date_start": days.first if days else None,
        "date_end": days.last if days else None,
        **_where(told, event),
        **_deaths(killed(told.record, event)),
        "gwnoa": _state(told, event.actors),
        "gwnob": _state(told, event.recipients),
    }


def _where(told: Told, event: Event) -> dict[str, object]:
    place = event.place
    if place is None:
        return {}
    land = country(place.country)
    point = place.lat is not None and place.lon is not None
    return {
        "where_coordinates": place.name,
        "where_description": told.article.cut(place.span),
        "adm_1": place.admin,
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})" if point else None,
        "country": land.name if land else None,
        "country_id": land.gw if land else None,
    }


def _deaths(figure: Figure | None) -> dict[str, object]:
    """Return the bounds of a figure; a best estimate only where it gives one number."""
    if figure is None:
        return {}
    return {"best": exact(figure), "low": figure.low, "high": figure.high}


def _names(told: Told, parties: Sequence[Participant]) -> str:
    return ", ".join(told.name(party) for party in parties)


def _state(told: Told, parties: Sequence[Participant]) -> int | None:
    """Return the number of the one state whose forces a side is, None where it is no such side."""
    if side_of(told, parties) != "state":
        return None
    actors = (told.actor(party.actor_id) for party in parties)
    lands = {country(actor.country) if actor else None for actor in actors}
    land = lands.pop() if len(lands) == 1 else None
    return land.gw if land else None


def _violence(told: Told, event: Event) -> int | None:
    """Return UCDP's type of violence, None where the parties do not decide it."""
    by, on = side_of(told, event.actors), side_of(told, event.recipients)
    if by is None or on is None:
        return None
    if on == "civilians":
        return _ONE_SIDED if by != "civilians" else None
    if by == "civilians":
        return None
    return _NON_STATE if by == on == "armed" else _STATE_BASED


def _source(told: Told, event: Event) -> str | None:
    """Return who told the article of an event, None for the article's own narration."""
    statement = told.record.statement(event.statement_id)
    return told.speaker(statement) if statement else None


def _precision(days: When | None) -> int | None:
    if days is None:
        return None
    if days.length == 1:
        return _DAY
    if days.length <= _FEW:
        return _FEW_DAYS
    if days.is_within_a_week:
        return _WEEK
    if days.month:
        return _MONTH
    return _YEAR if days.year else None
