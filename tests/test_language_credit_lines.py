"""Credit lines: whoever wrote, edited or pictured a page is told from those whom it tells of."""

import time

import pytest
import spacy

from onrecord.language.credit_lines import credited

NLP = spacy.blank("en")


def words(text: str) -> str:
    doc = NLP(text)
    return " ".join(doc[i].text for i in sorted(credited(doc)) if doc[i].is_alpha)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They left. (Writing by Anna Berg; Editing by Bo Aas)", "Writing by Anna Berg Editing by"),
        ("They left. Additional reporting by Anna Berg and Nadia al-Aas", "Nadia al Aas"),
        ("By Anna Berg\nOSLO - They left.", "By Anna Berg"),
        ("A tank burns. Photograph: Anna Berg/Alamy", "Photograph Anna Berg Alamy"),
        ("Image copyright AFP Image caption A tank burns", "Image copyright AFP"),
        ("A tank burns. (Anna Berg/Pool via AP)", "Anna Berg Pool via AP"),
        ("OSLO (Reuters) - They left.", "Reuters"),
        ("the tank burns\nGetty Images The army left.", "Getty Images"),
    ],
)
def test_a_credit_line_is_found(text: str, told: str) -> None:
    assert told in words(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was a report written by Anna Berg, the envoy.",
        "Editing by Anna Berg was careful.",
        "The Reuters/Ipsos poll was out.",
        "The picture of Anna Berg shows Oslo.",
        "He told Reuters that the AP had left.",
        "Getty Images sued the firm.",
        "By Monday Anna Berg had left.",
        "The Palestinian Authority (PA) has left.",
        "The Environmental Protection Agency (EPA) sued.",
        "The Israel/PA talks and those of US/Israel/PA ended.",
    ],
)
def test_what_is_told_is_no_credit(text: str) -> None:
    assert words(text) == ""


def test_a_credit_line_holds_nothing_of_the_sentence_before() -> None:
    assert words("He left Bucha. Anna Berg/AFP/Getty Images\nThey came.") == (
        "Anna Berg AFP Getty Images"
    )


@pytest.mark.parametrize(
    "text",
    [
        "By Anna" + " for Bo" * 60 + " x",
        "Photo by Anna" + ", and Bo" * 60 + " x",
        "A" * 100_000,
        "Anna Berg/" * 5_000 + "x",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    words(text)
    assert time.process_time() - began < 5  # seconds
