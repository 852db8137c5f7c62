"""The reading room: a store in a browser, where every row leads to the words it rests on."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.errors import RoomError
from onrecord.room.choices import RoomSettings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from onrecord.store import Store

__all__ = ["RoomSettings", "app", "require_installed"]

_NEEDED = ("fastapi", "uvicorn", "python_multipart")


def app(store: Store, settings: RoomSettings | None = None) -> FastAPI:
    """Return the web application that shows a store.

    Raises:
        RoomError: Its libraries are not installed, or its settings do not go together.
    """
    require_installed()
    from onrecord.room.factory import make_app

    return make_app(store, settings or RoomSettings())


def require_installed() -> None:
    """Do nothing where the libraries of the room are installed.

    Raises:
        RoomError: One is not; the message names the extra that has it.
    """
    for name in _NEEDED:
        try:
            import_module(name)
        except ImportError as error:
            raise RoomError(
                f"The reading room needs more than the base install: "
                f"pip install 'onrecord[room]' ({error})."
            ) from error
