"""The tense that a date is told in, on parses made by hand."""

import pytest

from drafting import span_in
from onrecord.resolve.dates.tense import tense_at
from parses import make_doc

MET = "They PRP nsubj 1\n{} ROOT 1\non IN prep 1\nFriday NNP pobj 2\n. . punct 1"
WILL = "They PRP nsubj 2\n{} aux 2\n{} ROOT 2\non IN prep 2\nFriday NNP pobj 3\n. . punct 2"


@pytest.mark.parametrize(
    ("table", "tense"),
    [
        (MET.format("met/meet VBD"), "past"),
        (MET.format("meet VBP"), "future"),  # as a diary has it
        (MET.format("know VBP"), "open"),
        (WILL.format("will MD", "meet VB"), "future"),
        (WILL.format("had/have VBD", "met/meet VBN"), "pluperfect"),
        # through the words that a date hangs on, up to their verb
        (
            "They PRP nsubj 1\npraised/praise VBD ROOT 1\nthe DT det 3\nend NN dobj 1\n"
            "of IN prep 3\n"
            "work NN pobj 4\non IN prep 5\nFriday NNP pobj 6",
            "past",
        ),
        (
            "They PRP nsubj 2\nwill MD aux 2\npraise VB ROOT 2\nthe DT det 4\nend NN dobj 2\n"
            "of IN prep 4\nwork NN pobj 5\non IN prep 6\nFriday NNP pobj 7",
            "future",
        ),
        # whose the day is
        (
            "They PRP nsubj 2\nwill MD aux 2\ndiscuss VB ROOT 2\nFriday NNP poss 5\n"
            "'s POS case 3\n"
            "attack NN dobj 2",
            "past",
        ),
        (
            "They PRP nsubj 2\nwill MD aux 2\nattend VB ROOT 2\nFriday NNP poss 5\n's POS case 3\n"
            "summit NN dobj 2",
            "future",
        ),
        (
            "Friday NNP poss 2\n's POS case 0\nattack NN nsubj 4\nwill MD aux 4\nharm VB ROOT 4",
            "future",
        ),
        # by a word for what is to come
        (
            "They PRP nsubj 1\nset VBD ROOT 1\na DT det 4\nFriday NNP compound 4\n"
            "deadline NN dobj 1",
            "future",
        ),
        (
            "ahead RB advmod 3\nof IN prep 0\nFriday NNP pobj 1\nmet/meet VBD ROOT 3",
            "future",
        ),
        ("since IN prep 2\nFriday NNP pobj 0\nrest VBP ROOT 2", "past"),
        ("Friday NNP ROOT 0", "open"),
    ],
)
def test_the_tense_of_a_date(table: str, tense: str) -> None:
    doc = make_doc(table)
    assert tense_at(doc, span_in(doc, "Friday")) == tense


@pytest.mark.parametrize(
    ("verb", "link", "noun", "tense"),
    [
        ("seek VB", "for", "raid", "past"),  # revenge for what befell
        ("seek VB", "with", "raid", "future"),
        ("seek VB", "for", "talks", "future"),
    ],
)
def test_what_befell_is_past(verb: str, link: str, noun: str, tense: str) -> None:
    doc = make_doc(
        f"They PRP nsubj 2\nwill MD aux 2\n{verb} ROOT 2\nrevenge NN dobj 2\n{link} IN prep 3\n"
        f"the DT det 6\n{noun} NN pobj 4\non IN prep 2\nFriday NNP pobj 7"
    )
    assert tense_at(doc, span_in(doc, "Friday")) == tense
