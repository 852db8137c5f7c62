"""A dataset asked as a store: the same questions have the same answers."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from onrecord.errors import StoreError
from onrecord.records import KINDS
from onrecord.store import Counting, Filters, Store, open_store
from onrecord.store.counting import Period
from onrecord.store.units import Unit

ASKED: list[tuple[str, dict[str, Any]]] = [
    *((kind, {}) for kind in KINDS),
    ("statements", {"speaker": "Erdogan"}),
    ("statements", {"speaker": "recep tayyip erdogan", "type": "assert"}),
    ("statements", {"text": '"food crisis" global'}),
    ("statements", {"text": "ERDOĞAN"}),
    ("statements", {"voice": "statement"}),
    ("statements", {"recipient": "Guterres"}),
    ("statements", {"since": "2023-02-06", "until": "2023-02-06"}),
    ("events", {"actor": "Russia", "recipient": "Ukraine"}),
    ("events", {"country": "tur"}),
    ("events", {"actor_country": "UKR", "recipient_country": "RUS"}),
    ("events", {"speaker": "Turkey"}),
    ("events", {"type": "agree", "modality": "actual"}),
    ("events", {"context": "military"}),
    ("events", {"quad": 1, "min_score": 0.5}),
    ("events", {"voice": "narration", "limit": 3}),
    ("events", {"mode": "sign"}),
    ("figures", {"type": "killed"}),
    ("figures", {"voice": "Erdogan", "text": "people"}),
    ("conditions", {"type": "offer"}),
    ("demands", {"country": "RUS"}),
    ("terms", {"type": "war"}),
    ("actors", {"type": "person", "country": "RUS"}),
    ("mentions", {"actor": "Zelensky", "type": "name"}),
    ("times", {"until": "2022"}),
    ("places", {"country": "SYR"}),
    ("events", {"article": "Story 3"}),
    ("statements", {"publisher": "the other"}),
]


@pytest.fixture(scope="session")
def folder(dataset: Path) -> Store:
    return open_store(dataset)


@pytest.mark.parametrize(("kind", "asked"), ASKED, ids=str)
def test_the_same_rows_are_found(
    folder: Store, dataset_store: Store, kind: str, asked: dict[str, Any]
) -> None:
    there, here = (one.find(kind, Filters(**asked)) for one in (folder, dataset_store))
    assert there.column_names == here.column_names
    assert there.to_pylist() == here.to_pylist()
    assert there.to_arrow().schema == here.to_arrow().schema


def test_most_of_the_questions_have_answers(dataset_store: Store) -> None:
    empty = [
        asked for kind, asked in ASKED if not dataset_store.find(kind, Filters(**asked)).num_rows
    ]
    assert len(empty) <= 4, empty


@pytest.mark.parametrize("unit", ["story", "article"])
@pytest.mark.parametrize("by", ["day", "month"])
def test_the_same_is_counted(folder: Store, dataset_store: Store, unit: Unit, by: Period) -> None:
    counting = Counting(by=by, per="type", unit=unit, dated_by="published")
    assert folder.count(counting).to_pylist() == dataset_store.count(counting).to_pylist()


@pytest.mark.parametrize("dyad", [("RUS", "UKR"), ("UKR", "RUS"), ("RUS", "RUS")])
@pytest.mark.parametrize("directed", [False, True])
def test_the_same_is_counted_of_a_dyad(
    folder: Store, dataset_store: Store, dyad: tuple[str, str], directed: bool
) -> None:
    counting = Counting(by="year", dyad=dyad, directed=directed)
    assert folder.count(counting).to_pylist() == dataset_store.count(counting).to_pylist()


def test_copies_happenings_and_identities_are_the_same(folder: Store, dataset_store: Store) -> None:
    assert folder.happenings() == dataset_store.happenings() != ()
    assert folder.identities() == dataset_store.identities() != ()
    told = [[(one.article_id, one.version) for one in s.printings] for s in folder.stories()]
    assert told == [
        [(one.article_id, one.version) for one in s.printings] for s in dataset_store.stories()
    ]
    for one in dataset_store.summaries():
        assert folder.record(one.article_id) == dataset_store.record(one.article_id)


def test_articles_are_found_by_their_words(folder: Store, dataset_store: Store) -> None:
    for wanted in ("grain", '"Black Sea" ports', "ERDOGAN", "nowhere"):
        there, here = (one.summaries(wanted) for one in (folder, dataset_store))
        assert [one.article_id for one in there] == [one.article_id for one in here], wanted


def test_a_folder_is_looked_through(folder: Store) -> None:
    assert folder.faults() == ()


def test_a_folder_is_only_read(folder: Store, dataset_store: Store) -> None:
    (first, *_) = dataset_store.summaries()
    with pytest.raises(StoreError, match="can only be read: bring it into a store"):
        folder.save(dataset_store.record(first.article_id), "maker")


def test_words_that_nothing_has_are_refused(folder: Store) -> None:
    with pytest.raises(ValueError, match="no words"):
        folder.find("events", Filters(text="…"))


def test_duckdb_reads_it_as_it_is(dataset: Path, dataset_store: Store) -> None:
    query = (
        "SELECT actor_countries, count(*) AS times "
        f"FROM '{dataset}/events/*.parquet' WHERE latest AND event_type = 'AGREE' GROUP BY ALL"
    )
    found = dict(duckdb.connect().execute(query).fetchall())
    rows = dataset_store.find("events", Filters(type="AGREE")).to_pylist()
    assert sum(found.values()) == len(rows) > 0
    assert found.keys() == {row["actor_countries"] for row in rows}


def test_duckdb_joins_events_with_the_happenings_of_all_articles(
    dataset: Path, dataset_store: Store
) -> None:
    query = (
        "SELECT coalesce(h.happening_id, e.happening_id) AS happening, count(*) AS tellings "
        f"FROM '{dataset}/events/*.parquet' e LEFT JOIN '{dataset}/happenings/*.parquet' h "
        "ON e.happening_id = h.own_id WHERE e.latest GROUP BY 1"
    )
    told = {line[0]: line[1] for line in duckdb.connect().execute(query).fetchall()}
    most = dataset_store.happenings(limit=1)[0]
    assert max(told.values()) == told[most.happening_id] == len(most.tellings)


def test_polars_reads_it_as_it_is(dataset: Path, dataset_store: Store) -> None:
    said = pl.scan_parquet(f"{dataset}/statements/*.parquet")
    turkish = said.filter(pl.col("latest"), pl.col("speaker_country") == "TUR")
    found = turkish.select("speaker", "content").sort(pl.all()).collect().rows()
    rows = dataset_store.find("statements", Filters(actor_country="TUR")).to_pylist()
    assert found == sorted((row["speaker"], row["content"]) for row in rows)
    assert found


PAGE = Path(__file__).parents[1] / "docs" / "scale.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_page_on_scale_run(
    example: str, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpus").symlink_to(dataset)
    monkeypatch.chdir(tmp_path)
    *before, last = ast.parse(example).body
    assert isinstance(last, ast.Expr)
    names: dict[str, Any] = {}
    exec(compile(ast.Module(before, []), "scale.md", "exec"), names)
    assert len(eval(compile(ast.Expression(last.value), "scale.md", "eval"), names)) > 0
