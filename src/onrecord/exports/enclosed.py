"""JSON documents that are written and read line by line: a head, an item a line, a tail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Json = dict[str, Any]


def enclosed(head: str, items: Iterable[Json], tail: str) -> Iterator[str]:
    """Yield the lines of one JSON document: a head, the items with commas between them, a tail."""
    yield head
    waiting: str | None = None
    for item in items:
        if waiting is not None:
            yield f"{waiting},"
        waiting = json.dumps(item, ensure_ascii=False)
    if waiting is not None:
        yield waiting
    yield tail


def changed(line: str, change: Callable[[Any], Any]) -> str:
    """Return a line with the JSON item it holds changed; one that holds none as it is."""
    body, comma = (line[:-1], ",") if line.endswith(",") else (line, "")
    try:
        item = json.loads(body)
    except ValueError:  # the head or the tail
        return line
    return f"{json.dumps(change(item), ensure_ascii=False)}{comma}"
