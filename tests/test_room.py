"""The reading room over a real server: its pages, its downloads, and what it refuses."""

from __future__ import annotations

import io
import json
import logging
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pyarrow.parquet
import pytest

from factories import make_article, make_record
from onrecord.errors import RoomError
from onrecord.records import KINDS, Record, id_of
from onrecord.room import RoomSettings
from onrecord.room.passwords import hashed, is_right, read_hash, write_hash
from onrecord.store import Store, open_store
from onrecord.watching import load_plan
from rooms import browser_at, room_at, saved_in, token_of

SCRIPT = "<script>alert(1)</script>"
EVIL = f'"><img src=x onerror=alert(2)>{SCRIPT}'
DRAWN = (
    "/figures", "/figures?measure=killed", "/timeline", "/timeline?lanes=pair&clock=told", "/talks",
    "/talks?between=RUS,UKR", "/terms", "/terms?concept=war", "/map", "/map?kind=figures",
)  # fmt: skip
"""Pages that draw what is on record."""

PASSWORD = "a long enough secret"


def hostile() -> Record:
    """The record of an article whose words, names and address are attacks on its reader."""
    article = make_article(
        f"{make_article().text}\n{EVIL}",
        article_id="0" * 15 + "3",
        title=EVIL,
        publisher=SCRIPT,
        byline=SCRIPT,
        url=f"javascript:alert('{SCRIPT}')",
    )
    record = make_record(article)
    return replace(
        record,
        actors=tuple(replace(one, name=f"{one.name} {EVIL}") for one in record.actors),
        terms=tuple(replace(one, term=EVIL, concept=SCRIPT) for one in record.terms),
        mentions=tuple(replace(one, role=one.role and EVIL) for one in record.mentions),
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with an article, a copy of it from another day, and one that is an attack."""
    with open_store(tmp_path_factory.mktemp("room") / "news.db") as made:
        for record in (
            make_record(make_article(article_id="0" * 15 + "1")),
            make_record(
                make_article(
                    article_id="0" * 15 + "2",
                    title="Talks, a day later",
                    published="2022-03-12",
                    publisher="The Other Post",
                )
            ),
            hostile(),
        ):
            made.save(record, "test/1")
        yield made


@pytest.fixture(scope="module")
def searches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("searches") / "saved.toml"


@pytest.fixture(scope="module")
def address(store: Store, searches: Path) -> Iterator[str]:
    with room_at(store, RoomSettings(port=0, searches=searches)) as at:
        yield at


@pytest.fixture
def browser(address: str) -> Iterator[httpx.Client]:
    with browser_at(address) as client:
        yield client


@pytest.fixture(scope="module")
def locked(store: Store) -> Iterator[str]:
    """A room that asks for a password."""
    with room_at(store, RoomSettings(port=0, password=hashed(PASSWORD))) as at:
        yield at


# Pages


@pytest.mark.parametrize("kind", ["articles", *KINDS])
def test_every_kind_can_be_searched(browser: httpx.Client, kind: str) -> None:
    page = browser.get("/search", params={"kind": kind})
    assert page.status_code == 200
    assert 'class="row k-' in page.text


def test_the_overview_counts_and_leads_on(browser: httpx.Client, store: Store) -> None:
    page = browser.get("/").text
    tally = store.views.tally()
    assert "3 articles" in page
    assert f"<b>{tally.rows['statements']}</b> statements" in page
    for link in (
        "/search?kind=statements&amp;speaker=",
        "kind=articles&amp;publisher=",
        "/articles/",
    ):
        assert link in page


def test_every_address_of_the_overview_answers(browser: httpx.Client) -> None:
    links = set(re.findall(r'href="(/[^"]*)"', browser.get("/").text))
    assert len(links) > 15
    for link in {re.sub(r"=[0-9a-f]{16}|[0-9a-f]{16}$", "", one): one for one in links}.values():
        assert browser.get(link.replace("&amp;", "&")).status_code == 200, link


def test_a_hit_is_lit_in_its_sentence(browser: httpx.Client) -> None:
    page = browser.get("/search", params={"kind": "events", "text": "shelled"}).text
    assert '<mark class="m-event"><b>shelled</b></mark>' in page
    sentence = re.search(r'<p class="sentence"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert sentence
    assert sentence[1].rstrip().endswith(".")
    assert len(re.sub("<[^>]+>", "", sentence[1])) > 40


def test_a_facet_gives_as_many_rows_as_it_says(browser: httpx.Client) -> None:
    page = browser.get("/search", params={"kind": "events"}).text
    found = re.findall(
        r'<a href="(/search[^"]*)"><span>[^<]*</span> <span class="count">(\d+)', page
    )
    assert len(found) > 5
    for link, count in found[::3]:  # one of each facet, and some more
        narrowed = browser.get(link.replace("&amp;", "&")).text
        heading = re.search(r'<h2 id="h-results"[^>]*>([\d,]+) ', narrowed)
        assert heading, link
        assert heading[1] == count, link


def test_pages_hold_all_rows_once(browser: httpx.Client, store: Store) -> None:
    seen: list[str] = []
    for number in range(1, 20):
        page = browser.get("/search", params={"kind": "mentions", "page": str(number)}).text
        seen += re.findall(r"&row=([0-9a-f]+)", page)
        if 'rel="next"' not in page:
            break
    assert len(seen) == len(set(seen)) * 1 == store.views.tally().rows["mentions"]


@pytest.mark.parametrize("kind", ["events", "articles"])
def test_downloads_have_the_rows_of_the_search(
    browser: httpx.Client, store: Store, kind: str
) -> None:
    asked = {"kind": kind, "publisher": "the other post"}
    csv, lines, parquet = (
        browser.get(f"/search.{form}", params=asked) for form in ("csv", "jsonl", "parquet")
    )
    table = pyarrow.parquet.read_table(io.BytesIO(parquet.content))
    rows = [json.loads(line) for line in lines.text.splitlines()]
    assert len(rows) == table.num_rows == len(csv.text.splitlines()) - 1 > 0
    assert {row["publisher"] for row in rows} == {"The Other Post"}
    assert "attachment" in csv.headers["content-disposition"]


def test_the_reader_opens_the_row_asked_for(browser: httpx.Client, store: Store) -> None:
    record = store.record("0" * 15 + "1")
    row = id_of(record.events[0])
    page = browser.get(f"/articles/{record.article.article_id}", params={"row": row}).text
    opened = re.search(r'data-open="(n\d+)"', page)
    assert opened
    card = page[page.index(f'id="{opened[1]}"') :]
    assert f"row {row}" in card[: card.index("</article>")]


def test_copies_can_be_compared(browser: httpx.Client) -> None:
    page = browser.get(f"/articles/{'0' * 15}1").text
    (link,) = set(re.findall(rf'href="(/articles/{"0" * 15}1/diff/{"0" * 15}2)"', page))
    assert browser.get(link).status_code == 200


def test_a_row_has_a_permanent_address_and_a_citation(
    browser: httpx.Client, store: Store, address: str
) -> None:
    record = store.record("0" * 15 + "2")
    row = id_of(record.figures[0])
    path = f"/articles/{record.article.article_id}/rows/{row}?version=1"
    page = browser.get(path).text
    assert f'value="{address}{path}"' in page
    assert "Talks, a day later" in page
    assert f"@misc{{onrecord-{row}," in page
    assert "<mark" in page


def test_an_actor_has_a_page(browser: httpx.Client, store: Store) -> None:
    several = browser.get("/actors/Peskov", follow_redirects=True)
    assert several.url.path == "/actors"
    (peskov,) = (one for one in store.identities("Peskov") if one.name == "Dmitry Peskov")
    page = browser.get(f"/actors/{peskov.identity_id}")
    assert page.status_code == 200
    for part in ("What they said", "Names", "Offices"):
        assert part in page.text
    assert "Dmitry Peskov" in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/search?kind=nothing", 400),
        ("/search?kind=statements&country=Ukraine", 400),
        ("/search?kind=events&since=soon", 400),
        ("/search?page=0", 400),
        ("/search?page=99999999999999999999", 400),
        ("/search?text=%22%22", 400),
        ("/search?kind=events&quad=x", 400),
        ("/search.exe", 404),
        ("/articles/none", 404),
        (f"/articles/{'0' * 15}1?version=7", 404),
        (f"/articles/{'0' * 15}1?version=x", 400),
        (f"/articles/{'0' * 15}1/rows/none", 404),
        ("/actors/Nobody", 404),
        ("/nowhere", 404),
    ],
)
def test_what_is_not_there_says_so(browser: httpx.Client, path: str, status: int) -> None:
    page = browser.get(path)
    assert page.status_code == status
    assert "text/html" in page.headers["content-type"]
    assert "Traceback" not in page.text
    assert "<h1" in page.text


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.db") as empty, room_at(empty) as at, browser_at(at) as client:
        assert "onrecord read" in client.get("/").text
        for path in ("/search", "/search?kind=articles", "/actors", "/saved", "/data/days", *DRAWN):
            assert client.get(path).status_code == 200, path


def test_the_overview_follows_the_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "one.db") as one, room_at(one) as at, browser_at(at) as client:
        client.get("/")
        one.save(make_record(), "test/1")
        assert "1 article" in client.get("/").text


# Saved searches


def test_a_saved_search_is_one_that_watch_takes(
    browser: httpx.Client, searches: Path, tmp_path: Path
) -> None:
    asked = {"kind": "statements", "speaker": "Kremlin", "text": 'a "b\\c" \u201cd\u201d'}
    page = browser.get("/saved/new", params=asked)
    token = token_of(page.text)
    answer = browser.post("/saved", params=asked, data={"name": f"x {SCRIPT}", "token": token})
    assert answer.status_code == 303
    assert tomllib.loads(saved_in(searches))["search"][0]["text"] == asked["text"]
    shown = browser.get("/saved").text
    assert SCRIPT not in shown
    plan = tmp_path / "plan.toml"
    plan.write_text('[[feed]]\nurl = "http://x.example/"\n' + browser.get("/saved.toml").text)
    (search,) = load_plan(plan).searches
    assert search.filters.speaker == "Russia"
    browser.post("/saved/remove", data={"name": f"x {SCRIPT}", "token": token})
    assert saved_in(searches) == ""


# Attacks


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?kind=articles",
        "/search?kind=statements",
        "/actors",
        f"/articles/{'0' * 15}3",
        *DRAWN,
        f"/terms?concept={SCRIPT}",
        f"/talks?between={EVIL},RUS",
        f"/figures?measure=killed&place={EVIL}",
        f"/timeline?text={SCRIPT}",
        f"/search?text={SCRIPT}",
        f"/search?kind=events&actor={EVIL}",
        f"/search?kind={EVIL}",
        f"/actors?name={EVIL}",
        f"/articles/{SCRIPT}",
        f"/{EVIL}",
        f"/login?next={EVIL}",
    ],
)
def test_script_from_a_store_or_an_address_never_runs(browser: httpx.Client, path: str) -> None:
    page = browser.get(path, follow_redirects=True)
    assert SCRIPT not in page.text
    assert "<img" not in page.text
    assert 'href="javascript:' not in page.text
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_every_answer_has_its_headers(browser: httpx.Client) -> None:
    for path in ("/", "/nowhere", "/search.csv", "/static/room.css", "/static/none"):
        headers = browser.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "server" not in headers, path


def test_the_cookie_is_no_script_s_and_no_other_site_s(browser: httpx.Client) -> None:
    cookie = browser.get("/saved").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize(
    "path",
    [
        "/static/../factory.py",
        "/static/%2e%2e/factory.py",
        "/static/..%2ffactory.py",
        "/static/vendor/..%2f..%2ffactory.py",
        "/static/report/..%2f..%2fstore/store.py",
        "/static//etc/passwd",
        "/static/%00",
        "/articles/..%2f..%2fetc%2fpasswd",
        "/search.csv%00.parquet",
        "/search.../etc/passwd",
    ],
)
def test_paths_lead_nowhere_else(address: str, path: str) -> None:
    answer = httpx.get(httpx.URL(address).copy_with(raw_path=path.encode()))
    assert answer.status_code == 404
    assert "def " not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"token": ""}},
        {"data": {"token": "0" * 64}},
        {"data": {"token": "é\ud7ff"}},
        {"headers": {"origin": "http://evil.example"}},
        {"headers": {"origin": "null"}},
        {"headers": {"sec-fetch-site": "cross-site"}},
        {"cookies": {"onrecord_session": "forged.0000"}},
    ],
)
def test_forms_of_other_sites_are_refused(
    address: str,
    searches: Path,
    change: dict[str, dict[str, str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with browser_at(address) as client:
        token = token_of(client.get("/saved").text)
        client.cookies.update(change.get("cookies", {}))
        if "cookies" in change:
            client.cookies.clear()
            client.cookies.update(change["cookies"])
        data = {"name": "theirs", "token": token} | change.get("data", {})
        before = saved_in(searches)
        with caplog.at_level(logging.WARNING, "onrecord.room"):
            answer = client.post(
                "/saved?kind=events&text=x", data=data, headers=change.get("headers", {})
            )
    assert answer.status_code == 403
    assert saved_in(searches) == before
    assert "refused" in caplog.text


def test_nothing_changes_in_a_read_only_room(store: Store, tmp_path: Path) -> None:
    searches = tmp_path / "saved.toml"
    settings = RoomSettings(port=0, searches=searches, read_only=True)
    with room_at(store, settings) as at, browser_at(at) as client:
        token = token_of(client.get("/saved").text)
        answer = client.post("/saved?kind=events&text=x", data={"name": "x", "token": token})
        assert answer.status_code == 403
        assert "Save this search" not in client.get("/search?kind=events").text
    assert not searches.exists()


@pytest.mark.parametrize("counted", [True, False])
def test_what_is_too_large_is_refused(address: str, searches: Path, counted: bool) -> None:
    with browser_at(address) as client:
        token = token_of(client.get("/saved").text)
        body = f"token={token}&name=".encode() + b"x" * 400_000
        parts = (body[at : at + 10_000] for at in range(0, len(body), 10_000))
        before = saved_in(searches)
        answer = client.post(
            "/saved?kind=events&text=x",
            content=body if counted else parts,
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
    assert answer.status_code == 413
    assert saved_in(searches) == before


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::1"])
def test_a_name_that_is_led_here_is_refused(address: str, host: str) -> None:
    assert httpx.get(f"{address}/", headers={"host": host}).status_code in (400, 421)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_other_methods_change_nothing(browser: httpx.Client, method: str) -> None:
    assert browser.request(method, "/search").status_code in (403, 405)


# Passwords


def test_without_the_password_nothing_is_shown(locked: str) -> None:
    with browser_at(locked) as client:
        for path in (
            "/",
            "/search",
            "/search.csv",
            f"/articles/{'0' * 15}1",
            "/data/days",
            "/saved",
        ):
            answer = client.get(path)
            assert answer.status_code in (303, 403), path
            assert "Moscow" not in answer.text
        assert client.get("/static/room.css").status_code == 200


def test_the_password_opens_the_room_and_leaving_closes_it(locked: str) -> None:
    with browser_at(locked) as client:
        page = client.get("/search?kind=events", follow_redirects=True)
        assert page.url.path == "/login"
        before = client.cookies["onrecord_session"]
        data = {"password": PASSWORD, "token": token_of(page.text), "next": "/search?kind=events"}
        answer = client.post("/login", data=data)
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?kind=events")
        kept = client.cookies["onrecord_session"]
        assert kept != before
        page = client.get("/search?kind=events")
        assert page.status_code == 200
        client.post("/logout", data={"token": token_of(page.text)})
        client.cookies.set("onrecord_session", kept)
        assert client.get("/").status_code == 303


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(locked: str, onward: str) -> None:
    with browser_at(locked) as client:
        token = token_of(client.get("/login").text)
        data = {"password": PASSWORD, "token": token, "next": onward}
        assert client.post("/login", data=data).headers["location"] == "/"


def test_guessing_is_slowed_down(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    settings = RoomSettings(port=0, password=hashed(PASSWORD))
    with room_at(store, settings) as at, browser_at(at) as client:
        token = token_of(client.get("/login").text)
        with caplog.at_level(logging.WARNING, "onrecord.room"):
            answers = [
                client.post("/login", data={"password": guess, "token": token})
                for guess in [*(f"guess number {n}" for n in range(5)), PASSWORD]
            ]
        assert [one.status_code for one in answers] == [403] * 5 + [429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert "too many wrong passwords" in caplog.text
        assert client.get("/").status_code == 303


def test_a_hash_tells_its_password_from_others(tmp_path: Path) -> None:
    kept = hashed(PASSWORD)
    assert PASSWORD not in kept
    assert is_right(PASSWORD, kept)
    assert not is_right(PASSWORD + " ", kept)
    path = tmp_path / "password"
    write_hash(path, PASSWORD)
    assert path.stat().st_mode & 0o077 == 0
    assert is_right(PASSWORD, read_hash(path))


def test_a_password_is_needed_where_others_can_reach_the_room() -> None:
    with pytest.raises(RoomError, match="--password-file"):
        RoomSettings(host="0.0.0.0")
    assert RoomSettings(host="::1").port
    with pytest.raises(RoomError, match="8 characters"):
        hashed("short")
