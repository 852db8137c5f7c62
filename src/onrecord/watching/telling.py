"""Telling matches: a line of JSON, a request to a webhook, an entry in an Atom feed."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from onrecord.clean import storable
from onrecord.errors import ReadError
from onrecord.reading.extras import needed
from onrecord.records import Article
from onrecord.store import Store
from onrecord.watching.matches import Match, Matches
from onrecord.watching.plan import Search

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 100
SECONDS = 20.0  # that a webhook may take
ACCEPTED = range(200, 300)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # that XML cannot hold


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what searches find in the articles of a store, each match once."""

    store: Store
    matches: Matches
    show: Callable[[str], None]  # prints a line

    def tell(self, searches: tuple[Search, ...]) -> list[str]:
        """Tell what is new in the store; return why some of it could not be told.

        A match is noted when it has been told, so what could not be told is told next time.
        """
        stored = self.store.stored_since(self.matches.since())
        wrong = []
        for search in searches:
            try:
                for article_id, version in stored:
                    if not self.matches.was_told(search.name, article_id, version):
                        self._look(search, article_id, version)
            except ReadError as error:
                wrong.append(f"{search.name}: {error}")
            if search.feed is not None:
                write_feed(search.feed, search.name, self.matches.latest(search.name, MOST_ENTRIES))
        if stored and not wrong:
            self.matches.move_on(max(stored.values()))
        return wrong

    def _look(self, search: Search, article_id: str, version: int) -> None:
        """Tell and note what a search finds in an article, if anything.

        Raises:
            ReadError: The webhook did not take it.
        """
        rows = self.store.find(search.kind, replace(search.filters, article=article_id))
        if not rows.num_rows:
            return
        article = self.store.record(article_id).article
        match = Match(
            search=search.name,
            article_id=article_id,
            version=version,
            told_at=_now(),
            content=_content(search, article, rows.to_pylist()),
        )
        if search.webhook is not None:
            post(search.webhook, match)
        if search.webhook is None and search.feed is None:
            self.show(json.dumps(match.content, ensure_ascii=False, default=str))
        self.matches.note(match)


def _content(search: Search, article: Article, rows: list[dict[str, object]]) -> dict[str, object]:
    """Return a match as it is told."""
    return {
        "search": search.name,
        "article": {
            "article_id": article.article_id,
            "version": article.version,
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published,
            "url": article.url,
        },
        "kind": search.kind,
        "rows": rows,
    }


def post(url: str, match: Match) -> None:
    """Post a match as JSON; its Idempotency-Key is the same should it be posted again.

    Raises:
        ReadError: The server cannot be reached, or does not take it.
    """
    httpx = needed("httpx", extra="web", kind="webhooks")
    content = json.dumps(match.content, ensure_ascii=False, default=str).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": hashlib.sha256(match.key.encode()).hexdigest(),
    }
    try:
        response = httpx.post(url, content=content, headers=headers, timeout=SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ReadError(f"{url} cannot be posted to ({error}): it is tried again.") from error
    if response.status_code not in ACCEPTED:
        raise ReadError(f"{url} answers {response.status_code}: it is tried again.")


def write_feed(path: Path, name: str, matches: Sequence[Match]) -> None:
    """Write an Atom feed of matches, newest first, in one step.

    Raises:
        ReadError: The file cannot be written.
    """
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", name)
    _add(feed, "id", f"urn:onrecord:{_digest(name)}")
    _add(feed, "updated", matches[0].told_at if matches else _now())
    _add(_add(feed, "author"), "name", "onrecord")
    for match in matches:
        feed.append(_entry(match))
    partial = path.with_name(f"{path.name}.part")
    try:
        ET.ElementTree(feed).write(partial, encoding="utf-8", xml_declaration=True)
        os.replace(partial, path)
    except OSError as error:
        reason = f"{path} cannot be written ({error.strerror}): check its folder."
        raise ReadError(reason) from error


def _entry(match: Match) -> ET.Element:
    article: Any = match.content["article"]
    rows: Any = match.content["rows"]
    entry = ET.Element(f"{{{ATOM}}}entry")
    _add(entry, "title", article["title"] or article["url"] or match.article_id)
    _add(entry, "id", f"urn:onrecord:{_digest(match.key)}")
    _add(entry, "updated", match.told_at)
    if article["url"]:
        _add(entry, "link").set("href", article["url"])
    _add(entry, "content", "\n".join(_line(row) for row in rows)).set("type", "text")
    return entry


def _line(row: dict[str, object]) -> str:
    """Return a row on one line: the columns that a table in a terminal would show."""
    shown = (f"{name}: {value}" for name, value in row.items() if _is_shown(name, value))
    return "; ".join(shown)


def _is_shown(name: str, value: object) -> bool:
    return isinstance(value, str | int | float) and not name.endswith(("_id", "_start", "_end"))


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = CONTROLS.sub("", storable(text)) if text else None
    return child


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
