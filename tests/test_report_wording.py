import pytest

from factories import make_article, span_of
from onrecord.records import Figure, Place, Span
from onrecord.report.wording import (
    bounds_words,
    country_words,
    date_words,
    place_words,
    quoted_words,
)


def figure(low: float | None, high: float | None, **values: object) -> Figure:
    return Figure(
        figure_id="f",
        span=Span(0, 1),
        measure="killed",
        low=low,
        high=high,
        extractor="hand/1",
        **values,  # type: ignore[arg-type]  # fields of a figure
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (figure(2_000_000, None, unit="people"), "at least 2,000,000 people"),
        (figure(None, 40), "at most 40"),
        (figure(30, 35, unit="people"), "30 to 35 people"),
        (figure(300, 300, approx=True), "about 300"),
        (figure(2.5, 2.5, unit="%"), "2.5%"),
        (figure(0, 0), "0"),
        (figure(24, None, approx=True), "at least about 24"),
        (figure(None, None, unit="people"), "no number given"),
    ],
)
def test_bounds_in_words(row: Figure, words: str) -> None:
    assert bounds_words(row) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2022-03-10", "10 March 2022"),
        ("2022-03", "March 2022"),
        ("2022", "2022"),
        ("2022-03-07/2022-03-13", "7 March 2022 to 13 March 2022"),
        ("2022-03-10T08:15:00Z", "10 March 2022, 08:15"),
        ("2022-13-01", "2022-13-01"),
        ("next spring", "next spring"),
    ],
)
def test_dates_in_words(value: str, words: str) -> None:
    assert date_words(value) == words


def test_short_words_are_quoted_whole_and_pieces_are_joined_by_dots() -> None:
    article = make_article()
    spans = (span_of(article, "Our negotiators"), span_of(article, "report some progress"))
    assert quoted_words(article, spans) == "Our negotiators … report some progress"


def test_long_words_lose_their_middle_at_a_space() -> None:
    text = " ".join(f"word{n}" for n in range(60))
    words = quoted_words(make_article(text), (Span(0, len(text)),))
    assert len(words) < 120
    head, _, tail = words.partition(" … ")
    assert text.startswith(f"{head} ")
    assert text.endswith(f" {tail}")


def test_countries_are_named_and_unknown_codes_kept() -> None:
    assert country_words("UKR") == "Ukraine"
    assert country_words("ZZZ") == "ZZZ"
    assert country_words(None) is None


def test_a_place_is_not_said_to_be_in_itself() -> None:
    place = Place(place_id="p", span=Span(0, 1), name="Ukraine", country="UKR", extractor="hand/1")
    assert place_words(place) == "Ukraine"
