"""What can be asked for, and what it means for each kind of row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from onrecord.language.days import Days, days_of
from onrecord.records import (
    KINDS,
    Act,
    ConditionKind,
    EventType,
    Measure,
    MentionForm,
    Modality,
    StatementKind,
)
from onrecord.tables import NARRATION

STATEMENT = "statement"
"""The voice of whoever the article has say something."""

QUADS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What rows to find; all that is given must hold, and None asks for nothing.

    A name is given by whole words in their order, in any case: "Putin" and "vladimir putin" find
    Vladimir Putin, "Put" does not. It means all who go by that name in some article, and finds
    them where they go by another; the id of an identity means that one alone.

    Raises:
        ValueError: A value that nothing could match: a name without words, a country that is not
            three letters, a date that is none, a limit below 1.
    """

    speaker: str | None = None
    """A name: who made the statement, or for other rows any who vouch for the row."""

    actor: str | None = None
    """A name: the actor of an event (either side of a symmetric one), the speaker of a statement,
    who sets a condition, makes a demand, caused a figure or uses a term; an actor or its mention
    itself."""

    recipient: str | None = None
    """A name: the recipient of an event (either side of a symmetric one), the addressee of a
    statement, who would have to act on a condition, of whom something is demanded."""

    country: str | None = None
    """An ISO 3166-1 alpha-3 code, of any actor of the row; for places the place's own."""

    actor_country: str | None = None
    """An ISO 3166-1 alpha-3 code, of who is meant by `actor`."""

    recipient_country: str | None = None
    """An ISO 3166-1 alpha-3 code, of who is meant by `recipient`; with `actor_country`, of another
    party than that of a symmetric event."""

    type: str | None = None
    """A code: the act or kind of a statement, the type of an event, the measure of a figure, the
    kind of a condition, the concept or the word of a term, the kind or sector of an actor, the
    form of a mention. In any case."""

    modality: str | None = None
    """An event's modality."""

    mode: str | None = None
    """An event's mode."""

    context: str | None = None
    """One of an event's contexts."""

    quad: int | None = None
    """An event's class: 1 and 2 for verbal and material cooperation, 3 and 4 for conflict."""

    place: str | None = None
    """The place of an event or a figure: its whole name, in any case."""

    min_score: float | None = None
    """The least score, 0 to 1, of rows that have one; those that rules made have none and stay."""

    voice: str | None = None
    """"narration" for what the article itself tells, "statement" for what it has others say, or a
    name: as for `speaker`. Of a statement, whether the article or another statement reports it."""

    since: str | None = None
    until: str | None = None
    """ISO 8601 years, months or days, both inclusive: of the event, the statement, the figure or
    the time expression; where that is unknown, of the article's publication. A row whose date is
    less precise or an interval is found if it could lie within; one with no date at all is not."""

    text: str | None = None
    """Words, and phrases in quotation marks, that must all be in the row's own words or, for a
    statement, in its content and source."""

    publisher: str | None = None
    """The outlet of the article, by its whole name in any case."""

    article: str | None = None
    """An article: its id, the beginning of its id, its path, URL or title."""

    limit: int | None = None
    """How many rows at most; None is all."""

    def __post_init__(self) -> None:
        for name in ("speaker", "actor", "recipient"):
            value = getattr(self, name)
            if value is not None and not re.search(r"\w", value):
                raise ValueError(f"{name} must be a name, got {value!r}")
        for name in ("country", "actor_country", "recipient_country"):
            value = getattr(self, name)
            if value is not None and not re.fullmatch(r"[A-Za-z]{3}", value):
                raise ValueError(f"{name} must be three letters, such as UKR, got {value!r}")
        if self.voice is not None and not re.search(r"\w", self.voice):
            raise ValueError(
                f"voice must be {NARRATION}, {STATEMENT} or a name, got {self.voice!r}"
            )
        if self.quad not in (None, *QUADS):
            raise ValueError(f"quad must be 1, 2, 3 or 4, got {self.quad}")
        if self.min_score is not None and not 0 <= self.min_score <= 1:
            raise ValueError(f"min_score must be from 0 to 1, got {self.min_score}")
        if self.limit is not None and self.limit < 1:
            raise ValueError(f"limit must be at least 1, got {self.limit}")
        since, until = self.first_day, self.last_day
        if since is not None and until is not None and since > until:
            raise ValueError(f"since {self.since} is after until {self.until}")

    @property
    def heard(self) -> str | None:
        """The name of who vouches for a row, where one is asked for."""
        return self.voice if self.voice not in (NARRATION, STATEMENT, None) else self.speaker

    @property
    def first_day(self) -> str | None:
        """The first day asked for, as an ISO 8601 date."""
        return None if self.since is None else _days("since", self.since).first

    @property
    def last_day(self) -> str | None:
        """The last day asked for, as an ISO 8601 date."""
        return None if self.until is None else _days("until", self.until).last


def _days(name: str, value: str) -> Days:
    days = None if "/" in value else days_of(value)
    if days is None:
        raise ValueError(
            f"{name} must be a date such as 2022, 2022-03 or 2022-03-10, got {value!r}"
        )
    return days


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The columns that the filters look at in one kind of row; () means nothing to look at."""

    voiced: bool = False  # somebody vouches for the row, or it is a statement itself
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()  # the values `type` can have; () is open


MEANINGS = {
    "statements": Meaning(
        voiced=True,
        actor=("speaker_id",),
        recipient=("addressee_id",),
        country=("speaker_id", "addressee_id"),
        type=("act", "kind"),
        codes=get_args(Act) + get_args(StatementKind),
    ),
    "events": Meaning(
        voiced=True,
        actor=("actors",),
        recipient=("recipients",),
        country=("actors", "recipients"),
        place=("place_id",),
        type=("event_type",),
        codes=get_args(EventType),
    ),
    "figures": Meaning(
        voiced=True,
        actor=("cause_id",),
        country=("cause_id",),
        place=("place_id",),
        type=("measure",),
        codes=get_args(Measure),
    ),
    "conditions": Meaning(
        voiced=True,
        actor=("by_id",),
        recipient=("on_id",),
        country=("by_id", "on_id"),
        type=("kind",),
        codes=get_args(ConditionKind),
    ),
    "demands": Meaning(
        voiced=True, actor=("by_id",), recipient=("of_id",), country=("by_id", "of_id")
    ),
    "terms": Meaning(
        voiced=True,
        actor=("used_by_id",),
        country=("used_by_id",),
        type=("concept", "term"),
    ),
    "actors": Meaning(actor=("actor_id",), country=("actor_id",), type=("kind", "sector")),
    "mentions": Meaning(
        actor=("actor_id",), country=("actor_id",), type=("form",), codes=get_args(MentionForm)
    ),
    "times": Meaning(),
    "places": Meaning(country=("country",)),
}
"""What the filters mean for each kind."""


_OF_EVENTS = ("modality", "mode", "context", "quad")
_LOOKED_AT = {
    "speaker": "voiced",
    "voice": "voiced",
    "actor_country": "actor",
    "recipient_country": "recipient",
}
_OF_SOME_KINDS = ("actor", "recipient", "country", "place", "type", *_OF_EVENTS, *_LOOKED_AT)


def check_filters(kind: str, filters: Filters) -> None:
    """Refuse what means nothing for a kind of row.

    Raises:
        ValueError: There is no such kind, or a filter or its value means nothing for it.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    for name in _OF_SOME_KINDS:
        able = [other for other in KINDS if applies(other, name)]
        if getattr(filters, name) is not None and kind not in able:
            raise ValueError(f"{kind} have no {name} to find them by; {', '.join(able)} have")
    codes = MEANINGS[kind].codes
    if filters.type is not None and codes:
        _check_code(f"type of {kind}", filters.type, codes)
    if filters.speaker is not None and filters.heard != filters.speaker:
        raise ValueError("speaker and voice both name who vouches for a row; give one of them")
    if filters.modality is not None:
        _check_code("modality", filters.modality, get_args(Modality))


def applies(kind: str, name: str) -> bool:
    """Whether a filter means something for a kind of row."""
    if name not in _OF_SOME_KINDS:
        return True
    if name in _OF_EVENTS:
        return kind == "events"
    return bool(getattr(MEANINGS[kind], _LOOKED_AT.get(name, name)))


def _check_code(name: str, value: str, codes: tuple[str, ...]) -> None:
    if value.casefold() not in {code.casefold() for code in codes}:
        raise ValueError(f"{name} must be one of {', '.join(codes)}, got {value!r}")
