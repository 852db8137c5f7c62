"""What the articles of a part are found by from other parts: the keys of texts and of tellings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from onrecord.dataset.plan import WORK
from onrecord.dataset.tables import leave_by_key, table_of
from onrecord.happenings import (
    Party,
    Site,
    Telling,
    Unit,
    owned_by,
    unit_keys,
    unit_of,
)
from onrecord.language.days import Days
from onrecord.places import Folder
from onrecord.records import Record
from onrecord.store.copying import weighed
from onrecord.store.parquet import SIGNATURES, Extracted

if TYPE_CHECKING:
    import pyarrow as pa

COPY_KEYS, TELLING_KEYS = "copy-keys", "telling-keys"
TOLD = "told"
"""The folder with what each article tells of each happening."""

_KEYS = {"key": int, "unit": str, "part": str, "weight": int, "asks": bool}


def leave_keys(
    folder: Folder,
    part: str,
    extracted: Sequence[Extracted],
    tables: Mapping[str, pa.Table],
    buckets: int,
) -> None:
    """Write what the latest versions of a part's articles are found by, divided by key."""
    latest = [one.record for one in extracted if one.is_latest]
    units = [unit for one in latest for unit in _units(one)]
    for name, found in ((COPY_KEYS, _of_texts(latest)), (TELLING_KEYS, _of_units(units))):
        rows = ({**row, "part": part} for row in found)
        leave_by_key(folder, f"{name}/{part}", table_of(rows, _KEYS), "key", buckets)
    told = ({"unit": unit.unit_id, "told": unit_json(unit)} for unit in units)
    folder.write_table(f"{WORK}/{TOLD}/{part}.parquet", table_of(told, {"unit": str, "told": str}))
    who = tables[SIGNATURES]
    leave_by_key(folder, f"{SIGNATURES}/{part}", who, "signature_id", buckets)


def _of_texts(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    for one in records:
        for key, weight in weighed(one.article.text).items():
            unit = one.article.article_id
            yield {"key": key, "unit": unit, "weight": weight, "asks": True}


def _units(record: Record) -> Iterator[Unit]:
    """Yield what an article tells of each happening."""
    told: dict[str, list[Telling]] = defaultdict(list)
    for owned in owned_by(record):
        told[owned.own_id].append(owned.telling)
    yield from (unit_of(own_id, tellings) for own_id, tellings in told.items())


def _of_units(units: Iterable[Unit]) -> Iterator[dict[str, Any]]:
    """Yield the keys of what articles tell.

    Those it is found by have a weight; by those that only ask it finds others.
    """
    for unit in units:
        keys = unit_keys(unit)
        for key in sorted({*keys.kept, *keys.asked}):
            weight = keys.kept.get(key, 0)
            yield {"key": key, "unit": unit.unit_id, "weight": weight, "asks": key in keys.asked}


def unit_json(unit: Unit) -> str:
    """Return a unit as JSON."""
    return json.dumps([asdict(one) for one in unit.tellings], ensure_ascii=False)


def unit_from(unit_id: str, told: str) -> Unit:
    """Return the unit that `unit_json` gave the JSON of."""
    return unit_of(unit_id, [_telling(one) for one in json.loads(told)])


def _telling(values: dict[str, Any]) -> Telling:
    sides = {name: tuple(Party(**one) for one in values[name]) for name in _SIDES}
    days = {name: values[name] and Days(**values[name]) for name in _DAYS}
    site = values["site"] and Site(**values["site"])
    return Telling(**values | sides | days | {"site": site, "words": tuple(values["words"])})


_SIDES = ("actors", "recipients")
_DAYS = ("days", "published")
