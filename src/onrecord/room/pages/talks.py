"""Talks between parties: meetings, offers, conditions, demands and the answers to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from onrecord.codebook import load_codebook
from onrecord.records import KINDS, Row, id_of
from onrecord.report.wording import country_words, date_words
from onrecord.room.excerpting import Line, lines_of
from onrecord.room.rendering import page
from onrecord.room.state import Room, RoomOf
from onrecord.store import MOST_READ, Talks
from onrecord.store.dealing import Pair
from onrecord.tables import Selection
from onrecord.talks import Answer, Item, Move

router = APIRouter()

KIND_WORDS = {
    "meeting": "Meeting",
    "agreement": "Agreement",
    "offer": "Offer",
    "condition": "Condition",
    "demand": "Demand",
    "acceptance": "Acceptance",
    "refusal": "Refusal",
}
PAIRS = 12  # that are proposed


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with the lines that show its words."""

    item: Item
    line: Line
    answers: tuple[tuple[Answer, Line], ...]


@router.get("/talks")
def talks(
    request: Request, room: RoomOf, between: str = "", since: str = "", until: str = ""
) -> Response:
    """Return the talks between the parties asked for; without any, whose talks there are."""
    asked = {"between": between.strip(), "since": since.strip(), "until": until.strip()}
    found, entries = None, []
    if asked["between"]:
        try:
            found = room.hold(("talks", *asked.values()), lambda room: _found(room, asked))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        entries = _entries(found)
    return page(
        request,
        room,
        "talks.html",
        asked=asked,
        found=found,
        entries=entries,
        standings=Counter(one.item.standing for one in entries if one.item.standing),
        pairs=() if found else _pairs(room),
        most_read=MOST_READ,
        kind_words=KIND_WORDS,
        date_words=date_words,
        party=_party,
    )


def prepare(room: Room) -> None:
    """Ask whose talks there are, so that the first reader need not wait for it."""
    load_codebook()
    _pairs(room)


def _pairs(room: Room) -> tuple[Pair, ...]:
    return room.ask("pairs", lambda room: room.store.views.pairs(PAIRS))


def _found(room: Room, asked: dict[str, str]) -> Talks:
    since, until = asked["since"] or None, asked["until"] or None
    return room.store.views.talks(asked["between"], since, until)


def _party(name: str) -> str:
    """Return what a party is called: a country's name for its code."""
    return country_words(name) or name


def _entries(found: Talks) -> list[Entry]:
    rows = {
        (article_id, id_of(row)): (kind, row)
        for article_id, record in found.records.items()
        for kind in KINDS[:6]
        for row in getattr(record, kind)
    }

    def line(move: Move) -> Line:
        kind, row = rows[move.article_id, move.row_id]
        return _line(found, kind, row, move)

    return [
        Entry(item, line(item.move), tuple((one, line(one.move)) for one in item.answers))
        for item in found.items
    ]


def _line(found: Talks, kind: str, row: Row, move: Move) -> Line:
    (line,) = lines_of(kind, [Selection(found.records[move.article_id], [row])], None)
    return line
