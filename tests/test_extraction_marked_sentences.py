"""Sentences as the head that types events reads them: marks around the parties, and how much."""

import pytest

from onrecord.extraction.events.trained import ROOM, mark
from onrecord.onepass.wordpieces import WordPieces
from onrecord.records import Span

UNKNOWN, FIRST, LAST, ACTS, ACTED, RECEIVES, RECEIVED = range(7)
SPLIT = WordPieces(
    {
        "[UNK]": UNKNOWN,
        "[CLS]": FIRST,
        "[SEP]": LAST,
        "[unused0]": ACTS,
        "[unused1]": ACTED,
        "[unused2]": RECEIVES,
        "[unused3]": RECEIVED,
    }
)
TEXT = "aa bb cc dd"


def word(number: int, count: int = 1) -> Span:
    """Where words of two letters stand, by the number of the first."""
    return Span(3 * number, 3 * (number + count) - 1)


@pytest.mark.parametrize(
    ("actor", "recipient", "pieces"),
    [
        (None, None, [0, 0, 0, 0]),
        (word(0), None, [ACTS, 0, ACTED, 0, 0, 0]),
        (None, word(3), [0, 0, 0, RECEIVES, 0, RECEIVED]),
        (word(0), word(2), [ACTS, 0, ACTED, 0, RECEIVES, 0, RECEIVED, 0]),
        (word(1, 2), word(3), [0, ACTS, 0, 0, ACTED, RECEIVES, 0, RECEIVED]),
        (word(1), word(1, 2), [0, ACTS, 0, ACTED, RECEIVES, 0, RECEIVED, 0]),  # of both: it acts
    ],
)
def test_marks_stand_around_the_parties(
    actor: Span | None, recipient: Span | None, pieces: list[int]
) -> None:
    marked = mark(TEXT, actor, recipient, SPLIT)
    assert marked.rows[0].tolist() == [FIRST, *pieces, LAST]
    assert [marked.rows[0][at] for at in marked.starts] == [UNKNOWN] * 4


@pytest.mark.parametrize(
    ("parties", "first"),
    [
        ((None, None), 0),
        ((word(0), word(1)), 0),
        ((word(498), word(499)), 500 - ROOM),
        ((word(249), word(251)), 250 - ROOM // 2),  # as much before them as behind
        ((word(300), None), 300 - ROOM // 2),
    ],
)
def test_of_a_long_text_what_stands_around_the_parties_is_read(
    parties: tuple[Span | None, Span | None], first: int
) -> None:
    marked = mark(" ".join(["aa"] * 500), *parties, SPLIT)
    assert len(marked.words) == ROOM
    assert marked.words[0].start in {3 * first, 3 * (first + 1)}
