"""The timeline of the reading room: two clocks, lanes, and how events stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from factories import make_article, make_events, make_record, make_statements
from onrecord.room import RoomSettings
from onrecord.room.lanes import MOST_LANES, NOBODY, OTHERS, marks_of, standing_of
from onrecord.store import open_store
from onrecord.tables import Selection
from rooms import browser_at, room_at

EVENT = make_events(make_article())[0]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with open_store(tmp_path_factory.mktemp("timeline") / "news.db") as store:
        store.save(make_record(), "hand/1")
        store.save(make_record(make_article(article_id="b" * 16, published="2022-03-14")), "hand/1")
        with room_at(store, RoomSettings(port=0)) as at, browser_at(at) as client:
            yield client


def drawn(browser: httpx.Client, **asked: str) -> dict[str, Any]:
    """Return what the drawing is given."""
    answer = browser.get("/data/timeline", params=asked)
    assert answer.status_code == 200
    data: dict[str, Any] = answer.json()
    return data


@pytest.mark.parametrize(
    ("modality", "said", "standing"),
    [
        ("actual", False, "done"),
        ("actual", True, "said"),
        ("negated", True, "denied"),
        ("future", False, "planned"),
        ("conditional", True, "possible"),
        ("hypothetical", False, "possible"),
    ],
)
def test_how_an_event_stands(modality: str, said: bool, standing: str) -> None:
    statement = make_statements(make_article())[0].statement_id if said else None
    event = replace(EVENT, modality=modality, statement_id=statement)  # type: ignore[arg-type]
    assert standing_of(event) == standing


def test_one_clock_is_the_events_the_other_the_newspapers(browser: httpx.Client) -> None:
    happened = drawn(browser)["marks"]
    assert {one["first"] for one in happened if not one["published"]} >= {"2022-03-07"}
    assert {one["first"] for one in happened if one["published"]} <= {"2022-03-11", "2022-03-14"}
    told = drawn(browser, clock="told")["marks"]
    assert {one["first"] for one in told} == {"2022-03-11", "2022-03-14"}
    assert not any(one["published"] for one in told)


def test_a_lane_is_an_actor_in_all_articles(browser: httpx.Client) -> None:
    data = drawn(browser)
    putin = [one for one in data["marks"] if one["lane"] == "Vladimir Putin"]
    assert len({one["url"].split("?")[0] for one in putin}) == 2
    assert set(data["lanes"]) == {one["lane"] for one in data["marks"]}


def test_a_lane_is_a_pair_of_countries(browser: httpx.Client) -> None:
    lanes = drawn(browser, lanes="pair")["lanes"]
    assert any("⇄" in lane or "→" in lane for lane in lanes)
    assert drawn(browser, lanes="pair", type="ASSAULT")["lanes"] != lanes


def test_the_lanes_that_there_is_no_room_for_are_one() -> None:
    record = make_record()
    actors = [replace(record.actors[0], actor_id=f"a{n}", name=f"Body {n}") for n in range(20)]
    events = [
        replace(
            EVENT,
            event_id=f"{n}-{n // 2}",
            symmetric=False,
            actors=(replace(EVENT.actors[0], actor_id=f"a{n % 20}"),),
        )
        for n in range(25)
    ]
    made = replace(record, actors=tuple(actors), mentions=(), events=(), statements=())
    selection = Selection(made, [replace(one, statement_id=None) for one in events])
    marks = marks_of([selection], "happened", "actor", {})
    counts = Counter(one.lane for one in marks)
    assert len(counts) == MOST_LANES + 1
    assert counts[OTHERS] == 25 - sum(counts[lane] for lane in counts if lane != OTHERS)
    alone = Selection(made, [replace(events[0], actors=())])
    assert [one.lane for one in marks_of([alone], "told", "actor", {})] == [NOBODY]


def test_the_page_lists_what_is_drawn(browser: httpx.Client) -> None:
    page = browser.get("/timeline", params={"type": "ASSAULT", "lanes": "pair"})
    assert page.status_code == 200
    assert 'data-from="/data/timeline?' in page.text
    assert page.text.count('class="row k-event"') == len(
        {one["row"] for one in drawn(browser, type="ASSAULT")["marks"]}
    )


@pytest.mark.parametrize("asked", ["clock=sundial", "lanes=swimming", "type=PICNIC", "since=soon"])
def test_what_cannot_be_asked_is_refused(browser: httpx.Client, asked: str) -> None:
    assert browser.get(f"/timeline?{asked}").status_code == 400
