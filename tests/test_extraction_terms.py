"""Contested terms: which word is chosen, by whom, and whether at arm's length."""

from collections.abc import Callable

import pytest

from onrecord.records import Record

RecordOf = Callable[[str], Record]


def terms(record: Record) -> list[tuple[str, str, str]]:
    return [(record.article.cut(one.span), one.concept, one.voice) for one in record.terms]


def users(record: Record) -> list[str | None]:
    actors = [record.actor(one.used_by_id) for one in record.terms]
    return [actor.name if actor else None for actor in actors]


UKRAINE = "war in Ukraine"


@pytest.mark.parametrize(
    ("text", "words", "voice", "user"),
    [
        ("The invasion of Ukraine began in the spring.", "invasion", "own", None),
        ("Biden said that the invasion of Ukraine went on.", "invasion", "own", "Biden"),
        ("“The invasion of Ukraine goes on,” Biden said.", "invasion", "quoted", "Biden"),
        (
            "The Kremlin said that its “special military operation” in Ukraine went on.",
            "“special military operation”",
            "quoted",
            "Russia",
        ),
        (
            "The “special military operation” in Ukraine went on.",
            "“special military operation”",
            "scare",
            None,
        ),
        (
            "The so-called special military operation in Ukraine went on.",
            "special military operation",
            "scare",
            None,
        ),
    ],
    ids=["narration", "reported", "in a quotation", "marks, attributed", "marks", "so-called"],
)
def test_a_term_in_its_voice(
    record_of: RecordOf, text: str, words: str, voice: str, user: str | None
) -> None:
    record = record_of(text)
    assert terms(record) == [(words, UKRAINE, voice)]
    assert users(record) == [user]
    assert not record.terms[0].avoided
    assert (record.terms[0].statement_id is None) == (user is None)


def test_a_term_somebody_is_said_to_avoid(record_of: RecordOf) -> None:
    record = record_of("Russian officials avoid the word “invasion” in Ukraine.")
    (term,) = record.terms
    assert (term.term, term.avoided, users(record)) == ("invasion", True, ["Russian officials"])


def test_a_term_is_kept_in_its_dictionary_form(record_of: RecordOf) -> None:
    (term,) = record_of("Invasions came and went in Ukraine.").terms
    assert term.term == "invasion"


def test_a_concept_counts_only_in_articles_about_it(record_of: RecordOf) -> None:
    assert terms(record_of("The war in Syria went on.")) == [("war", "war in Syria", "own")]
    assert terms(record_of("The war in Ukraine went on.")) == [("war", UKRAINE, "own")]
    assert terms(record_of("The war in France went on.")) == []


def test_some_terms_count_only_when_marked(record_of: RecordOf) -> None:
    assert terms(record_of("Putin said that terrorists ruled the town.")) == []
    marked = record_of("Putin said that “terrorists” ruled the town.")
    assert [voice for _, _, voice in terms(marked)] == ["quoted"]
    assert users(marked) == ["Putin"]


@pytest.mark.parametrize(
    "text",
    [
        "World War II ended. Ukraine was free.",
        "The Ukraine crisis deepened.",
        "An anti-war crowd met in Ukraine.",
    ],
    ids=["a name", "a compound", "hyphenated"],
)
def test_the_same_letters_elsewhere_are_no_term(record_of: RecordOf, text: str) -> None:
    assert terms(record_of(text)) == []


def test_the_longest_term_stands(record_of: RecordOf) -> None:
    record = record_of("The military operation in Ukraine went on.")
    assert terms(record) == [("military operation", UKRAINE, "own")]


@pytest.mark.parametrize(
    ("text", "words", "voice", "user"),
    [
        ("The “reforms” made the poor poorer.", "“reforms”", "scare", None),
        ("The town was to be a ‘safe area’ for all.", "‘safe area’", "scare", None),
        ("The so-called tribunal met in the capital.", "tribunal", "scare", None),
        ("The self-styled governor fled the town.", "governor", "scare", None),
        ("Biden called the vote a “bad joke”.", "“bad joke”", "quoted", "Biden"),
        ("Biden described the raid as a “rescue mission”.", "“rescue mission”", "quoted", "Biden"),
    ],
    ids=["marks", "single marks", "so-called", "self-styled", "called", "described as"],
)
def test_words_held_up_are_found_without_a_list(
    record_of: RecordOf, text: str, words: str, voice: str, user: str | None
) -> None:
    record = record_of(text)
    assert [(found, how) for found, _, how in terms(record)] == [(words, voice)]
    assert users(record) == [user]


def test_what_somebody_calls_it_is_a_term(record_of: RecordOf) -> None:
    record = record_of("The ship took part in what Iran calls a research voyage.")
    assert [(found, how) for found, _, how in terms(record)] == [("research voyage", "scare")]
    assert users(record) == ["Iran"]


@pytest.mark.parametrize(
    "text",
    [
        "“No,” Biden said.",
        "She wrote the book “Northern Lights” in a year.",
        "Biden said that the army would “leave the valley”.",
        "The letter “Z” was on the door.",
        "The workers' pay and the owners' gain rose.",
    ],
    ids=["said", "a title", "a clause", "a letter", "possessives"],
)
def test_other_words_in_marks_are_no_terms(record_of: RecordOf, text: str) -> None:
    assert terms(record_of(text)) == []


@pytest.mark.parametrize(
    ("text", "avoided"),
    [
        ("China avoided calling it an “invasion”.", True),
        ("China refused to call the attack a “massacre”.", True),
        ("China avoided a vote on the crisis in Syria.", False),
        ("China rejected the war in Ukraine.", False),
        ("China declined to use the term “genocide”.", True),
    ],
)
def test_who_avoids_a_word_avoids_the_word(record_of: RecordOf, text: str, avoided: bool) -> None:
    (term,) = record_of(text).terms
    assert term.avoided == avoided
