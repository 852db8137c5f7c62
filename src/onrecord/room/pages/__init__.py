"""The pages, a module with a router for each.

To add one: a module here with `router = APIRouter()` whose routes are plain functions that take
`request: Request` and `room: RoomOf`, ask `room.store` and return `page(request, room, "x.html",
…)`; a template that extends `base.html`; an entry in `ROUTERS` below and, once it answers, in
`onrecord.room.navigation`. A plot is a module `static/plots/x.js` that the template names with
`data-plot="x"` and `data-from="/data/x?…"`: it is given the element and the JSON of that address.
Guarding, headers, escaping and pages for what goes wrong come with it.
"""

from __future__ import annotations

from onrecord.room.pages import (
    actors,
    articles,
    figures,
    happenings,
    login,
    map,
    overview,
    review,
    saved,
    search,
    talks,
    terms,
    timeline,
)

ROUTERS = (
    overview.router,
    search.router,
    articles.router,
    actors.router,
    happenings.router,
    figures.router,
    timeline.router,
    talks.router,
    terms.router,
    map.router,
    review.router,
    saved.router,
    login.router,
)
"""The routers of all pages."""
