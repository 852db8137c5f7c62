"""Names of people without a label, or with a wrong one, on parses made by hand."""

import pytest

from onrecord.codebook import load_codebook
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.unlabelled import unlabelled_names
from parses import make_doc

BOOK = load_codebook()


def names_in(
    table: str, known: tuple[tuple[str, ...], ...] = (), taken: tuple[int, ...] = ()
) -> list[tuple[str, bool]]:
    """The names found, and whether each is surely a person's."""
    doc = make_doc(table)
    reader = RoleReader(doc, BOOK, find_named(doc, BOOK.parties))
    found = unlabelled_names(doc, taken, known, reader, BOOK.given_names)
    return [(one.name.text, one.sure) for one in found]


LEFT = "left/leave VBD ROOT {0}\n. . punct {0}"


@pytest.mark.parametrize(
    ("table", "known", "names"),
    [
        # the same words as a labelled name
        ("Vane NNP nsubj 1\n" + LEFT.format(1), (("Vane",),), [("Vane", True)]),
        ("Vane NNP nsubj 1 B-ORG\n" + LEFT.format(1), (("Vane",),), [("Vane", True)]),
        (  # behind a title
            "President NNP compound 1\nVane NNP nsubj 2\n" + LEFT.format(2),
            (("Vane",),),
            [("Vane", True)],
        ),
        (  # behind other words it is another's
            "Blue NNP compound 1\nVane NNP nsubj 2\n" + LEFT.format(2),
            (("Vane",),),
            [("Blue Vane", False)],
        ),
        (  # part of a longer name
            "Holm NNP compound 1\nFoundation NNP nsubj 2\n" + LEFT.format(2),
            (("Holm",),),
            [("Holm Foundation", False)],
        ),
        # a given name and another, where nobody has labelled them
        ("Anna NNP compound 1\nVane NNP nsubj 2\n" + LEFT.format(2), (), [("Anna Vane", True)]),
        ("Vane NNP nsubj 1\n" + LEFT.format(1), (), [("Vane", False)]),
        ("Mr NNP compound 1\nVane NNP nsubj 2\n" + LEFT.format(2), (), [("Mr Vane", False)]),
        # none: labelled as what no person is, an acronym, a title of a work, a place
        ("Vane NNP nsubj 1 B-DATE\n" + LEFT.format(1), (("Vane",),), []),
        ("VANE NNP nsubj 1\n" + LEFT.format(1), (), []),
        (
            "A NNP compound 4\nLong NNP compound 4\nHard NNP compound 4\nCold NNP compound 4\n"
            "Winter NNP nsubj 5\n" + LEFT.format(5),
            (),
            [],
        ),
        (
            "They PRP nsubj 1\nleft/leave VBD ROOT 1\nin IN prep 1\nVane NNP pobj 2\n. . punct 1",
            (),
            [],
        ),
    ],
)
def test_names_without_a_label(
    table: str, known: tuple[tuple[str, ...], ...], names: list[tuple[str, bool]]
) -> None:
    assert names_in(table, known) == names


def test_what_is_taken_is_no_name_of_its_own() -> None:
    assert names_in("Vane NNP nsubj 1\n" + LEFT.format(1), (("Vane",),), taken=(0,)) == []


def test_names_of_two_sentences_are_two() -> None:
    table = "Anna NNP nsubj 1\nleft/leave VBD ROOT 1\nVane NNP nsubj 3\nran/run VBD ROOT 3"
    assert [name for name, _ in names_in(table)] == ["Anna", "Vane"]


@pytest.mark.parametrize(
    ("tag", "label", "found"),
    [
        ("NN", "nsubj", True),  # a party to a verb
        ("JJ", "dobj", True),
        ("RB", "advmod", True),  # in -ly
        ("NN", "npadvmod", False),
        ("VB", "nsubj", False),
    ],
)
def test_a_known_name_that_the_tagger_takes_for_a_word(tag: str, label: str, found: bool) -> None:
    table = f"Polly {tag} {label} 1\nleft/leave VBD ROOT 1\n. . punct 1"
    assert names_in(table, (("Polly",),)) == ([("Polly", True)] if found else [])


def test_a_word_with_an_article_is_no_name() -> None:
    table = "The DT det 1\nHope NN nsubj 2\nsank/sink VBD ROOT 2"
    assert names_in(table, (("Hope",),)) == []
