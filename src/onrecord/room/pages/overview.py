"""The first page: what the store holds, in one look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from onrecord.report.wording import title_words
from onrecord.room.excerpting import Line, lines_of
from onrecord.room.rendering import page
from onrecord.room.state import Room, RoomOf
from onrecord.store import Disagreement, Filters, Happening, Heard, Slice, Tally

router = APIRouter()

LISTED = 8  # speakers, happenings, figures, outlets
DEMANDS = 5
COMPARED = 5 * LISTED  # figures, of which copies of a story tell many


@router.get("/")
def overview(request: Request, room: RoomOf) -> Response:
    """Return the overview of the store."""
    tally = room.ask("tally", _tally)
    if not tally.articles:
        return page(request, room, "empty.html", store=room.store.place)
    panels = {key: room.ask(key, question) for key, question in PANELS.items()}
    return page(request, room, "overview.html", tally=tally, panels=panels)


def prepare(room: Room) -> None:
    """Ask what the overview shows, so that its first reader need not wait for it."""
    for key, question in PANELS.items():
        room.ask(key, question)


@router.get("/data/days")
def days(request: Request, room: RoomOf) -> list[dict[str, str | int]]:
    """Return how many articles were published on each day."""
    counts = room.ask("days", lambda room: room.store.views.days())
    return [{"day": day, "articles": count} for day, count in counts.items()]


def _tally(room: Room) -> Tally:
    return room.store.views.tally()


def _publishers(room: Room) -> list[tuple[str, int]]:
    return list(room.store.views.publishers().items())[:LISTED]


def _heard(room: Room) -> tuple[Heard, ...]:
    return room.store.views.most_heard(LISTED)


def _told(room: Room) -> tuple[Happening, ...]:
    return room.store.views.most_told(LISTED)


def _figures(room: Room) -> list[Disagreement]:
    """Return figures that disagree, those that copies of a story tell once, each with a title."""
    found = room.store.views.disagreements(COMPARED)
    once = {(one.measure, one.place, one.lowest, one.highest): one for one in reversed(found)}
    listed = [one for one in found if one in once.values()][:LISTED]
    return [replace(one, title=_title(room, one)) for one in listed]


def _title(room: Room, one: Disagreement) -> str | None:
    """Return the title of the article that figures of no place are in, else how it begins."""
    if one.title or one.place:
        return one.title
    return title_words(None, room.store.views.texts([one.article_id])[one.article_id])


def _demands(room: Room) -> list[Line]:
    found = room.store.views.page("demands", Filters(), Slice(size=DEMANDS))
    return lines_of("demands", found.selections, None)


PANELS: dict[str, Callable[[Room], object]] = {
    "publishers": _publishers,
    "heard": _heard,
    "told": _told,
    "figures": _figures,
    "demands": _demands,
}
"""The questions behind the panels, by their names in the template."""
