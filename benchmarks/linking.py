"""How long linking a new article takes in a large store: `python benchmarks/linking.py`.

The tellings are those of benchmarks/happenings.py, twelve an article, put into a store as they are
kept; then articles are entered one by one, as a save does it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from sqlalchemy import Connection, insert

from happenings import made_up_tellings
from onrecord.happenings import Telling, kept_keys, unit_of
from onrecord.store import open_store, retelling
from onrecord.store.schema import article, event, maker, telling, telling_key

PER_ARTICLE = 12
MEASURED = 200  # articles entered one by one, and linked
AT_ONCE = 5_000  # articles put into the store together


def main() -> None:
    """Print the milliseconds of processor time that linking an article took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[5_000, 20_000])
    for number in parser.parse_args().articles:
        spent = measure(number)
        worst = quantiles(spent, n=20)[-1]
        print(f"{number:>8,} articles  mean {mean(spent):6.1f} ms  95% below {worst:6.1f} ms")


def measure(number: int) -> list[float]:
    """Return the milliseconds of each of some articles, in a store that has so many others."""
    told = made_up_tellings((number + MEASURED) * PER_ARTICLE)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store.db") as store:
        with store._writing() as connection:
            connection.execute(insert(maker), {"number": 1, "name": "made up"})
            unit = 0
            while unit < number * PER_ARTICLE:
                some = list(islice(told, min(AT_ONCE * PER_ARTICLE, number * PER_ARTICLE - unit)))
                put(connection, some, unit)
                enter_keys(connection, some, unit)
                unit += len(some)
        spent = []
        while some := list(islice(told, PER_ARTICLE)):
            with store._writing() as connection:
                put(connection, some, unit)
                spent.append(link(connection, some, unit))
                unit += len(some)
    return spent


def put(connection: Connection, told: Sequence[Telling], first: int) -> None:
    """Put articles, their events and tellings into the tables, each telling by itself."""
    articles = {one.article_id: article_line(one) for one in told}
    connection.execute(insert(article), list(articles.values()))
    connection.execute(insert(event), [event_line(one) for one in told])
    lines = [telling_line(one) | {"unit": first + at} for at, one in enumerate(told)]
    connection.execute(insert(telling), lines)


def enter_keys(connection: Connection, told: Sequence[Telling], first: int) -> None:
    """Enter what the tellings are found by."""
    lines = [
        {"key": key, "unit": first + at, "weight": weight}
        for at, one in enumerate(told)
        for key, weight in kept_keys(unit_of(one.telling_id, [one])).items()
    ]
    connection.execute(insert(telling_key), lines)


def link(connection: Connection, told: Sequence[Telling], first: int) -> float:
    """Link the tellings of an article; return the milliseconds that took."""
    units = {first + at: unit_of(one.telling_id, [one]) for at, one in enumerate(told)}
    start = time.process_time()
    retelling._join(connection, units)
    retelling.FOUND.enter(connection, retelling._keys(units))
    return (time.process_time() - start) * 1000


def article_line(one: Telling) -> dict[str, Any]:
    """Return the line of a telling's article."""
    day = one.published.first if one.published else None
    made = {"sha256": "", "input_map": [], "extractor": "made up", "stored_at": "2022"}
    key = {"article_id": one.article_id, "version": 1, "text": ""}
    return key | made | {"first_day": day, "last_day": day}


def event_line(one: Telling) -> dict[str, Any]:
    """Return the line of a telling's event."""
    days = {"first_day": one.days and one.days.first, "last_day": one.days and one.days.last}
    key = {"article_id": one.article_id, "version": 1, "event_id": one.telling_id}
    names = ("position", "event_type", "mode", "modality", "symmetric")
    facts = {name: getattr(one, name) for name in names}
    return key | facts | days | {"contexts": [], "spans": "0-1|", "maker": 1}


def telling_line(one: Telling) -> dict[str, Any]:
    """Return the line of a telling."""
    return {
        "article_id": one.article_id,
        "version": 1,
        "event_id": one.telling_id,
        "own_id": one.telling_id,
        "happening_id": one.telling_id,
        "actors": [[party.name, party.country, party.kind] for party in one.actors],
        "recipients": [[party.name, party.country, party.kind] for party in one.recipients],
        "site": [one.site.name, None, None, one.site.geonames_id] if one.site else [],
        "trigger": one.trigger,
        "start": one.start,
        "sentence": one.sentence,
        "words": " ".join(one.words),
    }


if __name__ == "__main__":
    main()
