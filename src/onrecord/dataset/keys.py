"""What the articles of a part are found by from other parts: the keys of texts and of tellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.dataset.tables import leave_by_key, table_of
from onrecord.happenings import Telling, asked_keys, kept_keys, owned_by, unit_of
from onrecord.places import Folder
from onrecord.records import Record
from onrecord.store.copying import weighed
from onrecord.store.parquet import SIGNATURES, Extracted

if TYPE_CHECKING:
    import pyarrow as pa

COPY_KEYS, TELLING_KEYS = "copy-keys", "telling-keys"

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
    for name, found in ((COPY_KEYS, _of_texts), (TELLING_KEYS, _of_tellings)):
        rows = ({**row, "part": part} for row in found(latest))
        leave_by_key(folder, f"{name}/{part}", table_of(rows, _KEYS), "key", buckets)
    who = tables[SIGNATURES]
    leave_by_key(folder, f"{SIGNATURES}/{part}", who, "signature_id", buckets)


def _of_texts(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    for one in records:
        for key, weight in weighed(one.article.text).items():
            unit = one.article.article_id
            yield {"key": key, "unit": unit, "weight": weight, "asks": True}


def _of_tellings(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Yield the keys of what each article tells of each happening.

    Those it is found by have a weight; by those that only ask it finds others.
    """
    for one in records:
        told: dict[str, list[Telling]] = defaultdict(list)
        for owned in owned_by(one):
            told[owned.own_id].append(owned.telling)
        for own_id, tellings in told.items():
            unit = unit_of(own_id, tellings)
            kept, asked = kept_keys(unit), asked_keys(unit)
            for key in sorted({*kept, *asked}):
                weight = kept.get(key, 0)
                yield {"key": key, "unit": own_id, "weight": weight, "asks": key in asked}
