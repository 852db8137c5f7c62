"""What words of violence mean, read off parses made by hand."""

import pytest

from onrecord.codebook import load_codebook
from onrecord.extraction.events.figurative import as_meant
from onrecord.extraction.events.triggers import find_triggers
from parses import parse_of

BOOK = load_codebook()


def meant(text: str) -> list[tuple[str, str]]:
    """The triggers that stand, with the type that the words around leave them."""
    found = find_triggers(parse_of(text, "violence"), BOOK.plover)
    read = [(one.head.text, as_meant(one, BOOK.plover)) for one in found]
    return [(word, one.trigger.event_type) for word, one in read if one is not None]


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        # struck
        ("The army beat the protesters in the square.", [("beat", "ASSAULT")]),
        ("Rebels attacked the convoy.", [("attacked", "ASSAULT")]),
        ("The bomb killed the driver.", [("killed", "ASSAULT")]),
        ("Rebels fired a mortar at the base.", [("fired", "ASSAULT")]),
        ("The president fired tear gas canisters.", [("fired", "ASSAULT")]),
        ("A strike by jets hit Aleppo.", [("strike", "ASSAULT"), ("hit", "ASSAULT")]),
        # beaten in a match or a vote
        ("France beat Italy 2-1 in Rome.", []),
        ("The senator beat his rival in the run-off for the nomination.", []),
        # by nobody
        ("The field was invaded by locusts.", []),
        ("The invasion of locusts ruined the farm.", []),
        ("A strike by nurses hit Britain.", [("strike", "PROTEST")]),
        ("A wave of strikes by teachers hit France.", [("strikes", "PROTEST")]),
        # in words, of ideas, of posts
        ("The president attacked his rival in a speech.", [("attacked", "ACCUSE")]),
        ("The president attacked the plan.", [("attacked", "ACCUSE")]),
        ("The vote killed the deal.", []),
        ("The president fired his minister.", []),
        # warnings
        ("Aid workers warned of famine.", []),
        ("Officials warned of an attack.", [("warned", "THREATEN"), ("attack", "ASSAULT")]),
    ],
)
def test_what_words_of_violence_mean(text: str, triggers: list[tuple[str, str]]) -> None:
    assert meant(text) == triggers
