import hashlib
from typing import Any

import pytest

from factories import make_record
from onrecord.errors import GoldError
from onrecord.evaluate import (
    MarkedArticle,
    Tally,
    part_of,
    record_slips,
    require_same_text,
    score_record,
)
from onrecord.export import gold_form

Json = dict[str, Any]


def tallies(gold: Json, predicted: Json) -> dict[str, Tally]:
    return {one.name: one for one in score_record(MarkedArticle(gold), MarkedArticle(predicted))}


def counts(tally: Tally) -> tuple[int, int | None, int]:
    return tally.right, tally.predicted, tally.gold


def said(start: int, end: int, **values: object) -> Json:
    return {"content_spans": [[start, end]], "source": None, "speaker": None} | values


def event(start: int, end: int, **values: object) -> Json:
    row = {"trigger": {"span": [start, end]}, "type": "ASSAULT", "modality": "actual"}
    return row | {"actors": [], "recipients": []} | values


def party(start: int, end: int, country: str | None, **values: object) -> Json:
    return {"span": [start, end], "country": country} | values


def test_an_article_is_for_checking_or_for_training() -> None:
    parts = [part_of(f"article-{n}") for n in range(400)]
    assert parts.count("check") + parts.count("train") == 400
    assert 70 < parts.count("check") < 130
    number = int(hashlib.sha256(b"article-0").hexdigest()[:8], 16)
    assert (part_of("article-0") == "check") == (number % 4 == 0)


def test_the_gold_form_of_a_record_is_scored_as_it_is() -> None:
    form = gold_form(make_record())
    found = tallies(form, form)
    assert set(found) == {
        *("statements", "statements + source", "statements + speaker"),
        *("events", "events + type", "events + type + modality", "events + type + countries"),
        *("events + all", "parties end to end"),
        *("figures", "figures + measure", "figures + measure + bounds", "conditions"),
        *("demands", "demands + by + of", "dates", "dates + value", "speakers"),
        *("speakers + speaker", "scare_quotes", "scare_quotes + used_by"),
    }
    for name in ("statements + source", "events + all", "figures + measure + bounds", "dates"):
        assert found[name].right == found[name].predicted == found[name].gold > 0, name


# Which rows are the same


def test_statements_match_at_half_of_all_characters_of_their_content() -> None:
    gold = {"statements": [{"content_spans": [[0, 10], [20, 30]]}]}
    half = {"statements": [said(20, 30)]}
    less = {"statements": [said(21, 30)]}
    assert counts(tallies(gold, half)["statements"]) == (1, 1, 1)
    assert counts(tallies(gold, less)["statements"]) == (0, 1, 1)


@pytest.mark.parametrize("other", [[[40, 50]], [40, 50]])
def test_another_right_content_counts(other: list[Any]) -> None:
    gold = {"statements": [said(0, 10, content_alt=[other])]}
    assert tallies(gold, {"statements": [said(40, 50)]})["statements"].right == 1


def test_events_match_by_any_overlap_with_a_right_trigger() -> None:
    gold = {"events": [event(0, 20, trigger_alt=[{"span": [30, 40]}]), event(60, 70)]}
    got = {"events": [event(39, 50), event(70, 80)]}
    assert counts(tallies(gold, got)["events"]) == (1, 2, 2)


def test_statements_and_events_count_in_the_opening_and_other_rows_everywhere() -> None:
    late = {"statements": [said(60, 70)], "events": [event(60, 70)]}
    figures = {"figures": [{"span": [60, 70], "measure": "killed", "low": 1, "high": 1}]}
    found = tallies({"events_until": 50, **late, **figures}, late | figures)
    assert counts(found["statements"]) == counts(found["events"]) == (0, 0, 0)
    assert counts(found["figures"]) == (1, 1, 1)


def test_optional_rows_count_neither_way() -> None:
    gold = {"events": [event(0, 9, optional=True, actors=[party(9, 12, "RUS")]), event(20, 29)]}
    got = {"events": [event(0, 9, actors=[party(9, 12, "RUS")]), event(20, 29), event(40, 49)]}
    found = tallies(gold, got)
    assert counts(found["events"]) == (1, 2, 1)
    assert counts(found["parties end to end"]) == (0, 0, 0)


def test_a_nested_statement_that_matches_nothing_is_not_wrong() -> None:
    gold = {"statements": [said(0, 40)]}
    got = {"statements": [said(0, 40), said(30, 40, nested=True)]}
    assert counts(tallies(gold, got)["statements"]) == (1, 1, 1)


# What is right of them


def source_right(wanted: object, found: object) -> bool:
    gold = {"statements": [said(20, 40, source=wanted)]}
    got = {"statements": [said(20, 40, source_span=found)]}
    return tallies(gold, got)["statements + source"].right == 1


def test_sources_overlap_or_are_both_missing() -> None:
    assert source_right({"span": [0, 9], "text": "the army"}, [4, 12])
    assert source_right(None, None)
    assert not source_right({"span": [0, 9], "text": "the army"}, [9, 12])
    assert not source_right({"span": [0, 9], "text": "the army"}, None)
    assert not source_right(None, [0, 9])


def speaker_right(gold: Json, **got: object) -> bool:
    found = tallies({"statements": [said(20, 40, **gold)]}, {"statements": [said(20, 40, **got)]})
    return found["statements + speaker"].right == 1


def test_a_speaker_may_go_by_any_name_in_the_text() -> None:
    lavrov = {"speaker": "Sergei Lavrov"}
    assert speaker_right(lavrov, speaker="Sergey Lavrov")
    assert speaker_right(lavrov, speaker="foreign minister", speaker_names=["he", "Lavrov"])
    assert speaker_right(lavrov | {"speaker_alt": ["Russia"]}, speaker="Russia")
    assert not speaker_right(lavrov, speaker="Dmitry Peskov")
    assert not speaker_right(lavrov)


def test_nobody_is_right_where_nobody_is_named() -> None:
    assert speaker_right({"speaker": None})
    assert speaker_right({"speaker": "a man", "speaker_alt": [None]})
    assert not speaker_right({"speaker": None}, speaker="Peskov")


def test_a_speaker_that_is_only_described_is_one_mentioned_there_or_nobody_named() -> None:
    source = {"span": [0, 9], "text": "a spokesman for the militia"}
    described = {"speaker": "spokesman for the militia", "source": source}
    assert speaker_right(described, speaker="the militia's man", speaker_spans=[[3, 9]])
    assert speaker_right(described)
    assert not speaker_right(described, speaker="the militia's man", speaker_spans=[[50, 59]])
    assert not speaker_right(described | {"speaker": "Abu Omar"}, speaker_spans=[[3, 9]])


def test_a_quotation_names_its_speaker_where_it_mentions_one() -> None:
    row = {"quote_span": [0, 30], "speaker": "a witness", "mention": {"span": [35, 44]}}
    row["mention"]["text"] = "A witness"  # type: ignore[index]
    found = tallies({"speakers": [row]}, {"speakers": [{"quote_span": [0, 29], "speaker": None}]})
    assert counts(found["speakers + speaker"]) == (1, 1, 1)


def countries_right(gold: Json, got: Json) -> bool:
    found = tallies({"events": [event(0, 9, **gold)]}, {"events": [event(0, 9, **got)]})
    return found["events + type + countries"].right == 1


def test_known_countries_are_compared_as_sets_side_by_side() -> None:
    gold = {"actors": [party(10, 12, "RUS"), party(14, 16, None)], "recipients": []}
    assert countries_right(gold, {"actors": [party(50, 52, "RUS")]})
    assert not countries_right(gold, {"recipients": [party(10, 12, "RUS")]})


def test_a_meeting_has_no_sides() -> None:
    gold = {"actors": [party(10, 12, "RUS")], "recipients": [party(20, 22, "UKR")]}
    turned = {"actors": gold["recipients"], "recipients": gold["actors"]}
    assert not countries_right(gold, turned)
    assert countries_right(gold, turned | {"symmetric": True})
    meeting = {"type": "CONSULT"}
    assert countries_right(gold | meeting, turned | meeting)
    events = {"events": [event(0, 9, **gold, **meeting)]}
    got = {"events": [event(0, 9, **turned, **meeting)]}
    assert counts(tallies(events, got)["parties end to end"]) == (2, 2, 2)


def test_a_retreat_is_annotated_as_a_concession() -> None:
    found = tallies(
        {"events": [event(0, 9, type="CONCEDE")]}, {"events": [event(0, 9, type="RETREAT")]}
    )
    assert found["events + all"].right == 1


def test_parties_count_one_by_one_where_the_type_is_right() -> None:
    gold = event(
        0,
        9,
        actors=[party(10, 15, "RUS", name="Russia"), party(16, 20, "BLR", name="Belarus")],
        recipients=[party(30, 35, "UKR", name="Ukraine")],
    )
    got = event(
        0,
        9,
        actors=[party(12, 15, None, name=None), party(30, 35, "UKR", name="Kyiv")],
        recipients=[party(60, 64, "UKR", name="Kyiv", names=["Kyiv", "Ukraine"])],
    )
    found = tallies({"events": [gold]}, {"events": [got]})
    assert counts(found["parties end to end"]) == (2, 3, 3)
    other = tallies({"events": [gold]}, {"events": [got | {"type": "AID"}]})
    assert counts(other["parties end to end"]) == (0, 3, 3)


def test_one_party_stands_for_one_alone() -> None:
    gold = event(0, 9, actors=[party(10, 15, "RUS"), party(14, 20, "RUS")])
    found = tallies({"events": [gold]}, {"events": [event(0, 9, actors=[party(12, 18, "RUS")])]})
    assert counts(found["parties end to end"]) == (1, 1, 2)


def demand_right(gold: Json, **got: object) -> bool:
    asks = {"asks": {"span": [20, 40]}, "by": None, "of": None}
    found = tallies({"demands": [asks | gold]}, {"demands": [{"asks_span": [20, 40]} | got]})
    return found["demands + by + of"].right == 1


def test_a_demands_parties_are_mentioned_where_they_were_annotated() -> None:
    kyiv = {"by": {"span": [0, 4], "text": "Kyiv"}}
    assert demand_right(kyiv, by_spans=[[50, 52], [0, 4]])
    assert not demand_right(kyiv, by_spans=[[50, 52]])
    assert not demand_right(kyiv)
    assert not demand_right(kyiv, by_spans=[[0, 4]], of_spans=[[60, 64]])
    assert demand_right(kyiv | {"by_alt": "null"})
    assert demand_right(kyiv | {"by_alt": "null"}, by_spans=[[0, 4]])
    assert not demand_right(kyiv | {"by_alt": "null"}, by_spans=[[50, 52]])


def test_fields_have_other_right_values() -> None:
    figure = {"span": [0, 9], "measure": "killed", "low": 2, "high": None}
    gold = {
        "figures": [figure | {"low_alt": [3], "measure_alt": ["wounded"]}],
        "dates": [{"span": [0, 9], "value": "2014", "alt": ["2015"], "value_alt": ["2016"]}],
    }
    for value in ("2014", "2015", "2016"):
        got = {
            "figures": [figure | {"low": 3, "measure": "wounded"}],
            "dates": [{"span": [0, 9], "value": value}],
        }
        found = tallies(gold, got)
        assert found["figures + measure + bounds"].right == found["dates + value"].right == 1
    other = {"figures": [figure | {"high": 5}], "dates": [{"span": [0, 9], "value": "2017"}]}
    found = tallies(gold, other)
    assert found["figures + measure + bounds"].right == found["dates + value"].right == 0


# Listings and texts


def test_what_is_missed_extra_or_wrong_is_listed() -> None:
    text = "Russia shelled Kyiv, killing two."
    shelling = event(7, 14, actors=[party(0, 6, "RUS", text="Russia")])
    gold = {
        "events": [shelling],
        "figures": [{"span": [29, 32], "measure": "killed", "low": 2, "high": 2}],
        "dates": [],
    }
    got = {
        "events": [shelling | {"modality": "future", "actors": []}],
        "dates": [{"span": [29, 32], "value": "2002"}],
        "statements": [said(0, 6, nested=True)],
    }
    assert list(record_slips(MarkedArticle(gold), MarkedArticle(got), text)) == [
        "wrong events: 7-14 “shelled” [type + modality, type + countries, all: "
        "modality actual, got future; actors Russia (RUS), got nobody]",
        "missed figures: 29-32 “two” [measure killed; low 2; high 2]",
        "extra dates: 29-32 “two” [value 2002]",
    ]


def test_an_annotation_of_another_text_is_refused() -> None:
    gold = MarkedArticle({"id": "talks", "sha256": hashlib.sha256(b"It rained.").hexdigest()})
    require_same_text(gold, "It rained.")
    require_same_text(MarkedArticle({}), "Anything.")
    with pytest.raises(GoldError, match="talks was annotated on another text"):
        require_same_text(gold, "It snowed.")
