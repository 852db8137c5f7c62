"""Terms: rival names for one thing, by who uses them and when, and each use in its line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from onrecord.room.naming import (
    GROUPED,
    PER,
    VOICES,
    Group,
    aligned,
    groups_of,
    terms_of,
    words_of,
)
from onrecord.room.rendering import page, url
from onrecord.room.state import Room, RoomOf
from onrecord.store import MOST_ARTICLES, Concept, Filters, Length, Slice, Usage

router = APIRouter()

MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for, as the address has it."""

    concept: str
    by: str = "outlet"
    voice: str = ""
    term: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        if self.by not in GROUPED:
            raise ValueError(f"by must be one of {', '.join(GROUPED)}, got {self.by!r}")
        if self.voice not in VOICES:
            voices = ", ".join(filter(None, VOICES))
            raise ValueError(f"voice must be one of {voices}, got {self.voice!r}")

    def url(self, path: str = "/terms", **changes: str) -> str:
        """Return the address of this with some values changed."""
        given: dict[str, str | int | None] = {
            one.name: getattr(self, one.name) for one in fields(self)
        }
        return url(path, **(given | changes))

    def filters(self) -> Filters:
        """Return the filters that find the uses, of any voice."""
        values: dict[str, str] = {"type": self.term or self.concept}
        if self.group and self.by == "outlet":
            values["publisher"] = self.group
        elif self.group == "narration":
            values["voice"] = "narration"
        elif self.group and self.by == "speaker":
            values["actor"] = self.group
        elif self.group:
            values |= {"since": self.group, "until": self.group}
        return Filters(**values)  # type: ignore[arg-type]  # none of these is a number


@router.get("/terms")
def terms(request: Request, room: RoomOf) -> Response:
    """Return the concepts that have rival names; of one, who uses which."""
    wanted = _wanted(request)
    if wanted is None:
        found = _concepts(room)
        return page(request, room, "concepts.html", concepts=found)
    usage, lengths = _usage(room, wanted)
    words = terms_of(usage.uses)
    lines, total = _lines(room, wanted)
    return page(
        request,
        room,
        "terms.html",
        wanted=wanted,
        terms=words,
        voices=VOICES,
        grouped=GROUPED,
        by_voice=_by_voice(usage, words),
        groups=_groups(room, wanted, usage, lengths),
        lines=lines,
        total=total,
        per=PER,
        articles=len(lengths),
        most=MOST_ARTICLES,
    )


@router.get("/data/terms")
def terms_drawn(request: Request, room: RoomOf) -> dict[str, Any]:
    """Return the rates of a concept's words by group."""
    wanted = _wanted(request)
    if wanted is None:
        raise HTTPException(400, "name a concept: /data/terms?concept=war")
    usage, lengths = _usage(room, wanted)
    groups = _groups(room, wanted, usage, lengths)
    return {
        "by": wanted.by,
        "per": PER,
        "terms": terms_of(usage.uses),
        "rates": [
            {
                "group": group.label,
                "key": group.key,
                "term": one.term,
                "uses": one.uses,
                "rate": one.rate,
                "words": group.words,
                "url": wanted.url(term=one.term, group=group.key) + "#lines",
            }
            for group in groups
            for one in group.rates
            if one.rate is not None and (one.uses or wanted.by == "month")
        ],
    }


def _wanted(request: Request) -> Wanted | None:
    names = {one.name for one in fields(Wanted)}
    given = {name: value.strip() for name, value in request.query_params.items() if name in names}
    if not given.get("concept"):
        return None
    try:
        return Wanted(**{name: value for name, value in given.items() if value})
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _usage(room: Room, wanted: Wanted) -> tuple[Usage, tuple[Length, ...]]:
    concept, identified = wanted.concept, wanted.by == "speaker"
    usage = room.ask(
        ("usage", concept, identified),
        lambda room: room.store.views.usage(concept, identified=identified),
    )
    return usage, room.ask("lengths", lambda room: room.store.views.lengths())


def _groups(room: Room, wanted: Wanted, usage: Usage, lengths: tuple[Length, ...]) -> list[Group]:
    """Return the groups that are shown; only of speakers among them it is counted what they say."""
    if wanted.by != "speaker":
        return groups_of(usage.uses, words_of(lengths, wanted.by), wanted.by, wanted.voice)
    shown = {one.key for one in groups_of(usage.uses, {}, wanted.by, wanted.voice)}
    theirs = {key: who for key, who in usage.speakers.items() if who in shown}
    said = room.ask(
        ("said", *sorted(theirs.items())), lambda room: room.store.views.words_said(theirs)
    )
    return groups_of(usage.uses, said, wanted.by, wanted.voice)


def _by_voice(usage: Usage, words: list[str]) -> list[tuple[str, list[int]]]:
    """Return each word with how often it is used in each voice."""
    counts = Counter((one.term, one.voice) for one in usage.uses)
    return [(word, [counts[word, voice] for voice in VOICES if voice]) for word in words]


def _lines(room: Room, wanted: Wanted) -> tuple[list[Any], int]:
    """Return the newest uses in their lines, and how many there are of any voice."""
    try:
        filters = wanted.filters()
        found = room.hold(
            ("terms", filters),
            lambda room: room.store.views.page("terms", filters, Slice(size=MOST_LINES)),
        )
    except ValueError as error:
        raise HTTPException(400, str(error)) from error
    return aligned(found.selections, wanted.concept, wanted.voice), found.total


def _concepts(room: Room) -> tuple[Concept, ...]:
    return room.ask("concepts", lambda room: room.store.views.concepts())


def prepare(room: Room) -> None:
    """Count words, so that the first reader need not wait for it."""
    _concepts(room)
    room.ask("lengths", lambda room: room.store.views.lengths())
