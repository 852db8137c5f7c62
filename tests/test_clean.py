"""Cleaning: what changes, what stays, and the way back to the input."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.clean import EDGE, clean, is_furniture, parse_furniture
from onrecord.errors import CodebookError
from onrecord.records import Span

# Letters, marks that join and reorder, jamo, emoji in sequences, what cannot be stored, line ends.
ODD = st.sampled_from(
    [
        *"ab .",
        *"e\u0301\u0316\u0327\u0344\u212b\ufb48",
        *"\u1100\u1161\u11a8\u09c7\u09be\u0f71\u0f73\u0f74",
        *"\U0001f469\u200d\U0001f680\U0001f1fa\u200f\u202e\u00a0\u200b\ufeff",
        *"\0\ud83d\udc69\r\n",
        "\r\n",
        "\nShare This:\n",
        "\nAdvertisement",
    ]
)
TEXTS = st.one_of(st.lists(ODD).map("".join), st.text(st.characters(exclude_categories=())))


def _is_unstorable(char: str) -> bool:
    commands = unicodedata.category(char) == "Cc" and not char.isspace()
    return commands or "\ud800" <= char <= "\udfff"


def restored(raw: str) -> str:
    """What a stretch of input becomes when it is cleaned by itself, blanks and all."""
    stored = "".join("\ufffd" if _is_unstorable(c) else c for c in raw)
    return unicodedata.normalize("NFC", stored.replace("\r\n", "\n").replace("\r", "\n"))


@given(TEXTS)
@example("x\u0301\u0316y")  # marks that change places without a change in length
@example("a\u0f73\u0301")  # a mark in parts, over which a later one reaches the letter
def test_every_character_leads_back_to_what_gave_it(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.input_map.length == len(cleaned.text)
    end = 0
    for at, char in enumerate(cleaned.text):
        span = cleaned.input_map.input_span(Span(at, at + 1))
        assert char in restored(text[span.start : span.end])
        assert span.end <= len(text)
        assert span.end >= end, "the map leads backwards"
        end = span.end


@given(TEXTS)
def test_each_segment_is_made_of_its_input(text: str) -> None:
    cleaned = clean(text)
    for segment in cleaned.input_map.segments:
        made = restored(text[segment.input.start : segment.input.end])
        words = cleaned.text[segment.text.start : segment.text.end]
        if segment.is_literal:
            raw = text[segment.input.start : segment.input.end]
            assert words == "".join(map(restored, raw))
        else:
            assert words in made


@given(TEXTS)
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text).text
    again = clean(once)
    assert again.text == once
    assert len(again.input_map.segments) <= 1


@given(TEXTS)
def test_the_text_can_be_stored_and_compared(text: str) -> None:
    cleaned = clean(text).text
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert not set(cleaned) & {"\r", "\0"}
    cleaned.encode("utf-8")
    assert cleaned == cleaned.strip(EDGE)


@given(TEXTS)
def test_only_furniture_line_ends_and_edges_go(text: str) -> None:
    lines = restored(text).strip(EDGE).split("\n")
    kept = [line.strip(EDGE) for line in lines if not is_furniture(line)]
    cleaned = [line.strip(EDGE) for line in clean(text).text.split("\n")]
    assert [line for line in cleaned if line] == [line for line in kept if line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\r\r\n", ""),
        ("a\0b\ud800c", "a\ufffdb\ufffdc"),
        ("a\x1b[2Jb\x9bc\x7f\td", "a\ufffd[2Jb\ufffdc\ufffd\td"),
        ("\ufeffBegin", "Begin"),
        ("mid\ufeffdle", "mid\ufeffdle"),
        ("cafe\u0301", "café"),
        ("\u1112\u1161\u11ab", "한"),
        ("  \u00a0text\u00a0\n ", "text"),
        ("10\u00a0million\u200b \u200fשלום", "10\u00a0million\u200b \u200fשלום"),
        ("a\n\n\n\nb", "a\n\n\n\nb"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_form_of_the_text(text: str, expected: str) -> None:
    assert clean(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nAdvertisement\n\nTwo.", "One.\n\nTwo."),
        ("One.\n\n\nAdvertisement\n\n\n\nTwo.", "One.\n\nTwo."),
        ("One.\nAdvertisement\nTwo.", "One.\nTwo."),
        ("One.\r\n\r\nShare This:\r\nLeave a Comment\r\n\r\nTwo.", "One.\n\nTwo."),
        ("Share This:\n\nOne.", "One."),
        ("One.\u00a0\n\n\nShare This:\n\nLeave a Comment", "One."),
        ("One. \n\u00a0ADVERTISEMENT\u200b \n  Two.", "One. \n  Two."),
        ("Share This:\nAdvertisement", ""),
    ],
)
def test_furniture_goes_and_paragraphs_stay_apart(text: str, expected: str) -> None:
    assert clean(text).text == expected


@pytest.mark.parametrize(
    "line",
    [
        "Share This:",
        "Leave a Comment",
        "Share on Facebook",
        "Share this article via WhatsApp",
        "Read more:",
        "READ MORE: Minister resigns over report",
        "Read also: Minister resigns over report",
        "Advertisement",
        "Sign up for our newsletter",
        "Sign up for our daily World Briefing newsletter here.",
        "Follow us on Twitter",
        "Follow Jo Writer on Twitter: @jowriter",
        "Click here to subscribe",
        "All rights reserved.",
        "© 2022 Example Media",
        "Copyright 2022 Example Press. All rights reserved. It may not be rewritten.",
        "Loading comments...",
        "Loading comments…",
        "12 Comments",
        "Most read",
    ],
)
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "He asked them to share this with the other ministers.",
        "Share prices fell on Monday.",
        "The advertisement was withdrawn after complaints.",
        "Leave a comment, the minister said, and we will answer it.",
        "Follow us on Twitter, the envoy told reporters, if you doubt that we mean it!",
        "“Read more,” she told the students.",
        "Read more than one account, historians advise. There are several.",
        "Sign up for our army or leave the country, the commander told the villagers.",
        "All rights reserved to the crown were given up in 1921.",
        "“These are our demands. All rights reserved.”",
        "The court said that copyright law protects the archive.",
        "Comments by the president angered Moscow.",
        "Related talks continued in Vienna.",
        "More from the east were expected to arrive, officials said.",
        "Loading of grain began on Friday.",
        "Subscribe to the treaty or face sanctions, he said.",
    ],
)
def test_prose_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_a_span_across_removed_furniture_leads_to_both_its_ends() -> None:
    text = "He said “we shall\n\nAdvertisement\n\nsee” on Friday."
    cleaned = clean(text)
    start, end = cleaned.text.index("“"), cleaned.text.index("”") + 1
    span = cleaned.input_map.input_span(Span(start, end))
    assert text[span.start : span.end] == "“we shall\n\nAdvertisement\n\nsee”"


def test_a_clean_text_is_one_segment() -> None:
    assert len(clean("A – “b”\n\nШёл дождь. 한국어 👩‍🚀").input_map.segments) == 1


@pytest.mark.parametrize(
    "line",
    ["The minister said “no” to it.\n", "Le café de\u0301sert – vide\r\n", "Share This:\n\n", "\n"],
    ids=["plain", "decomposed", "furniture", "blank"],
)
def test_a_million_characters_take_about_a_second_at_most(line: str) -> None:
    text = line * (1_000_000 // len(line))
    started = time.perf_counter()
    clean(text)
    assert time.perf_counter() - started < 3  # a second, and room for a busy machine


def test_an_unknown_key_in_the_furniture_file_is_refused() -> None:
    with pytest.raises(CodebookError, match="unknown key words"):
        parse_furniture('words = ["share"]')


def test_a_broken_pattern_in_the_furniture_file_is_refused() -> None:
    with pytest.raises(CodebookError, match="not a regular expression"):
        parse_furniture("patterns = ['(share']")


def test_a_furniture_file_that_is_not_toml_is_refused() -> None:
    with pytest.raises(CodebookError, match="not TOML"):
        parse_furniture("lines = [")


def test_an_empty_furniture_file_is_refused() -> None:
    with pytest.raises(CodebookError, match="names no furniture"):
        parse_furniture("")
