"""The room for programs: what a store holds, and records of texts that are sent, as JSON.

An application of its own below `/api/v1`, since programs are let in, and told what is wrong, in
another way than browsers. Nothing can be changed through it. `openapi.json` describes it.
"""

from __future__ import annotations

from importlib.metadata import version

from fastapi import Depends, FastAPI

from onrecord.room.api import articles, counts, searches, texts
from onrecord.room.api.failing import add_failures
from onrecord.room.api.gate import gate
from onrecord.room.api.schemas import ERRORS, SCHEMAS
from onrecord.room.state import Room

PATH = "/api/v1"
ROUTERS = (texts.router, searches.router, articles.router, counts.router)


def make_api(room: Room) -> FastAPI:
    """Return the application for programs, to be mounted at `PATH`."""
    api = FastAPI(
        title="onrecord",
        version=version("onrecord"),
        description="What news puts on record, every row tied to its words.",
        openapi_url=None,  # served below, to those who may ask
        dependencies=[Depends(gate)],
        responses=ERRORS,
        servers=[{"url": PATH}],
    )
    api.state.room = room
    api.state.texts = texts.Texts()
    for router in ROUTERS:
        api.include_router(router)

    @api.get("/openapi.json", include_in_schema=False)
    def description() -> dict[str, object]:
        """Return the description of this application, as OpenAPI has it."""
        described = api.openapi()
        described["components"]["schemas"] |= SCHEMAS
        return described

    add_failures(api)
    return api
