"""What to watch: the feeds, the searches and where their matches go, from a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from pathlib import Path

from onrecord.codebook import load_codebook
from onrecord.errors import ReadError
from onrecord.records import KINDS
from onrecord.store import Filters
from onrecord.store.filters import check_filters

SHORTEST_PAUSE = 1.0  # minutes
DEFAULT_PAUSE = 15.0
NAMES = frozenset({"speaker", "actor", "recipient", "voice"})  # of parties, as the press has them
FILTERS = frozenset(one.name for one in fields(Filters)) - {"article", "limit"}
HOW_TO = "see the example in the manual, docs/watching.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed to poll."""

    url: str
    publisher: str | None = None  # None: what the feed calls itself
    follow: bool = False  # whether the page that each entry links to is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A saved search, and where its matches go; with neither they are printed."""

    name: str
    kind: str
    filters: Filters
    webhook: str | None = None  # a URL that each match is posted to
    feed: Path | None = None  # an Atom feed that each match is an entry of


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to watch, and how often."""

    feeds: tuple[Feed, ...]
    searches: tuple[Search, ...]
    pause: float = DEFAULT_PAUSE  # minutes from one round to the next


def load_plan(path: Path) -> Plan:
    """Return the plan in a TOML file; the paths in it count from the file's own folder.

    Raises:
        ReadError: It cannot be read, or has something unknown or missing in it.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path} cannot be read as TOML ({error}): mend it; {HOW_TO}.") from error
    try:
        _require_known(table, {"minutes", "feed", "search"}, "the file")
        feeds = tuple(_feed(one) for one in _tables(table, "feed"))
        searches = tuple(search_of(one, path.parent) for one in _tables(table, "search"))
        names = [search.name for search in searches]
        if len(set(names)) < len(names):
            raise ValueError("two searches have one name: their matches could not be told apart")
        pause = table.get("minutes", DEFAULT_PAUSE)
        if not isinstance(pause, int | float) or pause < SHORTEST_PAUSE:
            raise ValueError(f"minutes must be at least {SHORTEST_PAUSE:g}, got {pause!r}")
    except (ValueError, TypeError) as error:
        raise ReadError(f"{path}: {error}; {HOW_TO}.") from error
    return Plan(feeds=feeds, searches=searches, pause=float(pause))


def _tables(table: Mapping[str, object], name: str) -> list[dict[str, object]]:
    found = table.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found) or not found:
        raise ValueError(f"it has no [[{name}]]")
    return found


def _feed(table: dict[str, object]) -> Feed:
    _require_known(table, {"url", "publisher", "follow"}, "[[feed]]")
    url = table.get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise ValueError(f"a [[feed]] needs a url with http:// or https://, got {url!r}")
    publisher = table.get("publisher")
    return Feed(
        url=url,
        publisher=str(publisher) if publisher else None,
        follow=table.get("follow") is True,
    )


def search_of(table: Mapping[str, object], folder: Path) -> Search:
    """Return the search of a [[search]] table; the paths in it count from a folder.

    Raises:
        ValueError: Something in it is unknown or missing, or nothing could match it.
    """
    given = {key.replace("-", "_"): value for key, value in table.items()}
    own = {"name", "kind", "webhook", "feed"}
    _require_known(given, own | FILTERS, "[[search]]")
    name, kind = str(given.get("name") or ""), str(given.get("kind") or "")
    if not name:
        raise ValueError("a [[search]] needs a name")
    if kind not in KINDS:
        raise ValueError(f"the search {name!r} needs a kind, one of {', '.join(KINDS)}")
    canonical = load_codebook().parties.canonical
    wanted = {key: value for key, value in given.items() if key in FILTERS}
    for key in NAMES & wanted.keys():
        wanted[key] = canonical(str(wanted[key]))
    filters = Filters(**wanted)  # type: ignore[arg-type]
    check_filters(kind, filters)
    feed, webhook = given.get("feed"), given.get("webhook")
    return Search(
        name=name,
        kind=kind,
        filters=filters,
        webhook=str(webhook) if webhook else None,
        feed=folder / str(feed) if feed else None,
    )


def _require_known(table: Mapping[str, object], known: AbstractSet[str], where: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise ValueError(f"{where} has {unknown[0]!r}, which is none of {', '.join(sorted(known))}")
