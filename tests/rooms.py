"""A reading room for tests: a real server on loopback, over stores of the samples."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from onrecord.room import RoomSettings
from onrecord.room.serving import address_of, config_of, listen
from onrecord.store import Store

STARTING_SECONDS = 20.0


@contextmanager
def room_at(store: Store, settings: RoomSettings | None = None) -> Iterator[str]:
    """Serve a store on a free port of loopback; yield the address, without a slash at its end."""
    chosen = settings or RoomSettings(port=0)
    listening = listen(chosen)
    server = uvicorn.Server(config_of(store, chosen))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + STARTING_SECONDS
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    try:
        yield address_of(listening, chosen).rstrip("/")
    finally:
        server.should_exit = True
        thread.join(timeout=STARTING_SECONDS)
        listening.close()


def token_of(page: str) -> str:
    """Return the token that the forms of a page send."""
    found = re.search(r'"X-Form-Token": "(\w+)"', page)
    assert found
    return found[1]


def browser_at(address: str) -> httpx.Client:
    """Return a client that keeps its cookies, as a browser does."""
    return httpx.Client(base_url=address, timeout=30)


def saved_in(path: Path) -> str:
    """Return what a file of saved searches holds, "" where there is none."""
    return path.read_text("utf8") if path.exists() else ""
