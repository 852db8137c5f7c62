"""Serving the room until it is stopped."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from threading import Thread

import uvicorn

from onrecord.errors import RoomError
from onrecord.room import app
from onrecord.room.choices import RoomSettings
from onrecord.room.pages import actors, figures, map, overview, talks, terms
from onrecord.room.rendering import environment
from onrecord.room.state import Room
from onrecord.store import Store

MOST_AT_ONCE = 64  # connections; further ones are asked to come again
IDLE_SECONDS = 20
MOST_MADE = 50_000  # objects between two looks for what nobody holds; a page makes as many


def serve_room(store: Store, settings: RoomSettings, told: Callable[[str], None]) -> None:
    """Serve the room until the program is stopped; `told` is given its address when it is open.

    Raises:
        RoomError: The address cannot be listened at.
    """
    listening = listen(settings)
    config = config_of(store, settings)
    server = uvicorn.Server(config)
    gc.freeze()  # all that is loaded by now stays
    gc.set_threshold(MOST_MADE)
    Thread(target=_prepare, args=[config.app.state.room], daemon=True).start()  # type: ignore[union-attr]
    told(address_of(listening, settings))
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


def _prepare(room: Room) -> None:
    """Make the templates and ask what counts the whole store, for which no reader need wait."""
    for name in environment().list_templates():
        environment().get_template(name)
    for one in (overview, actors, figures, map, talks, terms):
        one.prepare(room)


def config_of(store: Store, settings: RoomSettings) -> uvicorn.Config:
    """Return how uvicorn serves a room: quietly, and without saying what it is."""
    return uvicorn.Config(
        app(store, settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # anybody could claim another address with them
        timeout_keep_alive=IDLE_SECONDS,
        limit_concurrency=MOST_AT_ONCE,
    )


def listen(settings: RoomSettings) -> socket.socket:
    """Return a socket that listens at the address of the settings.

    Raises:
        RoomError: The address is taken, or none of this machine.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host.strip("[]"), settings.port))
    except OSError as error:
        listening.close()
        raise RoomError(
            f"{settings.host} port {settings.port} cannot be listened at ({error.strerror}); "
            f"choose another with --port"
        ) from error
    return listening


def address_of(listening: socket.socket, settings: RoomSettings) -> str:
    """Return the address that a browser is given."""
    host = f"[{settings.host.strip('[]')}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listening.getsockname()[1]}/"
