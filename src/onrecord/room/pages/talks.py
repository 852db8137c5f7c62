"""Talks between parties: meetings, offers, conditions, demands and the answers to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from onrecord.codebook import load_codebook
from onrecord.records import KINDS, Row, id_of
from onrecord.report.wording import country_words, date_words
from onrecord.room.excerpting import Line, lines_of
from onrecord.room.rendering import page, url
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
SHOWN = {
    "demand": "demands",
    "offer": "offers",
    "condition": "conditions",
    "met": "meetings and agreements",
}
"""What can be shown alone."""
STANDINGS = ("accepted", "refused", "open")
SIDES = ("by", "to")
_MET = ("meeting", "agreement")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with the lines that show its words."""

    item: Item
    line: Line
    answers: tuple[tuple[Answer, Line], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What talks are asked for, as the address has it."""

    between: str = ""
    since: str = ""
    until: str = ""
    only: str = ""  # of SHOWN
    standing: str = ""  # of STANDINGS
    side: str = ""  # of one party alone: "by" it, or "to" it

    def url(self, **changes: str) -> str:
        """Return the address of this with some values changed."""
        given = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return url("/talks", **(given | changes))

    def shows(self, entry: Entry) -> bool:
        """Whether an item is among what is to be shown."""
        return (
            self.only in ("", _shown(entry.item))
            and self.standing in ("", entry.item.standing)
            and self.side in ("", *_sides(entry.item, self.between))
        )


@router.get("/talks")
def talks(request: Request, room: RoomOf) -> Response:
    """Return the talks of the parties asked for; without any, whose talks there are."""
    given = {
        name: value.strip()
        for name, value in request.query_params.items()
        if name in Asked.__dataclass_fields__
    }
    asked = Asked(**given)
    for name, known in (("only", SHOWN), ("standing", STANDINGS), ("side", SIDES)):
        if getattr(asked, name) not in ("", *known):
            raise HTTPException(400, f"{name} must be one of {', '.join(known)}")
    found, entries = None, []
    if asked.between:
        key = ("talks", asked.between, asked.since, asked.until)
        try:
            found = room.hold(key, lambda room: _found(room, asked))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        entries = _entries(found)
    of_kind = [one for one in entries if replace(asked, standing="").shows(one)]
    sided = [one for one in entries if replace(asked, standing="", side="").shows(one)]
    return page(
        request,
        room,
        "talks.html",
        asked=asked,
        found=found,
        entries=[one for one in entries if asked.shows(one)],
        total=len(entries),
        kinds=Counter(_shown(one.item) for one in entries),
        standings=Counter(one.item.standing for one in of_kind if one.item.standing),
        sides=Counter(side for one in sided for side in _sides(one.item, asked.between)),
        shown=SHOWN,
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


def _found(room: Room, asked: Asked) -> Talks:
    return room.store.views.talks(asked.between, asked.since or None, asked.until or None)


def _sides(item: Item, party: str) -> tuple[str, ...]:
    """Return on which side of what is asked a party stands."""
    move = item.move
    sides = (("by", move.by), ("to", move.to))
    return tuple(side for side, those in sides if move.is_ask and party in those)


def _shown(item: Item) -> str:
    """Return under what of SHOWN an item goes; "" for none."""
    kind = item.move.kind
    return "met" if kind in _MET else kind if kind in SHOWN else ""


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
