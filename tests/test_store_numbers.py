"""Revision 0025, which moved all rows: a store of before has the rows it would have had since.

`stores/revision-0024.db` is what `fill` makes with the last version of before.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from factories import TEXT, make_article, make_record
from onrecord.records import KINDS, Record, id_of
from onrecord.store import open_store, reviewing, saving
from onrecord.store import store as stores

BEFORE = Path(__file__).parent / "stores" / "revision-0024.db"
SECOND = make_article(article_id="second", title="Second", published="2022-03-12")
THIRD = make_article(article_id="0123456789abcdef", title="Third", published="2022-04-01")
CHANGED = replace(
    make_article(f"{TEXT} The talks ended.", article_id="second", version=2),
    title=SECOND.title,
    published=SECOND.published,
)


def recorded() -> Iterator[Record]:
    """Yield records with rows of every kind; in the last, places and dates that only rows have."""
    yield make_record()
    yield make_record(SECOND)
    yield make_record(CHANGED)
    yield replace(make_record(THIRD), places=(), times=())


def ticking() -> Callable[[], str]:
    """Return a clock that goes on by a second whenever it is asked."""
    seconds = count()
    return lambda: f"2026-11-30T00:00:{next(seconds):02}+00:00"


def fill(path: Path) -> None:
    """Make a store with records, corrections and decisions about identities."""
    now = ticking()
    with pytest.MonkeyPatch.context() as patch:
        for module in (saving, stores, reviewing):
            patch.setattr(module, "now", now)
        with open_store(path) as store:
            for record in recorded():
                store.save(record, "by hand/1")
            *_, last = recorded()
            figure, event, term = last.figures[0], last.events[-1], last.terms[0]
            store.merge("Putin", "Lukashenko", by="A. Reader")
            store.reviews.give(figure.figure_id, "correct", by="A. Reader", changes={"low": 12.0})
            store.reviews.give(event.event_id, "reject", by="A. Reader")
            store.reviews.give(term.term_id, "accept", by="A. Reader")


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A store of before, on its way to be brought up to date."""
    shutil.copy(BEFORE, tmp_path / "moved.db")
    return tmp_path / "moved.db"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The same, made by this version."""
    fill(tmp_path / "made.db")
    return tmp_path / "made.db"


def test_the_rows_are_those_of_a_store_made_since(moved: Path, made: Path) -> None:
    with open_store(moved, create=False) as one, open_store(made, create=False) as other:
        assert one.faults() == ()
        for record in recorded():
            key = record.article.article_id, record.article.version
            assert one.record(*key) == other.record(*key)
        for kind in KINDS:
            assert one.find(kind).to_pylist() == other.find(kind).to_pylist()
        assert one.stored_since("") == other.stored_since("")


def test_what_is_made_of_the_rows_is_too(moved: Path, made: Path) -> None:
    with open_store(moved, create=False) as one, open_store(made, create=False) as other:
        assert one.happenings(fewest=1) == other.happenings(fewest=1)
        assert one.identities() == other.identities()
        assert one.stories() == other.stories()
        assert one.decisions() == other.decisions()
        assert one.reviews.all() == other.reviews.all()


def test_what_is_kept_is_the_same_to_the_last_line(moved: Path, made: Path) -> None:
    with open_store(moved, create=False) as one, open_store(made, create=False) as other:
        assert one.digest() == other.digest()


def test_what_the_machine_made_comes_back(moved: Path) -> None:
    *_, last = recorded()
    with open_store(moved, create=False) as store:
        for outcome in store.reviews.all():
            store.reviews.take_back(outcome.correction.number, by="A. Reader")
        again = store.record(last.article.article_id)
    assert [id_of(one) for one in again.rows()] == [id_of(one) for one in last.rows()]
    assert again.figures == last.figures
    assert again.events == last.events
