"""`watch`: feeds from a server on loopback, the real pipeline, a restart, a signal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.errors import ReadError, StoreError
from onrecord.watching import Matches, load_plan
from serving import Answer, serving

DENIAL = "Foreign Minister Mari Tamm said on Friday that the quay would open again."
OTHER = "Twelve ferries sailed on Saturday from the northern quay."
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(*texts: str) -> Answer:
    items = "".join(
        f"<item><title>Story {n}</title><guid>tag:{n}</guid>"
        f"<link>https://post.example/{n}</link><description>{text}</description></item>"
        for n, text in enumerate(texts)
    )
    content = f'<rss version="2.0"><channel><title>The Post</title>{items}</channel></rss>'
    etag = f'"{len(content)}"'
    return Answer(content.encode(), headers={"Content-Type": "application/rss+xml", "ETag": etag})


def planned(folder: Path, base: str, *extra: str) -> Path:
    path = folder / "feeds.toml"
    lines = [
        *("[[feed]]", f'url = "{base}/feed"', 'publisher = "Post"', "[[search]]"),
        *('name = "Tamm"', 'kind = "statements"', 'speaker = "Mari Tamm"', *extra),
    ]
    path.write_text("\n".join(lines) + "\n", "utf8")
    return path


def once(plan: Path) -> Result:
    store = str(plan.parent / "news.db")
    given = ["watch", str(plan), "--store", store, "--once", "--allow-private", "--delay", "0"]
    return CliRunner().invoke(main, given)


def told(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [json.loads(line)["article"]["title"] for line in result.stdout.splitlines()]


def test_a_match_is_told_once_also_after_a_restart(tmp_path: Path) -> None:
    with serving({"/feed": feed(DENIAL, OTHER)}) as site:
        plan = planned(tmp_path, site.base)
        first = once(plan)
        assert told(first) == ["Story 0"]
        match = json.loads(first.stdout)
        assert (match["search"], match["kind"]) == ("Tamm", "statements")
        assert match["article"]["publisher"] == "Post"
        assert match["rows"][0]["content"] == "that the quay would open again"
        assert told(once(plan)) == []
        site.answers["/feed"] = feed(DENIAL, OTHER, DENIAL.replace("quay", "port"))
        assert told(once(plan)) == ["Story 2"]


def test_a_feed_that_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    with serving({"/feed": feed(DENIAL)}) as site:
        plan = planned(tmp_path, site.base)
        once(plan)
        visits = (tmp_path / "news.db-visits.jsonl").read_text()
        assert f"{site.base}/feed" in visits
        assert told(once(plan)) == []
        (tmp_path / "news.db").unlink()  # a store that is gone is filled again
        assert "1 read" in once(plan).stderr


def test_an_atom_feed_of_matches(tmp_path: Path) -> None:
    with serving({"/feed": feed(DENIAL, OTHER)}) as site:
        plan = planned(tmp_path, site.base, 'feed = "tamm.xml"')
        assert once(plan).stdout == ""
        once(plan)
    root = ET.parse(tmp_path / "tamm.xml").getroot()
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Story 0"
    assert "that the quay would open again" in str(entry.findtext(f"{ATOM}content"))
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "https://post.example/0"


@contextmanager
def hook(statuses: list[int]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A webhook that answers with these statuses in turn, and what it was sent."""
    got: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            title = json.loads(body)["article"]["title"]
            got.append((self.headers["Idempotency-Key"], title))
            self.send_response(statuses.pop(0))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook", got
        server.shutdown()
        thread.join()


def test_what_a_webhook_does_not_take_is_posted_again(tmp_path: Path) -> None:
    with serving({"/feed": feed(DENIAL)}) as site, hook([500, 204]) as (url, got):
        plan = planned(tmp_path, site.base, f'webhook = "{url}"')
        assert "answers 500: it is tried again" in once(plan).stderr
        assert once(plan).stderr == ""
        assert once(plan).stderr == ""
    assert [title for _, title in got] == ["Story 0", "Story 0"]
    assert len({key for key, _ in got}) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with serving({"/feed": feed(DENIAL)}) as site:
        plan = planned(tmp_path, site.base)
        command = [sys.executable, "-m", "onrecord", "watch", str(plan), "--allow-private"]
        command += ["--delay", "0", "--store", str(tmp_path / "news.db")]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=os.environ
        ) as running:
            assert running.stdout is not None
            assert json.loads(running.stdout.readline())["search"] == "Tamm"
            running.send_signal(number)
            assert running.wait(timeout=60) == 0
            assert running.stdout.read() == ""
        assert told(once(plan)) == []


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("[[feed", "read as TOML"),
        ('[[feed]]\nurl = "https://a.example"\n', r"no \[\[search\]\]"),
        ('[[feed]]\nurl = "a"\n[[search]]\nname = "a"\n', "needs a url"),
        ('[[feed]]\nurl = "https://a.example"\n[[search]]\nname = "a"\n', "needs a kind"),
        (
            '[[feed]]\nurl = "https://a.example"\n[[search]]\nname = "a"\nkind = "events"\nx = 1\n',
            "has 'x'",
        ),
        (
            '[[feed]]\nurl = "https://a.example"\n[[search]]\nname = "a"\nkind = "events"\n'
            'country = "Utopia"\n',
            "three letters",
        ),
    ],
)
def test_a_slip_in_the_plan_is_named(tmp_path: Path, content: str, word: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(content)
    with pytest.raises(ReadError, match=word):
        load_plan(path)


def test_a_file_that_is_no_note_of_matches_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.db-watch.db"
    path.write_bytes(b"no database, but long enough to look at" * 50)
    with pytest.raises(StoreError, match=r"news\.db-watch\.db cannot be used"):
        Matches(path)
