"""Figures: what is claimed of one thing, claim by claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from onrecord.report.wording import sentence_case, title_words
from onrecord.room.claiming import POLICIES, SOURCES, Claim, claims_of, gone_by, revisions_of
from onrecord.room.rendering import page, url
from onrecord.room.state import Room, RoomOf
from onrecord.store import UNLIKE, Filters, Slice, Subject
from onrecord.store.filters import check_filters
from onrecord.tables import Selection

router = APIRouter()

LISTED = 80  # subjects
MOST_DRAWN = 400  # claims, the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What figures are asked for, as the address has it."""

    measure: str
    place: str = ""
    cause: str = ""
    unit: str = ""
    article: str = ""
    since: str = ""
    until: str = ""
    policy: str = ""

    def filters(self) -> Filters:
        """Return the filters of the search that finds them.

        Raises:
            ValueError: There can be no such figures.
        """
        values = {
            "type": self.measure,
            "place": self.place,
            "actor": self.cause,
            "article": self.article,
            "since": self.since,
            "until": self.until,
        }
        filters = Filters(**{name: value for name, value in values.items() if value})  # type: ignore[arg-type]
        check_filters("figures", filters)
        return filters

    def url(self, path: str = "/figures", **changes: str) -> str:
        """Return the address of this with some values changed."""
        given: dict[str, str | int | None] = {
            name: getattr(self, name) for name in self.__dataclass_fields__
        }
        return url(path, **(given | changes))


@router.get("/figures")
def figures(request: Request, room: RoomOf) -> Response:
    """Return what figures are claimed of; of one of these, every claim, drawn and listed."""
    wanted = wanted_of(request)
    if wanted is None:
        found = _subjects(room)
        titles = room.ask(("titles", found), lambda room: _titles(room, found))
        return page(
            request,
            room,
            "subjects.html",
            subjects=found,
            titles=titles,
            address=_address,
            label=_label,
        )
    claims, total = claims_wanted(room, wanted)
    chosen = chosen_of(claims, wanted.policy)
    return page(
        request,
        room,
        "figures.html",
        wanted=wanted,
        claims=claims,
        chosen=chosen,
        total=total,
        revised=len(revisions_of(claims)),
        sources=SOURCES,
        policies=POLICIES,
        label=_label(wanted.measure, wanted.unit),
        undated=sum(one.when is None for one in claims),
    )


def prepare(room: Room) -> None:
    """Ask what figures are claimed of, so that the first reader need not wait for it."""
    found = _subjects(room)
    room.ask(("titles", found), lambda room: _titles(room, found))


def _subjects(room: Room) -> tuple[Subject, ...]:
    return room.ask("subjects", lambda room: room.store.views.subjects(LISTED))


@router.get("/data/figures")
def figures_drawn(request: Request, room: RoomOf) -> dict[str, Any]:
    """Return the claims with a date, and which of them one source revises."""
    wanted = wanted_of(request)
    if wanted is None:
        raise HTTPException(400, "name a measure: /data/figures?measure=killed")
    claims, _ = claims_wanted(room, wanted)
    chosen = {id(one) for one in chosen_of(claims, wanted.policy)}
    drawn = [one for one in claims if one.when is not None]
    revised = revisions_of(claims)
    return {
        "measure": wanted.measure,
        "sources": SOURCES,
        "claims": [_drawn(one, chosen=id(one) in chosen) for one in drawn],
        "revised": sorted(revised),
    }


def wanted_of(request: Request) -> Wanted | None:
    """Return what figures an address asks for, None where it names no measure."""
    names = Wanted.__dataclass_fields__
    given = {name: value.strip() for name, value in request.query_params.items() if name in names}
    return Wanted(**given) if given.get("measure") else None


def claims_wanted(room: Room, wanted: Wanted) -> tuple[list[Claim], int]:
    """Return the newest claims, and how many there are; the drawing asks again for its page's."""
    every = replace(wanted, policy="")
    try:
        return room.hold(("claims", every), lambda room: _read(room, every))
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _read(room: Room, wanted: Wanted) -> tuple[list[Claim], int]:
    found = room.store.views.page("figures", wanted.filters(), Slice(size=MOST_DRAWN))
    selections = found.selections
    if wanted.unit:
        selections = tuple(_in_unit(one, wanted.unit) for one in selections)
    identities = room.store.views.identities_of(one.record for one in selections)
    claims = claims_of(selections, identities)
    return claims, len(claims) if wanted.unit else found.total


def _in_unit(one: Selection, unit: str) -> Selection:
    rows = [row for row in one.rows if getattr(row, "unit", None) == unit]
    return Selection(one.record, rows, one.throughout)


def chosen_of(claims: list[Claim], policy: str) -> list[Claim]:
    """Return the claims that a policy goes by."""
    try:
        return gone_by(claims, policy)
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _titles(room: Room, found: Sequence[Subject]) -> dict[str, str]:
    """Return the titles of the articles that claims of no place are in, else how they begin."""
    titles = {one.article_id: one.title for one in found if not one.place}
    texts = room.store.views.texts(key for key, title in titles.items() if not title)
    return {key: title_words(title, texts.get(key, "")) for key, title in titles.items()}


def _address(subject: Subject) -> str:
    """Return the address of the claims about a subject."""
    return url(
        "/figures",
        measure=subject.measure,
        place=subject.place,
        unit=subject.unit if subject.measure in UNLIKE else None,
        article=None if subject.place else subject.article_id,
    )


def _label(measure: str, unit: str | None) -> str:
    """Return what a measure is called: "Killed", "Money (USD)", "Families"."""
    if measure == "other" and unit:
        return sentence_case(unit)
    return sentence_case(measure) + (f" ({unit})" if unit else "")


def _drawn(claim: Claim, *, chosen: bool) -> dict[str, Any]:
    assert claim.when is not None
    row, article = claim.figure, claim.line.article
    return {
        "first": claim.when.days.first,
        "last": claim.when.days.last,
        "published": claim.when.by_publication,
        "when": claim.when.words,
        "low": row.low,
        "high": row.high,
        "denied": row.denied,
        "words": claim.words,
        "source": claim.source,
        "kind": claim.source_kind,
        "key": claim.thing_key,
        "outlet": article.publisher or "outlet not known",
        "url": claim.url,
        "chosen": chosen,
    }
