import json
from dataclasses import replace
from typing import Any

from factories import TEXT, make_actors, make_article, make_record, span_of
from onrecord.export import attribution_form, gold_form, json_lines
from onrecord.records import (
    Article,
    InputMap,
    Record,
    Segment,
    Span,
    Statement,
    TimeExpression,
    row_id,
)
from onrecord.tables import table

SHIFT = 40  # the characters before the text in the input it was read from


def shifted_article() -> Article:
    """The article as read from a page with a line of furniture above its text."""
    whole = Span(0, len(TEXT))
    there = Span(SHIFT, SHIFT + len(TEXT))
    return make_article(input_map=InputMap((Segment(whole, there),)))


def form(record: Record | None = None) -> dict[str, Any]:
    return gold_form(record or make_record())


def test_the_form_is_json_and_survives_it() -> None:
    assert json.loads(json.dumps(form())) == form()


def test_every_span_cuts_the_words_beside_it() -> None:
    found = form()
    for row in found["statements"]:
        for part in ("source", "cue", "content", "occasion"):
            cut = [TEXT[start:end] for start, end in row[part]]
            assert cut == row[f"{part}_text"]
    for kind, part in (
        ("events", "trigger"),
        ("conditions", "if"),
        ("conditions", "then"),
        ("conditions", "connective"),
        ("demands", "asks"),
        ("demands", "cue"),
    ):
        for row in found[kind]:
            assert TEXT[slice(*row[f"{part}_span"])] == row[f"{part}_text"]
    members = [party for row in found["events"] for party in row["actors"] + row["recipients"]]
    mentions = [mention for row in found["actors"] for mention in row["mentions"]]
    for row in [*found["figures"], *found["terms"], *found["times"], *members, *mentions]:
        assert TEXT[slice(*row["span"])] == row["text"]


def test_offsets_count_into_the_input() -> None:
    here, there = form(), form(make_record(shifted_article()))
    assert there["figures"][0]["span"] == [at + SHIFT for at in here["figures"][0]["span"]]
    assert there["statements"][0]["content"][0][0] == (
        here["statements"][0]["content"][0][0] + SHIFT
    )
    assert there["figures"][0]["text"] == here["figures"][0]["text"]


def test_a_range_is_one_date_but_an_anchor_stays_one() -> None:
    article = make_article()

    def time(start: int, end: int, value: str, anchor: str | None = None) -> TimeExpression:
        span = Span(start, end)
        key = row_id(article, "time", span)
        return TimeExpression(time_id=key, span=span, value=value, anchor=anchor, extractor="test")

    day = time(26, 30, "2022-03-05")
    week_before = time(20, 30, "2022-02-26/2022-02-27", day.time_id)
    years = [time(0, 12, "2011/2014"), time(0, 4, "2011"), time(8, 12, "2014")]
    found = form(replace(make_record(article), times=(*years, week_before, day)))
    assert len(found["times"]) == 5
    assert [row["value"] for row in found["dates"]] == [
        "2011/2014",
        week_before.value,
        day.value,
    ]


def test_a_part_in_pieces_is_one_span_from_first_to_last() -> None:
    lifting = form()["events"][2]
    assert lifting["trigger_text"] == "lifted its sanctions"


def test_actors_stand_by_name_and_voices_by_statement() -> None:
    found = form()
    meeting, shelling = found["events"][:2]
    assert (meeting["type"], meeting["event_type"]) == ("CONSULT", "CONSULT")
    assert meeting["voice"] == "narration"
    assert meeting["actors"][0]["name"] == "Vladimir Putin"
    assert meeting["actors"][0]["country"] == "RUS"
    assert shelling["voice"] == found["statements"][4]["id"]
    assert shelling["voice_name"] == "Ukrainian military"
    assert shelling["recipients"][0]["name"] is None
    assert found["demands"][0]["of"] == "Government of Russia"
    assert found["conditions"][0]["on"] == "the West"


def test_a_party_stands_by_all_it_goes_by_and_all_its_mentions() -> None:
    record = make_record()
    found = form(record)
    (putin,) = [actor for actor in found["actors"] if actor["name"] == "Vladimir Putin"]
    spans = [mention["span"] for mention in putin["mentions"]]
    words = {mention["text"] for mention in putin["mentions"]}
    assert found["events"][0]["actors"][0]["names"] == sorted(words | {"Vladimir Putin"})
    said = [row for row in found["statements"] if row["speaker"] == "Vladimir Putin"]
    assert said
    for row in said:
        assert row["speaker_names"] == sorted(words | {"Vladimir Putin"})
        assert row["speaker_spans"] == spans
    (demand,) = found["demands"]
    for side in ("by", "of"):
        mentioned = [TEXT[start:end] for start, end in demand[f"{side}_spans"]]
        actors = [actor for actor in found["actors"] if actor["name"] == demand[side]]
        assert mentioned == [one["text"] for actor in actors for one in actor["mentions"]]


def test_a_statement_has_its_first_source_and_says_whether_another_contains_it() -> None:
    found = form()["statements"]
    for row in found:
        assert row["source_span"] == (row["source"][0] if row["source"] else None)
        assert row["content_spans"] == row["content"]
        assert row["nested"] == bool(row["parent"])
    assert {row["nested"] for row in found} == {True, False}
    assert None in [row["source_span"] for row in found]


def test_nobody_has_no_names_and_no_mentions() -> None:
    found = form()
    parties = [one for row in found["events"] for one in row["recipients"] if one["name"] is None]
    assert parties
    assert not any(party["names"] for party in parties)
    article = make_article()
    bare = replace(quoting(article, Span(0, 9)), speaker_id=None)
    (row,) = form(Record(article=article, statements=(bare,)))["statements"]
    assert (row["speaker"], row["speaker_names"], row["speaker_spans"]) == (None, [], [])


def test_a_mention_in_doubt_names_its_candidates() -> None:
    (doubt,) = form()["doubts"]
    assert (doubt["text"], TEXT[slice(*doubt["span"])]) == ("Russian officials",) * 2
    assert doubt["candidates"] == ["Russian officials", "Government of Russia"]


def test_dates_are_the_times_that_have_a_value() -> None:
    record = make_record()
    found = form(record)
    assert [row["value"] for row in found["dates"]] == ["2022-03-11", "2022-03-07"]


def quoting(article: Article, *content: Span, kind: str = "direct") -> Statement:
    return Statement(
        statement_id=row_id(article, "statement", *content),
        source=(),
        cue=(),
        content=content,
        kind=kind,  # type: ignore[arg-type]  # "direct" or "indirect"
        act="assert",
        speaker_id="peskov",
        extractor="hand/1",
    )


def speakers(text: str, *content: str, kind: str = "direct") -> list[dict[str, Any]]:
    article = make_article(text)
    spans = [span_of(article, words) for words in content]
    statement = quoting(article, *spans, kind=kind)
    record = Record(article=article, statements=(statement,), actors=make_actors())
    rows = form(record)["speakers"]
    assert isinstance(rows, list)
    return rows


def test_each_pair_of_marks_in_a_quotation_is_a_row() -> None:
    text = "“We will not go,” Peskov said. “They will come here.” “Not so,” he said."
    first, second = speakers(text, "“We will not go,”", "“They will come here.”")
    assert first["quote_text"] == "“We will not go,”"
    assert second["quote_text"] == "“They will come here.”"
    assert first["speaker"] == second["speaker"] == "Dmitry Peskov"


def test_a_quotation_belongs_to_who_is_quoted_not_to_whom_they_quote() -> None:
    article = make_article("“We hear the Kremlin wants much more time,” said Peskov.")
    outer = quoting(article, span_of(article, "“We hear the Kremlin wants much more time,”"))
    inner = quoting(article, span_of(article, "the Kremlin wants much more time"))
    inner = replace(inner, speaker_id="russia", parent_id=outer.statement_id)
    record = Record(article=article, statements=(outer, inner), actors=make_actors())
    assert [row["speaker"] for row in form(record)["speakers"]] == ["Dmitry Peskov"]


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    text = "Peskov said: “We will not go. They will.\n\nNo more was said."
    (row,) = speakers(text, "We will not go. They will.")
    assert row["quote_text"] == "“We will not go. They will."


def test_a_quotation_opened_again_without_a_line_break_makes_two_rows() -> None:
    text = "Peskov said: “We will not go. “They will come here.” No more was said."
    first, second = speakers(text, "“We will not go. “They will come here.”")
    assert first["quote_text"] == "“We will not go."
    assert second["quote_text"] == "“They will come here.”"


def test_a_closing_mark_that_nobody_opened_makes_no_pair() -> None:
    assert speakers("We will not go there.” So said Peskov.", "We will not go there.”") == []


def test_two_words_are_no_quotation_and_indirect_speech_quotes_nobody() -> None:
    assert speakers("Peskov spoke of “our negotiators”.", "“our negotiators”") == []
    text = "Peskov said “we will not go” again."
    assert speakers(text, "“we will not go”", kind="indirect") == []


def test_attributions_are_the_outermost_statements() -> None:
    record = make_record()
    found = attribution_form(record, "talks")
    assert found["doc"] == "talks"
    attributions = found["attributions"]
    assert isinstance(attributions, list)
    assert len(attributions) == len(record.statements) - 1
    start, end = attributions[0]["content"][0]
    assert TEXT[start:end] == "Our negotiators"
    assert set(attributions[0]) == {"source", "cue", "content"}


def test_json_lines_hold_one_row_each_with_its_kind() -> None:
    record = make_record()
    lines = list(json_lines("figures", table(record, "figures")))
    rows = [json.loads(line) for line in lines]
    assert [row["row"] for row in rows] == ["figures", "figures"]
    assert rows[0]["measure"] == "killed"
    assert rows[1]["high"] is None
