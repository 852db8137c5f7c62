"""How rows are told in listings of what differs."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.evaluate.gold import MarkedRow
from onrecord.records import Spans, hull

WORDS_SHOWN = 100  # code points of a row's words in a listing


def told_words(spans: Spans, text: str) -> str:
    """Return where some spans lie and the words from the first to the last of them, cut short."""
    if not spans:
        return "(no words)"
    whole = hull(spans)
    words = " ".join(text[whole.start : whole.end].split())
    short = words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1] + "…"
    return f"{whole.start}-{whole.end} “{short}”"


def told_parties(parties: Sequence[MarkedRow]) -> str:
    """Return parties with the country of each, "nobody" without any."""
    return ", ".join(f"{one.get('text')} ({one.get('country')})" for one in parties) or "nobody"
