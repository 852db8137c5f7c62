"""Pages and feeds from the web, from a server on loopback."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.errors import ReadError
from onrecord.reading import Fetching, Web, read
from onrecord.reading.web import fetching as limits
from onrecord.reading.web.guarding import is_public
from onrecord.reading.web.visits import Visit, Visits
from onrecord.records import Article, Failure
from serving import HTML, Answer, serving
from sourcing import PAGE, SECOND, STORY, articles, failures, the_failure, written

ROBOTS = Answer(b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})


def fetched(path: str | Path, *, follow: bool = False) -> list[Article | Failure]:
    web = Web(delay=0, allow_private=True)
    found: Iterable[Article | Failure] = read(path, fetching=Fetching(web=web, follow=follow))
    result = list(found)
    web.close()
    return result


def page(text: str = STORY) -> Answer:
    return Answer(PAGE.replace(STORY, text).encode())


def test_a_page(tmp_path: Path) -> None:
    with serving({"/quay": page()}) as site:
        (article,) = articles(fetched(f"{site.base}/quay?utm_source=x"[: -len("?utm_source=x")]))
        assert site.asked == ["/robots.txt", "/quay"]
    assert STORY in article.text
    assert (article.url, article.title) == (f"{site.base}/quay", "Quay to open again")
    assert article.fetched_at is not None
    assert article.published is None


def test_a_list_of_urls(tmp_path: Path) -> None:
    moved = Answer(status=301, headers={"Location": "/two"})
    pdf = Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    answers = {
        "/robots.txt": ROBOTS,
        "/quay": page(),
        "/old": moved,
        "/two": page(SECOND),
        "/private/a": page(),
        "/plan.pdf": pdf,
    }
    with serving(answers) as site:
        paths = ("/quay", "/old", "/private/a", "/none", "/plan.pdf")
        lines = ["# the harbour", *(site.base + path for path in paths), ""]
        found = fetched(written(tmp_path / "list.txt", "\n".join(lines)))
        assert site.asked.count("/robots.txt") == 1
        assert "/private/a" not in site.asked
    first, second = (one for one in found if isinstance(one, Article))
    assert STORY in first.text
    assert second.url == f"{site.base}/two"
    told = {one.source.removeprefix(site.base): one for one in failures(found)}
    assert told["/private/a"].outcome == "skipped"
    assert "robots.txt" in told["/private/a"].reason
    assert "answered 404" in told["/none"].reason
    assert (told["/none"].outcome, told["/plan.pdf"].outcome) == ("failed", "skipped")


def test_a_private_address_is_refused_unless_allowed() -> None:
    with serving({"/quay": page()}) as site:
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]"):
            url = site.base.replace("127.0.0.1", host) + "/quay"
            assert "--allow-private" in the_failure(read(url)).reason
        assert site.asked == []


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "169.254.169.254", "::1", "fe80::1", "::ffff:10.0.0.1", "0.0.0.0", "100.64.0.1"],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_a_public_address() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_a_site_that_does_not_answer_for_its_rules_is_left_alone() -> None:
    with serving({"/robots.txt": Answer(status=503), "/quay": page()}) as site:
        assert "robots.txt answers 503" in the_failure(fetched(f"{site.base}/quay")).reason
        assert "/quay" not in site.asked


def test_an_answer_that_is_too_large_is_a_failure() -> None:
    large = Answer(b"<p>" + b"a" * limits.LARGEST_PAGE)
    with serving({"/large": large}) as site:
        assert "larger than 20 MB" in the_failure(fetched(f"{site.base}/large")).reason


def test_redirects_come_to_an_end() -> None:
    around = Answer(status=302, headers={"Location": "/a"})
    with serving({"/a": around}) as site:
        assert "leads on" in the_failure(fetched(f"{site.base}/a")).reason


def test_a_redirect_off_the_web_is_refused() -> None:
    away = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    with serving({"/a": away}) as site:
        assert "no web address" in the_failure(fetched(f"{site.base}/a")).reason


def test_a_server_that_is_not_there_is_a_failure() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be fetched" in the_failure(fetched(f"http://127.0.0.1:{port}/a")).reason


def test_a_host_is_given_time_between_requests() -> None:
    with serving({"/a": page(), "/b": page(SECOND)}) as site:
        web = Web(delay=0.3, allow_private=True)
        for path in ("/a", "/b"):
            assert web.fetch(site.base + path)
        web.close()
        gaps = [later - earlier for earlier, later in zip(site.times, site.times[1:], strict=False)]
        assert min(gaps) >= 0.29


def test_a_host_is_given_the_time_it_asks_for() -> None:
    slow = Answer(b"User-agent: *\nCrawl-delay: 0.4\n")
    with serving({"/robots.txt": slow, "/a": page()}) as site:
        web = Web(delay=0, allow_private=True)
        assert web.fetch(f"{site.base}/a")
        web.close()
        assert site.times[1] - site.times[0] >= 0.39


def test_the_entries_of_a_feed_and_the_pages_they_link_to() -> None:
    feed = (
        '<rss version="2.0"><channel><title>The Post</title><item><title>Quay</title>'
        "<link>BASE/quay</link><pubDate>Fri, 11 Mar 2022 09:30:00 GMT</pubDate>"
        f"<description>{SECOND}</description></item></channel></rss>"
    )
    with serving({"/quay": page()}) as site:
        content = feed.replace("BASE", site.base).encode()
        site.answers["/feed"] = Answer(content, headers={"Content-Type": "application/rss+xml"})
        (entry,) = articles(fetched(f"{site.base}/feed"))
        assert (entry.text, entry.url) == (SECOND, f"{site.base}/quay")
        (followed,) = articles(fetched(f"{site.base}/feed", follow=True))
    assert STORY in followed.text
    assert (followed.publisher, followed.title) == ("The Post", "Quay")
    assert (followed.published, followed.article_id) == ("2022-03-11", entry.article_id)


def run(store: Path, *arguments: str) -> Result:
    given = ["read", *arguments, "--store", str(store), "--allow-private", "--delay", "0"]
    return CliRunner().invoke(main, given)


def test_a_page_that_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    tagged = Answer(PAGE.encode(), headers={"Content-Type": HTML, "ETag": '"1"'})
    with serving({"/quay": tagged}) as site:
        url, store = f"{site.base}/quay", tmp_path / "a.db"
        assert "1 read" in run(store, url).stderr
        again = run(store, url)
        assert "0 read, 1 unchanged, 0 failed" in again.stderr
        assert "as it was when it was last read" in again.stderr
        assert again.exit_code == 0
        site.answers["/quay"] = Answer(
            PAGE.replace(STORY, SECOND).encode(), headers={"Content-Type": HTML, "ETag": '"2"'}
        )
        assert "1 read" in run(store, url).stderr
        store.unlink()  # what was fetched and is lost is fetched again
        assert "1 read" in run(store, url).stderr


def test_visits_that_cannot_be_read_name_their_file(tmp_path: Path) -> None:
    path = written(tmp_path / "visits.jsonl", "no visits\n")
    with pytest.raises(ReadError, match=r"visits\.jsonl does not hold visits"):
        Visits.load(path)


def test_visits_to_pages_that_were_lost_are_not_kept(tmp_path: Path) -> None:
    visits = Visits.load(tmp_path / "visits.jsonl")
    for name in ("a", "b"):
        visits.note(Visit(url=name, found_at=name, etag=name))
    visits.keep(lambda visit: visit.url == "a")
    assert list(Visits.load(tmp_path / "visits.jsonl").known) == ["b"]
