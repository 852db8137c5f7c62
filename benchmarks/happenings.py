"""How long linking the happenings of a large store takes: `python benchmarks/happenings.py`.

The tellings are made up. Days, countries and words are drawn as news has them, a few of each in
most of the stories, and every sixth telling is a copy of another, so that the busiest days are as
crowded as those of a war.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from datetime import date

from onrecord.happenings import Party, Site, Telling, group_units, unit_of
from onrecord.language.days import Days

COUNTRIES = [f"{one}{other}A" for one in "ABCDEFGHIJKLM" for other in "ABCDEFGHIJKL"]
TYPES = "ASSAULT CONSULT ACCUSE REQUEST COERCE AGREE SUPPORT REJECT RETREAT AID".split()
DAYS = 730
WORDS = 20_000
FIRST = date(2021, 1, 1).toordinal()
COPIED = 1 / 6


def main() -> None:
    """Print how many tellings were linked in how many seconds of processor time."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tellings", type=int, nargs="+", default=[50_000, 100_000, 200_000])
    for number in parser.parse_args().tellings:
        units = [unit_of(one.telling_id, [one]) for one in made_up_tellings(number)]
        start = time.process_time()
        groups = group_units(units)
        spent = time.process_time() - start
        print(f"{number:>9,} tellings  {len(groups):>9,} happenings  {spent:6.1f} s")


def made_up_tellings(number: int) -> Iterator[Telling]:
    """Yield so many tellings, twelve an article; the first ones are the same for any number."""
    rng = random.Random(13)
    for position in range(number):
        yield _telling(rng if rng.random() > COPIED else random.Random(position % 997), position)


def _few(rng: random.Random, values: int) -> int:
    """Return a number below `values`, small ones much more often than large ones."""
    return int(values ** rng.random()) - 1


def _telling(rng: random.Random, position: int) -> Telling:
    published = date.fromordinal(FIRST + rng.randrange(DAYS)).isoformat()
    happened = date.fromordinal(date.fromisoformat(published).toordinal() - rng.randrange(3))
    sides = [
        (Party(name=COUNTRIES[at].lower(), country=COUNTRIES[at], kind="state"),)
        if rng.random() < 0.6
        else ()
        for at in (_few(rng, len(COUNTRIES)), _few(rng, len(COUNTRIES)))
    ]
    town = _few(rng, 2000)
    words = tuple(dict.fromkeys(f"w{_few(rng, WORDS)}" for _ in range(rng.randint(6, 18))))
    own = Days(happened.isoformat(), happened.isoformat()) if rng.random() < 0.2 else None
    site = Site(name=f"town{town}", country=None, admin=None, geonames_id=town)
    return Telling(
        telling_id=f"{position:016x}",
        article_id=f"{position // 12}",
        position=position % 12,
        event_type=TYPES[_few(rng, len(TYPES))],
        mode=None,
        modality="actual" if rng.random() < 0.8 else "future",
        symmetric=False,
        actors=sides[0],
        recipients=sides[1],
        days=own,
        published=Days(published, published),
        site=site if rng.random() < 0.15 else None,
        start=position % 12 * 300,
        sentence=position % 12 * 300,
        trigger=f"t{_few(rng, 30)}",
        words=words,
    )


if __name__ == "__main__":
    main()
