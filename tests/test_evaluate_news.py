from typing import Any

from onrecord.evaluate import MarkedArticle, Tally, party_slips, score_news


def tallies(gold: dict[str, Any], predicted: dict[str, Any]) -> dict[str, Tally]:
    return {one.name: one for one in score_news(MarkedArticle(gold), MarkedArticle(predicted))}


def figure(start: int, end: int, **values: object) -> dict[str, object]:
    return {"span": [start, end], "measure": "killed", "low": 2, "high": None} | values


def test_rows_match_at_half_their_characters() -> None:
    gold = {"figures": [figure(0, 10)]}
    assert tallies(gold, {"figures": [figure(5, 10)]})["figures"] == Tally("figures", 1, 1, 1)
    assert tallies(gold, {"figures": [figure(6, 10)]})["figures"] == Tally("figures", 0, 1, 1)


def test_the_best_overlap_is_matched_first() -> None:
    gold = {"figures": [figure(0, 10), figure(0, 8, measure="wounded")]}
    found = tallies(gold, {"figures": [figure(0, 8, measure="wounded")]})
    assert found["figures measure"].right == 1


def test_first_and_all_fields_are_counted_apart() -> None:
    found = tallies({"figures": [figure(0, 9)]}, {"figures": [figure(0, 9, high=3)]})
    assert found["figures measure"].right == 1
    assert found["figures measure+low+high"].right == 0


def test_optional_rows_count_neither_way() -> None:
    gold = {"figures": [figure(0, 9, optional=True), figure(20, 29)]}
    both = {"figures": [figure(0, 9), figure(20, 29)]}
    assert tallies(gold, both)["figures"] == Tally("figures", 1, 1, 1)


def test_events_match_by_any_overlap_and_only_where_they_are_annotated() -> None:
    gold = {
        "events_until": 50,
        "events": [{"trigger": {"span": [0, 20]}, "type": "CONCEDE", "modality": "actual"}],
    }
    events = [
        {"trigger_span": [19, 30], "type": "RETREAT", "modality": "future"},
        {"trigger_span": [60, 70], "type": "AID", "modality": "actual"},
    ]
    found = tallies(gold, {"events": events})
    assert found["events"] == Tally("events", 1, 1, 1)
    assert found["events type"].right == 1
    assert found["events type+modality"].right == 0


def test_a_range_of_dates_is_the_interval_it_spans() -> None:
    gold = {"dates": [{"span": [0, 9], "value": {"start": "2022-03-07", "end": "2022-03-13"}}]}
    predicted = {"dates": [{"span": [0, 9], "value": "2022-03-07/2022-03-13"}]}
    assert tallies(gold, predicted)["dates value"].right == 1


def test_another_right_date_is_right() -> None:
    gold = {"dates": [{"span": [0, 9], "value": "2014", "alt": "2015"}]}
    assert tallies(gold, {"dates": [{"span": [0, 9], "value": "2015"}]})["dates value"].right == 1


def test_a_speaker_may_go_by_the_family_name_but_not_by_none() -> None:
    gold = {"speakers": [{"span": [0, 30], "speaker": "Scott Morrison"}]}
    for name, right in (("Morrison", 1), ("Bob Morrison", 0), (None, 0)):
        predicted = {"speakers": [{"quote_span": [0, 30], "speaker": name}]}
        assert tallies(gold, predicted)["speakers speaker"].right == right


def attack(**sides: list[str | None]) -> dict[str, Any]:
    parties = {
        side: [{"text": str(country), "country": country} for country in countries]
        for side, countries in sides.items()
    }
    event = {"trigger_span": [0, 6], "trigger_text": "attack", "type": "ASSAULT"}
    return {"events": [{**event, "actors": [], "recipients": [], **parties}]}


def test_countries_of_parties_are_compared_as_sets() -> None:
    gold = attack(actors=["RUS", "RUS"], recipients=["UKR"])
    found = tallies(gold, attack(actors=["RUS"], recipients=["UKR", None]))
    assert found["events countries actors"] == Tally("events countries actors", 1, None, 1)
    assert found["events countries recipients"].right == 0
    assert found["events countries actors+recipients"].right == 0


def test_nobody_is_not_somebody_of_no_known_country() -> None:
    gold, got = attack(recipients=[None]), attack()
    assert tallies(gold, got)["events countries recipients"].right == 0
    assert tallies(gold, gold)["events countries actors+recipients"].right == 1
    (slip,) = party_slips(MarkedArticle(gold), MarkedArticle(got))
    assert str(slip) == "attack: recipients: wanted None (None), got nobody"
