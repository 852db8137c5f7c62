"""Parties of events weighed on parses and readings made by hand."""

from dataclasses import replace

import pytest

from drafting import make_draft, make_statement
from onrecord.codebook import load_codebook
from onrecord.drafts import Draft, Voices
from onrecord.extraction.events.arguments import ArgumentFinder, Arguments
from onrecord.extraction.events.parties import PartyFinder, Weighed
from onrecord.extraction.events.triggers import Triggered, find_triggers
from onrecord.extraction.events.weighing import EventSettings, calibrated, path_of
from onrecord.extraction.events.weighing import Weights as EventWeights
from parses import parse_of
from readings import reading_of

BOOK = load_codebook()
ACTOR, RECIPIENT = 0, 1
TWICE = "Turkey bombed Syria. The rebels bombed Turkey. Later Turkey bombed Syria again."
EACH = "Turkey shelled Syria while Syria shelled Turkey."
HEADLINE = "Russia: Ukraine shelled a school."
SOLDIERS = "Iranian soldiers attacked the convoy."
CAST = {
    "Turkey": "turkey", "Syria": "syria", "rebels": "rebels", "Russia": "russia",
    "Ukraine": "ukraine", "Iranian": "iran", "soldiers": "soldiers", "convoy": "convoy",
}  # fmt: skip


def draft_of(text: str, roles: dict[tuple[str, int, str, int], int]) -> Draft:
    """A draft whose model gives words roles at triggers: each by its nth time in the text."""
    doc = parse_of(text, "parties")
    words = [token.text for token in doc]

    def at(word: str, nth: int) -> int:
        return [n for n, one in enumerate(words) if one == word][nth]

    pairs = {(at(t, n), at(w, m)): role for (t, n, w, m), role in roles.items()}
    return make_draft(doc, cast=CAST, reading=reading_of(doc.text, pairs=pairs))


def triggers_of(draft: Draft) -> list[tuple[Triggered, Arguments]]:
    return [(one, Arguments((), ())) for one in find_triggers(draft.doc, BOOK.plover)]


def parties_of(draft: Draft) -> list[tuple[list[str], list[str]]]:
    """The parties of each event, by their words, where the grammar has no say."""
    found, cut = triggers_of(draft), draft.article.cut
    return [
        ([cut(one.span) for one in sides.actors], [cut(one.span) for one in sides.recipients])
        for sides in PartyFinder(draft, EventSettings()).find(found)
    ]


def weighed(draft: Draft) -> list[list[list[Weighed]]]:
    return list(PartyFinder(draft, EventSettings()).weighed(triggers_of(draft)))


def test_who_is_likely_is_a_party() -> None:
    draft = draft_of(
        EACH,
        {
            ("shelled", 0, "Turkey", 0): ACTOR,
            ("shelled", 0, "Syria", 0): RECIPIENT,
            ("shelled", 1, "Syria", 1): ACTOR,
            ("shelled", 1, "Turkey", 1): RECIPIENT,
        },
    )
    assert parties_of(draft) == [(["Turkey"], ["Syria"]), (["Syria"], ["Turkey"])]


def test_nobody_is_a_party_whom_nothing_speaks_for() -> None:
    assert parties_of(draft_of(EACH, {})) == [([], []), ([], [])]


def test_an_actor_is_remembered_from_another_event_of_its_type() -> None:
    draft = draft_of(
        TWICE,
        {("bombed", 0, "Turkey", 0): ACTOR, ("bombed", 0, "Syria", 0): RECIPIENT},
    )
    found = weighed(draft)
    told = [
        {one.candidate.participant.actor_id: one.scene.told for one in sides[ACTOR]}
        for sides in found
    ]
    assert told[0] == {"turkey": (0.0, 0.0)}  # the event itself says nothing of itself
    assert set(told[1]) == {"turkey"}
    assert told[2]["turkey"][0] == pytest.approx(1.0, abs=0.01)
    assert told[2]["turkey"][1] == 0.0


def test_an_actor_stands_against_whom_it_stood_against_before() -> None:
    draft = draft_of(
        TWICE,
        {
            ("bombed", 0, "Turkey", 0): ACTOR,
            ("bombed", 0, "Syria", 0): RECIPIENT,
            ("bombed", 2, "Syria", 1): RECIPIENT,
            ("bombed", 1, "rebels", 0): ACTOR,
        },
    )
    sides = weighed(draft)
    again = {one.candidate.participant.actor_id: one.scene.partnered for one in sides[2][ACTOR]}
    assert again["turkey"] is True
    assert again["rebels"] is False
    assert all(not one.scene.partnered for one in sides[1][ACTOR])


def test_two_words_with_actors_of_their_own_are_two_parties() -> None:
    draft = draft_of(
        SOLDIERS,
        {
            ("attacked", 0, "Iranian", 0): ACTOR,
            ("attacked", 0, "soldiers", 0): ACTOR,
            ("attacked", 0, "convoy", 0): RECIPIENT,
        },
    )
    assert parties_of(draft) == [(["Iranian", "soldiers"], ["convoy"])]


def test_who_is_as_likely_on_either_side_stands_on_both() -> None:
    draft = draft_of(
        EACH,
        {("shelled", 0, "Turkey", 0): ACTOR, ("shelled", 0, "Turkey", 1): RECIPIENT},
    )
    acting, receiving = parties_of(draft)[0]
    assert (acting, receiving) == (["Turkey"], ["Turkey"])  # both as likely


def test_who_only_speaks_before_a_colon_is_no_party() -> None:
    roles = {("shelled", 0, "Russia", 0): ACTOR, ("shelled", 0, "Ukraine", 0): ACTOR}
    draft = draft_of(HEADLINE, roles)
    assert parties_of(draft)[0][0] == ["Russia", "Ukraine"]
    said = make_statement(draft.doc, "Ukraine shelled a school", source="Russia")
    spoken = replace(draft, voices=Voices((said,)))
    assert parties_of(spoken)[0][0] == ["Ukraine"]


def test_the_grammars_parties_are_known_as_such() -> None:
    draft = draft_of(EACH, {("shelled", 0, "Turkey", 0): ACTOR})
    finder = ArgumentFinder(draft.cast, BOOK)
    found = [(one, finder.find(one)) for one, _ in triggers_of(draft)]
    first = next(iter(PartyFinder(draft, EventSettings()).weighed(found)))
    ruled = {one.candidate.participant.actor_id: one.scene.ruled for one in first[ACTOR]}
    assert ruled["turkey"] == (True, False)
    assert all(one.scene.filled for side in first for one in side)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (EACH, [(["Turkey"], ["Syria"]), (["Syria"], ["Turkey"])]),
        (
            TWICE,
            [(["Turkey"], ["Syria"]), (["rebels"], ["Turkey"]), (["Turkey"], ["Syria"])],
        ),
        (SOLDIERS, [(["soldiers"], ["convoy"])]),
        (HEADLINE, [(["Ukraine"], ["a school"])]),
    ],
)
def test_the_parties_that_the_grammar_gives(
    text: str, sides: list[tuple[list[str], list[str]]]
) -> None:
    draft = draft_of(text, {})
    finder, cut = ArgumentFinder(draft.cast, BOOK), draft.article.cut
    found = [finder.find(one) for one, _ in triggers_of(draft)]
    assert [
        ([cut(one.span) for one in both.actors], [cut(one.span) for one in both.recipients])
        for both in found
    ] == sides


def test_a_candidate_is_told_apart_by_rank_and_distance() -> None:
    draft = draft_of(
        EACH, {("shelled", 0, "Turkey", 0): ACTOR, ("shelled", 0, "Syria", 0): RECIPIENT}
    )
    first = weighed(draft)[0]
    (turkey,) = [one for one in first[ACTOR] if one.scene.best]
    assert (turkey.candidate.first, turkey.scene.gap, turkey.scene.rank) == (0, -1, 0)
    assert turkey.scene.top == pytest.approx(1.0, abs=0.01)
    (syria,) = [one for one in first[RECIPIENT] if one.scene.best]
    assert (syria.scene.gap, syria.scene.best_other) == (1, False)


def test_the_speaker_of_an_event_is_known_as_such() -> None:
    doc = parse_of(EACH, "parties")
    said = make_statement(doc, "Syria shelled Turkey", speaker="turkey")
    pairs = {(5, 4): ACTOR, (5, 6): RECIPIENT, (1, 0): ACTOR}
    draft = make_draft(doc, cast=CAST, statements=[said], reading=reading_of(doc.text, pairs=pairs))
    voiced = [[one.scene.voiced for side in sides for one in side] for sides in weighed(draft)]
    assert not any(voiced[0])
    assert any(voiced[1])


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("soldiers", "subject 0"),
        ("Iranian", "subject 1"),
        ("convoy", "object 0"),
    ],
)
def test_how_a_word_hangs_on_a_trigger(word: str, path: str) -> None:
    doc = parse_of(SOLDIERS, "parties")
    one = next(token for token in doc if token.text == word)
    assert path_of(one, doc[2]) == path


def test_a_weight_is_a_logistic_regression() -> None:
    weigh = EventWeights(bias=-1.0, weights={"mean": 2.0})
    assert weigh({"mean": 0.5}) == pytest.approx(0.5)
    assert weigh({"mean": 0.5, "unknown": 9.0}) == pytest.approx(0.5)
    assert weigh({"mean": 1.0}) > 0.7 > 0.3 > weigh({"mean": 0.0})


@pytest.mark.parametrize("chance", [0.1, 0.5, 0.9])
def test_without_weights_a_chance_stays_as_it_is(chance: float) -> None:
    assert calibrated(chance, EventSettings()) == pytest.approx(chance)
