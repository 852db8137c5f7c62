"""Text as it comes: markup, entities, damage, wrapped lines and sentences without a space."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.clean import Cleaned
from onrecord.reading.edits import Edit, edited, then, unedited
from onrecord.reading.mending import mend
from onrecord.records import Span

pytest.importorskip("ftfy")


def checked(text: str) -> str:
    """The mended text, once every character has been led back to a place in the input."""
    done = mend(text)
    assert done.input_map.length == len(done.text)
    for at, char in enumerate(done.text):
        span = done.input_map.input_span(Span(at, at + 1))
        assert span.end <= len(text)
        if "a" <= char <= "z" and len(span) == 1:
            assert text[span.start] == char
    return done.text


def source_of(text: str, words: str) -> str:
    """What stands in the input for words of the mended text."""
    done = mend(text)
    start = done.text.index(words)
    span = done.input_map.input_span(Span(start, start + len(words)))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frost said: &quot;We can&#39;t sail.&quot;", 'Frost said: "We can\'t sail."'),
        ("Frost &amp; Hale, R&D, AT&T", "Frost & Hale, R&D, AT&T"),
        ("&ldquo;We wait,&rdquo; he said &mdash; twice", "“We wait,” he said — twice"),
        ("&#8220;We wait,&#x201D; he said", "“We wait,” he said"),
        ("He said &amp;quot;no&amp;quot; &amp;amp; left", 'He said "no" & left'),
        ("caf&eacute;&nbsp;bar", "café\u00a0bar"),
        ("fish &chips; &nosuch; & more", "fish &chips; &nosuch; & more"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br>Two.<br/>\nThree.", "One.\nTwo.\nThree."),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("He is <b>very</b> <i class='x'>sure</i>.", "He is very sure."),
        ('See <a href="https://example.org/?a=1&amp;b=2">here</a>.', "See here."),
        ("&lt;p&gt;He said &lt;em&gt;no&lt;/em&gt;.&lt;/p&gt;", "He said no."),
        ("<q>No</q>, he said.", "“No”, he said."),
        ("He has <del>two</del><ins>three</ins> sons.", "He has three sons."),
        ("One.<!-- not this --> Two.<script>let a = '<p>';</script>", "One. Two."),
        ("He left on <time datetime='2021-04-15'>Thursday</time>.", "He left on Thursday."),
        ("2 < 3 and 5 > 4, a <b and c> d", "2 < 3 and 5 > 4, a <b and c> d"),
        ("<Unknown> said <no> more", "<Unknown> said <no> more"),
        ("One <!-- without end", "One <!-- without end"),
    ],
)
def test_markup_and_entities_are_what_they_stand_for(text: str, expected: str) -> None:
    assert checked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RenÃ© said â€œweâ€™ll waitâ€\x9d.", "René said “we’ll wait”."),
        ("RenÃ© Å\x81ukasz", "René Łukasz"),
        ("It cost Â£30 or â‚¬35 â€“ a lot", "It cost £30 or €35 – a lot"),
        ("\x93We wait,\x94 he said. It\x92s late\x85", "“We wait,” he said. It’s late…"),
        ("ÐšÐ¸Ñ—Ð² is Kyiv", "Київ is Kyiv"),
        ("the “CAFÉ” and its “NOËL”", "the “CAFÉ” and its “NOËL”"),
        ("São Tomé’s Ângela — “É”", "São Tomé’s Ângela — “É”"),
        ("Łukasz “Ö” Š", "Łukasz “Ö” Š"),
    ],
)
def test_words_in_a_mistaken_encoding_are_mended(text: str, expected: str) -> None:
    assert checked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the har\u00adbour mas\u00adter", "the harbour master"),
        ("the har\u00ad\nbour", "the harbour"),
        ("\u200bLe\u200bna\u2060 Frost\ufeff", "Lena Frost"),
        ("Le\u200dna Fro\u200cst", "Lena Frost"),
        ("Lena\u200e Frost \u202aleft\u202c", "Lena Frost left"),
        ("👩\u200d🚀 left", "👩\u200d🚀 left"),
        ("\u2067שלום\u2069 he said\u200f", "\u2067שלום\u2069 he said\u200f"),
    ],
)
def test_marks_that_show_nothing_are_gone(text: str, expected: str) -> None:
    assert checked(text) == expected


WRAPPED = (
    "The harbour master, Lena Frost, closed\nthe port on Thursday after a tanker ran\n"
    "aground. Nine sailors were taken off the\nship.\n\nNobody was hurt."
)
JOINED = (
    "The harbour master, Lena Frost, closed the port on Thursday after a tanker ran "
    "aground. Nine sailors were taken off the ship.\n\nNobody was hurt."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WRAPPED, JOINED),
        (WRAPPED.replace("\n", "\r\n"), JOINED),
        (WRAPPED.replace("\n", " \n").replace(" \n \n", "\n\n"), JOINED),
        (f"Port closed\nBy Max Hale\n\n{WRAPPED}", f"Port closed\nBy Max Hale\n\n{JOINED}"),
        (f"Port closed\n{WRAPPED}", f"Port closed\n{JOINED}"),
        ("She told Kim\nVale that the\nport is shut.", "She told Kim Vale that the port is shut."),
        ("a well-\nknown ship left,\nhe said.", "a well-known ship left, he said."),
        (
            "    Indented is\n    how they have it\n    in some wires.",
            "Indented is how they have it in some wires.",
        ),
        (
            "    The first one\nruns to here and\nends.\n    The second runs\non and ends too.",
            "The first one runs to here and ends.\n    The second runs on and ends too.",
        ),
        ("He wants:\n- a tug\n- a crane\n1. now\n2. soon", None),
        ("Port closed\nFerry late\nMax Hale\nOldport", None),
        ("One sentence.\nAnother sentence.\nA third one, longer than both.", None),
        (f"{'A paragraph is on one line and ' * 6}\nends here.", None),
        ("MR. HALE: We wait.\nMS. FROST: For whom?\nMR. HALE: For you.", None),
    ],
)
def test_lines_cut_to_a_width_are_joined_and_others_are_not(
    text: str, expected: str | None
) -> None:
    assert checked(text) == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ends tomorrow.The port opens.", "It ends tomorrow. The port opens."),
        ("It ended in 2021.The port (the old one).They left.", None),
        ('"We go home."She left.', '"We go home." She left.'),
        ("“We go home.”She left.", "“We go home.” She left."),
        ("Police came.“We wait,”he said.", "Police came. “We wait,” he said."),
        ('Police came."We wait,"he said.', 'Police came. "We wait," he said.'),
        ('He said:"No."Then he left.', 'He said: "No." Then he left.'),
        ("Is it over?I think so!Yes.", "Is it over? I think so! Yes."),
    ],
)
def test_sentences_that_ran_together_stand_apart(text: str, expected: str | None) -> None:
    if expected is None:
        expected = "It ended in 2021. The port (the old one). They left."
    assert checked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He works for Booking.Com and Node.Js.",
        "See https://example.org/a.Html or www.example.Eu now.",
        "Write to max.Hale@example.org today.",
        "The U.S.Army and a Ph.D. and an e.g.Thing",
        'A 6"Pipe and a 12" one',
        "“We wait”, he said. “No.”",
        "It is 3.5 or 4.Five",
    ],
)
def test_what_is_one_word_stays_one(text: str) -> None:
    assert checked(text).replace("4. Five", "4.Five") == text


def test_the_words_lead_back_to_what_was_read() -> None:
    text = "<p>Ren&eacute; said &quot;Mas\u00adter FrÃ¶hlich,\nwho left, is\nback&quot;.Then</p>"
    assert source_of(text, "René") == "Ren&eacute;"
    assert source_of(text, '"Master Fröhlich, who') == "&quot;Mas\u00adter FrÃ¶hlich,\nwho"
    assert source_of(text, "is back") == "is\nback"


PIECES = (
    "the Frost said. \n \r\n <p> </p> <br> &amp; &quot; &amp;quot; \u00ad \u200b é e\u0301 Ã© â€œ "
    '" ” “ . Then home. , < > Share\u0020This 1. - <q> </q> \u1100\u1161\u11a8'
).split(" ")


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=40))
@settings(deadline=None)
def test_any_text_leads_back(text: str) -> None:
    checked(text)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@settings(deadline=None)
def test_two_steps_lead_back_through_both(text: str) -> None:
    first = edited(text, [Edit(1, 2, "xyz")]) if len(text) > 2 else unedited(text)
    cut = [Edit(0, 1)] if first.text else []
    both = then(first, edited(first.text, cut))
    assert both.input_map.length == len(both.text)
    for at in range(len(both.text)):
        once = first.input_map.input_span(Span(at + len(cut), at + len(cut) + 1))
        assert both.input_map.input_span(Span(at, at + 1)) == once


def test_an_untouched_text_is_one_segment() -> None:
    assert mend("Frost said “no” on Thursday.\n\nHale left.") == Cleaned(
        "Frost said “no” on Thursday.\n\nHale left.",
        unedited("Frost said “no” on Thursday.\n\nHale left.").input_map,
    )


@pytest.mark.parametrize("piece", ["<!--", "<p ", "<script>", "&amp;", " ", "\u00ad", "word\n"])
def test_a_hundred_thousand_odd_characters_take_no_time(piece: str) -> None:
    started = time.process_time()
    mend(f"{piece * (100_000 // len(piece))}x")
    assert time.process_time() - started < 10
