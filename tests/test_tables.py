"""Rows as flat tables: readable, with the same columns whatever the rows."""

from dataclasses import replace
from typing import Any

import polars
import pyarrow
import pytest

from factories import make_article, make_record
from onrecord.records import KINDS, Record
from onrecord.tables import Selection, selected, table

ARTICLE = ["article_id", "version", "title", "publisher", "published", "url"]


def rows(record: Record, kind: str) -> list[dict[str, Any]]:
    return list(table(record, kind).to_pylist())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_begins_with_the_article_and_the_row_s_id(kind: str) -> None:
    made = table(make_record(), kind)
    assert made.column_names[:7] == [*ARTICLE, f"{kind.removesuffix('s')}_id"]
    assert len(set(made.column_names)) == len(made.column_names)
    assert made.num_rows == len(getattr(make_record(), kind))
    first = make_record().article
    assert made.to_arrow().slice(0, 1).select(ARTICLE).to_pylist() == [
        {name: getattr(first, name) for name in ARTICLE}
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_no_rows_have_the_same_columns(kind: str) -> None:
    empty = table(Record(article=make_article()), kind)
    assert empty.num_rows == 0
    assert empty.to_arrow().schema.equals(table(make_record(), kind).to_arrow().schema)


@pytest.mark.parametrize("kind", KINDS)
def test_words_are_what_the_text_has_at_their_offsets(kind: str) -> None:
    text = make_article().text
    checked = 0
    for row in rows(make_record(), kind):
        for name in row:
            if not name.endswith("start") or row[name] is None:
                continue
            part = name.removesuffix("start").removesuffix("_") or "words"
            words = str(row.get(f"{part}_words", row.get(part)))
            cut = text[row[name] : row[name.removesuffix("start") + "end"]]
            first, *_, last = words.replace("; ", " … ").split(" … ") * 2
            assert cut.startswith(first), (name, cut, words)
            assert cut.endswith(last), (name, cut, words)
            checked += 1
    assert checked


@pytest.mark.parametrize("kind", KINDS)
def test_polars_and_pandas_take_the_table(kind: str) -> None:
    made = table(make_record(), kind)
    frame = made.to_polars()
    assert isinstance(frame, polars.DataFrame)
    assert frame.columns == made.column_names
    assert frame.to_dicts() == made.to_pylist()
    assert list(made.to_pandas().columns) == made.column_names
    assert len(made.to_pandas()) == made.num_rows


def test_pieces_are_joined_and_run_from_first_to_last() -> None:
    row = rows(make_record(), "statements")[0]
    assert row["content"] == "Our negotiators … report some progress"
    assert make_article().text[row["content_start"] : row["content_end"]].startswith("Our")
    assert make_article().text[row["content_start"] : row["content_end"]].endswith("progress")
    assert (row["speaker"], row["speaker_country"], row["speaker_sector"]) == (
        "Dmitry Peskov",
        "RUS",
        "GOV",
    )
    assert (row["said_on"], row["said_on_words"]) == ("2022-03-11", "Friday")
    assert (row["said_at"], row["said_at_country"], row["said_at_geonames_id"]) == (
        "Moscow",
        "RUS",
        524901,
    )
    assert row["addressee"] is row["occasion"] is row["occasion_start"] is None


def test_a_voice_is_read_from_the_inside_out() -> None:
    record = make_record()
    assert [row["voice"] for row in rows(record, "statements")] == [
        "narration",
        "narration",
        "Dmitry Peskov",
        *["narration"] * 4,
    ]
    assert [row["voice"] for row in rows(record, "events")] == [
        "narration",
        "Ukrainian military",
        "Vladimir Putin < Dmitry Peskov",
        "narration",
    ]


def test_a_voice_without_an_actor_is_the_source_s_words_or_unnamed() -> None:
    record = make_record()
    term = replace(record.terms[0], statement_id=record.statements[5].statement_id)
    unresolved = replace(record.statements[5], speaker_id=None)
    unnamed = replace(unresolved, source=())
    voices = [
        rows(replace(record, statements=(statement,), terms=(term,)), "terms")[0]["voice"]
        for statement in (unresolved, unnamed)
    ]
    assert voices == ["Russian officials", "unnamed"]


def test_participants_are_joined_in_one_order() -> None:
    meeting, shelling, lifting, _ = rows(make_record(), "events")
    assert (meeting["actors"], meeting["actor_words"]) == (
        "Vladimir Putin",
        "Russian President Vladimir Putin",
    )
    assert (meeting["recipients"], meeting["recipient_countries"]) == (
        "Alexander Lukashenko",
        "BLR",
    )
    assert meeting["contexts"] == "diplomatic; military"
    assert (meeting["date"], meeting["date_words"]) == ("2022-03-11", "Friday")
    assert shelling["recipients"] == shelling["recipient_words"] == "Kharkiv; civilians"
    assert shelling["recipient_ids"] is shelling["recipient_countries"] is None
    assert lifting["recipients"] is lifting["contexts"] is lifting["place"] is None
    assert lifting["trigger"] == "lifted … sanctions"


def test_some_of_the_participants_may_be_resolved() -> None:
    record = make_record()
    meeting = record.events[0]
    both = replace(meeting, actors=record.events[1].recipients[:1] + meeting.recipients)
    (row,) = rows(replace(record, events=(both,)), "events")
    assert row["actors"] == "Kharkiv; Alexander Lukashenko"
    assert row["actor_countries"] == "; BLR"


def test_other_kinds_say_what_their_links_lead_to() -> None:
    record = make_record()
    killed, fled = rows(record, "figures")
    assert (killed["words"], killed["whom"], killed["cause"], killed["place"]) == (
        "between 30 and 35",
        "civilians",
        "Russian forces",
        "Kharkiv",
    )
    assert (killed["low"], killed["high"], fled["high"]) == (30, 35, None)
    (condition,) = rows(record, "conditions")
    assert (condition["if"], condition["then"], condition["connective"]) == (
        "the West lifted its sanctions",
        "the fighting would stop",
        "if",
    )
    assert (condition["by"], condition["on"]) == ("Vladimir Putin", "the West")
    (demand,) = rows(record, "demands")
    assert (demand["by_country"], demand["of_country"]) == ("UKR", "RUS")
    avoided, quoted, own = rows(record, "terms")
    assert (avoided["avoided"], avoided["used_by"], avoided["term_voice"]) == (
        True,
        "Russian officials",
        "scare",
    )
    assert (quoted["voice"], own["voice"]) == ("Russian officials", "narration")
    kharkiv = rows(record, "places")[1]
    assert (kharkiv["candidates"], kharkiv["lat"]) == ("706483; 706482", None)


def test_an_actor_has_its_first_mention() -> None:
    putin, *_, officials = rows(make_record(), "actors")
    assert (putin["mentions"], putin["words"]) == (2, "Russian President Vladimir Putin")
    assert (officials["mentions"], officials["words"], officials["start"]) == (0, None, None)
    undecided = rows(make_record(), "mentions")[7]
    assert (undecided["words"], undecided["actor"], undecided["actor_id"]) == (
        "Russian officials",
        None,
        None,
    )
    assert undecided["candidates"] == "Russian officials; Government of Russia"
    assert undecided["candidate_ids"] == "rus-officials; russia"


def test_rows_of_several_articles_make_one_table() -> None:
    one, other = make_record(), make_record(make_article(article_id="other"))
    both = selected("terms", [Selection(one, one.terms[:1]), Selection(other, other.terms)])
    assert both.column("article_id").to_pylist() == [one.article.article_id] + ["other"] * 3
    assert both.slice(1).equals(table(other, "terms").to_arrow().combine_chunks())
    assert isinstance(both, pyarrow.Table)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"kind must be one of statements, .*, got 'quotes'"):
        table(make_record(), "quotes")
