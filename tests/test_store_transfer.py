"""Copies of a store: into a file or a server and back, interrupted or not, and always the same."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from factories import TEXT, make_article, make_record, make_statements
from onrecord.cli import main
from onrecord.errors import StoreError
from onrecord.store import Filters, copy_store, open_store


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with versions, copies, happenings, reviews and decisions."""
    path = tmp_path_factory.mktemp("source") / "store.db"
    with open_store(path) as store:
        for name in ("a", "b", "c", "0f3a9c1d2b4e5f60"):
            store.save(make_record(make_article(article_id=name)), "hand/1")
        later = make_article(f"{TEXT} The talks ended.", article_id="b", version=2)
        store.save(make_record(later), "hand/2")
        row = make_statements(make_article(article_id="a"))[0].statement_id
        store.reviews.give(row, "correct", by="A. Reader", why="because", changes={"act": "deny"})
        store.reviews.give(row, "reject", by="B. Reader")
        store.merge("Putin", "Lukashenko", by="A. Reader", why="a test")
        store.undo(1, by="A. Reader")
        store.link()
    return path


def told(place: str | Path) -> dict[str, object]:
    """What a store says of itself."""
    with open_store(place, create=False) as store:
        ids = [one.article_id for one in store.summaries()]
        return {
            "records": [store.record(name) for name in sorted(ids)],
            "first": store.record("b", 1),
            "summaries": {one.article_id: one for one in store.summaries()},
            "happenings": store.happenings(fewest=1),
            "stories": store.stories(),
            "identities": store.identities(),
            "decisions": store.decisions(),
            "reviews": store.reviews.all(),
            "found": store.find("statements", Filters(text="talks")).to_pylist(),
            "faults": store.faults(),
            "digest": store.digest(),
        }


def test_a_copy_and_the_copy_of_it_say_the_same(
    source: Path, new_place: Callable[[], str], tmp_path: Path
) -> None:
    copy, back = new_place(), tmp_path / "back.db"
    copy_store(source, copy)
    copy_store(copy, back)
    assert told(copy) == told(source) == told(back)


def test_a_copy_takes_up_further_articles_reviews_and_decisions(source: Path, place: str) -> None:
    copy_store(source, place)
    with open_store(place) as store:
        store.save(make_record(make_article(article_id="further")), "hand/1")
        assert store.merge("Putin", "Lukashenko", by="A. Reader").number == 3
        assert store.faults() == ()


KILLED = """
import os, signal, sys
from onrecord.store import copy_store

left = int(sys.argv[3])

def advance():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

copy_store(sys.argv[1], sys.argv[2], advance=advance)
"""


def killed_after(lines: int, source: Path, place: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", KILLED, source, place, str(lines)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )
    assert finished.returncode == -signal.SIGKILL


def test_a_copy_that_was_killed_cannot_be_opened_and_goes_on(source: Path, place: str) -> None:
    for lines in (40, 200):
        killed_after(lines, source, place)
        with pytest.raises(StoreError, match="is a copy that was not finished; run `onrecord copy"):
            open_store(place)
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1

    copy_store(source, place, advance=advance)
    assert told(place) == told(source)
    assert done > 200


def test_a_store_that_changed_since_its_copy_was_begun_is_copied_anew(
    source: Path, place: str, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.db"
    copy_store(source, changed)
    killed_after(200, changed, place)
    with open_store(changed) as store:
        store.save(make_record(make_article(article_id="a"), terms=()), "hand/3")
        store.save(make_record(make_article(article_id="A first")), "hand/1")
    copy_store(changed, place)
    assert told(place) == told(changed)


def test_a_place_that_holds_a_store_is_refused_and_left_as_it_was(source: Path, place: str) -> None:
    with open_store(place) as store:
        store.save(make_record(), "hand/1")
    before = told_digest(place)
    with pytest.raises(StoreError, match="holds a store already; copy into a new one"):
        copy_store(source, place)
    assert told_digest(place) == before
    with pytest.raises(StoreError, match="does not exist; check the name"):
        copy_store(source.with_name("nowhere.db"), place)


def told_digest(place: str) -> str:
    with open_store(place, create=False) as store:
        return store.digest()


def test_the_command_copies_and_verify_says_the_same_at_both_ends(source: Path, place: str) -> None:
    result = CliRunner().invoke(main, ["copy", str(source), place])
    assert result.exit_code == 0, result.output
    ends = [CliRunner().invoke(main, ["verify", "--store", str(one)]) for one in (source, place)]
    assert [one.exit_code for one in ends] == [0, 0]
    assert ends[0].stderr == ends[1].stderr
    assert "4 articles, all is well; digest " in ends[0].stderr
