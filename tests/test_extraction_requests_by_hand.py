"""Requests read off parses and readings made by hand: who asks, who is asked, and what."""

import numpy as np
import pytest

from drafting import make_cast, make_draft, make_statement, span_in
from onrecord.extraction.demands import extract_demands
from onrecord.extraction.requests.grammar import (
    asked_parties,
    askers,
    askings,
    obliged_verb,
    with_negation,
)
from onrecord.extraction.requests.parties import Sought, Weights, choose_party
from onrecord.extraction.requests.requests import find_requests
from onrecord.extraction.roles import Casting, Region, borders, casting_of, likeliest
from onrecord.records import Demand
from parses import parse_of
from readings import reading_of

URGED = "France urged Iran to leave the city."
MUST = "Russia must withdraw its troops."
CAST = {"France": "france", "Iran": "iran", "Russia": "russia", "troops": "troops"}
BY, OF, ASKS = 2, 3, 4  # roles counted over all frames


@pytest.mark.parametrize(
    ("text", "cue", "by", "of", "asks"),
    [
        (URGED, "urged", ["France"], ["Iran"], ["Iran", "to leave the city"]),
        (
            "Iran was urged by France to leave the city.",
            "urged",
            ["France"],
            ["Iran"],
            ["to leave the city"],
        ),
        ("Calls by France for talks grew.", "Calls", ["France"], [], ["for talks"]),
        ("Iran's demand for talks was rejected.", "demand", ["Iran"], [], ["for talks"]),
        ("The demands of France on Iran grew.", "demands", ["France"], ["Iran"], []),
        ("France made a demand for talks.", "demand", ["France"], [], []),
        (
            "France called on Iran to leave the city.",
            "called",
            ["France"],
            ["Iran"],
            ["to leave the city"],
        ),
        (
            "France called for talks with Iran.",
            "called",
            ["France"],
            [],
            ["for talks with Iran"],
        ),
        (
            "France urged Iran to leave the city because the truce had ended.",
            "urged",
            ["France"],
            ["Iran"],
            ["Iran", "to leave the city"],
        ),
        (
            "France urged Iran to stay, and Iran left.",
            "urged",
            ["France"],
            ["Iran"],
            ["to stay"],
        ),
        (
            "France asked for the city to be freed.",
            "asked",
            ["France"],
            [],
            ["for the city to be freed"],
        ),
    ],
)
def test_what_the_grammar_of_a_cue_says(
    text: str, cue: str, by: list[str], of: list[str], asks: list[str]
) -> None:
    doc = parse_of(text, "requests")
    head = next(token for token in doc if token.text == cue)
    assert obliged_verb(head) is None
    assert [token.text for token in askers(head, None)] == by
    assert [token.text for token in asked_parties(head, None)] == of
    assert [doc[first : last + 1].text for first, last in askings([head], head, None)] == asks


@pytest.mark.parametrize(
    ("text", "modal", "cue", "of", "asks"),
    [
        (MUST, "must", "must", ["Russia"], "withdraw its troops"),
        ("Russia must not withdraw.", "must", "must not", ["Russia"], "withdraw"),
        (
            "Russia needs to withdraw its troops.",
            "needs",
            "needs to",
            ["Russia"],
            "withdraw its troops",
        ),
        ("The troops must be withdrawn.", "must", "must", [], "be withdrawn"),
    ],
)
def test_what_a_modal_obliges_to(text: str, modal: str, cue: str, of: list[str], asks: str) -> None:
    doc = parse_of(text, "requests")
    head = next(token for token in doc if token.text == modal)
    verb = obliged_verb(head)
    assert verb is not None
    words = with_negation([head])
    assert " ".join(token.text for token in words) == cue
    assert list(askers(head, verb)) == []  # who speaks asks
    assert [token.text for token in asked_parties(head, verb)] == of
    assert [doc[a : b + 1].text for a, b in askings(words, head, verb)] == [asks]


@pytest.mark.parametrize(
    "text", ["Must Russia withdraw its troops?", "Russia must have withdrawn its troops.", URGED]
)
def test_what_obliges_nobody(text: str) -> None:
    assert [obliged_verb(token) for token in parse_of(text, "requests")] == [None] * len(
        parse_of(text, "requests")
    )


def demands_of(text: str, cue: int, roles: dict[int, int], **parts: object) -> tuple[Demand, ...]:
    doc = parse_of(text, "requests")
    pairs = {(cue, word): role for word, role in roles.items()}
    reading = reading_of(text, marks={"demand": {cue: 1}}, pairs=pairs)
    return extract_demands(make_draft(doc, cast=CAST, reading=reading, **parts))  # type: ignore[arg-type]


def test_a_demand_by_model_and_grammar() -> None:
    (row,) = demands_of(URGED, 1, {0: BY, 2: OF, 3: ASKS, 4: ASKS, 5: ASKS, 6: ASKS})
    doc = parse_of(URGED, "requests")
    assert (row.by_id, row.of_id, row.statement_id) == ("france", "iran", None)
    assert row.asks == span_in(doc, "to leave the city")
    assert row.cue == (span_in(doc, "urged"),)
    assert row.score is not None
    assert row.score > 0.9


def test_the_grammar_names_the_parties_where_the_model_is_silent() -> None:
    (row,) = demands_of(URGED, 1, {4: ASKS})
    assert (row.by_id, row.of_id) == ("france", None)  # less is needed of who asks


def test_what_must_be_done_in_nobodys_words_is_no_demand() -> None:
    assert demands_of(MUST, 1, {2: ASKS}) == ()
    said = make_statement(parse_of(MUST, "requests"), MUST[:-1], speaker="france")
    (row,) = demands_of(MUST, 1, {0: OF, 2: ASKS, 3: ASKS, 4: ASKS}, statements=[said])
    assert (row.by_id, row.of_id, row.statement_id) == ("france", "russia", said.statement_id)


def test_a_demand_is_the_statement_that_makes_it() -> None:
    doc = parse_of(URGED, "requests")
    own = make_statement(doc, "Iran to leave the city", cue="urged", act="request", speaker="x")
    (row,) = demands_of(URGED, 1, {4: ASKS}, statements=[own])
    assert row.statement_id == own.statement_id


@pytest.mark.parametrize(
    ("chance", "spoken", "kept"),
    [
        (0.51, False, True),
        (0.49, False, False),
        (0.49, True, True),  # a statement speaks for it too
        (0.16, True, True),
        (0.14, True, False),
    ],
)
def test_how_sure_a_cue_must_be(chance: float, spoken: bool, kept: bool) -> None:
    doc = parse_of(URGED, "requests")
    reading = reading_of(URGED, pairs={(1, word): ASKS for word in (3, 4, 5, 6)})
    scores = reading.windows[0].scores["demand"]
    scores[1] = np.log([1 - chance, chance, 1e-9])
    said = make_statement(doc, "Iran to leave the city", cue="urged", act="request")
    draft = make_draft(doc, cast=CAST, reading=reading, statements=[said] if spoken else [])
    assert [one.cue_at for one in find_requests(draft)] == ([1] if kept else [])


def test_without_a_cue_there_is_no_request() -> None:
    assert find_requests(make_draft(parse_of(URGED, "requests"), cast=CAST)) == ()


WEIGHTS = Weights(grammar=0.5, speaker=0.4, least=0.25)


@pytest.mark.parametrize(
    ("chances", "given", "speaker", "other", "party"),
    [
        ({0: 0.9}, [], None, None, ("france", 0)),
        ({0: 0.2}, [], None, None, None),  # too little
        ({0: 0.25}, [], None, None, ("france", 0)),
        ({}, [0], None, None, ("france", 0)),  # by the grammar alone
        ({0: 0.6, 2: 0.2}, [2], None, None, ("iran", 2)),  # the grammar outweighs it
        ({0: 0.9, 2: 0.3}, [2], None, None, ("france", 0)),
        ({}, [], "russia", None, ("russia", None)),  # who speaks, named elsewhere
        ({0: 0.9}, [], "russia", None, ("france", 0)),
        ({0: 0.9, 2: 0.5}, [], None, "france", ("iran", 2)),  # who plays the other part
        ({0: 0.9}, [], None, "france", None),
    ],
)
def test_who_plays_a_part(
    chances: dict[int, float],
    given: list[int],
    speaker: str | None,
    other: str | None,
    party: tuple[str, int | None] | None,
) -> None:
    doc = parse_of(URGED, "requests")
    casting = casting_of(doc, reading_of(URGED), 1, "demand")
    rows = casting.chances.copy()
    rows[:] = 0
    for token, chance in chances.items():
        rows[token - casting.first, 0] = chance
    found = choose_party(
        make_cast(doc, CAST),
        Casting(casting.first, rows),
        Sought(role=0, given=[doc[token] for token in given], speaker=speaker, other=other),
        WEIGHTS,
    )
    assert (found and (found.actor_id, found.at)) == party


def test_a_casting_knows_its_tokens() -> None:
    doc = parse_of(URGED, "requests")
    casting = casting_of(doc, reading_of(URGED, pairs={(1, 0): BY}), 1, "demand")
    assert (casting.first, casting.last) == (0, len(doc) - 1)
    assert casting.at(0, 0) > 0.9 > 0.1 > casting.at(2, 0)
    assert casting.at(-1, 0) == casting.at(len(doc), 0) == 0.0


def test_phrases_begin_and_end_where_the_parse_has_them() -> None:
    doc = parse_of(URGED, "requests")
    starts, ends = borders(doc, 3, len(doc) - 1)
    assert [doc[int(at)].text for at in starts] == ["to", "leave", "the", "city"]
    assert "city" in [doc[int(at)].text for at in ends]
    assert "." not in [doc[int(at)].text for at in ends]


@pytest.mark.parametrize(
    ("chances", "favoured", "shut", "phrase"),
    [
        ({3: 0.9, 4: 0.9, 5: 0.9, 6: 0.9}, [], [], "to leave the city"),
        ({5: 0.9, 6: 0.9}, [], [], "the city"),
        ({3: 0.9, 4: 0.9, 5: 0.1, 6: 0.9}, [], [], "to leave the city"),  # over one doubt
        ({5: 0.9, 6: 0.9}, [((3, 6), 1.5)], [], "to leave the city"),  # the grammar's is ahead
        ({3: 0.9, 4: 0.9, 5: 0.9, 6: 0.9}, [], [3], "leave the city"),
        ({}, [], [], None),
        ({}, [((3, 6), 0.5)], [], None),  # not enough for what nothing else speaks for
    ],
)
def test_the_likeliest_phrase(
    chances: dict[int, float],
    favoured: list[tuple[tuple[int, int], float]],
    shut: list[int],
    phrase: str | None,
) -> None:
    doc = parse_of(URGED, "requests")
    casting = casting_of(doc, reading_of(URGED), 1, "demand")
    rows = casting.chances.copy()
    rows[:] = 0
    for token, chance in chances.items():
        rows[token, 2] = chance
    region = Region(2, 7, shut=shut, favoured=favoured)
    found = likeliest(doc, Casting(0, rows), 2, region, level=0.35)
    assert (doc[found[0] : found[1] + 1].text if found else None) == phrase


@pytest.mark.parametrize(
    ("first", "last", "favoured", "phrase"),
    [
        (2, 6, (3, 6), "to leave the city"),
        (3, 6, (3, 6), "to leave the city"),
        (4, 6, (3, 6), "the city"),  # it begins before the region
        (2, 5, (3, 6), "the"),  # it ends behind it
        (2, 6, (6, 3), "the city"),  # it is none
        (7, 6, (3, 6), None),  # nowhere to look
    ],
)
def test_what_the_grammar_favours_lies_within_the_region(
    first: int, last: int, favoured: tuple[int, int], phrase: str | None
) -> None:
    doc = parse_of(URGED, "requests")
    rows = casting_of(doc, reading_of(URGED), 1, "demand").chances.copy()
    rows[:] = 0
    rows[5:7, 2] = 0.9
    region = Region(first, last, favoured=[(favoured, 1.5)])
    found = likeliest(doc, Casting(0, rows), 2, region, level=0.35)
    assert (doc[found[0] : found[1] + 1].text if found else None) == phrase
