"""Statements of short texts, through the whole pipeline: what is said, by whom, in what words."""

from collections.abc import Callable

import pytest

from onrecord.records import Record, Spans, Statement

RecordOf = Callable[[str], Record]


def words(record: Record, spans: Spans) -> list[str]:
    return [record.article.cut(span) for span in spans]


def parts(record: Record, statement: Statement) -> tuple[list[str], list[str], list[str]]:
    found = (statement.source, statement.cue, statement.content)
    source, cue, content = (words(record, spans) for spans in found)
    return source, cue, content


def only(record: Record) -> Statement:
    (statement,) = record.statements
    return statement


def speaker(record: Record, statement: Statement) -> str | None:
    actor = record.actor(statement.speaker_id)
    return actor.name if actor else None


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        pytest.param(
            "Ukraine said that Russian forces had shelled Kharkiv.",
            "Ukraine",
            "said",
            ["that Russian forces had shelled Kharkiv"],
            id="clause",
        ),
        pytest.param(
            "Russian forces shelled Kharkiv, said Ukrainian President Volodymyr Zelensky.",
            "Ukrainian President Volodymyr Zelensky",
            "said",
            ["Russian forces shelled Kharkiv"],
            id="inverted",
        ),
        pytest.param(
            "Russian forces, the Ukrainian military said, shelled Kharkiv.",
            "the Ukrainian military",
            "said",
            ["Russian forces", "shelled Kharkiv"],
            id="aside",
        ),
        pytest.param(
            "According to the Pentagon, Russian troops are withdrawing from Kyiv.",
            "the Pentagon",
            "According to",
            ["Russian troops are withdrawing from Kyiv"],
            id="according to, before",
        ),
        pytest.param(
            "Russian troops are withdrawing from Kyiv, according to the Pentagon.",
            "the Pentagon",
            "according to",
            ["Russian troops are withdrawing from Kyiv"],
            id="according to, behind",
        ),
        pytest.param(
            "The United Nations condemned the raid on Kharkiv.",
            "The United Nations",
            "condemned",
            ["the raid on Kharkiv"],
            id="object",
        ),
        pytest.param(
            "The raid was condemned by the United Nations.",
            "the United Nations",
            "was condemned",
            ["The raid"],
            id="object, passive",
        ),
        pytest.param(
            "Macron described the talks as useful.",
            "Macron",
            "described",
            ["the talks as useful"],
            id="object with as",
        ),
        pytest.param(
            "Russia promised to release the prisoners.",
            "Russia",
            "promised",
            ["to release the prisoners"],
            id="infinitive",
        ),
        pytest.param(
            "France urged Iran to stay at the table.",
            "France",
            "urged",
            ["Iran to stay at the table"],
            id="directive",
        ),
        pytest.param(
            "Turkey accused Greece of violating its airspace.",
            "Turkey",
            "accused",
            ["Greece of violating its airspace"],
            id="preposition",
        ),
        pytest.param(
            "The opposition's demand for new elections went to court.",
            "The opposition's",
            "demand for",
            ["new elections"],
            id="noun",
        ),
    ],
)
def test_the_parts_of_an_attribution(
    record_of: RecordOf, text: str, source: str, cue: str, content: list[str]
) -> None:
    record = record_of(text)
    statement = only(record)
    assert parts(record, statement) == ([source], [cue], content)
    assert statement.kind == "indirect"
    assert statement.speaker_id is not None


def test_a_headline_attributes_all_behind_its_verb(record_of: RecordOf) -> None:
    record = record_of("Putin sees progress in talks\n\nThe weather in Moscow was fine.")
    assert parts(record, only(record)) == (["Putin"], ["sees"], ["progress in talks"])


@pytest.mark.parametrize(
    "text",
    ["Israel will attack Iran.", "Rebels attacked the base.", "Iran was attacked by rebels."],
)
def test_a_deed_is_no_accusation(record_of: RecordOf, text: str) -> None:
    assert record_of(text).statements == ()


def test_nobody_is_credited_where_nobody_is_named(record_of: RecordOf) -> None:
    fears = record_of("Fears of a wider war are growing.")
    assert parts(fears, only(fears)) == ([], ["Fears of"], ["a wider war"])
    said = record_of("Putin is said to have left.")
    assert parts(said, only(said)) == ([], ["is said"], ["to have left"])
    assert (only(said).speaker_id, only(said).act) == (None, "assert")


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“We will not leave,” Mr. Zelensky said.", ["“We will not leave,”"], "direct"),
        ("Mr. Zelensky said: “We will not leave.”", ["“We will not leave.”"], "direct"),
        ('"We will not leave," Mr. Zelensky said.', ['"We will not leave,"'], "direct"),
        (
            "“We will not leave,” Mr. Zelensky said, “until the war is over.”",
            ["“We will not leave,”", "“until the war is over.”"],
            "direct",
        ),
        (
            "“We will not leave,” Mr. Zelensky said. “We will stay to the end.”",
            ["“We will not leave,”", "“We will stay to the end.”"],
            "direct",
        ),
        (
            "Mr. Zelensky said that Russia had “no right” to the land.",
            ["that Russia had “no right” to the land"],
            "mixed",
        ),
    ],
    ids=["cue behind", "cue before", "straight marks", "split", "continued", "mixed"],
)
def test_quotations_and_their_cue(
    record_of: RecordOf, text: str, content: list[str], kind: str
) -> None:
    record = record_of(text)
    statement = only(record)
    assert parts(record, statement) == (["Mr. Zelensky"], ["said"], content)
    assert (statement.kind, speaker(record, statement)) == (kind, "Zelensky")


def test_a_quotation_of_several_paragraphs_stays_one_speakers(record_of: RecordOf) -> None:
    record = record_of(
        "Mr. Zelensky said: “We will fight on for our land.\n\n“We will win in the end.”"
    )
    statement = only(record)
    assert words(record, statement.content) == [
        "“We will fight on for our land.",
        "“We will win in the end.”",
    ]
    assert speaker(record, statement) == "Zelensky"


def test_a_closing_mark_that_nobody_opened_quotes_its_sentence(record_of: RecordOf) -> None:
    record = record_of("Mr. Zelensky said he would stay. We will never leave our land.”")
    statement = only(record)
    assert words(record, statement.content)[0].startswith("he would stay")


def test_a_quotation_without_a_cue_is_a_statement_of_nobody(record_of: RecordOf) -> None:
    record = record_of("The square was full.\n\n“We will never leave our land.”")
    assert parts(record, only(record)) == ([], [], ["“We will never leave our land.”"])
    assert only(record).speaker_id is None


def test_words_held_at_arms_length_are_no_statement(record_of: RecordOf) -> None:
    assert record_of("The “special military operation” went on.").statements == ()


def test_a_statement_within_another_names_its_parent(record_of: RecordOf) -> None:
    record = record_of(
        "Peskov told reporters that Putin had promised that the fighting would stop."
    )
    outer, inner = record.statements
    assert words(record, inner.content) == ["that the fighting would stop"]
    assert (outer.parent_id, inner.parent_id) == (None, outer.statement_id)
    assert [speaker(record, one) for one in (outer, inner)] == ["Peskov", "Putin"]
    assert record.voice_chain(inner.statement_id) == (inner, outer)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Iran said that it rained.", "assert"),
        ("The Kremlin denied that its troops had entered Kyiv.", "deny"),
        ("Turkey accused Greece of lying.", "accuse"),
        ("Iran demanded that the sanctions end.", "demand"),
        ("France urged Iran to stay at the table.", "request"),
        ("The Kremlin called for a truce.", "request"),
        ("Russia offered to hold talks.", "offer"),
        ("Russia promised to release the prisoners.", "promise"),
        ("Iran threatened to leave.", "threaten"),
        ("Iran agreed to leave.", "agree"),
        ("Iran refused to leave.", "reject"),
        ("Biden asked whether Iran would sign.", "ask"),
        ("Biden praised the Ukrainian army.", "praise"),
        ("Biden warned that the winter would be long.", "predict"),
        ("Biden believes that Iran will sign.", "believe"),
        ("Biden wants to visit Kyiv.", "want"),
        ("Biden saw that the talks had failed.", "perceive"),
    ],
)
def test_what_a_statement_does(record_of: RecordOf, text: str, act: str) -> None:
    assert only(record_of(text)).act == act


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        pytest.param(
            '"We will win," Putin said.', ["Putin"], ['"We will win,"'], id="straight marks"
        ),
        pytest.param(
            "JOHN SMITH SAID THE WAR WAS OVER.", ["JOHN SMITH"], ["THE WAR WAS OVER"], id="capitals"
        ),
        pytest.param(
            "Putin said it was late.\nThat was in Moscow.\n",
            ["Putin"],
            ["it was late"],
            id="single line breaks",
        ),
    ],
)
def test_statements_are_found_in_texts_of_all_kinds(
    record_of: RecordOf, text: str, source: list[str], content: list[str]
) -> None:
    record = record_of(text)
    assert parts(record, only(record))[::2] == (source, content)


def test_a_transcript_gives_each_speaker_their_words(record_of: RecordOf) -> None:
    record = record_of("Moderator: What happened?\nMr. Peskov: The war must end now.")
    said = [parts(record, statement)[::2] for statement in record.statements]
    assert (["Mr. Peskov"], ["The war must end now."]) in said


def test_a_colon_at_the_end_of_a_paragraph_introduces_the_next(record_of: RecordOf) -> None:
    record = record_of("Mr. Zelensky continued:\n\n“We will never leave our land.”")
    statement = only(record)
    assert words(record, statement.content) == ["“We will never leave our land.”"]
    assert speaker(record, statement) == "Zelensky"


@pytest.mark.parametrize(
    "text",
    [
        "“",
        "said",
        "said said said",
        "”””“““ he said",
        "x" * 3000,
        "He said: " * 400,
        "“He said " * 90,
    ],
    ids=["mark", "cue", "cues", "marks", "one word", "long", "unclosed"],
)
def test_odd_texts_give_spans_within_them(record_of: RecordOf, text: str) -> None:
    record = record_of(text)
    for statement in record.statements:
        for span in (*statement.source, *statement.cue, *statement.content):
            assert span.end <= len(record.article.text)


def test_statements_say_what_made_them_and_how_sure_it_is(record_of: RecordOf) -> None:
    record = record_of("MR. DOE: We are done.\n\nPutin said that the talks were over.")
    found = {statement.extractor: statement.score for statement in record.statements}
    assert found.keys() == {"reader/5", "attribution-rules/1"}
    assert found["attribution-rules/1"] is None
    assert 0.5 < (found["reader/5"] or 0) <= 1
