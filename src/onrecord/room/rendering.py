"""Pages from templates; whatever comes from a store is escaped."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

from onrecord.report.wording import (
    ACTOR_KINDS,
    ACTS,
    EVENTS,
    country_words,
    date_words,
    title_words,
)
from onrecord.reviews.corrections import TYPES
from onrecord.room.navigation import PLACES
from onrecord.room.sessions import COOKIE, LIFETIME, Session
from onrecord.room.state import Room
from onrecord.store import MOST_TOLD

STATIC_FOLDER = Path(str(files("onrecord.room"))) / "static"
REPORT_FOLDER = Path(str(files("onrecord.report"))) / "page"


def page(
    request: Request,
    room: Room,
    template: str,
    /,
    *,
    status: int = 200,
    **values: Any,  # noqa: ANN401 - whatever the template shows
) -> HTMLResponse:
    """Return the page of a template; its address decides which place is the current one."""
    session: Session = request.state.session
    shown = (
        environment()
        .get_template(template)
        .render(
            **values,
            places=PLACES,
            path=request.url.path,
            session=session,
            settings=room.settings,
            store_name=name_of(room.store.place),
        )
    )
    response = HTMLResponse(shown, status_code=status)
    if session.is_new:
        set_cookie(request, response, session)
    return response


def set_cookie(request: Request, response: Response, session: Session) -> None:
    """Give a browser its session."""
    response.set_cookie(
        COOKIE,
        session.cookie,
        max_age=LIFETIME,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


@cache
def environment() -> Environment:
    """Return the templates, with what they may call."""
    made = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("onrecord.room", "templates"),
                PrefixLoader({"report": PackageLoader("onrecord.report", "page")}),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": number_words,
        "date": date_words,
        "country": country_words,
        "plural": plural,
        "most": most_words,
        "titled": title_words,
        "segment": lambda value: quote(str(value), safe=""),
    }
    made.globals |= {
        "MOST_TOLD": MOST_TOLD,
        "static": static_url,
        "url": url,
        "EVENTS": EVENTS,
        "ACTS": ACTS,
        "ACTOR_KINDS": ACTOR_KINDS,
        "REVIEWED": tuple(TYPES),
    }
    return made


def static_url(name: str) -> str:
    """Return the address of a file of the room, which changes with the files."""
    return f"/static/{name}?v={_files_digest()}"


@cache
def _files_digest() -> str:
    digest = hashlib.sha256()
    for folder in (STATIC_FOLDER, REPORT_FOLDER):
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def url(path: str, **values: str | int | None) -> str:
    """Return an address with those of the values that there are: /search?kind=events."""
    given = {name: value for name, value in values.items() if value is not None and value != ""}
    return f"{path}?{urlencode(given)}" if given else path


def own_path(asked: str) -> str:
    """Return an address of this room to go on to; that of another site is none."""
    is_own = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    return asked if is_own and asked.isprintable() else "/"


def name_of(place: str) -> str:
    """Return a store's short name: of its file, or its database."""
    return place.rsplit("/", 1)[-1]


def number_words(value: float) -> str:
    """Return a number in full: "10,000", "2.5"."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def most_words(count: int, word: str = "") -> str:
    """Return how many rows were found, with a word for them: "more than 10,000 events"."""
    if count <= MOST_TOLD:
        return plural(count, word) if word else number_words(count)
    return f"more than {MOST_TOLD:,} {word}s" if word else f"more than {MOST_TOLD:,}"


def plural(count: int, word: str) -> str:
    """Return a count with its word: "1 article", "2 articles"."""
    return f"{count:,} {word if count == 1 else f'{word}s'}"
