"""Talks: moves between parties in an article, and which of them answer which."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from factories import make_article, make_record, span_of
from onrecord.cli import main
from onrecord.language.days import days_of
from onrecord.records import Participant, Record, Span, row_id
from onrecord.room import RoomSettings
from onrecord.store import open_store
from onrecord.talks import Item, Move, answered, moves_of
from rooms import browser_at, room_at

RUS, UKR, TUR = "RUS", "UKR", "TUR"
PLAIN = frozenset({"its", "from", "the", "that", "ukraine", "russia"})


def move(kind: str, by: str, to: str, words: str, **values: Any) -> Move:  # noqa: ANN401
    """Return a move on a day; `on` is its date, `article` the article that tells it."""
    date = values.get("on", "2022-03-01")
    start = values.get("start", 0)
    article = values.get("article", "a")
    return Move(
        kind=kind,  # type: ignore[arg-type]
        row_kind="statements",
        row_id=f"{article}{start}{kind}{date}",
        article_id=article,
        version=1,
        by=frozenset(by.split()),
        to=frozenset(to.split()),
        words=words,
        date=date,
        by_publication=False,
        days=days_of(date),
        start=start,
        happening_id=values.get("happening"),
    )


DEMAND = move("demand", UKR, RUS, "that Russia withdraw its troops from the region")


def standing(*answers: Move) -> Item:
    """Return what becomes of the demand."""
    items = answered([DEMAND, *answers], PLAIN)
    (item,) = (one for one in items if one.move is DEMAND)
    return item


def test_a_demand_without_an_answer_is_open() -> None:
    assert standing().standing == "open"
    assert standing(move("meeting", "RUS UKR", "", "met about troops")).standing == "open"


@pytest.mark.parametrize(("kind", "expected"), [("acceptance", "accepted"), ("refusal", "refused")])
def test_who_was_asked_answers(kind: str, expected: str) -> None:
    item = standing(move(kind, RUS, UKR, "the withdrawal of troops", on="2022-03-04", article="b"))
    assert item.standing == expected
    (answer,) = item.answers
    assert answer.because == (
        "RUS was asked",
        "shares “withdraw”, “troops”",
        "turns to UKR",
        "3 days later",
    )
    assert 0.35 <= answer.score <= 1


@pytest.mark.parametrize(
    "other",
    [
        move("refusal", TUR, UKR, "to withdraw troops", on="2022-03-02"),  # was not asked
        move("refusal", UKR, RUS, "to withdraw troops", on="2022-03-02"),  # asked itself
        move("refusal", RUS, UKR, "to withdraw troops", on="2022-02-27"),  # came before
        move("refusal", RUS, UKR, "to withdraw troops", on="2022-07-01"),  # long after
        move("refusal", RUS, UKR, "to pay for the gas", on="2022-03-02"),  # of something else
        move("refusal", RUS, UKR, "withdraw troops", on=None, article="b"),  # nobody knows when
        move("agreement", "RUS TUR", "", "to withdraw troops", on="2022-03-02"),  # with others
    ],
)
def test_what_is_no_answer(other: Move) -> None:
    assert standing(other).standing == "open"


def test_one_shared_word_of_many_is_no_answer() -> None:
    assert (
        standing(move("refusal", RUS, UKR, "any talk of the region", on="2022-03-02")).answers == ()
    )


def test_an_answer_may_call_the_demand_one_and_share_no_word() -> None:
    asked = replace(DEMAND, sentence="Ukraine wants Russia to go.")
    told = replace(
        move("refusal", RUS, "", "rejected", start=200), sentence="Moscow rejected the demand."
    )
    (item, *_) = answered([asked, told], PLAIN)
    assert item.standing == "refused"
    assert "names what was asked" in item.answers[0].because
    far = replace(told, start=2_000)
    elsewhere = replace(told, article_id="b")
    assert [one.standing for one in answered([asked, far], PLAIN)[:1]] == ["open"]
    assert [one.standing for one in answered([asked, elsewhere], PLAIN)[:1]] == ["open"]


def test_who_nobody_was_asked_by_name_may_answer_in_the_next_sentence() -> None:
    asked = replace(DEMAND, to=frozenset(), sentence="Ukraine wants a corridor.")
    told = replace(
        move("refusal", RUS, "", "rejected", start=100), sentence="Russia rejected that demand."
    )
    (item, *_) = answered([asked, told], PLAIN)
    assert item.answers[0].because[:2] == ("RUS answers", "names what was asked")


def test_a_pledge_told_again_is_not_its_own_answer() -> None:
    words = "Washington pledged to send more arms to Kyiv and announced it."
    offer = replace(move("offer", "USA", UKR, "send more arms to Kyiv"), sentence=words)
    again = replace(
        move("agreement", "USA UKR", "", "send more arms to Kyiv", start=9), sentence=words
    )
    assert answered([offer, again])[0].standing == "open"


def test_a_refusal_may_come_before_the_demand_it_names_in_one_sentence() -> None:
    words = "Moscow rejected Kyiv’s call to leave."
    asked = replace(DEMAND, start=40, sentence=words)
    told = replace(move("refusal", RUS, "", words), sentence=words)
    assert [one.standing for one in answered([asked, told], PLAIN)] == ["refused"]
    other = replace(told, sentence="Moscow rejected the call to leave Kherson.")
    assert [one.standing for one in answered([asked, other], PLAIN)] == ["open"]


@pytest.mark.parametrize(
    "told",
    [
        "There was no sign that Russia would withdraw its troops from the region.",
        "Russia agreed to withdraw its troops from the region, and then ignored it.",
    ],
)
def test_what_is_taken_back_accepts_nothing(told: str) -> None:
    words = told.partition("sign ")[2] or told
    accepted = replace(move("acceptance", RUS, UKR, words, start=500), sentence=told)
    assert standing(accepted).standing == "open"
    assert standing(replace(accepted, sentence="")).standing == "accepted" or "ignored" in told


def test_an_acceptance_that_turns_to_nobody_needs_more_when_told_elsewhere() -> None:
    accepted = move("acceptance", RUS, "", "troops would withdraw", on="2022-03-20", article="b")
    assert standing(accepted).standing == "open"
    assert standing(replace(accepted, article_id="a")).standing == "accepted"
    assert standing(replace(accepted, kind="refusal")).standing == "refused"


def test_what_is_asked_in_the_same_words_is_one() -> None:
    copies = [DEMAND, replace(DEMAND, article_id="b", row_id="b1"), replace(DEMAND, row_id="c")]
    (item,) = answered(copies, PLAIN)
    assert item.told == 2


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("that Russia withdraw its troops", True),
        ("for Russia to leave", True),
        ("Russia’s invasion to end", False),
        ("that Russia be held accountable", False),
        ("legal guarantees against Russia", False),
    ],
)
def test_who_is_asked_stands_first_and_would_have_to_act(words: str, asked: bool) -> None:
    article = make_article(f"Ukraine demanded {words}.")
    known = make_record()
    at = span_of(article, "Russia")
    (demand,) = known.demands
    mention = replace(known.mentions[0], span=at, actor_id=demand.of_id)
    record = Record(
        article=article,
        actors=known.actors,
        mentions=(mention,),
        demands=(
            replace(
                demand,
                of_id=None,
                asks=span_of(article, words),
                cue=(span_of(article, "demanded"),),
                statement_id=None,
            ),
        ),
    )
    (found,) = moves_of(record, sides(known))
    assert found.to == (frozenset({RUS}) if asked else frozenset())


def test_in_one_article_an_answer_needs_no_date() -> None:
    (answer,) = standing(move("refusal", RUS, UKR, "to withdraw troops", on=None)).answers
    assert answer.because[-2:] == ("turns to UKR", "in the same article")


def test_the_answer_that_more_speaks_for_comes_first() -> None:
    near = move("refusal", RUS, UKR, "to withdraw any troops", on="2022-03-02", article="b")
    far = move("acceptance", RUS, "", "troops will go", on="2022-05-20", article="c")
    item = standing(far, near)
    assert [one.move.kind for one in item.answers][:1] == ["refusal"]
    assert sorted((one.score for one in item.answers), reverse=True) == [
        one.score for one in item.answers
    ]


def test_an_answer_within_an_uncertain_time_may_come_after() -> None:
    assert standing(move("refusal", RUS, UKR, "withdraw troops", on="2022-03")).answers


def test_a_meeting_that_several_articles_tell_is_one() -> None:
    met = [
        move("meeting", "RUS UKR", "", "met", article=article, happening="h", on="2022-03-10")
        for article in ("a", "b")
    ]
    (item,) = answered(met)
    assert item.told == 2
    assert item.standing is None


def test_moves_come_by_date_and_those_without_last() -> None:
    moves = [
        move("meeting", "RUS UKR", "", "met", on=None, start=1),
        move("meeting", "RUS UKR", "", "met", on="2022-04-01", start=2),
        DEMAND,
    ]
    assert [one.move.date for one in answered(moves)] == ["2022-03-01", "2022-04-01", None]


def test_who_only_agrees_is_at_most_an_answer() -> None:
    assert answered([move("acceptance", RUS, "", "to it")]) == []


# In an article


def sides(record: Record) -> dict[str, str]:
    """Return the country of each actor that has one, as its party."""
    return {one.actor_id: one.country for one in record.actors if one.country}


def test_a_demand_is_a_move_of_who_makes_it() -> None:
    record = make_record()
    (demand,) = [one for one in moves_of(record, sides(record)) if one.kind == "demand"]
    assert (demand.by, demand.to) == (frozenset({UKR}), frozenset({RUS}))
    assert "withdraw its troops" in demand.words
    assert (demand.date, demand.by_publication) == ("2022-03-11", True)


def test_whom_a_demand_names_is_asked_where_nobody_else_is() -> None:
    record = make_record()
    asked = replace(record.demands[0], of_id=None)
    words = span_of(record.article, "Russia withdraw its troops")
    at = Span(words.start, words.start + len("Russia"))
    named = replace(record.mentions[0], span=at, actor_id=record.demands[0].of_id)
    made = replace(record, mentions=(named,), demands=(replace(asked, asks=words),))
    assert [one.to for one in moves_of(made, sides(record)) if one.kind == "demand"] == [
        frozenset({RUS})
    ]
    barely = replace(record.mentions[0], span=at, actor_id=record.demands[0].of_id)
    about = span_of(record.article, "that Russia withdraw its troops")
    assert about.start < at.start
    nobody = replace(
        record,
        mentions=(barely,),
        demands=(replace(asked, asks=span_of(record.article, "troops")),),
    )
    assert [one.to for one in moves_of(nobody, sides(record)) if one.kind == "demand"] == [
        frozenset()
    ]


@pytest.mark.parametrize(
    ("event_type", "modality", "kind"),
    [
        ("CONSULT", "actual", "meeting"),
        ("CONSULT", "negated", None),
        ("AGREE", "actual", "agreement"),
        ("AGREE", "negated", "refusal"),
        ("AGREE", "conditional", None),
        ("REJECT", "actual", "refusal"),
        ("CONCEDE", "actual", "acceptance"),
        ("ASSAULT", "actual", None),
    ],
)
def test_what_move_an_event_is(event_type: str, modality: str, kind: str | None) -> None:
    record = make_record()
    known = record.events[0]
    parties = (Participant(span=known.trigger[0], actor_id="one"),
               Participant(span=known.trigger[0], actor_id="two"))  # fmt: skip
    event = replace(
        known,
        event_type=event_type,  # type: ignore[arg-type]
        modality=modality,  # type: ignore[arg-type]
        actors=parties[:1],
        recipients=parties[1:],
        symmetric=event_type in ("CONSULT", "AGREE"),
    )
    made = replace(record, events=(event,), demands=(), conditions=(), statements=())
    assert [one.kind for one in moves_of(made, {"one": RUS, "two": UKR})] == (
        [kind] if kind else []
    )


# From a store


def refusing() -> Record:
    """Return the record of an article, a day later, in which Russia refuses to withdraw."""
    article = make_article(
        "Russia rejected the demand of Ukraine to withdraw its troops.",
        article_id="b" * 16,
        published="2022-03-12",
        title="Refused",
    )
    known = make_record()
    actors = tuple(one for one in known.actors if one.country in (RUS, UKR))
    whole = span_of(article, "to withdraw its troops")
    russia = next(one for one in actors if one.country == RUS and one.kind != "person")
    ukraine = next(one for one in actors if one.country == UKR)
    mentions = tuple(
        replace(
            known.mentions[0],
            mention_id=row_id(article, "mention", span_of(article, words)),
            span=span_of(article, words),
            actor_id=actor.actor_id,
            form="name",
            role=None,
            role_country=None,
            candidates=(),
        )
        for words, actor in (("Russia", russia), ("Ukraine", ukraine))
    )
    statement = replace(
        known.statements[0],
        statement_id=row_id(article, "statement", whole),
        source=(mentions[0].span,),
        cue=(span_of(article, "rejected"),),
        content=(whole,),
        kind="indirect",
        act="reject",
        speaker_id=russia.actor_id,
        addressee_id=None,
        said_on=None,
        said_at=None,
        occasion=(),
        parent_id=None,
    )
    return Record(
        article=article,
        statements=(statement,),
        actors=tuple(replace(one, grounds=()) for one in (russia, ukraine)),
        mentions=mentions,
    )


def test_talks_are_found_between_parties_and_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.save(make_record(), "hand/1")
        assert [one.standing for one in _demands(store.views.talks("RUS,UKR").items)] == ["open"]
        assert store.views.talks("RUS,UKR", until="2022-03-01").items == ()
        assert store.views.talks("RUS,BRA").items == ()
        store.save(refusing(), "hand/1")
        (demand,) = _demands(store.views.talks("RUS,UKR").items)
        assert demand.standing == "refused"
        assert demand.answers[0].move.article_id == "b" * 16
        (alone,) = _demands(store.views.talks("UKR").items)
        assert (alone.move.to, alone.standing) == (frozenset({RUS}), "refused")
        with pytest.raises(ValueError, match="name parties"):
            store.views.talks(" , ")
        with pytest.raises(ValueError, match="since must be"):
            store.views.talks("RUS,UKR", since="soon")
    run = CliRunner().invoke
    result = run(main, ["talks", "--between", "RUS,UKR", "--store", str(path), "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    (line,) = (one for one in lines if one["kind"] == "demand")
    assert (line["by"], line["to"], line["standing"]) == (UKR, RUS, "refused")
    assert "1 day later" in line["because"]
    table = run(main, ["talks", "--between", "Russia,Ukraine", "--store", str(path)])
    assert "demand" in table.stdout
    assert run(main, ["talks", "--between", ",", "--store", str(path)]).exit_code == 2


def test_the_room_shows_a_demand_with_its_answer(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.db") as store:
        store.save(make_record(), "hand/1")
        store.save(refusing(), "hand/1")
        with room_at(store, RoomSettings(port=0)) as at, browser_at(at) as browser:
            page = browser.get("/talks", params={"between": "RUS,UKR"}).text
            assert "Russia and Ukraine" in page
            assert '<span class="standing">refused</span>' in page
            assert "shares “withdraw”, “troops”; 1 day later" in page
            assert "between=BLR%2CRUS" in browser.get("/talks").text
            assert browser.get("/talks", params={"between": ","}).status_code == 400
            nothing = browser.get("/talks", params={"between": "RUS,BRA"})
            assert nothing.status_code == 200


def _demands(items: tuple[Item, ...]) -> list[Item]:
    return [one for one in items if one.move.kind == "demand"]
