"""Ids: those that are hashes take eight bytes, and any other is kept and found as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from factories import make_article, make_record
from onrecord.errors import StoreError
from onrecord.store import Filters, open_store

IDS = ("0f3a9c1d2b4e5f60", "0F3A9C1D2B4E5F60", "0f3a", "it's", "50%", "nul\0nul", "ключ")


@pytest.mark.parametrize("article_id", IDS)
def test_an_article_is_found_by_its_id(place: str, kind_of_store: str, article_id: str) -> None:
    record = make_record(make_article(article_id=article_id))
    with open_store(place) as store:
        store.save(make_record(make_article(article_id="another")), "hand/1")
        if "\0" in article_id and kind_of_store == "server":
            with pytest.raises(StoreError, match="cannot hold a character of this row"):
                store.save(record, "hand/1")
            return
        store.save(record, "hand/1")
        kept = store.record(article_id)
        assert (kept.actors, kept.events) == (record.actors, record.events)
        assert store.happening_ids([article_id]).keys() == {one.event_id for one in record.events}
        assert store.find("events", Filters(article=article_id)).num_rows == len(record.events)


@pytest.mark.parametrize("length", [4, 7, 15, 16])
def test_a_happening_and_an_identity_are_found_by_how_their_ids_begin(
    place: str, length: int
) -> None:
    with open_store(place) as store:
        for name in ("one", "other"):
            store.save(make_record(make_article(article_id=name)), "hand/1")
        happening = store.happenings(Filters(type="ASSAULT"))[0].happening_id
        identity = store.identities()[0].identity_id
        assert store.happening(happening[:length]).happening_id == happening
        assert store.identity(identity[:length]).identity_id == identity


def test_hashes_take_eight_bytes(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db") as store:
        store.save(make_record(), "hand/1")
    with closing(sqlite3.connect(tmp_path / "store.db")) as connection:
        (kept,) = connection.execute("SELECT DISTINCT article_id, length(article_id) FROM article")
    assert kept == (bytes.fromhex(make_article().article_id), 8)
