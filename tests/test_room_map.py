"""The map of the reading room: counts by place, and how well each place is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from factories import make_article, make_record
from onrecord.records import Place, Record
from onrecord.room import RoomSettings
from onrecord.store import Filters, Slice, Store, open_store
from rooms import browser_at, room_at


def set_in(record: Record, *places: dict[str, Any]) -> Record:
    """Return a record with its events in places; further events have none."""
    known = record.places[0]
    made = []
    for at, event in enumerate(record.events):
        values = places[at] if at < len(places) else None
        place: Place | None = None
        if values is not None:
            span = event.trigger[0]
            place = replace(known, place_id=f"{at:016x}", span=span, **values)
        made.append(replace(event, place=place))
    return replace(record, events=tuple(made))


KHARKIV = {"name": "Kharkiv", "country": "UKR", "admin": "Kharkiv", "geonames_id": 706483,
           "lat": 49.98, "lon": 36.25}  # fmt: skip
SOMEWHERE = {"country": "UKR", "admin": None, "geonames_id": None, "lat": None, "lon": None}


@pytest.fixture(scope="module")
def store(module_place: str) -> Iterator[Store]:
    """Two articles: a town under two spellings, a country under two names, a sea."""
    with open_store(module_place) as made:
        made.save(
            set_in(
                make_record(make_article(article_id="a" * 16)),
                KHARKIV,
                {**SOMEWHERE, "name": "eastern Ukraine"},
            ),
            "hand/1",
        )
        made.save(
            set_in(
                make_record(make_article(article_id="b" * 16, published="2022-04-01")),
                {**KHARKIV, "name": "KHARKIV"},
                {**SOMEWHERE, "name": "Ukraine", "geonames_id": 690791, "lat": 49.0, "lon": 32.0},
                {**SOMEWHERE, "name": "Black Sea", "country": None},
            ),
            "hand/1",
        )
        yield made


@pytest.fixture(scope="module")
def browser(store: Store) -> Iterator[httpx.Client]:
    with room_at(store, RoomSettings(port=0)) as at, browser_at(at) as client:
        yield client


def test_places_are_counted_by_how_well_they_are_known(store: Store) -> None:
    found = store.views.placed("events", Filters())
    spots = {one.names[0]: one for one in found.spots}
    assert [(one.precision, one.rows) for one in found.spots] == [
        ("town", 2),
        ("country", 2),
        ("unknown", 1),
    ]
    (town, country, sea) = found.spots
    assert set(town.names) == {"Kharkiv", "KHARKIV"}
    assert set(country.names) == {"Ukraine", "eastern Ukraine"}
    assert (country.lat, sea.country) == (None, None)
    assert found.nowhere == 2 * len(make_record().events) - 5
    assert spots


def test_the_map_keeps_to_what_is_asked(store: Store) -> None:
    later = store.views.placed("events", Filters(since="2022-03-20", type="ASSAULT"))
    earlier = store.views.placed("events", Filters(type="ASSAULT"))
    assert sum(one.rows for one in later.spots) < sum(one.rows for one in earlier.spots) + 1
    with pytest.raises(ValueError, match="events or figures"):
        store.views.placed("terms", Filters())


def test_towns_are_dots_and_countries_shapes(browser: httpx.Client) -> None:
    data = browser.get("/data/map").json()
    (town,), (country,) = data["towns"], data["countries"]
    assert (town["lat"], town["lon"], town["rows"]) == (49.98, 36.25, 2)
    assert (country["name"], country["shape"], country["lat"]) == ("Ukraine", "804", None)
    assert country["url"] == "#in-UKR"


def test_a_place_leads_to_its_rows(store: Store, browser: httpx.Client) -> None:
    (town,) = browser.get("/data/map").json()["towns"]
    page = browser.get(town["url"])
    assert page.status_code == 200
    found = store.views.page("events", Filters(place="kharkiv"), Slice())
    assert found.total == town["rows"]
    assert page.text.count('class="row k-event"') == found.total


def test_the_page_says_the_same_in_a_table(browser: httpx.Client) -> None:
    page = browser.get("/map").text
    assert 'id="in-UKR"' in page
    assert "not on the map" in page
    assert browser.get("/map?kind=figures").status_code == 200
    assert browser.get("/map?kind=terms").status_code == 400
    assert "names a place" in browser.get("/map?text=Lukashenko&since=2023").text
