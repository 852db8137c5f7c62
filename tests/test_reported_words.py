"""What is said: where the reported words begin and end, and whose they are, in short texts."""

from collections.abc import Callable

import pytest

from onrecord.records import Record

RecordOf = Callable[[str], Record]


def rows(record: Record) -> set[tuple[str, str]]:
    """Each statement's source, and its content without "that" before and marks around it."""
    cut = record.article.cut
    return {
        (
            " ".join(cut(part) for part in one.source).removesuffix("'"),
            " ".join(cut(part) for part in one.content).removeprefix("that ").strip(" ,."),
        )
        for one in record.statements
    }


def speakers(record: Record) -> list[str | None]:
    actors = (record.actor(one.speaker_id) for one in record.statements)
    return [actor.name if actor else None for actor in actors]


def case(text: str, *expected: tuple[str, str]) -> object:
    return pytest.param(text, set(expected), id=text[:40])


CITED = [
    case(
        "The mayor has resigned, the daily Tempo reported, citing two aides.",
        ("the daily Tempo", "The mayor has resigned"),
        ("two aides", "The mayor has resigned"),
    ),
    case(
        "Citing two aides, the daily Tempo said that the mayor had resigned.",
        ("the daily Tempo", "the mayor had resigned"),
        ("two aides", "the mayor had resigned"),
    ),
    case(
        "The army has taken the airport, state television said, quoting a general.",
        ("state television", "The army has taken the airport"),
        ("a general", "The army has taken the airport"),
    ),
    case(
        "Three bridges have collapsed, the agency reported, citing the transport ministry.",
        ("the agency", "Three bridges have collapsed"),
        ("the transport ministry", "Three bridges have collapsed"),
    ),
    case(
        "The station reported that the fleet had sailed, citing a naval officer.",
        ("The station", "the fleet had sailed"),
        ("a naval officer", "the fleet had sailed"),
    ),
    case(
        "Quoting witnesses, the radio said that shots had been fired.",
        ("the radio", "shots had been fired"),
        ("witnesses", "shots had been fired"),
    ),
]

HEADLINES = [
    case(
        "Rebels have left the airport: army\n\nThe fighting had lasted a week.",
        ("army", "Rebels have left the airport"),
    ),
    case(
        "Two ships collided in the fog: officials\n\nThe strait is narrow.",
        ("officials", "Two ships collided in the fog"),
    ),
    case(
        "Minister: The mill will open in May\n\nThe mill has been shut for a year.",
        ("Minister", "The mill will open in May"),
    ),
    case(
        "Dam could fail within days: engineers\n\nThe rain went on.",
        ("engineers", "Dam could fail within days"),
    ),
    case(
        "Army: Rebels have left the airport\n\nThe fighting had lasted a week.",
        ("Army", "Rebels have left the airport"),
    ),
    case(
        "Forests are shrinking faster: study\n\nThe trees are old.",
        ("study", "Forests are shrinking faster"),
    ),
]

ENDS = [
    case(
        "Berg said the mill was safe and added that it would open in May.",
        ("Berg", "the mill was safe"),
        ("Berg", "it would open in May"),
    ),
    case(
        "Berg said the mill was safe, adding that it would open in May.",
        ("Berg", "the mill was safe"),
        ("Berg", "it would open in May"),
    ),
    case(
        "Berg said the dam was safe but engineers say it is not.",
        ("Berg", "the dam was safe"),
        ("engineers", "it is not"),
    ),
    case(
        "“The road is shut,” and the next morning it was, Ms Toure said.",
        ("Ms Toure", "“The road is shut,”"),
    ),
    case(
        "“He said, ‘The well is dry,’ before he left,” Ms Toure said.",
        ("Ms Toure", "“He said, ‘The well is dry,’ before he left,”"),
        ("He", "‘The well is dry,’"),
    ),
    case(
        "“She told us, ‘Nobody is coming,’ and then the line went dead,” Mr Abdi said.",
        ("Mr Abdi", "“She told us, ‘Nobody is coming,’ and then the line went dead,”"),
        ("She", "‘Nobody is coming,’"),
    ),
    case(
        "“My son wrote, ‘I am in the cellar,’ but the letter came late,” Ms Bilyk said.",
        ("Ms Bilyk", "“My son wrote, ‘I am in the cellar,’ but the letter came late,”"),
        ("My son", "‘I am in the cellar,’"),
    ),
    case(
        "“A guard shouted, ‘Get out of the bus,’ while others laughed,” Mr Novak said.",
        ("Mr Novak", "“A guard shouted, ‘Get out of the bus,’ while others laughed,”"),
        ("A guard", "‘Get out of the bus,’"),
    ),
    case(
        "“They asked, ‘Where is your father?’ and I ran,” Ms Hakimi said.",
        ("Ms Hakimi", "“They asked, ‘Where is your father?’ and I ran,”"),
        ("They", "‘Where is your father?’"),
    ),
    case(
        "Rejecting claims by the union that the mill was unsafe, Berg said it would open.",
        ("Berg", "it would open"),
    ),
    case(
        "The minister was angry at a newspaper's report that she had sold the mill.",
        ("The minister", "a newspaper's report that she had sold the mill"),
        ("a newspaper's", "she had sold the mill"),
    ),
    case(
        "The minister's anger at a newspaper's report that she had sold the mill was plain.",
        ("The minister's", "a newspaper's report that she had sold the mill"),
        ("a newspaper's", "she had sold the mill"),
    ),
    case(
        "The union's claim that the mill was unsafe angered the owners.",
        ("The union's", "the mill was unsafe"),
    ),
    case(
        "Engineers' warnings that the dam could fail were ignored for years.",
        ("Engineers", "the dam could fail"),
    ),
    case(
        "Residents' fears of another flood have grown since the dam cracked.",
        ("Residents", "another flood"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*CITED, *HEADLINES, *ENDS])
def test_whose_words_and_how_far(
    record_of: RecordOf, text: str, expected: set[tuple[str, str]]
) -> None:
    assert expected <= rows(record_of(text))


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("The union left the talks, citing a lack of trust.", "a lack of trust"),
        ("Ukraine: what we know so far\n\nThe war goes on.", "Ukraine"),
        ("Football: Norburg beat Halden in the cup\n\nIt rained.", "Football"),
        ("Analysis: why the dam broke\n\nThe dam was old.", "Analysis"),
        ("The plan has three parts: roads, rails and ports.", "The plan has three parts"),
        ("United Nations: is it worth the money?\n\nMany ask.", "United Nations"),
    ],
)
def test_what_only_looks_like_a_source(record_of: RecordOf, text: str, nobody: str) -> None:
    assert nobody not in {source for source, _ in rows(record_of(text))}


@pytest.mark.parametrize(
    "text",
    [
        "Berg said the dam was safe. It was added that the gates had been repaired.",
        "Berg said the dam was safe. It was also said that the gates had been repaired.",
        "Berg said the dam was safe. It was further stated that the gates had been repaired.",
        "Berg warned that the ice was thin. It was also stressed that nobody need leave.",
    ],
)
def test_a_passive_goes_on_from_the_last_source(record_of: RecordOf, text: str) -> None:
    assert speakers(record_of(text)) == ["Berg", "Berg"]


@pytest.mark.parametrize(
    "text",
    [
        "Berg said the dam was safe. It was feared that the gates would break.",
        "Berg said the dam was safe.\n\nIt was also said that the gates had been repaired.",
        "It was also said that the gates had been repaired.",
    ],
)
def test_a_passive_that_adds_nothing_is_nobody_s(record_of: RecordOf, text: str) -> None:
    assert speakers(record_of(text))[-1] is None
