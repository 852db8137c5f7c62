"""Which tellings are one happening: in an article, across articles, and what keeps them apart."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.happenings import (
    Owned,
    Party,
    Site,
    Telling,
    Wording,
    compare,
    group_article,
    group_units,
    happenings_of,
    unit_of,
)
from onrecord.language.days import Days, days_of
from onrecord.records import Record

RUSSIA = Party(name="government of russia", country="RUS", kind="government")
UKRAINE = Party(name="government of ukraine", country="UKR", kind="government")
FORCES = Party(name="russian forces", country="RUS", kind="organisation")
PUTIN = Party(name="vladimir putin", country="RUS", kind="person")
LAVROV = Party(name="sergei lavrov", country="RUS", kind="person")
LUKASHENKO = Party(name="alexander lukashenko", country="BLR", kind="person")
KHARKIV = Site(name="kharkiv", country="UKR", admin="Kharkiv Oblast", geonames_id=706483)
ODESA = Site(name="odesa", country="UKR", admin="Odesa Oblast", geonames_id=698740)
COUNTRY = Site(name="ukraine", country="UKR", admin=None, geonames_id=690791)
WORDS = ("hospit", "roof", "rocket", "night", "mayor", "burned")


def day(value: str) -> Days:
    found = days_of(value)
    assert found is not None
    return found


def telling(name: str, **fields: Any) -> Telling:  # noqa: ANN401 - any field
    """An attack told in an article of its own, with nothing but the date of publication."""
    values: dict[str, Any] = {
        "telling_id": name,
        "article_id": f"article of {name}",
        "position": 0,
        "event_type": "ASSAULT",
        "mode": None,
        "modality": "actual",
        "symmetric": False,
        "actors": (),
        "recipients": (),
        "days": None,
        "published": day("2022-03-11"),
        "site": None,
        "start": 0,
        "sentence": 0,
        "trigger": "shelle",
        "words": (),
    }
    return Telling(**(values | fields))


FULL: dict[str, Any] = {
    "actors": (FORCES,),
    "recipients": (UKRAINE,),
    "days": day("2022-03-10"),
    "site": KHARKIV,
    "words": WORDS,
}


def together(*tellings: Telling) -> set[frozenset[str]]:
    """The groups of tellings of different articles."""
    units = [unit_of(one.telling_id, [one]) for one in tellings]
    return {frozenset(unit.unit_id for unit in group) for group in group_units(units)}


def are_one(one: Telling, other: Telling) -> bool:
    return len(together(one, other)) == 1


def test_what_two_articles_tell_alike_is_one_happening() -> None:
    assert are_one(telling("a", **FULL), telling("b", **FULL))


@pytest.mark.parametrize(
    "change",
    [
        {"event_type": "COERCE"},
        {"modality": "negated"},
        {"modality": "hypothetical"},
        {"modality": "conditional"},
        {"actors": (UKRAINE,)},
        {"recipients": (RUSSIA,)},
        {"site": ODESA},
        {"mode": "firearms"},
        {"trigger": "war"},
    ],
    ids=lambda change: next(iter(change)) + str(len(str(change))),
)
def test_what_contradicts_is_two(change: dict[str, Any]) -> None:
    first = telling("a", **FULL, mode="heavy-weapons")
    other = replace(first, telling_id="b", article_id="b", words=WORDS[1:])
    assert are_one(first, other)
    assert not are_one(first, replace(other, **change))


def test_another_day_is_another_happening_even_in_the_same_words() -> None:
    later = telling("b", **FULL | {"days": day("2022-03-11")})
    assert not are_one(telling("a", **FULL), later)


@pytest.mark.parametrize(
    ("change", "one"),
    [
        ({"site": COUNTRY}, True),  # Kharkiv is in Ukraine
        ({"site": None}, True),
        ({"days": None}, True),  # published the day after
        ({"days": day("2022-03")}, True),
        ({"days": None, "published": day("2022-03-20")}, False),
        ({"actors": ()}, True),
        ({"recipients": ()}, True),
        ({"actors": (), "recipients": (), "site": None, "words": ("other",)}, False),
        ({"actors": (RUSSIA,), "recipients": (), "words": ("other",)}, False),
    ],
)
def test_what_one_does_not_say_is_no_contradiction_and_no_agreement(
    change: dict[str, Any], one: bool
) -> None:
    assert are_one(telling("a", **FULL), telling("b", **FULL | change)) is one


def test_a_copy_needs_nothing_but_its_words() -> None:
    bare = {"words": WORDS, "trigger": "shelle"}
    assert are_one(telling("a", **bare), telling("b", **bare))
    late = telling("b", **bare, published=day("2022-03-30"))
    assert not are_one(telling("a", **bare), late)


def test_sentences_alike_but_for_a_name_are_of_two() -> None:
    one = telling("a", words=(*WORDS, "Kharki"), actors=(FORCES,))
    other = telling("b", words=(*WORDS, "Odesa"), actors=(FORCES,))
    assert not are_one(one, other)


MEETING: dict[str, Any] = {
    "event_type": "CONSULT",
    "symmetric": True,
    "trigger": "met",
    "actors": (PUTIN,),
    "recipients": (LUKASHENKO,),
    "days": day("2022-03-11"),
}


def test_a_meeting_is_read_both_ways() -> None:
    turned = {"actors": (LUKASHENKO,), "recipients": (PUTIN,)}
    assert are_one(telling("a", **MEETING), telling("b", **MEETING | turned))
    one_way = {"symmetric": False} | turned
    directed = telling("a", **MEETING | {"symmetric": False})
    assert not are_one(directed, telling("b", **MEETING | one_way))


def test_other_people_of_the_same_countries_have_another_meeting() -> None:
    assert not are_one(telling("a", **MEETING), telling("b", **MEETING | {"actors": (LAVROV,)}))


def test_a_plan_is_what_was_held_on_the_day_planned() -> None:
    plan = telling("a", **MEETING | {"modality": "future"}, published=day("2022-03-09"))
    assert are_one(plan, telling("b", **MEETING))
    assert not are_one(plan, telling("b", **MEETING | {"days": day("2022-03-12")}))
    assert not are_one(plan, telling("b", **MEETING | {"days": None}))


def test_accusations_need_the_same_words() -> None:
    said: dict[str, Any] = {"event_type": "ACCUSE", "actors": (UKRAINE,), "recipients": (RUSSIA,)}
    said |= {"days": day("2022-03-10"), "trigger": "accuse"}
    assert are_one(telling("a", **said, words=WORDS), telling("b", **said, words=WORDS[:4]))
    assert not are_one(telling("a", **said, words=WORDS), telling("b", **said, words=("grain",)))


def test_two_that_an_article_tells_apart_stay_apart() -> None:
    first, second = telling("a", **FULL), telling("b", **FULL | {"article_id": "article of a"})
    assert len(together(first, second)) == 2


def test_a_happening_has_the_id_of_its_earliest_telling() -> None:
    late = telling("a", **FULL, published=day("2022-03-12"))
    early = telling("z", **FULL, published=day("2022-03-10"))
    found = happenings_of([Owned(late, "a"), Owned(early, "z")])
    assert set(found.values()) == {"z"}


# In an article


def in_article(*told: tuple[str, dict[str, Any]]) -> list[Telling]:
    return [
        telling(name, article_id="one", position=at, start=100 * at, sentence=100 * at, **fields)
        for at, (name, fields) in enumerate(told)
    ]


def wording(lemma: str, *, back: bool = False, another: bool = False) -> Wording:
    return Wording(lemma=lemma, is_plural=False, is_back_reference=back, is_another=another)


def article_groups(told: list[Telling], wordings: dict[str, Wording]) -> set[frozenset[str]]:
    groups = group_article(told, wordings)
    return {frozenset(one.telling_id for one in group.members) for group in groups}


def test_the_attack_comes_back_to_what_was_told() -> None:
    told = in_article(("a", FULL | {"trigger": "killed"}), ("b", {"trigger": "attack"}))
    wordings = {"a": wording("kill"), "b": wording("attack", back=True)}
    assert article_groups(told, wordings) == {frozenset("ab")}
    assert article_groups(told, wordings | {"b": wording("attack")}) == {
        frozenset("a"),
        frozenset("b"),
    }


def test_a_second_attack_does_not_come_back() -> None:
    told = in_article(("a", FULL), ("b", FULL | {"trigger": "attack"}))
    wordings = {"a": wording("shell"), "b": wording("attack", another=True)}
    assert len(article_groups(told, wordings)) == 2


def test_the_attack_comes_back_to_nothing_of_which_nothing_is_known() -> None:
    told = in_article(("a", {"trigger": "killed"}), ("b", {"trigger": "attack"}))
    wordings = {"a": wording("kill"), "b": wording("attack", back=True)}
    assert len(article_groups(told, wordings)) == 2


def test_the_war_is_none_of_its_attacks() -> None:
    told = in_article(("a", FULL), ("b", {"trigger": "war"}))
    wordings = {"a": wording("attack"), "b": wording("war", back=True)}
    assert len(article_groups(told, wordings)) == 2


def test_in_an_article_two_named_parties_meet_once() -> None:
    told = in_article(("a", MEETING), ("b", MEETING | {"days": None}))
    wordings = {"a": wording("meet"), "b": wording("meet")}
    assert len(article_groups(told, wordings)) == 1


def test_one_sentence_is_no_agreement_of_two() -> None:
    one = telling("a", article_id="x", words=WORDS)
    other = telling("b", article_id="x", words=WORDS, position=1, start=40)
    assert compare(one, other).words == "unknown"
    assert compare(one, replace(other, sentence=200)).words == "same"


# Properties

PARTIES = st.sampled_from([(), (RUSSIA,), (UKRAINE,), (FORCES,), (PUTIN,), (PUTIN, LAVROV)])
DAYS = st.sampled_from([None, *map(day, ("2022-03-09", "2022-03-10", "2022-03", "2022"))])
TELLINGS = st.builds(
    lambda article, **fields: telling("", article_id=f"{article}", **fields),
    st.integers(0, 4),
    event_type=st.sampled_from(["ASSAULT", "CONSULT", "ACCUSE"]),
    modality=st.sampled_from(["actual", "future", "negated"]),
    symmetric=st.booleans(),
    actors=PARTIES,
    recipients=PARTIES,
    days=DAYS,
    published=st.sampled_from([None, day("2022-03-10"), day("2022-03-12")]),
    site=st.sampled_from([None, KHARKIV, ODESA, COUNTRY]),
    words=st.sampled_from([(), WORDS, WORDS[:4], (*WORDS, "grain")]),
)


def numbered(told: list[Telling]) -> list[Telling]:
    return [
        replace(one, telling_id=f"{at:02}", position=at, sentence=at * 100, start=at * 100)
        for at, one in enumerate(told)
    ]


@given(one=TELLINGS, other=TELLINGS)
def test_comparing_is_symmetric(one: Telling, other: Telling) -> None:
    found, turned = compare(one, other), compare(other, one)
    sides = [{one.actors, one.recipients} for one in (found, turned)]
    assert sides[0] == sides[1]
    assert (found.date, found.place, found.words) == (turned.date, turned.place, turned.words)
    assert found.contradicts == turned.contradicts


@settings(max_examples=200, deadline=None)
@given(told=st.lists(TELLINGS, max_size=10), seed=st.integers())
def test_happenings_are_a_partition_whatever_the_order(told: list[Telling], seed: int) -> None:
    owned = [Owned(one, one.telling_id) for one in numbered(told)]
    found = happenings_of(owned)
    assert set(found) == {(one.telling.article_id, one.own_id) for one in owned}
    shuffled = random.Random(seed).sample(owned, len(owned))
    assert happenings_of(shuffled) == found
    for happening_id in set(found.values()):
        articles = [key[0] for key, one in found.items() if one == happening_id]
        assert len(articles) == len(set(articles))
        assert happening_id in {key[1] for key, one in found.items() if one == happening_id}


@settings(max_examples=100, deadline=None)
@given(told=st.lists(TELLINGS, max_size=8))
def test_nothing_that_contradicts_is_together(told: list[Telling]) -> None:
    units = [unit_of(one.telling_id, [one]) for one in numbered(told)]
    for group in group_units(units):
        for one in group:
            for other in group:
                found = compare(one.whole, other.whole)
                assert found.date != "differs"
                assert one.whole.event_type == other.whole.event_type
                assert found.place != "differs"
                assert not found.contradicts or one.whole.words == other.whole.words


# From a text


def test_a_record_says_which_events_are_one(record_of: Callable[[str], Record]) -> None:
    record = record_of(
        "A suicide bomber killed 14 people at a checkpoint in Jalalabad on Thursday, officials "
        "said. The attack was the deadliest this year. A second attack in Kabul failed."
    )
    words = [record.article.cut(event.trigger[0]) for event in record.events]
    assert words == ["killed", "attack", "attack"]
    first, again, second = (event.happening_id for event in record.events)
    assert first == again == record.events[0].event_id
    assert second == record.events[2].event_id
