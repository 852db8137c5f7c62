"""Stores on a server: opened, refused, read by who may only read, and through a restart."""

import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy.schema import SchemaItem

from clusters import Cluster, running
from factories import TEXT, make_article, make_record
from onrecord.cli import main
from onrecord.errors import StoreError
from onrecord.records import Record
from onrecord.store import Filters, open_store
from onrecord.store.schema import metadata
from onrecord.store.tsvector import folded
from test_store_crashes import NAMES, WRITER, assert_whole, lines_of, started


@pytest.fixture
def url(cluster: Cluster) -> Iterator[str]:
    """A store with one record."""
    made = cluster.new_store()
    with open_store(made) as store:
        store.save(make_record(), "hand/1")
    yield made
    cluster.drop(made)


def test_the_tables_are_those_that_the_code_uses(url: str) -> None:
    def ours(
        item: SchemaItem, name: str | None, kind: str, reflected: bool, other: SchemaItem | None
    ) -> bool:
        searched = ("article_words", "row_words", "onrecord_revision")
        return kind != "table" or not str(name).startswith(searched)

    with open_store(url) as store, store._reading() as connection:
        options = {"compare_type": True, "include_object": ours}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_a_store_is_named_without_its_password(url: str) -> None:
    secret = url.replace("keeper@", "keeper:swordfish@")
    with open_store(secret) as store:
        assert "swordfish" not in store.place
        with pytest.raises(StoreError) as refused:
            store.record("nothing")
    assert "swordfish" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("store_", "nowhere_"), "cannot be reached; check the URL.*does not exist"),
        (("keeper@", "nobody-here@"), "cannot be reached; .*role .* does not exist"),
        (("onrecord-pg-", "elsewhere-"), "cannot be reached; check the URL, and that the server"),
        (("@/", "@host:port/"), "URL is none; write postgresql://"),
        (("?host", "?password=x&host"), "has its password among the options"),
    ],
)
def test_what_cannot_be_opened_says_why(url: str, change: tuple[str, str], message: str) -> None:
    with pytest.raises(StoreError, match=message):
        open_store(url.replace(*change))


def test_a_database_without_tables_is_a_store_only_where_one_is_to_be_made(
    cluster: Cluster,
) -> None:
    empty = cluster.new_database("without_tables")
    with pytest.raises(StoreError, match="holds no store; check the name, or read articles"):
        open_store(empty, create=False)
    with open_store(empty) as store:
        store.save(make_record(), "hand/1")
        assert store.faults() == ()
    cluster.drop(empty)


def test_another_program_s_database_and_one_in_another_encoding_are_refused(
    cluster: Cluster,
) -> None:
    other = cluster.new_database("of_another")
    cluster.run("CREATE TABLE orders (id integer)", "of_another")
    with pytest.raises(StoreError, match="a database, but not a store of onrecord's"):
        open_store(other)
    latin = cluster.new_database("latin", encoding="ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(StoreError, match=r"is in LATIN1, .* createdb --encoding UTF8"):
        open_store(latin)
    for one in (other, latin):
        cluster.drop(one)


def test_who_may_only_read_finds_all_and_is_told_so_when_he_writes(
    cluster: Cluster, url: str
) -> None:
    name = url.partition("@/")[2].partition("?")[0]
    cluster.run("DROP ROLE IF EXISTS guest")
    cluster.run("CREATE ROLE guest LOGIN")
    cluster.run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest", name)
    asked = "can only be read by the role 'guest'; ask whoever keeps the server"
    with open_store(cluster.url(name, "guest"), create=False) as store:
        assert store.record(make_article().article_id) == make_record()
        assert store.find("events", Filters(actor="Putin")).num_rows == 2
        assert store.summaries('"on 7 March"') == store.summaries()
        assert store.faults() == ()
        for refused in (
            store.require_writable,
            lambda: store.save(make_record(), "hand/2"),
            lambda: store.merge("Putin", "Lukashenko", by="A. Guest"),
        ):
            with pytest.raises(StoreError, match=asked):
                refused()
    cluster.run("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM guest", name)
    with pytest.raises(StoreError, match="cannot be read or written by this role"):
        open_store(cluster.url(name, "guest"), create=False)
    cluster.run("DROP OWNED BY guest; DROP ROLE guest", name)


def test_every_command_takes_a_url(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talks.txt").write_text("Putin met Lukashenko in Moscow on Friday.", "utf-8")
    for command in (
        ["read", "talks.txt", "--published", "2022-03-11"],
        ["find", "events", "--actor", "Putin"],
        ["count", "events", "--by", "month"],
        ["happenings", "list"],
        ["copies", "list"],
        ["identities", "list"],
        ["export", "--form", "gold", "-o", str(tmp_path / "gold")],
        ["verify"],
    ):
        result = CliRunner().invoke(main, [*command, "--store", url])
        assert result.exit_code == 0, (command, result.output)
    assert "2 articles, all is well" in result.stderr
    assert not list(tmp_path.glob("postgresql*"))


def test_a_server_that_is_restarted_is_waited_for_and_nothing_is_lost() -> None:
    with running() as own:
        url = own.new_store()
        writer = started(WRITER, url, *NAMES)
        lines = lines_of(writer)
        assert len(list(islice(lines, 5))) == 5
        own.stop()
        time.sleep(0.5)
        own.start()
        list(lines)
        assert writer.wait() == 0
        assert_whole(url, NAMES)


def test_a_server_that_stays_away_is_an_error_that_says_so() -> None:
    with running() as own:
        url = own.new_store()
        with open_store(url, busy_seconds=0.5) as store:
            own.stop()
            with pytest.raises(StoreError, match="cannot be reached; check the URL"):
                store.save(make_record(), "hand/1")
            own.start()
            assert store.summaries() == ()


SEARCHER = """
import sys, time
from onrecord.records import Record
from onrecord.store import Filters, open_store

with open_store(sys.argv[1]) as store:
    store.find("statements", Filters(text="talks"))  # which loads what it needs
    print("ready", flush=True)
    for line in sys.stdin:
        begun = time.monotonic()
        store.find("statements", Filters(text="talks", speaker="Putin"))
        store.summaries("March")
        print(time.monotonic() - begun, flush=True)
"""
LINKS = """
import sys
from onrecord.store import open_store

with open_store(sys.argv[1]) as store:
    for line in sys.stdin:
        store.link()
        print("linked", flush=True)
"""


def test_four_write_two_search_and_all_is_linked_at_once(url: str) -> None:
    """No deadlock, no article lost, and nobody who searches waits for another at all."""
    parts = [NAMES[at::4] for at in range(4)]
    writers = [started(WRITER, url, *names, *parts[0]) for names in parts]  # some of them twice
    scripts = (SEARCHER, SEARCHER, LINKS)
    impatient = f"{url}&options=-c%20lock_timeout%3D20"  # milliseconds; longer is an error
    places = (impatient, impatient, url)
    others = [
        started(script, at, stdin=subprocess.PIPE)
        for script, at in zip(scripts, places, strict=True)
    ]
    said: list[list[str]] = [[] for _ in others]
    asking = [
        threading.Thread(target=_keep_asking, args=pair) for pair in zip(others, said, strict=True)
    ]
    for thread in asking:
        thread.start()
    assert [one.wait(120) for one in writers] == [0, 0, 0, 0]
    assert [one.poll() for one in others] == [None, None, None]
    for process, thread in zip(others, asking, strict=True):
        process.kill()
        thread.join()
        process.wait()
    waits = [float(one) for lines in said[:2] for one in lines if one != "ready"]
    assert waits
    assert median(waits) < 1
    assert "linked" in said[2]
    with open_store(url) as store:
        assert len(store.summaries()) == len(NAMES) + 1
        assert store.faults() == ()
    with open_store(url) as store:
        before = store.happenings()
        store.link()
        assert store.happenings() == before


def _keep_asking(process: subprocess.Popen[str], said: list[str]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        while True:
            process.stdin.write("again\n")
            process.stdin.flush()
            line = process.stdout.readline()
            if not line:
                return
            said.append(line.strip())
            time.sleep(0.05)
    except (BrokenPipeError, ValueError):
        return


WORDS = (
    "Zelenskyy's well-known “peace-plan” was e-mailed to a.b@c.org at 10:30, for $1,000.50",
    "Élysée, Kraków, Đà Nẵng, São Paulo, Åland, İstanbul, Straße, ΣΊΣΥΦΟΣ, ÐÞ, œuvre, ﬁn",
    "Москва ёлка Йод Київ; العربية ١٢٣; 東京 도쿄; naïve co\u0301rdoba; ½ ² x_y __init__ a\u00adb",
)


@pytest.mark.parametrize("text", [*WORDS, TEXT])
def test_words_are_those_of_a_file_s_index(text: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        tokens = "unicode61 remove_diacritics 2"
        connection.execute(f"CREATE VIRTUAL TABLE w USING fts5(t, tokenize = '{tokens}')")
        connection.execute("INSERT INTO w VALUES (?)", (text,))
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab('w', 'instance')")
        found = connection.execute('SELECT term FROM v ORDER BY "offset"').fetchall()
    assert folded(text) == [term for (term,) in found]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ("march", 1),
        ("MARCH talks", 1),
        ('"end word"', 1),
        ('"end march"', 0),
        ("a.b@c.org", 1),
        ("b@c", 1),
        ("elysee", 1),
        ("'; DROP TABLE article; --", 0),
        ("100% _ \\ &|!", 0),
    ],
)
def test_long_texts_and_odd_words_are_found_as_in_a_file(
    place: str, wanted: str, count: int
) -> None:
    text = "xylem Élysée " + "word march " * 20_000 + "a.b@c.org word end word " + "x" * 5000
    with open_store(place) as store:
        store.save(make_record(make_article(TEXT, article_id="other")), "hand/1")
        article = make_article(text, title="Talks?", article_id="long")
        store.save(Record(article=article), "hand/1")
        found = [one.article_id for one in store.summaries(f"xylem {wanted}")]
        assert found == ["long"] * count
        assert store.faults() == ()


def test_what_the_index_lacks_or_has_too_much_is_a_fault(cluster: Cluster, url: str) -> None:
    name = url.partition("@/")[2].partition("?")[0]
    cluster.run("UPDATE article_words SET words = replace(words, 'moscow', 'minsk')", name)
    cluster.run("INSERT INTO row_words VALUES (99, 0, 0, 'stray |')", name)
    with open_store(url) as store:
        told = [str(one) for one in store.faults()]
    assert any("lacks 1 words: moscow" in one for one in told)
    assert any("should not have 1 words: minsk" in one for one in told)
    assert any("number 99: the search index should not have 1 words: stray" in one for one in told)
