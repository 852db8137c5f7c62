"""The application: its pages, what guards them, its files."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from onrecord.room.api import PATH, make_api
from onrecord.room.choices import RoomSettings
from onrecord.room.failing import add_failures
from onrecord.room.guarding import guard
from onrecord.room.pages import ROUTERS
from onrecord.room.rendering import REPORT_FOLDER, STATIC_FOLDER
from onrecord.room.shielding import Shield
from onrecord.room.state import Room
from onrecord.store import Store


def make_app(store: Store, settings: RoomSettings) -> FastAPI:
    """Return the application that shows a store."""
    app = FastAPI(
        title="onrecord",
        openapi_url=None,  # its pages of documentation load from elsewhere
        dependencies=[Depends(guard)],
    )
    app.state.room = room = Room(store, settings)
    app.mount(PATH, make_api(room))
    app.mount("/static/report", StaticFiles(directory=REPORT_FOLDER))
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER))
    for router in ROUTERS:
        app.include_router(router)
    add_failures(app)
    app.add_middleware(Shield, settings=settings)
    return app
