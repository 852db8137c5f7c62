"""Reviewing in the reading room, over a real server: decisions, what is refused, the log."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from factories import EXTRACTOR, make_article, make_record, span_of
from onrecord.reviews.corrections import TYPES
from onrecord.room import RoomSettings
from onrecord.room.pages.review import LOGGED
from onrecord.store import Filters, Store, open_store
from rooms import browser_at, room_at, token_of

RECORD = make_record()
ARTICLE = RECORD.article.article_id
EVENT, FIGURE, STATEMENT = RECORD.events[1], RECORD.figures[0], RECORD.statements[0]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "news.db") as made:
        made.save(RECORD, EXTRACTOR)
        yield made


@pytest.fixture
def browser(filled: Store) -> Iterator[httpx.Client]:
    with room_at(filled) as address, browser_at(address) as client:
        yield client


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for what changes nothing."""
    with open_store(tmp_path_factory.mktemp("untouched") / "news.db") as made:
        made.save(RECORD, EXTRACTOR)
        yield made


@pytest.fixture(scope="module")
def untouched_at(untouched: Store) -> Iterator[str]:
    with room_at(untouched) as address:
        yield address


@pytest.fixture
def visitor(untouched_at: str) -> Iterator[httpx.Client]:
    with browser_at(untouched_at) as client:
        yield client


def fields_of(page: str) -> dict[str, str]:
    """What the form of a row sends as it stands."""
    form = page[page.index('class="fielded"') :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<input [^>]*?name="((?:field|was)\.\w+)" value="([^"]*)"', form))
    for name, options in re.findall(
        r'<select [^>]*name="([\w.]+)"[^>]*>(.*?)</select>', form, re.S
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[0]
    return {name: html.unescape(value) for name, value in found.items()}


def send(browser: httpx.Client, path: str, **values: str) -> httpx.Response:
    """Send the form of a page, as Ana unless somebody else is given."""
    token = token_of(browser.get("/review").text)
    return browser.post(path, data={"token": token, "by": "Ana"} | values)


def test_a_row_is_accepted_and_its_reviewer_remembered(
    browser: httpx.Client, filled: Store
) -> None:
    answer = send(browser, f"/review/rows/{EVENT.event_id}", verdict="accept", why="clear")
    assert answer.headers["location"] == f"/review/rows/{EVENT.event_id}"
    page = browser.get(answer.headers["location"]).text
    assert "<b>Accepted</b> by Ana" in page
    assert "<q>clear</q>" in page
    (outcome,) = filled.reviews.all()
    assert (outcome.correction.verdict, outcome.correction.reviewer) == ("accept", "Ana")
    send(browser, f"/review/rows/{FIGURE.figure_id}", verdict="accept", by="")
    assert filled.reviews.all()[-1].correction.reviewer == "Ana"


def test_a_rejected_row_is_gone_until_it_is_undone(browser: httpx.Client, filled: Store) -> None:
    link = f"/articles/{ARTICLE}/rows/{EVENT.event_id}?version=1"
    assert browser.get(link).status_code == 200
    send(browser, f"/review/rows/{EVENT.event_id}", verdict="reject")
    assert EVENT not in filled.record(ARTICLE).events
    assert EVENT.event_id not in browser.get("/search?kind=events").text
    page = browser.get(link, follow_redirects=True)
    assert page.url.path == f"/review/rows/{EVENT.event_id}"
    assert "This row is rejected" in page.text
    send(browser, "/review/undo/1")
    assert filled.record(ARTICLE) == RECORD
    assert "undone" in browser.get(f"/review/rows/{EVENT.event_id}").text
    assert send(browser, "/review/undo/1").status_code == 400


@pytest.mark.parametrize("kind", TYPES)
def test_every_kind_has_a_form_that_changes_nothing_by_itself(
    visitor: httpx.Client, untouched: Store, kind: str
) -> None:
    (row, *_) = getattr(RECORD, kind)
    row_id = getattr(row, next(iter(row.__slots__)))
    page = visitor.get(f"/review/rows/{row_id}?correct=1")
    assert page.status_code == 200
    answer = send(visitor, f"/review/rows/{row_id}", verdict="correct", **fields_of(page.text))
    assert answer.status_code == 400
    assert "nothing was changed" in answer.text
    assert untouched.reviews.all() == ()


def test_a_row_is_corrected_by_its_form(browser: httpx.Client, filled: Store) -> None:
    page = browser.get(f"/review/rows/{STATEMENT.statement_id}").text
    span = span_of(RECORD.article, "report some progress")
    form = fields_of(page) | {
        "field.speaker": "Olga Berg",
        "field.act": "deny",
        "field.content": f"{span.start}-{span.end}",
        "new": "person",
    }
    send(browser, f"/review/rows/{STATEMENT.statement_id}", verdict="correct", **form)
    (row,) = filled.find("statements", Filters(speaker="Olga Berg")).to_pylist()
    assert (row["act"], row["content"]) == ("deny", "report some progress")
    (outcome,) = filled.reviews.all()
    assert set(outcome.correction.changes) == {"speaker_id", "act", "content"}
    page = browser.get(f"/review/rows/{STATEMENT.statement_id}").text
    assert "speaker Olga Berg" in page
    assert '<mark class="m-statement">report some progress</mark>' in page
    assert filled.faults() == ()


def test_parties_are_corrected_by_name_and_place(browser: httpx.Client, filled: Store) -> None:
    page = browser.get(f"/review/rows/{EVENT.event_id}").text
    span = span_of(RECORD.article, "civilians")
    value = f"@{span.start}-{span.end}; Vladimir Putin@{span.start}-{span.end}"
    form = fields_of(page) | {"field.recipients": value, "field.modality": "negated"}
    assert send(browser, f"/review/rows/{EVENT.event_id}", verdict="correct", **form).is_redirect
    event = next(one for one in filled.record(ARTICLE).events if one.event_id == EVENT.event_id)
    assert [one.span for one in event.recipients] == [span, span]
    assert event.recipients[0].actor_id is None
    assert event.modality == "negated"


def test_contexts_class_and_voice_are_corrected(browser: httpx.Client, filled: Store) -> None:
    path = f"/review/rows/{EVENT.event_id}"
    form = fields_of(browser.get(path).text) | {
        "field.contexts": "military, health",
        "field.quad": "3",
        "field.statement": STATEMENT.statement_id,
        "field.date": "",
    }
    assert send(browser, path, verdict="correct", **form).is_redirect
    event = next(one for one in filled.record(ARTICLE).events if one.event_id == EVENT.event_id)
    assert event.contexts == ("military", "health")
    assert (event.quad, event.statement_id, event.date) == (3, STATEMENT.statement_id, None)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("low", "many", "is not a number"),
        ("span", "9-3", "span cannot be"),
        ("span", "3-99999", "reaches past the text"),
        ("measure", "dead", "must be one of killed"),
        ("cause", "Nobody At All", "the article has no actor"),
        ("statement", "77", "the article has no statement"),
        ("low", "99", "the row cannot be changed like that"),
    ],
)
def test_a_bad_value_is_refused_and_the_form_kept(
    visitor: httpx.Client, untouched: Store, field: str, value: str, why: str
) -> None:
    path = f"/review/rows/{FIGURE.figure_id}"
    form = fields_of(visitor.get(path).text) | {f"field.{field}": value, "why": "as I recall"}
    answer = send(visitor, path, verdict="correct", **form)
    assert answer.status_code == 400
    assert why in html.unescape(answer.text)
    assert 'value="as I recall"' in answer.text
    assert fields_of(answer.text)[f"field.{field}"] == value
    assert untouched.record(ARTICLE) == RECORD
    assert untouched.reviews.all() == ()


@pytest.mark.parametrize("by", ["", " ", "x" * 101, "A\x00na"])
def test_a_decision_needs_a_name(visitor: httpx.Client, untouched: Store, by: str) -> None:
    answer = send(visitor, f"/review/rows/{EVENT.event_id}", verdict="reject", by=by)
    assert answer.status_code == 400
    assert "say who decides" in answer.text
    assert untouched.reviews.all() == ()


def test_a_missing_row_is_added_and_taken_back(browser: httpx.Client, filled: Store) -> None:
    span = span_of(RECORD.article, "Mr Putin did not call off the assault")
    path = f"/review/add?article={ARTICLE}&kind=statements"
    page = browser.get(f"{path}&span={span.start}-{span.end}").text
    assert "Mr Putin did not call off the assault" in page
    form = fields_of(page) | {"field.act": "deny", "field.kind": "indirect"}
    assert form["field.content"] == f"{span.start}-{span.end}"
    form |= {"field.speaker": "Olga Berg", "new": "person"}
    added = send(browser, path, **form)
    assert added.is_redirect
    page = browser.get(added.headers["location"]).text
    assert "<b>Added</b> by Ana" in page
    (row,) = filled.find("statements", Filters(speaker="Olga Berg")).to_pylist()
    assert row["content"] == "Mr Putin did not call off the assault"
    send(browser, "/review/undo/1")
    assert filled.record(ARTICLE) == RECORD
    assert browser.get("/review/log").status_code == 200


def test_a_row_that_lacks_a_value_is_not_added(visitor: httpx.Client, untouched: Store) -> None:
    path = f"/review/add?article={ARTICLE}&kind=figures"
    answer = send(visitor, path, **{"field.span": "40-50", "field.low": "3"})
    assert answer.status_code == 400
    assert "measure" in answer.text
    assert send(visitor, f"/review/add?article={ARTICLE}&kind=actors").status_code == 400
    assert untouched.reviews.all() == ()


POSTS = ("/review/rows/{row}", "/review/undo/1", "/review/add?article={article}&kind=figures")


@pytest.mark.parametrize("path", POSTS)
def test_nothing_is_decided_without_the_token(
    browser: httpx.Client, filled: Store, path: str
) -> None:
    filled.reviews.give(FIGURE.figure_id, "accept", by="Bo")
    browser.get("/review")
    at = path.format(row=EVENT.event_id, article=ARTICLE)
    for data in ({}, {"token": "0" * 64}):
        answer = browser.post(at, data={"verdict": "reject", "by": "Ana"} | data)
        assert answer.status_code == 403
    assert len(filled.reviews.all()) == 1


def test_a_read_only_room_lets_nobody_decide(filled: Store) -> None:
    filled.reviews.give(FIGURE.figure_id, "accept", by="Bo")
    with (
        room_at(filled, RoomSettings(port=0, read_only=True)) as address,
        browser_at(address) as client,
    ):
        for path in POSTS:
            at = path.format(row=EVENT.event_id, article=ARTICLE)
            assert send(client, at, verdict="reject").status_code == 403
        for path in (
            "/review",
            "/review/log",
            f"/review/rows/{FIGURE.figure_id}",
            f"/articles/{ARTICLE}",
            f"/review/add?article={ARTICLE}",
        ):
            assert 'action="/review/' not in client.get(path).text, path
    assert len(filled.reviews.all()) == 1


def test_the_queue_has_what_nobody_decided_the_least_sure_first(
    browser: httpx.Client, filled: Store
) -> None:
    for kind in TYPES:
        assert browser.get("/review", params={"kind": kind}).status_code == 200, kind
    assert browser.get("/review?kind=dates").status_code == 400
    page = browser.get("/review?kind=events").text
    scores = [float(one) for one in re.findall(r"<span>score ([\d.]+)</span>", page)]
    assert scores == sorted(scores)
    assert EVENT.event_id in page
    answer = send(
        browser, f"/review/rows/{EVENT.event_id}", verdict="accept", next="/review?kind=events"
    )
    assert answer.headers["location"] == "/review?kind=events"
    assert EVENT.event_id not in browser.get("/review?kind=events").text
    narrowed = browser.get("/review?kind=statements&speaker=Peskov").text
    rest = browser.get("/review?kind=statements").text
    assert 0 < narrowed.count('class="row ') < rest.count('class="row ')


def test_the_log_tells_orphans_and_disagreements(browser: httpx.Client, filled: Store) -> None:
    filled.reviews.give(EVENT.event_id, "accept", by="Ana")
    filled.reviews.give(EVENT.event_id, "reject", by="Bo", why=SCRIPT)
    filled.reviews.give(FIGURE.figure_id, "accept", by="Ana")
    filled.reviews.give(FIGURE.figure_id, "accept", by="Bo")
    page = browser.get("/review/log").text
    assert SCRIPT not in page
    assert re.search(r"Events</th><td>1</td><td>0%</td>", page)
    assert re.search(r"Figures</th><td>1</td><td>100%</td>", page)
    apart = page[page.index("data-apart") : page.index("data-log")]
    assert f"/review/rows/{EVENT.event_id}" in apart
    assert FIGURE.figure_id not in apart
    assert "4 decisions" in page
    filled.save(make_record(make_article(version=2), figures=()), EXTRACTOR)
    orphans = browser.get("/review/log?orphans=1").text
    assert FIGURE.figure_id in orphans
    assert EVENT.event_id not in orphans
    assert RECORD.article.cut(FIGURE.span) in orphans


def test_what_is_undone_can_be_brought_back(browser: httpx.Client, filled: Store) -> None:
    send(browser, f"/review/rows/{EVENT.event_id}", verdict="reject")
    for gone in (True, False, True):
        held = {one.event_id for one in filled.record(ARTICLE).events}
        assert (EVENT.event_id not in held) == gone
        page = browser.get("/review/log").text
        assert ("Undo<span" in page) == gone
        assert ("Bring back<span" in page) != gone
        (address,) = re.findall(r'action="(/review/undo/\d+)"', page)
        assert send(browser, address).headers["location"] == "/review/log"
    panel = browser.get(f"/review/rows/{EVENT.event_id}").text
    assert "Bring back<span" in panel


def test_the_log_has_pages(browser: httpx.Client, filled: Store) -> None:
    for _ in range(LOGGED + 2):
        filled.reviews.give(FIGURE.figure_id, "accept", by="Ana")
    seen: list[str] = []
    onward = "/review/log"
    while onward:
        page = browser.get(onward).text
        numbers = re.findall(r"<li><p>(\d+): <b>", page)
        assert len(numbers) <= LOGGED
        seen += numbers
        found = re.search(r'rel="next" href="([^"]+)"', page)
        onward = html.unescape(found[1]) if found else ""
    assert list(map(int, seen)) == list(range(LOGGED + 2, 0, -1))
    assert browser.get("/review/log?page=3").status_code == 404
    assert browser.get("/review/log?page=0").status_code == 400
    last = browser.get("/review/log?page=2").text
    assert 'name="next" value="/review/log?page=2"' in last


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example"])
def test_a_decision_leads_to_no_other_site(browser: httpx.Client, onward: str) -> None:
    path = f"/review/rows/{EVENT.event_id}"
    assert send(browser, path, verdict="accept", next=onward).headers["location"] == "/"


def test_the_reader_says_where_each_line_begins(visitor: httpx.Client) -> None:
    page = visitor.get(f"/articles/{ARTICLE}").text
    lines = re.findall(
        r'<(?:p|h1) id="b\d+"[^>]*data-start="(\d+)"[^>]*>(.*?)</(?:p|h1)>', page, re.S
    )
    assert len(lines) == 3
    for start, shown in lines:
        words = html.unescape(re.sub(r"<[^>]+>", "", shown))
        assert RECORD.article.text[int(start) :].startswith(words)
    assert f'action="/review/rows/{EVENT.event_id}"' in page
