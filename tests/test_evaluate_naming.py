import pytest

from onrecord.evaluate.naming import name_words, one_description, one_name


def test_marks_dots_genitives_titles_and_articles_are_left_out() -> None:
    assert name_words("the U.S. Treasury’s") == ("us", "treasury")
    assert name_words("Mr Erdoğan") == ("erdogan",)
    assert name_words("Jens Sørensen-Dahl") == ("jens", "sorensen", "dahl")
    assert name_words(None) == name_words("the") == ()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Volodymyr Zelensky", "Zelenskyy"),
        ("Recep Tayyip Erdogan", "President Recep Tayyip Erdoğan"),
        ("US State Department", "State Department"),
        ("Bashar al-Assad", "Assad"),
    ],
)
def test_one_name_in_two_spellings(wanted: str, found: str) -> None:
    assert one_name(wanted, found)
    assert one_name(found, wanted)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Joe Biden", "Hunter Biden"),
        ("Iran", "Iraq"),  # too short to be misspelt
        ("Vladimir Putin", "Vladimir"),
        ("Ukrainian government", "Ukraine"),
        ("Peskov", None),
        (None, None),
    ],
)
def test_two_names(wanted: str | None, found: str | None) -> None:
    assert not one_name(wanted, found)


def test_one_description_has_every_word_of_the_other() -> None:
    assert one_description("a spokesman for the militia", "the militia’s spokesman for")
    assert not one_description("a militia commander", "a spokesman for the militia")
