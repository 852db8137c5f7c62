"""Tables for the terminal: which columns have room, and rows as paragraphs where they have not."""

import json

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from factories import EXTRACTOR, make_article, make_record
from onrecord.cli import main
from onrecord.cli.layout import GAP, Column, fitting
from onrecord.cli.listing import FILE_WIDTH, print_lines
from onrecord.cli.numbers import bounds
from onrecord.cli.shown import SHOWN, shown_columns
from onrecord.cli.sorting import in_order, without_nested
from onrecord.records import KINDS
from onrecord.report.sentences import with_sentences
from onrecord.store import open_store
from onrecord.tables import PIECES, table

NAME = Column("speaker", ("Volodymyr Zelensky",))
WORDS = Column("content", ("that talks would go on for as long as it takes",), is_prose=True)
VOICE = Column("voice", ("narration",), goes=0)
EMPTY = Column("place", ("",), goes=9)


def names(columns: tuple[Column, ...] | None) -> list[str] | None:
    return None if columns is None else [column.name for column in columns]


def test_all_columns_stay_where_they_have_room() -> None:
    assert names(fitting([NAME, WORDS, EMPTY, VOICE], 120)) == [
        "speaker",
        "content",
        "place",
        "voice",
    ]


def test_columns_without_a_value_go_first_then_those_that_may() -> None:
    assert names(fitting([NAME, WORDS, EMPTY, VOICE], 66)) == ["speaker", "content", "voice"]
    assert names(fitting([NAME, WORDS, EMPTY, VOICE], 55)) == ["speaker", "content"]


def test_too_narrow_a_line_has_no_table() -> None:
    assert fitting([NAME, WORDS], 30) is None


@given(
    st.lists(st.tuples(st.text("ab ", max_size=80), st.booleans()), min_size=1, max_size=9),
    st.integers(10, 150),
)
def test_what_is_shown_can_be_read(cells: list[tuple[str, bool]], width: int) -> None:
    columns = [
        Column(f"c{number}", (cell,), goes=number if goes else None)
        for number, (cell, goes) in enumerate(cells)
    ]
    shown = fitting(columns, width)
    if shown is not None:
        assert sum(column.least + GAP for column in shown) <= width
        assert {column.name for column in columns if column.goes is None and any(column.cells)} <= {
            column.name for column in shown
        }


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_columns(kind: str) -> None:
    shown = shown_columns(kind, table(make_record(), kind).to_arrow())
    assert [column.name for column in shown] == [name.removesuffix("_id") for name in SHOWN[kind]]
    assert all(any(column.cells) for column in shown[:1])


def test_a_speaker_without_a_name_is_the_words_and_an_undated_event_its_publication() -> None:
    record = make_record()
    statements = table(record, "statements").to_arrow()
    nameless = statements.set_column(
        statements.column_names.index("speaker"), "speaker", pa.nulls(len(statements), pa.string())
    )
    speakers = shown_columns("statements", nameless)[0].cells
    assert list(speakers) == [
        " ".join((one or "").split()) for one in statements["source"].to_pylist()
    ]
    events = shown_columns("events", table(record, "events").to_arrow())
    dates = next(column.cells for column in events if column.name == "date")
    assert "(2022-03-11)" in dates


def run(store: str, *arguments: str, columns: int = 80) -> Result:
    variables = {"ONRECORD_STORE": store, "COLUMNS": str(columns)}
    return CliRunner(env=variables).invoke(main, arguments)


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("listing") / "talks.db"
    other = make_article(article_id="77", title=None, published="2022-05-01", url=None)
    with open_store(path) as opened:
        opened.save(make_record(), EXTRACTOR)
        opened.save(make_record(other), EXTRACTOR)
    return str(path)


def test_articles_are_found_by_words_and_dates(store: str) -> None:
    result = run(store, "find", "articles")
    assert "Leaders meet in Moscow" in result.stdout
    assert result.stderr == "2 articles\n"
    assert run(store, "find", "articles", "--since", "2022-04").stderr == "1 article\n"
    assert run(store, "find", "articles", "--until", "2022-04").stderr == "1 article\n"
    assert run(store, "find", "articles", "--text", "zebra").stderr == "0 articles\n"
    wrong = run(store, "find", "articles", "--speaker", "Putin")
    assert wrong.exit_code == 2
    assert "articles have no speaker to find them by" in wrong.stderr


def test_rows_are_sorted_by_any_column() -> None:
    rows = pa.table({"score": [0.5, None, 0.9], "act": ["deny", "assert", "offer"]})
    assert in_order(rows, "-score")["score"].to_pylist() == [0.9, 0.5, None]
    assert in_order(rows, "act")["act"].to_pylist() == ["assert", "deny", "offer"]


def test_a_column_that_is_none_is_wrong_usage(store: str) -> None:
    result = run(store, "find", "events", "--sort", "sureness")
    assert result.exit_code == 2
    assert "no column is called sureness: sort by one of article_id, " in result.stderr


def test_the_limit_holds_after_sorting(store: str) -> None:
    result = run(store, "find", "articles", "--sort", "-published", "--limit", "1")
    assert "2022-05-01" in result.stdout


def test_statements_within_others_are_folded_until_asked_for(store: str) -> None:
    folded = run(store, "find", "statements")
    assert "within them: --nested shows these" in folded.stderr
    every = run(store, "find", "statements", "--nested")
    count = len(table(make_record(), "statements").to_arrow())
    assert every.stderr == f"{2 * count} statements\n"
    rows, hidden = without_nested(table(make_record(), "statements").to_arrow())
    assert len(rows) + hidden == count
    assert hidden > 0
    assert run(store, "find", "statements", "--format", "jsonl").stdout.count("\n") == 2 * count


def test_an_article_is_meant_by_a_part_of_its_title_or_file_name(store: str) -> None:
    assert "0f3a9c1d2b4e5f60, version 1" in run(store, "show", "leaders meet").stdout


def test_each_row_comes_with_its_sentence_where_that_is_asked_for(store: str) -> None:
    told = "killing between 30 and 35 civilians"
    assert told not in run(store, "find", "figures").stdout
    shown = run(store, "find", "figures", "--sentence").stdout
    assert told in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= FILE_WIDTH
    lines = run(store, "find", "figures", "--sentence", "--format", "jsonl").stdout.splitlines()
    assert told in json.loads(lines[0])["sentence"]
    header = run(store, "find", "figures", "--sentence", "--format", "csv").stdout.splitlines()[0]
    assert header.endswith('"sentence"')
    wrong = run(store, "find", "articles", "--sentence")
    assert wrong.exit_code == 2
    assert "leave --sentence out" in wrong.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_the_sentence_of_a_row_holds_its_words(kind: str) -> None:
    record = make_record()
    rows = with_sentences(table(record, kind).to_arrow(), kind, lambda *key: record.article.text)
    parts = {"statements": "content", "events": "trigger", "conditions": "then", "demands": "asks"}
    for line in rows.to_pylist():
        for piece in (line[parts.get(kind, "words")] or "").split(PIECES):
            assert " ".join(piece.split()) in (line["sentence"] or "")


def test_the_bounds_of_a_figure_are_one_column_and_tell_open_ends() -> None:
    assert [bounds(30, 35), bounds(912, 912), bounds(1300, None), bounds(None, 40)] == [
        "30 to 35", "912", "1,300 or more", "up to 40",
    ]  # fmt: skip


def test_an_article_without_a_title_goes_by_its_first_line_in_a_table_only(store: str) -> None:
    opening = make_record().article.text.split("\n")[0][:20]
    assert opening in run(store, "find", "articles", columns=200).stdout
    lines = run(store, "find", "articles", "--format", "jsonl").stdout.splitlines()
    assert None in [json.loads(line)["title"] for line in lines]


def test_headings_are_not_cut_where_columns_are_narrow(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"{one}_of_the_{other}" for one in "abcdefg" for other in ("actor", "recipient")]
    print_lines(names, [["x"] * len(names)])
    assert "…" not in capsys.readouterr().out
