"""Event rows with the columns of GDELT 2.0, which have no header; CAMEO roots stand for types.

A row is one actor and one recipient. The root is that which the PLOVER manual (appendix "CAMEO vs.
PLOVER") gives a type; where it gives several, the mode decides, and without one the code is empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from onrecord.exports.days import When, when
from onrecord.exports.sheets import tab_line
from onrecord.exports.told import Told, country_name
from onrecord.records import Event, Participant

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode"),
    *("Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"),
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

COLUMNS = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
    *("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)

_ROOTS = {
    "AGREE": "03",
    "CONSULT": "04",
    "SUPPORT": "05",
    "COOPERATE": "06",
    "AID": "07",
    "CONCEDE": "08",
    "RETREAT": "08",
    "REQUEST": "10",
    "REJECT": "12",
    "THREATEN": "13",
    "PROTEST": "14",
    "MOBILIZE": "15",
    "SANCTION": "16",
    "COERCE": "17",
}
_BY_MODE = {  # of the types that the manual makes of several roots
    ("ACCUSE", "investigate"): "09",
    ("ACCUSE", "disapprove"): "11",
    ("ACCUSE", "allege"): "11",
    **dict.fromkeys([("ASSAULT", mode) for mode in ("firearms", "aerial", "drone")], "19"),
    ("ASSAULT", "heavy-weapons"): "19",
    ("ASSAULT", "unconventional"): "20",
    **dict.fromkeys(
        [
            ("ASSAULT", mode)
            for mode in ("abduct", "beat", "torture", "sexual", "targeted", "suicide-attack")
        ],
        "18",
    ),
}
_QUADS = {1: range(1, 6), 2: range(6, 9), 3: range(9, 14), 4: range(14, 21)}  # GDELT's, by root
_TYPES = {"JRN": "MED", "MED": "HLH"} | {  # PLOVER sector -> CAMEO; others have no CAMEO code
    code: code
    for code in (
        *("COP", "GOV", "JUD", "LEG", "MIL", "OPP", "REB", "SPY", "UAF", "AGR", "BUS", "CRM"),
        *("CVL", "EDU", "ELI", "LAB", "REF", "IGO", "IMG", "MNC", "NGO"),
    )
}
_DAYS = 365
_LARGEST = 2**63 - 1
_PARAGRAPH = "\n"


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield a line for each pair of actor and recipient of an event told as having happened."""
    for told in sources:
        for event in told.happened():
            for number, (actor, recipient) in enumerate(pairs(event)):
                cells = _cells(told, event) | _parties(told, actor, recipient)
                cells["GlobalEventID"] = _number(event.event_id, number)
                yield tab_line([cells.get(name) for name in COLUMNS])


def pairs(event: Event) -> Iterator[tuple[Participant | None, Participant | None]]:
    """Yield each actor of an event with each recipient; None for a side with nobody."""
    sides: list[Sequence[Participant | None]] = [
        event.actors or (None,),
        event.recipients or (None,),
    ]
    yield from product(*sides)


def root(event: Event) -> str | None:
    """Return the CAMEO root of an event, None where the manual leaves it open."""
    found = _ROOTS.get(event.event_type)
    return found or _BY_MODE.get((event.event_type, event.mode or ""))


def _cells(told: Told, event: Event) -> dict[str, object]:
    """Return what is known of an event apart from its parties, by column."""
    code, article = root(event), told.article
    base = f"{code}0" if code else None  # CAMEO's "not specified below" of each root
    return {
        **_dated(when(event.date)),
        "IsRootEvent": int(_in_lead(told, event)),
        "EventCode": base,
        "EventBaseCode": base,
        "EventRootCode": code,
        "QuadClass": _quad(code) or event.quad,
        "GoldsteinScale": event.goldstein,
        "NumMentions": 1,
        "NumSources": 1,
        "NumArticles": 1,
        **_where(event),
        "DATEADDED": _stamp(article.fetched_at),
        "SOURCEURL": article.url,
    }


def _dated(days: When | None) -> dict[str, object]:
    """Return the parts of a date that are known; a fraction of the year as GDELT reckons it."""
    if days is None:
        return {}
    day, month = days.day, days.month
    found: dict[str, object] = {"Year": days.year, "MonthYear": (month or "").replace("-", "")}
    if day:
        year, number, of_month = (int(part) for part in day.split("-"))
        found["Day"] = day.replace("-", "")
        found["FractionDate"] = round(year + ((number - 1) * 30 + of_month) / _DAYS, 4)
    return found


def _parties(
    told: Told, actor: Participant | None, recipient: Participant | None
) -> dict[str, object]:
    found: dict[str, object] = {}
    for number, party in enumerate((actor, recipient), 1):
        known = told.actor(party.actor_id) if party else None
        land, kind = (known.country, _TYPES.get(known.sector or "")) if known else (None, None)
        found |= {
            f"Actor{number}Code": f"{land or ''}{kind or ''}",
            f"Actor{number}Name": told.name(party).upper() if party and known else None,
            f"Actor{number}CountryCode": land,
            f"Actor{number}Type1Code": kind,
        }
    return found


def _where(event: Event) -> dict[str, object]:
    place = event.place
    if place is None:
        return {}
    names = dict.fromkeys((place.name, place.admin, country_name(place.country)))
    return {
        "ActionGeo_FullName": ", ".join(filter(None, names)),
        "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
    }


def _in_lead(told: Told, event: Event) -> bool:
    """Whether an event is told in the first paragraph that has more than a line's length."""
    lead = told.article.text.find(_PARAGRAPH, _first_sentence(told.article.text))
    return lead < 0 or event.trigger[0].start < lead


def _first_sentence(text: str) -> int:
    """Return where a text's first full stop stands: a headline has none; 0 without any."""
    return max(text.find("."), 0)


def _quad(code: str | None) -> int | None:
    return next((quad for quad, roots in _QUADS.items() if code and int(code) in roots), None)


def _stamp(moment: str | None) -> str | None:
    """Return a moment as GDELT writes it: YYYYMMDDHHMMSS; None when it is unknown."""
    digits = "".join(filter(str.isdigit, (moment or "")[:19]))
    return digits if len(digits) == len("YYYYMMDDHHMMSS") else None


def _number(event_id: str, pair: int) -> int:
    """Return a number for an event and pair, the same each time; GDELT's are other numbers."""
    digest = hashlib.sha256(f"{event_id}/{pair}".encode()).digest()
    return int.from_bytes(digest[:8]) & _LARGEST
