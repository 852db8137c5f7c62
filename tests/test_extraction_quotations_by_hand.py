"""Quotations, headlines and transcripts read off parses made by hand, by the rules alone."""

import pytest
import spacy
from spacy.tokens import Doc

from onrecord.codebook import load_codebook
from onrecord.drafts import Attribution
from onrecord.extraction.attribution import extract_attributions
from onrecord.extraction.attribution.cited import with_cited
from onrecord.extraction.attribution.headlines import headline_attributions
from onrecord.extraction.attribution.labels import may_name
from onrecord.extraction.attribution.quoted import introducing_verb, kind_of, merged, widen
from onrecord.extraction.attribution.tags import with_own_tags
from onrecord.extraction.attribution.turns import find_turns
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.records import Span
from parses import make_doc, parse_of

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


def headlines_of(table: str) -> list[tuple[str, ...]]:
    """Whom headlines are credited to, and what is."""
    doc = make_doc(table)
    found = headline_attributions(doc, doc.text, QuotationIndex(find_quotations(doc.text)))
    return [(*cut(doc.text, *one.source), *cut(doc.text, *one.content)) for one in found]


BEHIND = """
    Rebels/rebel NNS nsubj 1
    left/leave VBD ROOT 1
    {}
    : : punct 1
    {}
"""
ARMY = "army NN dep 1"


@pytest.mark.parametrize(
    ("said", "source", "found"),
    [
        ("camp NN dobj 1", ARMY, [("army", "Rebels left camp")]),
        ("camp NN dobj 1", "Moscow NNP dep 1 B-GPE", [("Moscow", "Rebels left camp")]),
        ("camp NN dobj 1", "Berg NNP dep 1 B-PERSON", [("Berg", "Rebels left camp")]),
        ("camp NN dobj 1", "weather NN dep 1", []),  # nobody whom news cites
        # a mark at the end, and another colon
        ("camp NN dobj 1", f"{ARMY}\n. . punct 1", []),
        ("camp NN dobj 1", f"{ARMY}\n: : punct 1\nreport NN dep 1", []),
        # five words name a source, six do not
        (
            "camp NN dobj 1",
            "chief NN dep 1\nof IN prep 4\nthe DT det 8\nold JJ amod 8\ntown NN pobj 5",
            [("chief of the old town", "Rebels left camp")],
        ),
        (
            "camp NN dobj 1",
            "army NN compound 5\nchief NN dep 1\nof IN prep 5\nthe DT det 9\nold JJ amod 9\n"
            "town NN pobj 6",
            [],
        ),
    ],
)
def test_whom_a_headline_credits_behind_its_colon(
    said: str, source: str, found: list[tuple[str, str]]
) -> None:
    assert headlines_of(BEHIND.format(said, source)) == found


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (  # a name, and what it says
            "Berg NNP dep 3 B-PERSON\n: : punct 3\nMills/mill NNS nsubj 3\nopen VBP ROOT 3\n"
            "soon RB advmod 3",
            [("Berg", "Mills open soon")],
        ),
        (  # too little said
            "Berg NNP dep 3 B-PERSON\n: : punct 3\nMills/mill NNS nsubj 3\nopen VBP ROOT 3",
            [],
        ),
        (  # the same behind
            "Mills/mill NNS nsubj 1\nopen VBP ROOT 1\n: : punct 1\nBerg NNP dep 1 B-PERSON",
            [],
        ),
        (  # nothing is told without a verb
            "Berg NNP dep 4 B-PERSON\n: : punct 4\nNew JJ amod 4\nmill NN compound 4\n"
            "plans/plan NNS ROOT 4",
            [],
        ),
        (  # a place, and what somebody else does who is named
            "Mali NNP dep 3 B-GPE\n: : punct 3\nChad NNP nsubj 3 B-GPE\nshelled/shell VBD ROOT 3\n"
            "towns/town NNS dobj 3",
            [("Mali", "Chad shelled towns")],
        ),
        (  # a place where something happens to people without a name
            "Mali NNP dep 3 B-GPE\n: : punct 3\nRebels/rebel NNS nsubj 3\nhit VBD ROOT 3\n"
            "towns/town NNS dobj 3",
            [],
        ),
        (  # two lines are two headlines
            "Rebels/rebel NNS nsubj 1\nleft/leave VBD ROOT 1\ncamp NN dobj 1\n: : punct 1\n"
            "army NN dep 1\n\\n _SP dep 1\nRebels/rebel NNS nsubj 7\nlost/lose VBD ROOT 7\n"
            "camp NN dobj 7\n: : punct 7\narmy NN dep 7",
            [("army", "Rebels left camp"), ("army", "Rebels lost camp")],
        ),
    ],
)
def test_whom_a_headline_credits_before_its_colon(table: str, found: list[tuple[str, str]]) -> None:
    assert headlines_of(table) == found


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
    assert verb_beside(parse_of(text, "quotations")) == verb


def verb_beside(doc: Doc) -> str | None:
    """The verb that introduces the last quotation of a parse."""
    *_, quotation = quotations = find_quotations(doc.text)
    found = introducing_verb(doc, doc.text, quotation, CUES, QuotationIndex(quotations))
    return found[0].text if found is not None else None


WAIT = (
    "“/\" `` punct {0}\nWe PRP nsubj {1}\nwait VBP ccomp {0}\n{2} {3} punct {0}\n”/\" '' punct {0}"
)


def quoting(before: str, behind: str = "", mark: str = ".") -> Doc:
    """A parse in which “We wait.” stands between some words."""
    at = len(before.splitlines())
    quoted = WAIT.format(0, at + 2, mark, "," if mark == "," else ".")
    return make_doc(f"{before}\n{quoted}\n{behind}".strip())


@pytest.mark.parametrize(
    ("before", "verb"),
    [
        ("Said/say VBD ROOT 0\nBerg NNP nsubj 0\n: : punct 0", "Said"),  # the text's first word
        ("Berg NNP nsubj 1\nsaid/say VBD ROOT 1\n: : punct 1", "said"),
        # a paragraph ahead, where a colon announces it
        ("Berg NNP nsubj 1\nsaid/say VBD ROOT 1\n: : punct 1\n\\n\\n _SP dep 1", "said"),
        ("Berg NNP nsubj 1\nsaid/say VBD ROOT 1\n\\n\\n _SP dep 1", None),
        ("Berg NNP nsubj 1\nsaid/say VBD ROOT 1\nthat IN mark 1", "said"),
        ("Berg NNP nsubj 1\nsaid/say VBD ROOT 1\nmuch RB advmod 1", None),  # it says something else
        ("Berg NNP nsubj 1\nsat/sit VBD ROOT 1\n: : punct 1", None),  # no cue
        ("Said/say VBD ROOT 0\n: : punct 0", None),  # without a subject
        ("Berg NNP nsubj 1\nsaid/say VBD ROOT 1\n. . punct 1", None),  # a sentence before
        ("Berg NNP nsubj 1\nsaid/say VBD ROOT 1\n? . punct 1", None),
    ],
)
def test_the_verb_before_a_quotation(before: str, verb: str | None) -> None:
    assert verb_beside(quoting(before)) == verb


@pytest.mark.parametrize(
    ("mark", "behind", "verb"),
    [
        (",", "Berg NNP nsubj 6\nsaid/say VBD ROOT 6", "said"),
        (",", "\\n _SP dep 7\nBerg NNP nsubj 7\nsaid/say VBD ROOT 7", None),  # another line's
        (",", "and CC cc 6\nleft/leave VBD ROOT 6\n. . punct 6\nBerg NNP nsubj 9\n"
              "said/say VBD ROOT 9", None),  # another sentence's
        (".", "Berg NNP nsubj 6\nsaid/say VBD ROOT 6", None),  # the quotation has ended
        (".", ", , punct 7\nBerg NNP nsubj 7\nsaid/say VBD ROOT 7", "said"),
        (",", "Berg NNP nsubj 6\nsat/sit VBD ROOT 6", None),
    ],
)  # fmt: skip
def test_the_verb_behind_a_quotation(mark: str, behind: str, verb: str | None) -> None:
    assert verb_beside(quoting("", behind, mark)) == verb


def test_a_verb_beyond_another_quotation_is_not_beside() -> None:
    text = "“We wait,” “and stay,” Berg said."
    doc = parse_of(text, "quotations")
    first, second = quotations = find_quotations(text)
    index = QuotationIndex(quotations)
    assert introducing_verb(doc, text, first, CUES, index) is None
    assert introducing_verb(doc, text, second, CUES, index) is not None


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
