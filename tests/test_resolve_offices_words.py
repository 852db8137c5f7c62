"""Phrases cut into words: hyphens, possessives and commas, however they are spaced."""

import pytest

from onrecord.resolve.offices.words import Word, cut_words


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("Lloyd 's of London", "Lloyd's of London"),
        ("the workers ' party", "the workers' party"),
        ("Berg , the minister", "Berg, the minister"),
        ("Russia ’s army", "Russia’s army"),
    ],
)
def test_marks_belong_to_the_word_before(apart: str, together: str) -> None:
    assert [one.plain for one in cut_words(apart)] == [one.plain for one in cut_words(together)]
    assert [one.possessive for one in cut_words(apart)] == [
        one.possessive for one in cut_words(together)
    ]
    assert [one.comma for one in cut_words(apart)] == [one.comma for one in cut_words(together)]


def word(phrase: str) -> Word:
    (found,) = cut_words(phrase)
    return found


@pytest.mark.parametrize(
    ("phrase", "text", "full", "key", "possessive"),
    [
        ("Army", "Army", "army", "army", False),
        ("armies", "armies", "armies", "army", False),
        ("Ukraine's", "Ukraine", "ukraines", "ukraine", True),
        ("Ukraine 's", "Ukraine", "ukraines", "ukraine", True),
        ("Élysée", "Élysée", "elysee", "elysee", False),
        ("“Kremlin”", "Kremlin", "kremlin", "kremlin", False),
    ],
)
def test_how_a_word_is_matched(
    phrase: str, text: str, full: str, key: str, possessive: bool
) -> None:
    found = word(phrase)
    assert (found.text, found.full, found.key, found.possessive) == (text, full, key, possessive)


def test_a_hyphen_ties_words() -> None:
    assert [(one.text, one.joined) for one in cut_words("US-backed rebels")] == [
        ("US", False),
        ("backed", True),
        ("rebels", False),
    ]


@pytest.mark.parametrize("phrase", ["", "…", "'s", ",", "- –"])
def test_marks_alone_are_no_words(phrase: str) -> None:
    assert cut_words(phrase) == ()
