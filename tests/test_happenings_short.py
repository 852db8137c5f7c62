"""Short sentences of the same words tell one happening, active or passive; others do not."""

import pytest

from onrecord.happenings import Telling, compare, tellings_of
from onrecord.pipeline import Tools, extract
from onrecord.reading import article_from_text


def telling_of(text: str, tools: Tools) -> Telling:
    (telling,) = tellings_of(extract(article_from_text(text, published="2022-03-11"), tools=tools))
    return telling


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Latvia expelled two diplomats.", "Two diplomats were expelled by Latvia.", "same"),
        ("Rebels killed a mayor.", "A mayor was killed by rebels.", "same"),
        ("Turkey arrested 12 journalists.", "12 journalists were arrested by Turkey.", "same"),
        ("Israel bombed Beirut.", "Beirut was bombed by Israel.", "same"),
        ("Police arrested a bishop.", "A bishop was arrested by police.", "same"),
        ("Israel bombed Beirut.", "Israel bombed Damascus.", "unknown"),
        ("Rebels killed a mayor.", "Rebels killed a judge.", "unknown"),
    ],
)
def test_the_words_of_short_sentences(one: str, other: str, words: str, tools: Tools) -> None:
    assert compare(telling_of(one, tools), telling_of(other, tools)).words == words
