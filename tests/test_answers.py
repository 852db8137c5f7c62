"""Rows as a sequence, and as the tables that other libraries have."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import onrecord
from factories import make_article, make_record
from onrecord.answers import MOST_SHOWN, Rows
from onrecord.errors import ExtraError
from onrecord.records import KINDS
from onrecord.store import Counting, Filters, open_store


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Figures of a store."""
    with open_store(tmp_path_factory.mktemp("rows") / "one.db") as store:
        store.save(make_record(), "test/1")
        return store.find("figures")


def test_rows_are_a_sequence_of_dicts(found: Rows) -> None:
    assert len(found) == found.num_rows == 2
    assert [row["measure"] for row in found] == ["killed", "refugees"]
    assert (found[0], found[-1]) == tuple(found)
    assert found[1:].to_pylist() == [found[1]]
    assert found[::-1].to_pylist() == [found[1], found[0]]
    assert found[0] in found
    assert not found[:0]
    with pytest.raises(IndexError):
        found[2]


def test_rows_do_what_an_arrow_table_does(found: Rows) -> None:
    assert found["measure"].to_pylist() == ["killed", "refugees"]
    assert found.schema.names == found.select(found.column_names).column_names
    with pytest.raises(KeyError):
        found["no such column"]
    with pytest.raises(AttributeError):
        _ = found.no_such_thing


def test_rows_go_into_polars_pandas_arrow_and_duckdb(found: Rows) -> None:
    frames = (found.to_polars(), pl.DataFrame(found), pl.from_arrow(found.to_arrow()))
    assert all(
        isinstance(one, pl.DataFrame) and one.columns == found.column_names for one in frames
    )
    assert found.to_polars()["low"].to_list() == found.column("low").to_pylist() == [30, 2_000_000]
    assert isinstance(found.to_pandas(), pd.DataFrame)
    assert list(found.to_pandas()["measure"]) == ["killed", "refugees"]
    assert found.to_arrow().equals(pa.table(found))
    asked = duckdb.from_arrow(found.to_arrow()).filter("high IS NULL").fetchall()
    assert len(asked) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_open_bound_stays_unknown_in_every_frame(found: Rows, kind: str) -> None:
    rows = onrecord.table(make_record(), kind)
    assert rows.to_polars().columns == rows.column_names == list(rows.to_pandas().columns)
    assert found.to_polars()["high"].to_list() == [35, None]
    assert found.to_pandas()["high"].isna().tolist() == [False, True]


def test_counts_are_rows_too(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db") as store:
        counts = store.count(Counting(by="month"), Filters())
    assert (counts.kind, len(counts)) == ("counts", 0)
    assert "happenings" in counts.to_polars().columns


def test_a_notebook_shows_what_rows_say_and_no_ids() -> None:
    rows = onrecord.table(make_record(make_article(title="<b>&")), "figures")
    shown = rows._repr_html_()
    assert "<caption>2 figures</caption>" in shown
    assert "&lt;b&gt;&amp;" in shown
    assert "<td>2,000,000</td>" in shown
    assert "figure_id" not in shown
    assert "words_start" not in shown
    assert "<th>denied</th>" in shown
    many = Rows("figures", pa.concat_tables([rows.to_arrow()] * MOST_SHOWN))
    assert f"… and {MOST_SHOWN} more" in many._repr_html_()


def test_what_is_not_installed_is_named(found: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ExtraError, match="pip install polars"):
        found.to_polars()
    with pytest.raises(ExtraError, match="pip install pandas"):
        found.to_pandas()
