"""Figures in the reading room: claims side by side, by date and source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from factories import make_article, make_record, span_of
from onrecord.records import Article, Figure, Record
from onrecord.room import RoomSettings
from onrecord.store import Filters, Slice, Store, open_store
from rooms import browser_at, room_at

WORDS = ("leaders", "Moscow", "meet", "report", "progress")


def figures_in(article: Article, *claims: dict[str, Any]) -> tuple[Figure, ...]:
    """Return figures at different words of an article."""
    known = make_record(article).figures[0]
    made = []
    for words, values in zip(WORDS, claims, strict=False):
        span = span_of(article, words)
        made.append(replace(known, figure_id=f"{span.start:016x}", span=span, whom=None, **values))
    return tuple(made)


def record_of(number: int, published: str, *claims: dict[str, Any]) -> Record:
    """Return a record with claims of those who were killed where the first figure's place is."""
    article = make_article(article_id=f"{number:016x}", published=published)
    return make_record(article, figures=figures_in(article, *claims))


NARRATED: dict[str, Any] = {"measure": "killed", "statement_id": None, "as_of": None}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    known = make_record().figures[0]
    with open_store(tmp_path_factory.mktemp("figures") / "news.db") as made:
        said = {"measure": "killed", "as_of": None}
        made.save(
            record_of(
                1,
                "2022-03-11",
                {**NARRATED, "low": 30, "high": 35},
                {**NARRATED, "low": 90, "high": None, "denied": True},
                {**said, "low": 12, "high": 12},
            ),
            "hand/1",
        )
        made.save(
            record_of(
                2,
                "2022-03-14",
                {**NARRATED, "low": 41, "high": 41},
                {**said, "low": None, "high": 60, "as_of": "2022-03-01"},
                {**NARRATED, "low": None, "high": None},
            ),
            "hand/1",
        )
        assert known.place is not None
        yield made


@pytest.fixture(scope="module")
def browser(store: Store) -> Iterator[httpx.Client]:
    with room_at(store, RoomSettings(port=0)) as at, browser_at(at) as client:
        yield client


def drawn(browser: httpx.Client, **asked: str) -> list[dict[str, Any]]:
    """Return the claims that the plot is given."""
    answer = browser.get("/data/figures", params={"measure": "killed", **asked})
    assert answer.status_code == 200
    claims: list[dict[str, Any]] = answer.json()["claims"]
    return claims


def test_every_claim_has_its_own_mark_with_the_bounds_that_are_named(
    browser: httpx.Client,
) -> None:
    bounds = [(one["low"], one["high"]) for one in drawn(browser)]
    assert bounds == [(None, 60), (30, 35), (12, 12), (90, None), (41, 41)]


def test_what_has_no_date_stands_at_the_day_of_publication_and_says_so(
    browser: httpx.Client,
) -> None:
    claims = drawn(browser)
    assert [(one["last"], one["published"]) for one in claims[:2]] == [
        ("2022-03-01", False),
        ("2022-03-11", True),
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("", 5), ("lowest", [12]), ("highest", [60]), ("latest", [41]), ("source", [12, 41])],
)
def test_a_policy_goes_by_claims_that_stand(
    browser: httpx.Client, policy: str, expected: int | list[int]
) -> None:
    chosen = [one for one in drawn(browser, policy=policy) if one["chosen"]]
    if isinstance(expected, int):
        assert len(chosen) == expected
    else:
        assert sorted(one["high"] for one in chosen) == expected


def test_what_one_source_says_on_several_days_is_joined(browser: httpx.Client) -> None:
    answer = browser.get("/data/figures", params={"measure": "killed"}).json()
    joined = {
        (one["source"], one["high"]) for one in answer["claims"] if one["key"] in answer["revised"]
    }
    assert ("the article itself", 41) in joined
    assert ("the article itself", 35) in joined
    assert len(answer["revised"]) == 2  # the outlet, and who speaks in it


def test_the_page_says_what_is_denied_and_what_has_no_source(browser: httpx.Client) -> None:
    page = browser.get("/figures", params={"measure": "killed", "policy": "latest"}).text
    assert "no source given" in page
    assert "denied" not in page.split("<tbody>")[1]
    assert (
        "denied" in browser.get("/figures", params={"measure": "killed"}).text.split("<tbody>")[1]
    )


def test_subjects_lead_to_their_claims(store: Store, browser: httpx.Client) -> None:
    (subject,) = store.views.subjects(5)
    assert (subject.measure, subject.claims, subject.articles) == ("killed", 5, 2)
    assert (subject.lowest, subject.highest) == (12, 90)
    assert subject.place is not None
    found = store.views.page("figures", Filters(place=subject.place.upper()), Slice())
    assert found.total == 6
    assert f"place={subject.place}" in browser.get("/figures").text
    assert len(drawn(browser, place=subject.place)) == 5
    assert drawn(browser, place="Elsewhere") == []


@pytest.mark.parametrize("asked", ["measure=murdered", "measure=killed&policy=mean"])
def test_what_cannot_be_asked_is_refused(browser: httpx.Client, asked: str) -> None:
    assert browser.get(f"/figures?{asked}").status_code == 400
