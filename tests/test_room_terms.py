"""Terms in the reading room: rates with what they are rates of, and the words in their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from factories import make_article, make_record
from onrecord.copies import count_words
from onrecord.room import RoomSettings
from onrecord.store import Store, open_store
from rooms import browser_at, room_at


@pytest.fixture(scope="module")
def store(module_place: str) -> Iterator[Store]:
    """Two articles of one outlet and two months, one of no outlet, and an older version."""
    with open_store(module_place) as made:
        made.save(make_record(make_article(article_id="a" * 16)), "hand/1")
        for article in (
            make_article(article_id="a" * 16, version=2),
            make_article(article_id="b" * 16, published="2022-04-02"),
            make_article(article_id="c" * 16, publisher=None, published="2022"),
        ):
            made.save(make_record(article), "hand/1")
        yield made


@pytest.fixture(scope="module")
def browser(store: Store) -> Iterator[httpx.Client]:
    with room_at(store, RoomSettings(port=0)) as at, browser_at(at) as client:
        yield client


def rates(browser: httpx.Client, **asked: str) -> list[dict[str, Any]]:
    """Return the rates that the plot is given."""
    answer = browser.get("/data/terms", params={"concept": "war", **asked})
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["rates"]
    return found


def test_words_are_counted_as_a_reader_does() -> None:
    assert count_words("Mr Putin didn’t call off the so-called 2nd assault — not yet.") == 11


def test_a_concept_has_its_rival_names(store: Store) -> None:
    (concept,) = store.views.concepts()
    assert concept.name == "war"
    assert set(concept.terms) == {"invasion", "special military operation", "assault"}
    assert concept.uses == 9


def test_a_rate_is_of_the_words_of_the_outlet(browser: httpx.Client) -> None:
    words = count_words(make_article().text)
    found = {(one["group"], one["term"]): one for one in rates(browser)}
    one = found["The Example", "assault"]
    assert (one["uses"], one["words"]) == (2, 2 * words)
    assert one["rate"] == pytest.approx(1000 / words, abs=0.001)
    assert found["outlet not known", "assault"]["uses"] == 1


def test_months_stand_in_order_and_unknown_ones_apart(browser: httpx.Client) -> None:
    months = [one["key"] for one in rates(browser, by="month") if one["term"] == "assault"]
    assert months == ["2022-03", "2022-04", ""]


def test_a_speakers_rate_is_of_what_they_are_reported_to_say(
    store: Store, browser: httpx.Client
) -> None:
    found = [one for one in rates(browser, by="speaker") if one["term"].startswith("special")]
    (one,) = found
    said = store.views.words_said(store.views.usage("war").speakers)[one["key"]]
    assert one["words"] == said < 3 * count_words(make_article().text)
    assert not [one for one in rates(browser, by="speaker") if one["term"] == "assault"]


def test_a_voice_leaves_the_others_out(browser: httpx.Client) -> None:
    assert {one["term"] for one in rates(browser, voice="avoided")} == {"invasion"}
    assert {one["term"] for one in rates(browser, voice="quoted")} == {"special military operation"}


def test_a_cell_leads_to_its_uses_in_their_lines(browser: httpx.Client) -> None:
    one = next(one for one in rates(browser) if one["term"] == "assault" and one["key"])
    page = browser.get(one["url"]).text
    lines = page.split('class="concordance"')[1].split("</ol>")[0]
    assert lines.count("<li>") == 2
    assert '<mark class="m-term">assault</mark></a>.' in lines
    assert "did not call off the" in lines
    narration = browser.get("/terms?concept=war&by=speaker&group=narration").text
    assert narration.count("<li><span") == 6


def test_what_there_is_no_word_for(browser: httpx.Client) -> None:
    assert "No word is on record" in browser.get("/terms?concept=peace").text
    assert browser.get("/terms?concept=war&by=weather").status_code == 400
    assert browser.get("/terms?concept=war&voice=loud").status_code == 400
    assert "war" in browser.get("/terms").text
