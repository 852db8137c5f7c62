"""How tellings are worded and found again, on parses and rows made by hand."""

from typing import Any

import pytest

from drafting import span_in
from onrecord.happenings import (
    Party,
    Telling,
    Wording,
    compare,
    may_join,
    named_party,
    party_of,
    site_of,
    unit_keys,
    unit_of,
    worded,
    wording_of,
)
from onrecord.happenings.comparing import are_apart
from onrecord.happenings.telling import length, shifted, stem_of
from onrecord.happenings.wording import may_come_back
from onrecord.language.days import Days
from onrecord.records import Event, Span
from parses import parse_of


def wording(text: str, word: str) -> Wording:
    doc = parse_of(text, "happenings")
    trigger = (span_in(doc, word),)
    event = Event(
        event_id="e",
        trigger=trigger,
        event_type="ASSAULT",
        modality="actual",
        extractor="hand/1",
    )
    return wording_of(doc, event)


@pytest.mark.parametrize(
    ("text", "word", "lemma", "plural", "back", "another"),
    [
        ("The attack killed two.", "attack", "attack", False, True, False),
        ("An attack killed two.", "attack", "attack", False, False, False),
        ("The second attack killed two.", "attack", "attack", False, False, True),
        ("The 2015 attack killed two.", "attack", "attack", False, False, True),
        ("The attack of 2015 killed two.", "attack", "attack", False, False, True),
        ("The attacks killed two.", "attacks", "attack", True, True, False),
        ("Those strikes ended.", "strikes", "strike", True, True, False),
        ("The talks ended.", "talks", "talk", False, True, False),  # one thing in the plural
        ("A second round of talks ended.", "talks", "talk", False, False, True),
        ("Rebels attacked the town.", "attacked", "attack", False, False, False),
    ],
)
def test_how_a_telling_is_worded(
    text: str, word: str, lemma: str, plural: bool, back: bool, another: bool
) -> None:
    found = wording(text, word)
    assert found == Wording(
        lemma=lemma, is_plural=plural, is_back_reference=back, is_another=another
    )


def word(lemma: str, *, plural: bool = False, another: bool = False) -> Wording:
    return Wording(lemma=lemma, is_plural=plural, is_back_reference=True, is_another=another)


@pytest.mark.parametrize(
    ("later", "earlier", "kind", "back"),
    [
        (word("attack"), word("attacker"), "ASSAULT", True),  # of one root
        (word("bombing"), word("blast"), "ASSAULT", True),  # of one meaning
        (word("attack"), word("kill"), "ASSAULT", True),  # a general word
        (word("attack"), word("kill"), "COERCE", False),  # not of this type
        (word("attack"), word("kill", another=True), "ASSAULT", False),
        (word("attack", plural=True), word("kill"), "ASSAULT", False),
        (word("attack", plural=True), word("kill", plural=True), "ASSAULT", False),
        (word("raid"), word("kill"), "ASSAULT", False),
        (word("summit"), word("meet"), "CONSULT", True),
    ],
)
def test_whether_a_noun_comes_back(later: Wording, earlier: Wording, kind: str, back: bool) -> None:
    assert may_come_back(later, earlier, kind) is back


@pytest.mark.parametrize(
    ("words", "name"),
    [("Kharkiv", "kharkiv"), ("the town", None), ("They", None), ("This", None)],
)
def test_who_has_a_name_and_is_no_actor(words: str, name: str | None) -> None:
    found = named_party(words)
    assert (found.name if found is not None else None) == name


@pytest.mark.parametrize(
    ("party", "known"),
    [
        (party_of("police", None, "organisation"), False),
        (party_of("Kenyan police", "KEN", "organisation"), True),
        (party_of("Ann Berg", None, "person"), True),
        (party_of("the West", None, "bloc"), True),
    ],
)
def test_who_is_known(party: Party, known: bool) -> None:
    assert party.is_known is known


@pytest.mark.parametrize(
    ("name", "country", "admin", "geonames_id", "level"),
    [
        ("Ukraine", "UKR", None, 690791, 0),
        ("Odesa Oblast", "UKR", "Odesa Oblast", 698738, 1),
        ("Odesa", "UKR", "Odesa Oblast", 698740, 2),
        ("the front", "UKR", None, None, 2),  # not known to be wide
        ("Erewhon", None, None, 7, 2),
    ],
)
def test_how_wide_a_place_is(
    name: str, country: str | None, admin: str | None, geonames_id: int | None, level: int
) -> None:
    assert site_of(name, country, admin, geonames_id).level == level


@pytest.mark.parametrize(
    ("day", "days", "moved"),
    [
        ("2022-03-01", -1, "2022-02-28"),
        ("2024-02-28", 1, "2024-02-29"),
        ("2022-03-11", 0, "2022-03-11"),
        ("0001-01-01", -5, "0001-01-01"),  # there is no earlier day
        ("9999-12-31", 5, "9999-12-31"),
    ],
)
def test_days_earlier_and_later(day: str, days: int, moved: str) -> None:
    assert shifted(day, days) == moved


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2022-03-11", "2022-03-11", 1),
        ("2022-02-27", "2022-03-02", 4),
        ("2021-12-31", "2022-01-01", 2),
    ],
)
def test_how_many_days(first: str, last: str, days: int) -> None:
    assert length(Days(first, last)) == days


def test_what_is_compared_of_the_words_of_a_telling() -> None:
    text = "It rained. Rockets hit Kharkiv on 7 May with great force. Nobody spoke."
    trigger = Span(text.index("hit"), text.index("hit") + 3)
    found = worded(text, trigger)
    assert (found.start, found.trigger) == (trigger.start, "hit")
    assert text[found.sentence :].startswith("Rockets")
    assert "Nobody" not in found.words
    assert "rained" not in found.words
    assert {"rocket", "7"} <= set(found.words)
    assert any(stem.startswith("Khark") for stem in found.words)
    assert len(set(found.words)) == len(found.words)


def test_words_are_compared_by_their_first_letters() -> None:
    assert stem_of("attacked") == stem_of("attacking")
    assert stem_of("hit") == "hit"


def telling(name: str, **fields: Any) -> Telling:  # noqa: ANN401 - any field
    values: dict[str, Any] = {
        "telling_id": name,
        "article_id": name,
        "position": 0,
        "event_type": "CONSULT",
        "mode": None,
        "modality": "actual",
        "symmetric": True,
        "actors": (party_of("Chad", "TCD", "state"),),
        "recipients": (party_of("Mali", "MLI", "state"),),
        "days": Days("2022-03-10", "2022-03-10"),
        "published": Days("2022-03-11", "2022-03-11"),
        "site": site_of("Bamako", "MLI", "Bamako", 2460596),
        "start": 0,
        "sentence": 0,
        "trigger": "met",
        "words": ("Bamako", "border", "gold"),
    }
    return Telling(**(values | fields))


def shared(one: Telling, other: Telling) -> int:
    """How much weight the keys have that a stored telling is found by."""
    kept = unit_keys(unit_of("kept", [one])).kept
    asked = unit_keys(unit_of("asked", [other])).asked
    return sum(weight for key, weight in kept.items() if key in asked)


def test_a_telling_is_found_by_its_words_place_and_parties() -> None:
    assert shared(telling("a"), telling("b")) == 3 + 2 + 2  # words count one each
    assert shared(telling("a", site=None), telling("b")) == 3 + 2
    assert shared(telling("a", words=()), telling("b")) == 2 + 2
    assert shared(telling("a", actors=()), telling("b")) == 3 + 2
    assert shared(telling("a", days=None), telling("b")) == 3  # no more without a day


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"words": ("bamako", "Border", "GOLD")}, True),  # whatever their case
        ({"event_type": "ASSAULT"}, False),
        ({"trigger": "war"}, False),  # a state of things
        ({"days": Days("2022-06-10", "2022-06-10")}, False),
        ({"days": Days("2022-03-11", "2022-03-11")}, True),  # a day later
    ],
)
def test_what_is_found_again(change: dict[str, Any], found: bool) -> None:
    assert (shared(telling("a"), telling("b", **change)) > 0) is found


def test_only_some_of_many_words_are_keys_names_and_numbers_first() -> None:
    many = tuple(f"word{letter}" for letter in "abcdefghijklmn")
    alone = telling("a", site=None, actors=(), recipients=(), days=None)
    names = telling("b", site=None, actors=(), recipients=(), days=None, words=("Kano", *many))
    asked = telling("c", site=None, actors=(), recipients=(), days=None, words=("Kano",))
    assert len(unit_keys(unit_of("b", [names])).kept) == 8
    assert shared(names, asked) == 1
    assert len(unit_keys(unit_of("a", [alone])).kept) == 3


def test_what_speaks_for_one_happening() -> None:
    same = [unit_of("a", [telling("a")])]
    assert may_join(same, unit_of("b", [telling("b")]))
    elsewhere = telling("b", recipients=(party_of("Peru", "PER", "state"),), words=("other",))
    assert not may_join(same, unit_of("b", [elsewhere]))


@pytest.mark.parametrize(
    ("mine", "others", "agreement"),
    [
        ("Kano", "Jos", "unknown"),  # two towns, told of in the same words
        ("Kano", "town", "same"),
        ("town", "Jos", "same"),
        ("town", "city", "same"),
    ],
)
def test_sentences_much_alike_name_the_same(mine: str, others: str, agreement: str) -> None:
    words = ("rockets", "hit", "market", "night", "burned", "stalls", "early")
    one, other = telling("a", words=(*words, mine)), telling("b", words=(*words, others))
    assert compare(one, other).words == compare(other, one).words == agreement


@pytest.mark.parametrize(
    ("common", "own", "words"),
    [
        (5, 1, "same"),  # so many in common, and few besides
        (4, 1, "near"),
        (5, 2, "near"),
        (6, 2, "same"),
        (3, 5, "near"),
        (2, 0, "unknown"),
    ],
)
def test_how_many_words_must_agree(common: int, own: int, words: str) -> None:
    shared_words = tuple(f"common{letter}" for letter in "abcdefgh"[:common])
    one = (*shared_words, *(f"mine{letter}" for letter in "abcdefgh"[:own]))
    other = shared_words
    assert compare(telling("a", words=one), telling("b", words=other)).words == words


@pytest.mark.parametrize(
    ("change", "apart"),
    [
        ({}, False),
        ({"days": Days("2022-06-10", "2022-06-10")}, True),
        ({"site": site_of("Kano", "NGA", "Kano", 2335204)}, True),
        ({"mode": "visit"}, True),
        ({"actors": (party_of("Peru", "PER", "state"),)}, False),  # whoever is told to act
    ],
)
def test_what_keeps_two_tellings_apart(change: dict[str, Any], apart: bool) -> None:
    one, other = telling("a", mode="demo"), telling("b", **({"mode": "demo"} | change))
    assert are_apart(one, other) is are_apart(other, one) is apart
