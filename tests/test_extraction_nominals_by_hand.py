"""Parties of deeds that nouns name, and what is told of as a deed, on parses made by hand."""

from dataclasses import replace

import pytest

from drafting import make_cast, make_statement
from onrecord.codebook import load_codebook
from onrecord.extraction.events.arguments import ArgumentFinder
from onrecord.extraction.events.counting import Candidate, counts, is_told_of
from onrecord.extraction.events.triggers import find_triggers
from onrecord.records import ActorKind
from parses import make_doc

BOOK = load_codebook()

CASES: list[tuple[str, str, list[str], list[str]]] = [
    # table, event noun, actors, recipients
    (  # whom an attack killed
        "The DT det 1\nattack NN nsubj 2\nkilled/kill VBD ROOT 2\nten CD nummod 4\n"
        "villagers/villager NNS dobj 2",
        "attack",
        [],
        ["ten villagers"],
    ),
    (
        "Ten CD nummod 1\nvillagers/villager NNS nsubj 2\ndied/die VBD ROOT 2\nin IN prep 2\n"
        "the DT det 5\nattack NN pobj 3",
        "attack",
        [],
        ["Ten villagers"],
    ),
    (
        "Villagers/villager NNS nsubjpass 2\nwere/be VBD auxpass 2\nwounded/wound VBN ROOT 2\n"
        "during IN prep 2\nthe DT det 5\nattack NN pobj 3",
        "attack",
        [],
        ["Villagers"],
    ),
    (  # who is wounded, not who wounds
        "Rebels/rebel NNS nsubj 1\nwounded/wound VBD ROOT 1\nmen/man NNS dobj 1\nin IN prep 1\n"
        "the DT det 5\nattack NN pobj 3",
        "attack",
        [],
        [],
    ),
    (
        "An DT det 1\nattack NN ROOT 1\nthat WDT nsubj 3\nkilled/kill VBD relcl 1\n"
        "villagers/villager NNS dobj 3",
        "attack",
        [],
        ["villagers"],
    ),
    (  # whom it was made on comes before whom it killed
        "The DT det 1\nattack NN nsubj 4\non IN prep 1\nSyria NNP pobj 2\nkilled/kill VBD ROOT 4\n"
        "villagers/villager NNS dobj 4",
        "attack",
        [],
        ["Syria"],
    ),
    (  # a meeting harms nobody
        "The DT det 1\nmeeting NN nsubj 2\nshook/shake VBD ROOT 2\nvillagers/villager NNS dobj 2",
        "meeting",
        [],
        [],
    ),
    (  # at whom a fight is aimed
        "The DT det 1\nbattle NN nsubj 5\nto TO aux 3\nbeat VB acl 1\nrebels/rebel NNS dobj 3\n"
        "ended/end VBD ROOT 5",
        "battle",
        [],
        ["rebels"],
    ),
    (  # at whom a verb aims it
        "Sanctions/sanction NNS nsubjpass 2\nwere/be VBD auxpass 2\nimposed/impose VBN ROOT 2\n"
        "on IN prep 2\nSyria NNP pobj 3",
        "Sanctions",
        [],
        ["Syria"],
    ),
    (  # who holds what the noun names
        "Turkey NNP nsubj 1\nlaunched/launch VBD ROOT 1\nan DT det 3\nattack NN dobj 1\n"
        "on IN prep 3\nSyria NNP pobj 4",
        "attack",
        ["Turkey"],
        ["Syria"],
    ),
    (
        "An DT det 1\nattack NN nsubjpass 3\nwas/be VBD auxpass 3\nlaunched/launch VBN ROOT 3\n"
        "by IN agent 3\nTurkey NNP pobj 4",
        "attack",
        ["Turkey"],
        [],
    ),
    (
        "An DT det 1\nattack NN nsubjpass 3\nwas/be VBD auxpass 3\nlaunched/launch VBN ROOT 3",
        "attack",
        [],
        [],
    ),
    (  # who says so holds none
        "Turkey NNP nsubj 1\nfeared/fear VBD ROOT 1\nan DT det 3\nattack NN dobj 1",
        "attack",
        [],
        [],
    ),
    (
        "Turkey NNP nsubj 1\nmet/meet VBD ROOT 1\nSyria NNP dobj 1\nat IN prep 1\n"
        "talks/talk NNS pobj 3",
        "talks",
        ["Turkey"],
        [],
    ),
    (  # whose arrest it is; whose arrest of whom
        "His PRP$ poss 1\narrest NN nsubj 2\nfailed/fail VBD ROOT 2",
        "arrest",
        [],
        ["His"],
    ),
    (
        "His PRP$ poss 1\narrest NN nsubj 6\nof IN prep 1\ntwo CD nummod 4\n"
        "villagers/villager NNS pobj 2\n"
        "then RB advmod 6\nfailed/fail VBD ROOT 6",
        "arrest",
        ["His"],
        ["two villagers"],
    ),
    (
        "His PRP$ poss 1\narrest NN nsubj 4\nby IN prep 1\nTurkey NNP pobj 2\n"
        "failed/fail VBD ROOT 4",
        "arrest",
        ["Turkey"],
        ["His"],
    ),
    (  # who is in the state that it names
        "Villagers/villager NNS nsubj 1\nfaced/face VBD ROOT 1\ncharges/charge NNS dobj 1",
        "charges",
        [],
        ["Villagers"],
    ),
    (
        "Villagers/villager NNS nsubj 1\nremained/remain VBD ROOT 1\nunder IN prep 1\n"
        "attack NN pobj 2",
        "attack",
        [],
        ["Villagers"],
    ),
    (  # who is blamed for it
        "Villagers/villager NNS nsubj 1\nblamed/blame VBD ROOT 1\nTurkey NNP dobj 1\n"
        "for IN prep 1\n"
        "the DT det 5\nattack NN pobj 3",
        "attack",
        ["Turkey"],
        [],
    ),
    (  # by words for the part played
        "Rebels/rebel NNS nsubj 1\nwere/be VBD ROOT 1\nvictims/victim NNS attr 1\n"
        "of IN prep 2\n"
        "the DT det 5\nattack NN pobj 3",
        "attack",
        [],
        ["Rebels"],
    ),
    (
        "Rebels/rebel NNS nsubj 1\nwere/be VBD ROOT 1\narchitects/architect NNS attr 1\n"
        "of IN prep 2\n"
        "the DT det 5\nattack NN pobj 3",
        "attack",
        ["Rebels"],
        [],
    ),
    (
        "Rebels/rebel NNS nsubj 1\nwere/be VBD ROOT 1\nwitnesses/witness NNS attr 1\n"
        "of IN prep 2\n"
        "the DT det 5\nattack NN pobj 3",
        "attack",
        [],
        [],
    ),
]


@pytest.mark.parametrize(("table", "word", "actors", "recipients"), CASES)
def test_who_does_what_a_noun_names(
    table: str, word: str, actors: list[str], recipients: list[str]
) -> None:
    doc = make_doc(table)
    finder = ArgumentFinder(
        make_cast(doc, {name: name for name in ("Turkey", "Syria", "His")}), BOOK
    )
    found = next(one for one in find_triggers(doc, BOOK.plover) if one.head.text == word)
    sides = finder.find(found)
    assert [doc.text[one.span.start : one.span.end] for one in sides.actors] == actors
    assert [doc.text[one.span.start : one.span.end] for one in sides.recipients] == recipients


FELT = "condolences/condolence NNS ROOT 0\nfor IN prep 0\nthe DT det 3\nattack NN pobj 1"
CLAIMED = (
    "{} nsubj 1\nattacked/attack VBD ccomp 4\nSyria NNP dobj 1\nthe DT det 4\n"
    "claimed/claim VBD ROOT 4"
)


def candidate(
    table: str, word: str, *, cue: str = "", kind: ActorKind = "state"
) -> tuple[Candidate, ArgumentFinder]:
    """A trigger of a parse with its parties of a kind, in our voice where a cue is given."""
    doc = make_doc(table)
    cast = make_cast(doc, {"Turkey": "tur", "Syria": "syr", "We": "we"})
    finder = ArgumentFinder(
        replace(cast, actors=tuple(replace(actor, kind=kind) for actor in cast.actors)), BOOK
    )
    found = next(one for one in find_triggers(doc, BOOK.plover) if one.head.text == word)
    said = make_statement(doc, "attacked Syria", speaker="we") if cue else None
    return Candidate(found, finder.find(found), said, cue), finder


@pytest.mark.parametrize(
    ("table", "word", "told"),
    [
        ("The DT det 1\nattack NN nsubj 2\nfailed/fail VBD ROOT 2", "attack", True),
        (FELT, "attack", False),
        (f"{FELT}\nby IN prep 3\nTurkey NNP pobj 4", "attack", True),  # somebody did it
        (
            "They PRP nsubj 1\npaid/pay VBD ROOT 1\ntribute NN dobj 1\nafter IN prep 1\n"
            "the DT det 5\nattack NN pobj 3",
            "attack",
            False,
        ),
        (
            "They PRP nsubj 1\npaid/pay VBD ROOT 1\nmoney NN dobj 1\nafter IN prep 1\n"
            "the DT det 5\nattack NN pobj 3",
            "attack",
            True,
        ),
        (  # what they mark is itself the deed
            "They PRP nsubj 1\nmarked/mark VBD ROOT 1\nthe DT det 4\nmemorial NN compound 4\n"
            "attack NN dobj 1",
            "attack",
            True,
        ),
        (  # what a clause says is told of, whatever is felt around it
            "Grief NN nsubj 1\nshows/show VBZ ROOT 1\nthat IN mark 5\nthe DT det 4\n"
            "attack NN nsubj 5\n"
            "hurt VBD ccomp 1\nin IN prep 1\nmemory NN pobj 6",
            "attack",
            True,
        ),
    ],
)
def test_what_is_only_felt_about_is_not_told_of(table: str, word: str, told: bool) -> None:
    one, finder = candidate(table, word)
    assert is_told_of(one, BOOK.plover) is told
    assert counts(one, finder, BOOK.plover, of_nature=False) is told


@pytest.mark.parametrize(
    ("subject", "cue", "told"),
    [
        ("We PRP", "claimed", False),
        ("We PRP", "said", True),
        ("We PRP", "", True),
        ("Turkey NNP", "claimed", True),  # another's deed
    ],
)
def test_a_deed_that_one_claims_is_no_event(subject: str, cue: str, told: bool) -> None:
    one, _ = candidate(CLAIMED.format(subject), "attacked", cue=cue)
    assert is_told_of(one, BOOK.plover) is told


KILLED = "Ten CD nsubjpass 2\nwere/be VBD auxpass 2\nkilled/kill VBN ROOT 2"
KILLS = "Turkey NNP nsubj 1\nkilled/kill VBD ROOT 1\nten CD dobj 1"
MET = "Turkey NNP nsubj 1\nmet/meet VBD ROOT 1\nSyria NNP dobj 1"
MEETS = "Turkey NNP nsubj 1\nmet/meet VBD ROOT 1\ndemands/demand NNS dobj 1"


@pytest.mark.parametrize(
    ("table", "word", "kind", "of_nature", "counted"),
    [
        (KILLED, "killed", "state", False, True),
        (KILLED, "killed", "state", True, False),  # the earthquake did it
        (KILLS, "killed", "state", True, True),
        (MET, "met", "state", False, True),
        (MET, "met", "organisation", False, False),  # two clubs meet
        (MEETS, "met", "state", False, False),  # and nobody is met
    ],
)
def test_which_triggers_make_events(
    table: str, word: str, kind: ActorKind, of_nature: bool, counted: bool
) -> None:
    one, finder = candidate(table, word, kind=kind)
    assert counts(one, finder, BOOK.plover, of_nature=of_nature) is counted
