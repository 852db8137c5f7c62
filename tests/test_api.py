"""The package as a Python user meets it: a handful of names, quick to import."""

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import polars
import pytest

import onrecord
from onrecord.records import KINDS, Record

RecordOf = Callable[[str], Record]

TEXT = "Ukraine said on Friday that 12 people had been killed in Kharkiv. Iran urged it to stay."


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_public_names_are_few_and_there() -> None:
    assert len(onrecord.__all__) == len(set(onrecord.__all__)) <= 14
    for name in onrecord.__all__:
        assert getattr(onrecord, name).__doc__, name
    assert onrecord.__version__ == version("onrecord")


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'onrecord' has no attribute 'extrct'"):
        onrecord.extrct  # noqa: B018 - the access is the test


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import onrecord", "spacy thinc trafilatura sqlalchemy pyarrow click"),
        ("from onrecord import article_from_text", "spacy sqlalchemy"),
        ("from onrecord import open_store", "spacy trafilatura"),
        ("from onrecord import table", "spacy sqlalchemy"),
        ("import onrecord.cli", "spacy trafilatura sqlalchemy pyarrow"),
    ],
)
def test_only_what_is_used_is_loaded(code: str, absent: str) -> None:
    names = python(f"import sys; {code}; print(*sys.modules)").split()
    assert not set(absent.split()) & set(names)


def test_a_record_is_made_stored_and_found_with_the_public_names(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf8")
    (record,) = onrecord.extract_many(onrecord.read(path, published="2022-03-11"))
    assert isinstance(record, onrecord.Record)
    assert record == onrecord.extract(record.article)
    said = record.statements[0]
    assert [record.article.cut(span) for span in said.source] == ["Ukraine"]
    with onrecord.open_store(tmp_path / "record.db") as store:
        store.save(record, "test/1")
        assert store.record(record.article.article_id).statements == record.statements


def test_nothing_to_read_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("")
    (failure,) = onrecord.extract_many(onrecord.read(path))
    assert isinstance(failure, onrecord.Failure)
    assert str(path) in str(failure)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_go_to_data_frames(record_of: RecordOf, kind: str) -> None:
    record = record_of(TEXT)
    table = onrecord.table(record, kind)
    rows = len(getattr(record, kind))
    frame = table.to_polars()
    assert isinstance(frame, polars.DataFrame)
    assert (frame.height, frame.columns) == (rows, table.column_names)
    other = table.to_pandas()
    assert (len(other), list(other.columns)) == (rows, table.column_names)


def test_a_data_frame_holds_words_and_numbers(record_of: RecordOf) -> None:
    frame = onrecord.table(record_of(TEXT), "figures").to_polars()
    assert isinstance(frame, polars.DataFrame)
    columns = ["words", "measure", "low", "voice"]
    assert frame.select(columns).rows() == [("12 people", "killed", 12.0, "Ukraine")]
