"""Place names in short texts of our own: how many get the right GeoNames id."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import article_from_text, extract
from onrecord.records import Place

GOLD = Path(__file__).parent / "gold" / "places.json"
KINDS = Path(__file__).parent / "gold" / "place_kinds.json"


@pytest.mark.gold
@pytest.mark.parametrize(("half", "recall"), [("tune", 0.88), ("check", 0.75)])
def test_places_get_their_geonames_ids(half: str, recall: float) -> None:
    right = wrong = wanted = 0
    for item in json.loads(GOLD.read_text("utf8")):
        if item["half"] != half:
            continue
        places = extract(article_from_text(item["text"])).places
        found = {place.name: place.geonames_id for place in places}
        for name in item["names"]:
            got = found.get(name["name"])
            right += got is not None and got == name["geonames_id"]
            wrong += got is not None and got != name["geonames_id"]
            wanted += name["geonames_id"] is not None
    assert right / (right + wrong) >= 0.97
    assert right / wanted >= recall


@pytest.mark.gold
@pytest.mark.parametrize(("half", "least"), [("tune", 0.95), ("check", 0.9), ("later", 0.93)])
def test_kinds_of_places_are_read_right(half: str, least: float) -> None:
    """Names that countries, states, towns, waters and people share: their country, or none."""
    items = [one for one in json.loads(KINDS.read_text("utf8")) if one["half"] == half]
    verdicts = [verdict for item in items for verdict in _verdicts(item)]
    assert sum(verdicts) / len(verdicts) >= least


@pytest.mark.gold
def test_no_state_is_taken_for_a_country_of_its_name() -> None:
    items = [one for one in json.loads(KINDS.read_text("utf8")) if one["kind"] == "state"]
    assert len(items) > 10
    for item in items:
        places = extract(article_from_text(item["text"])).places
        assert {place.country for place in places} <= {"USA", None}, item["text"]


def _verdicts(item: dict[str, Any]) -> Iterator[bool]:
    places = extract(article_from_text(item["text"])).places
    for name in item["names"]:
        whole = [place for place in places if place.name == name["name"]]
        parts = [place for place in places if place.name.endswith(f" {name['name']}")]
        yield _is_right(next(iter(whole or parts), None), name)


def _is_right(place: Place | None, name: dict[str, str]) -> bool:
    match name["reads"]:
        case "no place":
            return place is None
        case "named":
            return place is not None and place.geonames_id is None and place.lat is None
    region = name.get("region")
    return (
        place is not None
        and place.country == name["country"]
        and (region is None or place.admin == region)
    )
