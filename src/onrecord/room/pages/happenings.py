"""A happening: every telling of it, and the figures that are told beside it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from onrecord.records import Record
from onrecord.report.wording import sentence_case
from onrecord.room.claiming import SOURCES, Claim, claims_of
from onrecord.room.excerpting import Line, lines_of
from onrecord.room.rendering import page
from onrecord.room.state import Room, RoomOf
from onrecord.room.telling import figures_beside
from onrecord.store import Happening
from onrecord.tables import Selection

router = APIRouter()

MOST_READ = 60  # tellings, the first ones


@dataclass(frozen=True, slots=True)
class Toll:
    """What is claimed of one measure."""

    label: str
    claims: list[Claim]  # one for those that say the same in the same sentence
    copies: dict[str, int]  # of each of these, how many articles have it, by the row's id


@dataclass(frozen=True, slots=True)
class Told:
    """A happening with the words that tell it."""

    happening: Happening
    lines: list[Line]
    tolls: list[Toll]


@router.get("/happenings/{ref}")
def happening(request: Request, room: RoomOf, ref: str) -> Response:
    """Return who tells a happening, named by its id or that of an event, and with what figures."""
    found = room.store.happening(ref)
    told = room.hold(("happening", found.happening_id), lambda room: _told(room, found))
    return page(request, room, "happening.html", told=told, sources=SOURCES, most_read=MOST_READ)


def _told(room: Room, found: Happening) -> Told:
    records: dict[tuple[str, int], Record] = {}
    tellings: list[Selection] = []
    beside: list[Selection] = []
    for one in found.tellings[:MOST_READ]:
        key = one.article_id, one.version
        record = records.setdefault(key, room.store.record(*key))
        events = [row for row in record.events if row.event_id == one.event_id]
        tellings.append(Selection(record, events))
        beside += [Selection(record, figures_beside(record, event)) for event in events]
    return Told(found, lines_of("events", tellings, None), _tolls(room, beside))


def _tolls(room: Room, beside: list[Selection]) -> list[Toll]:
    """Return the claims by what they are of, each row once, the measure with most claims first."""
    identities = room.store.views.identities_of(one.record for one in beside)
    by_measure: dict[str, dict[str, list[Claim]]] = {}
    for claim in claims_of(beside, identities):
        said = "".join(bit.text for bit in claim.line.excerpt)
        same = f"{claim.words}\x1f{claim.source}\x1f{said}"
        by_measure.setdefault(claim.figure.measure, {}).setdefault(same, []).append(claim)
    found = [_toll(measure, list(groups.values())) for measure, groups in by_measure.items()]
    return sorted(found, key=lambda toll: (-len(toll.claims), toll.label))


def _toll(measure: str, groups: list[list[Claim]]) -> Toll:
    copies = {
        some[0].line.row_id: len({one.line.article.article_id for one in some}) for some in groups
    }
    return Toll(sentence_case(measure), [some[0] for some in groups], copies)
