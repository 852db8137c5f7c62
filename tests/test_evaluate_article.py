"""The hand-made record scored against itself, and against itself with one thing changed."""

import copy
import hashlib
from typing import Any

import pytest

from factories import TEXT, make_article, make_record
from onrecord.errors import GoldError
from onrecord.evaluate import MarkedArticle, score_article, score_lines
from onrecord.evaluate.scores import ArticleScore, Rate
from onrecord.export import gold_form


def form() -> dict[str, Any]:
    return copy.deepcopy(gold_form(make_record()))


def compare(gold: dict[str, Any], predicted: dict[str, Any]) -> ArticleScore:
    return score_article(MarkedArticle(gold), MarkedArticle(predicted), TEXT)


def offsets(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def test_a_record_agrees_with_itself_in_everything() -> None:
    score = compare(form(), form())
    for kind in score.kinds:
        assert kind.precision == kind.recall == 1, kind.kind
        assert all(rate.right == rate.of == kind.found for rate in kind.rates), kind
        assert (kind.missed, kind.extras, kind.slips) == ((), (), ())
    assert score.uncovered == score.traps == score.furniture == score.inexact == ()


def test_an_empty_record_finds_nothing() -> None:
    score = compare(form(), {})
    assert all(kind.required > 0 and kind.found == kind.recall == 0 for kind in score.kinds)
    assert len(score.kind("figures").missed) == 2


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("statements", "speaker", "Nobody"),
        ("statements", "act", "praise"),
        ("statements", "kind", "mixed"),
        ("statements", "parent", "elsewhere"),
        ("statements", "source", []),
        ("events", "modality", "future"),
        ("events", "date", "1999"),
        ("events", "place", {"name": "Paris"}),
        ("events", "voice", "elsewhere"),
        ("figures", "measure", "money"),
        ("figures", "low", 1),
        ("conditions", "on", "Nobody"),
        ("conditions", "kind", "threat"),
        ("demands", "of", "Nobody"),
        ("terms", "voice", "own"),
        ("terms", "avoided", None),
        ("times", "value", "1999"),
        ("actors", "country", "FRA"),
        ("actors", "sector", "UNK"),
    ],
)
def test_a_wrong_field_costs_its_own_rate_only(kind: str, field: str, value: object) -> None:
    predicted = form()
    predicted[kind][0][field] = value
    score = compare(form(), predicted).kind(kind)
    assert score.found == score.required
    assert {rate.name for rate in score.rates if rate.right < rate.of} == {field}
    assert [slip.field for slip in score.slips] == [field]


def test_a_missing_row_is_missed_and_a_strange_one_is_extra() -> None:
    predicted = form()
    predicted["figures"][0]["span"] = offsets("🔴 Live")
    score = compare(form(), predicted).kind("figures")
    assert (score.found, score.required, score.predicted) == (1, 2, 2)
    assert "between 30 and 35" in score.missed[0]
    assert "🔴 Live" in score.extras[0]


def test_an_optional_row_counts_neither_way() -> None:
    gold = form()
    gold["figures"][0]["optional"] = True
    found = compare(gold, form()).kind("figures")
    assert (found.required, found.predicted, found.found) == (1, 1, 1)
    predicted = form()
    del predicted["figures"][0]
    left_out = compare(gold, predicted).kind("figures")
    assert (left_out.required, left_out.predicted, left_out.found) == (1, 1, 1)


def test_alternatives_are_as_right() -> None:
    gold, predicted = form(), form()
    predicted["statements"][0] |= {"act": "agree", "content": offsets("Our negotiators")}
    gold["statements"][0] |= {"act_alt": ["agree"], "content_alt": [offsets("Our negotiators")]}
    score = compare(gold, predicted).kind("statements")
    assert score.found == score.required
    assert score.rate("act") == Rate("act", score.found, score.found)


def test_any_part_of_a_joint_speaker_will_do() -> None:
    gold, predicted = form(), form()
    gold["statements"][0] |= {"speaker": "Peskov and others", "speaker_parts": ["Dmitry Peskov"]}
    assert compare(gold, predicted).kind("statements").slips == ()


def test_a_statement_that_shares_less_than_half_its_words_is_another() -> None:
    predicted = form()
    predicted["statements"][3]["content"] = offsets("withdraw")
    assert compare(form(), predicted).kind("statements").found == 6


def test_parties_of_a_meeting_may_change_places_but_not_those_of_an_attack() -> None:
    predicted = form()
    for event in predicted["events"]:
        event["actors"], event["recipients"] = event["recipients"], event["actors"]
    rate = compare(form(), predicted).kind("events").rate("parties")
    assert rate == Rate("parties", 1, 4)


def test_an_event_of_another_type_is_another_event() -> None:
    predicted = form()
    predicted["events"][1]["event_type"] = "AID"
    assert compare(form(), predicted).kind("events").found == 3


def test_an_actor_is_found_by_its_mentions_when_its_name_differs() -> None:
    predicted = form()
    peskov = next(actor for actor in predicted["actors"] if actor["name"] == "Dmitry Peskov")
    peskov["name"] = "the spokesman"
    score = compare(form(), predicted).kind("actors")
    assert score.found == score.required
    assert score.rate("name").right == score.found - 1


def test_a_mention_of_the_wrong_actor_is_a_slip() -> None:
    predicted = form()
    putin, lukashenko = predicted["actors"][:2]
    lukashenko["mentions"].append(putin["mentions"].pop())
    score = compare(form(), predicted).kind("mentions")
    assert [slip.field for slip in score.slips] == ["actor"]


def test_words_that_no_statement_contains_are_named() -> None:
    gold = form() | {"must_cover": [{"span": offsets("report some progress")}]}
    assert compare(gold, form()).uncovered == ()
    assert "report some" in compare(gold, {}).uncovered[0]


def test_a_trap_is_sprung_by_its_type_and_modality_only() -> None:
    trap = {"span": offsets("call off"), "event_type": "RETREAT", "modality": "actual"}
    predicted = form()
    assert compare(form() | {"not_events": [trap]}, predicted).traps == ()
    predicted["events"][3]["modality"] = "actual"
    assert "call off" in compare(form() | {"not_events": [trap]}, predicted).traps[0]


def test_rows_on_the_pages_own_words_are_named() -> None:
    gold = form() | {"boilerplate": [{"span": offsets("2 million people")}]}
    assert any(line.startswith("figures:") for line in compare(gold, form()).furniture)


def test_words_that_the_span_does_not_cut_are_named() -> None:
    predicted = form()
    predicted["figures"][0]["text"] = "some other words"
    assert "some other words" in compare(form(), predicted).inexact[0]


def test_another_text_is_refused() -> None:
    gold = form() | {"text_sha256": hashlib.sha256(b"another").hexdigest()}
    with pytest.raises(GoldError, match="another text"):
        compare(gold, form())


def test_the_detail_lists_what_went_wrong() -> None:
    predicted = form()
    predicted["figures"][0]["measure"] = "money"
    del predicted["demands"][0]
    score = compare(form(), predicted)
    assert not any("missed" in line for line in score_lines(score))
    lines = score_lines(score, detail=True)
    assert any("missed" in line and "withdraw its troops" in line for line in lines)
    assert any("wanted killed, got money" in line for line in lines)


def test_an_article_given_elsewhere_in_its_input_is_compared_there() -> None:
    assert gold_form(make_record(make_article()))["times"] == form()["times"]
