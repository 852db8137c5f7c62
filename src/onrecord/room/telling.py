"""What an article tells beside an event: the numbers of people in the paragraphs around it."""

from __future__ import annotations

import re

from onrecord.records import Event, Figure, Record
from onrecord.store.disagreeing import COUNTED

PARAGRAPHS = 1  # on either side of the event's own
FARTHEST = 700  # code points between an event and a figure, where paragraphs are long

_BREAK = re.compile(r"\n+")


def figures_beside(record: Record, event: Event) -> list[Figure]:
    """Return the figures of people in an event's paragraph and the ones next to it, as they stand.

    That they are of the event is for the reader to judge: the text may tell of two in one breath.
    """
    return [
        row for row in record.figures if row.measure in COUNTED and _is_near(record, event, row)
    ]


def _is_near(record: Record, event: Event, figure: Figure) -> bool:
    trigger, span = event.trigger[0], figure.span
    first, last = sorted((trigger, span))
    between = record.article.text[first.end : max(first.end, last.start)]
    return len(between) <= FARTHEST and len(_BREAK.findall(between)) <= PARAGRAPHS
