"""Quotations, headlines and transcripts read off parses made by hand, by the rules alone."""

import pytest
import spacy

from onrecord.codebook import load_codebook
from onrecord.drafts import Attribution
from onrecord.extraction.attribution import extract_attributions
from onrecord.extraction.attribution.cited import with_cited
from onrecord.extraction.attribution.labels import may_name
from onrecord.extraction.attribution.quoted import introducing_verb, kind_of, merged, widen
from onrecord.extraction.attribution.tags import with_own_tags
from onrecord.extraction.attribution.turns import find_turns
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.records import Span
from parses import parse_of

CUES = load_codebook().cues
ALONE = "The envoy left. “We have lost the war here.” The street was empty."
ADDED = "Berg said the dam was safe. It was added that the gates had been repaired."
TWO = "“I saw nothing,” Mr Holm said. “Nor did I,” Ms Vane said."
CITING = "Two aides left, the daily Tempo reported, citing a police source."


def attributions_of(text: str) -> tuple[Attribution, ...]:
    doc = parse_of(text, "quotations")
    return extract_attributions(doc, find_quotations(text), CUES)


def cut(text: str, *spans: Span) -> list[str]:
    return [text[span.start : span.end] for span in spans]


Row = tuple[str, str, list[str], list[str], list[str]]  # act, kind, cue, content, source

CASES: list[tuple[str, list[Row]]] = [
    (
        "“We are leaving,” she said.",
        [("assert", "direct", ["said"], ["“We are leaving,”"], ["she"])],
    ),
    (
        "He said: “We are leaving.”",
        [("assert", "direct", ["said"], ["“We are leaving.”"], ["He"])],
    ),
    (
        "“Stop!” the mayor shouted.",
        [("assert", "direct", ["shouted"], ["“Stop!”"], ["the mayor"])],
    ),
    (
        "“Since when?” asked Ms Berg.",
        [("ask", "direct", ["asked"], ["“Since when?”"], ["Ms Berg"])],
    ),
    (
        "“We are leaving,” the envoy told reporters, “and will not return.”",
        [
            (
                "assert",
                "direct",
                ["told"],
                ["“We are leaving,”", "“and will not return.”"],
                ["the envoy"],
            )
        ],
    ),
    (
        TWO,
        [
            ("assert", "direct", ["said"], ["“I saw nothing,”"], ["Mr Holm"]),
            ("assert", "direct", ["said"], ["“Nor did I,”"], ["Ms Vane"]),
        ],
    ),
    (ALONE, [("assert", "direct", [], ["“We have lost the war here.”"], [])]),
    (
        "“We are leaving.” He sat down. The envoy said the road was open.",
        [
            ("assert", "direct", [], ["“We are leaving.”"], []),
            ("assert", "indirect", ["said"], ["the road was open"], ["The envoy"]),
        ],
    ),
    (
        "“He said I was ill,” she wrote.",
        [
            ("assert", "direct", ["wrote"], ["“He said I was ill,”"], ["she"]),
            ("assert", "indirect", ["said"], ["I was ill"], ["He"]),
        ],
    ),
    (
        "Holm announced the end of the strike. “The mill will open in May.”",
        [
            (
                "assert",
                "mixed",
                ["announced"],
                ["the end of the strike", "“The mill will open in May.”"],
                ["Holm"],
            )
        ],
    ),
    (
        ADDED,
        [
            ("assert", "indirect", ["said"], ["the dam was safe"], ["Berg"]),
            ("assert", "indirect", ["was added"], ["that the gates had been repaired"], []),
        ],
    ),
    # headlines
    (
        "Rebels have left the airport: army",
        [("assert", "indirect", [], ["Rebels have left the airport"], ["army"])],
    ),
    (
        "Russia: Ukraine shelled a school",
        [("assert", "indirect", [], ["Ukraine shelled a school"], ["Russia"])],
    ),
    (
        "Berg: The mill will open in May",
        [("assert", "indirect", [], ["The mill will open in May"], ["Berg"])],
    ),
    ("Sudan: dozens killed in the north", []),
]


@pytest.mark.parametrize(("text", "rows"), CASES, ids=[text for text, _ in CASES])
def test_who_says_what(text: str, rows: list[Row]) -> None:
    found = sorted(attributions_of(text), key=lambda one: (one.content[0].start, -len(one.content)))
    assert sorted(
        (one.act, one.kind, cut(text, *one.cue), cut(text, *one.content), cut(text, *one.source))
        for one in found
    ) == sorted(rows)


def test_a_passive_that_adds_goes_on_from_the_last_source() -> None:
    first, second = attributions_of(ADDED)
    assert second.source_at == first.source_at
    assert parse_of(ADDED, "quotations")[first.source_at or 0].text == "Berg"


def test_a_participle_that_cites_names_a_source_of_its_own() -> None:
    doc = parse_of(CITING, "quotations")
    found = with_cited(doc, extract_attributions(doc, (), CUES))
    assert [(cut(CITING, *one.cue), cut(CITING, *one.source)) for one in found] == [
        (["reported"], ["the daily Tempo"]),
        (["citing"], ["a police source"]),
    ]
    assert [cut(CITING, *one.content) for one in found] == [["Two aides left"]] * 2


def test_a_quotation_with_a_verb_of_its_own_is_nobody_elses() -> None:
    doc = parse_of(TWO, "quotations")
    first, second = attributions_of(TWO)
    both = Attribution(
        source=first.source,
        cue=first.cue,
        content=(*first.content, *second.content),
        kind="direct",
        act="assert",
        cue_at=first.cue_at,
        source_at=first.source_at,
    )
    index = QuotationIndex(find_quotations(TWO))
    apart = with_own_tags(doc, TWO, [both], index, CUES)
    assert [(cut(TWO, *one.content), cut(TWO, *one.source)) for one in apart] == [
        (["“I saw nothing,”"], ["Mr Holm"]),
        (["“Nor did I,”"], ["Ms Vane"]),
    ]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("“We are leaving,” she said.", "said"),
        ("He said: “We are leaving.”", "said"),
        ("“Since when?” asked Ms Berg.", "asked"),
        (ALONE, None),  # a full stop on both sides
    ],
)
def test_the_verb_beside_a_quotation(text: str, verb: str | None) -> None:
    doc = parse_of(text, "quotations")
    (quotation,) = find_quotations(text)
    found = introducing_verb(doc, text, quotation, CUES, QuotationIndex((quotation,)))
    assert (found[0].text if found is not None else None) == verb


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("“We are leaving,”", "direct"),
        ("We are leaving", "direct"),
        ("“We are leaving,” she", "mixed"),
        ("she said", "indirect"),
    ],
)
def test_how_much_of_a_content_is_quoted(words: str, kind: str) -> None:
    text = "“We are leaving,” she said."
    start = text.index(words)
    content = (Span(start, start + len(words)),)
    assert kind_of(text, content, QuotationIndex(find_quotations(text))) == kind


def test_a_content_takes_in_the_quotations_it_cuts() -> None:
    text = "“We are leaving,” she said."
    index = QuotationIndex(find_quotations(text))
    assert widen(Span(1, 9), index, text.index("said")) == Span(0, 17)
    assert widen(Span(1, 9), index, 3) == Span(1, 9)  # its cue stands inside


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        ([(5, 9), (0, 3)], [(0, 3), (5, 9)]),
        ([(0, 4), (2, 6)], [(0, 6)]),
        ([(0, 9), (2, 6)], [(0, 9)]),
        ([(0, 4), (4, 6)], [(0, 4), (4, 6)]),  # they touch and do not overlap
        ([], []),
    ],
)
def test_pieces_that_overlap_are_joined(
    pieces: list[tuple[int, int]], joined: list[tuple[int, int]]
) -> None:
    assert merged(Span(*piece) for piece in pieces) == tuple(Span(*piece) for piece in joined)


def turns_of(text: str) -> list[tuple[str, list[str], str]]:
    """Who speaks, what, and as what act, by the lines of a text alone."""
    found = find_turns(spacy.blank("en")(text), text).attributions
    return [(cut(text, *one.source)[0], cut(text, *one.content), one.act) for one in found]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "MR. DOE: We are done.\nMS. ROE: Are we?\nGood.",
            [
                ("MR. DOE", ["We are done."], "assert"),
                ("MS. ROE", ["Are we?"], "ask"),  # the narrator may follow the last turn
            ],
        ),
        ("MR. DOE: Are we done?", [("MR. DOE", ["Are we done?"], "ask")]),
        (
            "Q: Who will pay?\nA: The state. Q is right.",
            [("Q", ["Who will pay?"], "ask"), ("A", ["The state. Q is right."], "assert")],
        ),
        (
            "Anna Berg: Who pays?\nPeter Holm: I do.\nAnna Berg: Good.",
            [
                ("Anna Berg", ["Who pays?"], "ask"),
                ("Peter Holm", ["I do."], "assert"),
                ("Anna Berg", ["Good."], "assert"),
            ],
        ),
        ("Anna Berg: Who pays?\nPeter Holm: I do.", []),  # each speaks once, without a title
        (
            "JANE DOE (CNN): The polls have closed.",
            [("JANE DOE", ["The polls have closed."], "assert")],
        ),
        (
            "MR. DOE: (Laughing.) Yes.\n(Applause.)\nThank you.",
            [("MR. DOE", ["Yes."], "assert")],
        ),
        ("Note: The office is shut.\nPhone: It is dead.\nNote: It is shut.", []),
    ],
)
def test_the_turns_of_a_transcript(text: str, turns: list[tuple[str, list[str], str]]) -> None:
    assert turns_of(text) == turns


@pytest.mark.parametrize(
    ("label", "may"),
    [
        ("Anna Berg", True),
        ("MR PRICE", True),
        ("Price", False),
        ("Ursula von der Leyen", True),
        ("Anna berg", False),
        ("Contact", False),
    ],
)
def test_what_may_be_a_name_before_a_colon(label: str, may: bool) -> None:
    assert may_name(label) is may
