"""Place names in short texts of our own: how many get the right GeoNames id."""

import json
from pathlib import Path

import pytest

from onrecord import article_from_text, extract

GOLD = Path(__file__).parent / "gold" / "places.json"


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
