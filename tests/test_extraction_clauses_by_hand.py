"""Who does what a verb tells and to whom it is done, on parses made by hand."""

import pytest
from spacy.tokens import Token

from onrecord.extraction.events.clauses import (
    attackers_before,
    blamed_by,
    doer_of,
    is_destination,
    is_undergone,
    joint_objects,
    listed_before,
    patient_of,
)
from parses import make_doc, parse_of


def word_in(text: str, word: str) -> Token:
    return next(token for token in parse_of(text, "clauses") if token.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "undergone", "patient"),
    [
        ("The men were rounded up and executed.", "rounded", True, "men"),
        ("The men were rounded up and executed.", "executed", True, "men"),
        ("The men rounded up and executed them.", "executed", False, None),
        ("The leader now imprisoned in Turkey spoke.", "imprisoned", True, "leader"),
        ("The army executed the men.", "executed", False, None),
        ("The men executed by the army were old.", "executed", True, "men"),
        ("The army shelled and took the town.", "took", False, None),
        ("Troops entered the town, killing three.", "killing", False, None),
    ],
)
def test_what_is_undergone(text: str, verb: str, undergone: bool, patient: str | None) -> None:
    found = word_in(text, verb)
    assert is_undergone(found) is undergone
    if patient is not None:
        told = patient_of(found)
        assert told is not None
        assert told.text == patient


@pytest.mark.parametrize(
    ("text", "verb", "doer"),
    [
        ("The army executed the men.", "executed", "army"),
        ("The men executed by the army were old.", "executed", None),
        ("The army shelled and took the town.", "took", "army"),
        ("Troops entered the town, killing three.", "killing", "Troops"),
        ("The army, which shelled the town, left.", "shelled", "army"),
        ("The town that the army shelled burned.", "shelled", "army"),
        ("Rebels promised to free the men.", "free", "Rebels"),
        ("The army forced the men to leave.", "leave", "men"),
    ],
)
def test_who_does_it(text: str, verb: str, doer: str | None) -> None:
    found = doer_of(word_in(text, verb))
    assert (found.text if found is not None else None) == doer


BEHIND = """
    Iran NNP nsubjpass 2
    was/be VBD auxpass 2
    accused/accuse VBN ROOT 2
    of IN prep 2
    shelling/shell VBG pcomp 3
    towns/town NNS dobj 4
"""


@pytest.mark.parametrize(
    ("table", "verb", "doer"),
    [
        (BEHIND, 4, "Iran"),
        (  # who is accused, not who accuses
            "France NNP nsubj 1\naccused/accuse VBD ROOT 1\nIran NNP dobj 1\nof IN prep 1\n"
            "shelling/shell VBG pcomp 3",
            4,
            "Iran",
        ),
        (  # no control of what one does without
            "Lund NNP nsubj 1\nleft/leave VBD ROOT 1\nwithout IN prep 1\nmeeting/meet VBG pcomp 2\n"
            "Berg NNP dobj 3",
            3,
            "Lund",
        ),
        (  # whose plan it is
            "Her PRP$ poss 1\nplan NN nsubj 4\nto TO aux 3\nvisit VB acl 1\nfailed/fail VBD ROOT 4",
            3,
            "Her",
        ),
        (  # "made a vow to leave"
            "Lund NNP nsubj 1\nmade/make VBD ROOT 1\na DT det 3\nvow NN dobj 1\nto TO aux 5\n"
            "leave VB acl 3",
            5,
            "Lund",
        ),
        (  # who breaks a vow need not be whose it was
            "Lund NNP nsubj 1\nsaw/see VBD ROOT 1\na DT det 3\nvow NN dobj 1\nto TO aux 5\n"
            "leave VB acl 3",
            5,
            None,
        ),
        (  # "is due to visit"
            "Lund NNP nsubj 1\nis/be VBZ ROOT 1\ndue JJ acomp 1\nto TO aux 4\nvisit VB xcomp 2",
            4,
            "Lund",
        ),
    ],
)
def test_who_does_it_behind_another_word(table: str, verb: int, doer: str | None) -> None:
    found = doer_of(make_doc(table)[verb])
    assert (found.text if found is not None else None) == doer


def test_who_stands_in_a_list_before_a_headlines_verb() -> None:
    doc = make_doc(
        "Chad NNP dep 3\n, , punct 3\nMali NNP dep 3\nexchange VBP ROOT 3\nfire NN dobj 3"
    )
    assert [token.text for token in listed_before(doc[3])] == ["Chad", "Mali"]
    doc = make_doc("Chad NNP dep 2\nto TO aux 2\nexchange VB ROOT 2\nfire NN dobj 2")
    assert list(listed_before(doc[2])) == []


@pytest.mark.parametrize(("mark", "found"), [("after", ["bomber"]), ("because", [])])
def test_whose_deed_a_clause_of_time_tells(mark: str, found: list[str]) -> None:
    table = (
        f"Two CD nsubj 1\ndied/die VBD ROOT 1\n{mark} IN mark 4\nbomber NN nsubj 4\nhit VBD advcl 1"
    )
    assert [token.text for token in attackers_before(make_doc(table)[1])] == found


@pytest.mark.parametrize(
    ("table", "charge", "blamed"),
    [
        (BEHIND, 2, ["Iran"]),
        ("France NNP nsubj 1\nblamed/blame VBD ROOT 1\nIran NNP dobj 1", 1, ["Iran"]),
        ("sanctions/sanction NNS ROOT 0\non IN prep 0\nIran NNP pobj 1", 0, ["Iran"]),
        ("sanctions/sanction NNS ROOT 0\nby IN prep 0\nIran NNP pobj 1", 0, []),
    ],
)
def test_who_is_blamed(table: str, charge: int, blamed: list[str]) -> None:
    assert [token.text for token in blamed_by(make_doc(table)[charge])] == blamed


@pytest.mark.parametrize(("words", "found"), [(0, True), (1, True), (2, True), (3, False)])
def test_an_object_is_shared_with_a_verb_nearby(words: int, found: bool) -> None:
    between = "".join("here RB advmod 1\n" for _ in range(words))
    table = (
        f"They PRP nsubj 1\nshot/shoot VBD ROOT 1\n{between}hurt VBD conj 1\n"
        f"men/man NNS dobj {words + 2}"
    )
    assert [t.text for t in joint_objects(make_doc(table)[1])] == (["men"] if found else [])


@pytest.mark.parametrize(
    ("verb", "link", "destination"),
    [("extradited/extradite", "to", True), ("extradited/extradite", "from", False),
     ("spoke/speak", "to", False)],
)  # fmt: skip
def test_where_somebody_is_only_taken(verb: str, link: str, destination: bool) -> None:
    doc = make_doc(
        f"They PRP nsubj 1\n{verb} VBD ROOT 1\nhim PRP dobj 1\n{link} IN prep 1\nSpain NNP pobj 3"
    )
    assert is_destination(doc[4], doc[1]) is destination
