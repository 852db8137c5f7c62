"""An attack told again: which telling lends it the side that it lacks."""

import pytest

from factories import EXTRACTOR
from onrecord.drafts import Cast
from onrecord.extraction.events.tellings import completed
from onrecord.records import Actor, Event, EventType, Participant, Span

CAST = Cast(
    tuple(
        Actor(actor_id=actor_id, name=actor_id, kind="group", country=country, extractor=EXTRACTOR)
        for actor_id, country in (
            ("tur", "TUR"), ("army", "TUR"), ("syr", "SYR"), ("irn", "IRN"), ("rebels", None)
        )
    ),
    (),
    {},
)  # fmt: skip


def event(at: int, actors: str = "", recipients: str = "", kind: EventType = "ASSAULT") -> Event:
    """An event at an offset of the text, its parties by name."""
    sides = [
        tuple(Participant(span=Span(at, at + 1), actor_id=name) for name in names.split())
        for names in (actors, recipients)
    ]
    return Event(
        event_id=str(at),
        event_type=kind,
        trigger=(Span(at, at + 1),),
        actors=sides[0],
        recipients=sides[1],
        modality="actual",
        extractor=EXTRACTOR,
    )


def sides_of(*events: Event) -> list[tuple[list[str | None], list[str | None]]]:
    return [
        ([one.actor_id for one in made.actors], [one.actor_id for one in made.recipients])
        for made in completed(events, CAST)
    ]


@pytest.mark.parametrize(
    ("again", "sides"),
    [
        (event(9, "tur"), (["tur"], ["syr"])),
        (event(9, "", "syr"), (["tur"], ["syr"])),
        (event(9, "army"), (["army"], ["syr"])),  # of the same country
        (event(9, "irn"), (["irn"], [])),  # somebody else's
        (event(9), ([], [])),  # nothing says that it is the same
        (event(9, "syr"), (["syr"], [])),
        (event(9, "tur", kind="COERCE"), (["tur"], [])),  # no attack
        (event(9, "rebels", "syr"), (["rebels"], ["syr"])),  # it lacks nothing
    ],
)
def test_what_a_telling_lends(
    again: Event, sides: tuple[list[str | None], list[str | None]]
) -> None:
    first = (["tur"], ["syr"])
    assert sides_of(event(1, "tur", "syr"), again) == [first, sides]
    assert sides_of(again, event(20, "tur", "syr")) == [sides, first]


def test_an_event_of_another_type_lends_nothing() -> None:
    lent = sides_of(event(1, "tur", "syr", kind="COERCE"), event(9, "tur"))
    assert lent == [(["tur"], ["syr"]), (["tur"], [])]


def test_nobody_attacks_their_own() -> None:
    lent = sides_of(event(1, "tur", "syr army"), event(9, "tur"))
    assert lent[1] == (["tur"], [])


@pytest.mark.parametrize(
    ("before", "behind", "lent"),
    [
        (10, 10, "syr"),  # as far off, what was told before
        (15, 10, "syr"),  # half as far again behind is no nearer
        (16, 10, "irn"),
    ],
)
def test_the_nearest_telling_lends(before: int, behind: int, lent: str) -> None:
    told = [event(100 - before, "tur", "syr"), event(100, "tur"), event(100 + behind, "tur", "irn")]
    assert sides_of(*told)[1] == (["tur"], [lent])


def test_a_telling_that_lacks_the_same_lends_nothing() -> None:
    told = [event(1, "tur", "syr"), event(90, "tur"), event(100, "tur")]
    assert [recipients for _, recipients in sides_of(*told)] == [["syr"], ["syr"], ["syr"]]


@pytest.mark.parametrize(("between", "lent"), [(39, ["syr"]), (40, [])])
def test_a_telling_far_off_lends_nothing(between: int, lent: list[str]) -> None:
    others = [event(10 + at, "irn") for at in range(between)]
    first, again = event(1, "tur", "syr"), event(900, "tur")
    assert sides_of(first, *others, again)[-1] == (["tur"], lent)
    late = event(990, "tur", "syr")
    assert sides_of(event(5, "tur"), *others, late)[0] == (["tur"], lent)
