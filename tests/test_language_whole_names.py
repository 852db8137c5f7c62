"""Names that a model cuts, made whole."""

import pytest
from spacy.tokens import Doc

from onrecord.language.whole_names import whole_names
from parses import make_doc


def names(doc: Doc) -> list[tuple[str, str]]:
    return [(name.text, name.label_) for name in whole_names(doc)]


def glued(words: list[str], ents: list[str], tags: list[str], heads: list[int]) -> Doc:
    """A parse whose hyphens stand without blanks."""
    spaces = [
        word != "-" and (at + 1 == len(words) or words[at + 1] != "-")
        for at, word in enumerate(words)
    ]
    made = make_doc("A DT det 0")
    deps = ["ROOT" if head == at else "compound" for at, head in enumerate(heads)]
    return Doc(made.vocab, words, spaces, tags=tags, heads=heads, deps=deps, ents=ents)


@pytest.mark.parametrize(
    ("words", "ents", "whole"),
    [
        ("Moon Jae - in spoke", "B-PERSON I-PERSON I-PERSON O O", "Moon Jae-in"),
        ("Kim Jong - un spoke", "B-PERSON I-PERSON O B-PERSON O", "Kim Jong-un"),
        ("Tsai Ing - wen spoke", "B-PERSON I-PERSON I-PERSON O O", "Tsai Ing-wen"),
        ("Abdel al - Sisi spoke", "B-PERSON O O B-PERSON O", "Abdel al-Sisi"),
        ("Deir al - Zor fell", "B-ORG B-PERSON B-ORG B-PERSON O", "Deir al-Zor"),
        ("Deir ez - Zor fell", "B-ORG I-ORG O O O", "Deir ez-Zor"),
    ],
)
def test_names_go_on_behind_a_hyphen(words: str, ents: str, whole: str) -> None:
    doc = glued(words.split(), ents.split(), ["NNP", "NNP", "HYPH", "NNP", "VBD"], [3, 3, 3, 4, 4])
    assert [text for text, _ in names(doc)] == [whole]


@pytest.mark.parametrize(
    "words", ["Don Trump - era rules", "Joe Putin - led bloc", "Ann Cole - backed bill"]
)
def test_a_suffix_is_no_part_of_a_name(words: str) -> None:
    doc = glued(
        words.split(),
        ["B-PERSON", "I-PERSON", "O", "O", "O"],
        ["NNP", "NNP", "HYPH", "NN", "NN"],
        [1, 3, 3, 4, 4],
    )
    assert [text for text, _ in names(doc)] == [words.split(" -")[0]]


PARTICLES = make_doc("""
    Jan NNP compound 3 B-PERSON
    van NNP compound 3 I-PERSON
    den NNP compound 3
    Broek NNP nsubj 4 B-PERSON
    met/meet VBD ROOT 4
    Von NNP compound 7 B-PERSON
    der NNP compound 7
    Leyen NNP dobj 4 B-PERSON
    """)
FATHER = make_doc("""
    Abu NNP compound 1 B-PERSON
    Mohammed NNP nsubj 2 B-PERSON
    met/meet VBD ROOT 2
    Aung NNP compound 6 B-PERSON
    San NNP compound 6 B-PERSON
    Suu NNP compound 6 I-PERSON
    Kyi NNP dobj 2 I-PERSON
    """)
APART = make_doc("""
    Haas NNP nsubj 1 B-PERSON
    met/meet VBD ROOT 1
    Moscow NNP compound 3 B-GPE
    Mayor NNP compound 4
    Lund NNP dobj 1 B-PERSON
    """)
WATERS = make_doc("""
    Men NNS nsubj 1
    left/leave VBD ROOT 1
    Lake NNP compound 3 B-GPE
    Chad NNP dobj 1 B-GPE
    for IN prep 1
    the DT det 6
    Sea NNP pobj 4 B-LOC
    of IN prep 6
    Japan NNP pobj 7 B-GPE
    and CC cc 6
    the DT det 12 B-GPE
    West NNP compound 12 I-GPE
    Bank NNP conj 6 B-ORG
    """)
TITLED = make_doc("""
    Haas NNP nsubj 1 B-PERSON
    met/meet VBD ROOT 1
    Ms NNP compound 3
    London NNP dobj 1 B-GPE
    """)


@pytest.mark.parametrize(
    ("doc", "found"),
    [
        (PARTICLES, [("Jan van den Broek", "PERSON"), ("Von der Leyen", "PERSON")]),
        (FATHER, [("Abu Mohammed", "PERSON"), ("Aung San Suu Kyi", "PERSON")]),
        (APART, [("Haas", "PERSON"), ("Moscow", "GPE"), ("Lund", "PERSON")]),
        (WATERS, [("Lake Chad", "LOC"), ("Sea of Japan", "LOC"), ("West Bank", "LOC")]),
        (TITLED, [("Haas", "PERSON"), ("London", "PERSON")]),
    ],
    ids=["particles", "parts", "names apart", "waters", "a title before"],
)
def test_parts_of_one_name_are_joined(doc: Doc, found: list[tuple[str, str]]) -> None:
    assert [(text.removeprefix("the "), label) for text, label in names(doc)] == found


def test_a_name_goes_on_in_the_next_line() -> None:
    made = make_doc("A DT det 0")
    words = ["minister", ",", "Ana", "\n", "Ruiz", ",", "said", "\n", "so"]
    ents = ["O", "O", "B-PERSON", "O", "B-PERSON", "O", "O", "O", "O"]
    spaces = [False, True, False, False, False, True, False, False, False]
    assert names(Doc(made.vocab, words, spaces, ents=ents)) == [("Ana\nRuiz", "PERSON")]
    title = ["Haas", "met", "Ana", "\n", "Ruiz", "said", "so", ".", "\n"]
    ents = ["B-PERSON", "O", "B-PERSON", "O", "B-PERSON", "O", "O", "O", "O"]
    spaces = [True, True, False, False, True, True, False, False, False]
    assert len(names(Doc(made.vocab, title, spaces, ents=ents))) == 3  # no broken lines there
