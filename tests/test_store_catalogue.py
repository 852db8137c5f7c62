"""Which articles a store has, and which one is meant."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from factories import TEXT, make_article, make_record
from onrecord.errors import StoreError
from onrecord.records import KINDS, Record
from onrecord.store import Store, open_store
from onrecord.store.catalogue import numbers_among
from onrecord.store.schema import TABLES


@pytest.fixture
def store(place: str, tmp_path: Path) -> Iterator[Store]:
    with open_store(place) as opened:
        opened.save(make_record(), "hand/1")
        other = make_article(
            "Talks begin.",
            article_id="0f77",
            title="Talks begin",
            url="https://news.example/talks",
            source_path=str(tmp_path / "talks.txt"),
            published="2021",
        )
        opened.save(Record(article=other), "hand/2")
        yield opened


@pytest.mark.parametrize(
    ("ref", "meant"),
    [
        ("0f3a9c1d2b4e5f60", "0f3a9c1d2b4e5f60"),
        ("0f3", "0f3a9c1d2b4e5f60"),
        ("0f77", "0f77"),
        ("https://news.example/talks", "0f77"),
        ("/articles/leaders-meet.txt", "0f3a9c1d2b4e5f60"),
        ("Leaders meet in Moscow", "0f3a9c1d2b4e5f60"),
        ("  talks  BEGIN ", "0f77"),
    ],
)
def test_an_article_is_meant_by_id_prefix_url_path_or_title(
    store: Store, ref: str, meant: str
) -> None:
    assert store.resolve(ref) == meant


def test_a_relative_path_means_the_article_read_from_there(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert store.resolve("talks.txt") == "0f77"


@pytest.mark.parametrize("ref", ["", " ", "\0", "parley", "0f4", "0F77", "%", "0_77"])
def test_what_means_no_article_is_refused(store: Store, ref: str) -> None:
    with pytest.raises(StoreError, match=r"has no article .* `onrecord find articles` lists them"):
        store.resolve(ref)


def test_what_means_several_articles_is_refused_with_their_ids_and_titles(store: Store) -> None:
    with pytest.raises(
        StoreError, match=r"'0f' means 2 articles in .*: 0f3a9c1d2b4e5f60 Leaders .*, 0f77"
    ):
        store.resolve("0f")
    for number in range(6):
        store.save(Record(article=make_article(article_id=f"same-{number}", title="Same")), "x/1")
    with pytest.raises(StoreError, match=r"means 6 articles .*same-4 Same, …; give one id"):
        store.resolve("Same")


def test_an_old_title_means_nothing(store: Store) -> None:
    newer = make_article(f"{TEXT} Update.", title="Leaders part in Moscow", version=2)
    store.save(make_record(newer), "hand/1")
    assert store.resolve("Leaders part in Moscow") == newer.article_id
    with pytest.raises(StoreError, match="has no article"):
        store.resolve("Leaders meet in Moscow")


def test_summaries_count_the_rows_of_the_latest_versions_by_date(store: Store) -> None:
    newer = make_article(f"{TEXT} Update.", version=2)
    store.save(make_record(newer, terms=(), places=()), "hand/3")
    first, second = store.summaries()
    assert (first.article_id, first.title, first.extractor) == ("0f77", "Talks begin", "hand/2")
    assert [getattr(first, kind) for kind in KINDS] == [0] * len(KINDS)
    assert (second.version, second.published, second.extractor) == (2, "2022-03-11", "hand/3")
    assert [getattr(second, kind) for kind in KINDS] == [7, 4, 2, 1, 1, 0, 10, 9, 2, 0]


def test_summaries_can_be_limited_to_articles_with_words(store: Store) -> None:
    assert [found.article_id for found in store.summaries("talks")] == ["0f77"]
    assert [found.article_id for found in store.summaries('"on 7 March"')] == ["0f3a9c1d2b4e5f60"]
    assert store.summaries("talks march") == ()
    with pytest.raises(ValueError, match="no words in it"):
        store.summaries("…")


@pytest.mark.parametrize("kind", ["mentions", "events"])
def test_the_rows_of_some_articles_are_found_without_reading_all(tmp_path: Path, kind: str) -> None:
    query = select(TABLES[kind]).where(numbers_among(TABLES[kind].c.number, [1, 2]))
    with open_store(tmp_path / "store.db") as store, store._reading() as connection:
        plain = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {plain}").all()
    assert plan[0][-1].startswith(f"SEARCH {TABLES[kind].name} USING PRIMARY KEY")
