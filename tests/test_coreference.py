"""Who each name, office, noun and pronoun of a short text means, through the whole pipeline."""

from collections.abc import Callable

import pytest

from onrecord.records import Mention, Record

RecordOf = Callable[[str], Record]


def mention(record: Record, words: str) -> Mention | None:
    """The mention of some words; "she#2" is the second such."""
    wanted, _, number = words.partition("#")
    found = [m for m in record.mentions if record.article.cut(m.span) == wanted]
    place = int(number or 1) - 1
    return found[place] if place < len(found) else None


def meant(record: Record, words: str) -> str | None:
    """The name of whom a mention means, None without a mention or a link."""
    found = mention(record, words)
    actor = record.actor(found.actor_id) if found else None
    return actor.name if actor else None


def speakers(record: Record) -> list[str | None]:
    actors = [record.actor(statement.speaker_id) for statement in record.statements]
    return [actor.name if actor else None for actor in actors]


NAMES = [
    ("Ursula Berg arrived on Monday. Berg left on Friday.", "Berg", "Ursula Berg"),
    ("Ursula Berg arrived on Monday. Mrs. Berg left on Friday.", "Mrs. Berg", "Ursula Berg"),
    ("President Joe Biden spoke. Biden then left.", "Biden", "Joe Biden"),
    ("Volodymyr Zelensky arrived. Later Zelensky left.", "Zelensky", "Volodymyr Zelensky"),
    ("Volodymyr Zelenskyy arrived. Later Zelenskyy left.", "Zelenskyy", "Volodymyr Zelenskyy"),
    ("President Volodymyr Zelensky arrived. The rebels met Mr. Zelenskiy.", "Mr. Zelenskiy",
     "Volodymyr Zelensky"),
    ("Anna Stone met Karl Moser. Moser thanked Stone.", "Stone", "Anna Stone"),
    ("Anna Stone met Karl Moser. Moser thanked Stone.", "Moser", "Karl Moser"),
    ("Anna Stone spoke. The rebels burned Stone’s office.", "Stone", "Anna Stone"),
    ("The spokesman, Dmitry Peskov, spoke. Peskov left.", "Peskov", "Dmitry Peskov"),
    ("Dmitry Peskov, the spokesman, spoke. Peskov left.", "Peskov", "Dmitry Peskov"),
    ("Prime Minister Anna Berg spoke. Berg then left.", "Berg", "Anna Berg"),
    ("Abu Omar al-Shami led the group. Later al-Shami fled.", "Abu Omar al-Shami",
     "Abu Omar al-Shami"),
    ("John Brown Jr. spoke to reporters. Brown left.", "Brown", "John Brown Jr."),
]  # fmt: skip
OFFICES = [
    ("Foreign Minister Anna Berg arrived. The foreign minister said talks would go on.",
     "The foreign minister", "Anna Berg"),
    ("Dmitry Peskov, the Kremlin spokesman, spoke. The spokesman said talks would go on.",
     "The spokesman", "Dmitry Peskov"),
    ("President Anna Berg met reporters. The president said she was ready.",
     "The president", "Anna Berg"),
    ("The envoy, Karl Moser, landed. The envoy said he was ready.", "The envoy#2", "Karl Moser"),
    ("President Anna Berg spoke in Oslo. Later President Karl Moser spoke in Bern. "
     "The president said talks had failed.", "The president", "Karl Moser"),
    ("A man who gave his name as Karl Moser said he had fled.", "A man", "Karl Moser"),
    ("A resident named Karl Moser said he had fled.", "A resident", "Karl Moser"),
    ("A fighter who identified himself as Karl Moser said he had fled.", "A fighter",
     "Karl Moser"),
    ("A commander known as Karl Moser said he had fled.", "A commander", "Karl Moser"),
    ("A resident who met Karl Moser said she had fled.", "A resident", "resident"),
    ("Former president Anna Berg spoke. The president, Karl Moser, said nothing. "
     "The president said he was ill.", "The president#2", "Karl Moser"),
]  # fmt: skip
SINGULAR = [
    ("Mr. Moser arrived. He said talks would go on.", "He", "Moser"),
    ("Mrs. Berg met Mr. Moser. He left early.", "He", "Moser"),
    ("Mrs. Berg met Mr. Moser. She left early.", "She", "Berg"),
    ("Anna Berg met Karl Moser. She left early.", "She", "Anna Berg"),
    ("Anna Berg met Karl Moser. He left early.", "He", "Karl Moser"),
    ("Karl Moser said he was ready.", "he", "Karl Moser"),
    ("Anna Berg lost her seat.", "her", "Anna Berg"),
    ("Karl Moser blamed himself.", "himself", "Karl Moser"),
    ("After she lost the vote, Anna Berg resigned.", "she", "Anna Berg"),
    ("Anna Berg met Karl Moser after he landed.", "he", "Karl Moser"),
    ("The spokeswoman met Karl Moser. She said talks would go on.", "She", "spokeswoman"),
    ("Anna Berg thanked Maria Stone. She praised her courage.", "She", "Anna Berg"),
    ("King Harald met Queen Sonja. She wore red.", "She", "Sonja"),
    ("Mr. Moser arrived. Mr. Brown greeted him.", "him", "Moser"),
    ("Mrs. Berg arrived. Her husband left.", "Her", "Berg"),
    ("Anna Berg met her sister Maria Stone.", "her", "Anna Berg"),
]  # fmt: skip
NOBODY = [
    ("Mrs. Berg arrived. He left.", "He"),
    ("Mr. Moser arrived. She left.", "She"),
    ("Talks failed. He left.", "He"),
    ("It rained in Geneva.", "It"),
    ("They say it never rains here.", "They"),
    ("We need to talk about this.", "We"),
    ("I have seen it.", "I"),
    ("“We want peace,” read a banner.", "We"),
    ("“I saw it,” the report said.", "I"),
    ("Ms. Berg said he had left.", "he"),
    ("Mr. Moser said: “He is ready.”", "He"),
    ("Mrs. Berg said: “She is ready.”", "She"),
]
QUOTED = [
    ("“I am ready,” Anna Berg said.", "I", "Anna Berg"),
    ("Anna Berg said: “My plan will work.”", "My", "Anna Berg"),
    ("“Karl Moser told me that,” Anna Berg said.", "me", "Anna Berg"),
    ("“We will not give up,” said Ukraine’s president, Volodymyr Zelensky.", "We", "Ukraine"),
    ("“We will not give up,” Russian Foreign Minister Sergei Lavrov said.", "We", "Russia"),
    ("“Our army is strong,” Ukrainian President Volodymyr Zelensky said.", "Our", "Ukraine"),
    ("“We will respond,” the White House said.", "We", "United States"),
    ("“He is ill,” Anna Berg said of Karl Moser.", "He", "Karl Moser"),
    ("Anna Berg said Karl Moser told her: “I am ready.”", "I", "Karl Moser"),
]  # fmt: skip
PLURAL = [
    ("The rebels attacked at dawn. They took the town.", "They", "rebels"),
    ("Russian officials arrived. They said talks would go on.", "They", "Russian officials"),
    ("Ukraine said it would respond.", "it", "Ukraine"),
    ("Nato said its forces were ready.", "its", "NATO"),
    ("The Taliban took Kabul. They closed the schools.", "They", "Taliban"),
    ("The government resigned. It had ruled for a year.", "It", "government"),
]
SHORT = [
    ("The Syrian Observatory for Human Rights (SOHR) said 40 died. SOHR said more were hurt.",
     "SOHR#2", "Syrian Observatory for Human Rights"),
    ("The Syrian Observatory for Human Rights said 40 died. The Observatory said more were hurt.",
     "Observatory", "Syrian Observatory for Human Rights"),
    ("The Northern Relief Council (NRC) said 40 died. The NRC said more were hurt.",
     "The NRC", "Northern Relief Council"),
    ("The Northern Relief Council said 40 died. The council said more were hurt.",
     "The council", "Northern Relief Council"),
    ("The Northern Relief Council said 40 died. The council of ministers said more were hurt.",
     "The council", "council of ministers"),
]  # fmt: skip
LINKED = [*NAMES, *OFFICES, *SINGULAR, *QUOTED, *PLURAL, *SHORT]


def test_an_office_of_two_is_in_doubt(record_of: RecordOf) -> None:
    record = record_of("Minister Karl Moser met Minister Anna Berg. The minister said no.")
    mention = next(one for one in record.mentions if one.form == "title")
    assert mention.actor_id is None
    names = {actor.name for one in mention.candidates if (actor := record.actor(one))}
    assert names == {"Karl Moser", "Anna Berg"}


@pytest.mark.parametrize(("text", "words", "name"), LINKED)
def test_words_mean(record_of: RecordOf, text: str, words: str, name: str) -> None:
    assert meant(record_of(text), words) == name


@pytest.mark.parametrize(("text", "words"), NOBODY)
def test_words_mean_nobody_in_doubt(record_of: RecordOf, text: str, words: str) -> None:
    assert meant(record_of(text), words) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“Stop,” Anna Berg said. “Or go.”", ["Anna Berg"]),
        ("“Stop now,” Karl Moser said. She was late. He added: “Or go home.”",
         ["Karl Moser", "Karl Moser"]),
        ("“It hurt us badly,” Anna Berg wrote, according to the Times. “It was a great shock.”",
         ["Anna Berg", "Times"]),
        ("“We want peace now,” Anna Berg said. “Nobody here wants war.” Karl Moser said "
         "talks would go on.", ["Anna Berg", "Anna Berg", "Karl Moser"]),  # who wants it as well
        ("The adviser and ambassador Susan Rice said talks would go on.", ["Susan Rice"]),
        ("“It was hard,” said a commander, who uses the name Adnan Afrini.", ["Adnan Afrini"]),
        ("Anna Berg met Karl Moser. “It went well,” she said.", ["Anna Berg"]),
        ("Anna Berg met Karl Moser. “It went well,” he told reporters.", ["Karl Moser"]),
    ],
)  # fmt: skip
def test_speakers(record_of: RecordOf, text: str, names: list[str]) -> None:
    assert [name for name in speakers(record_of(text)) if name] == names
