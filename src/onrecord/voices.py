"""How the voices behind a row are put: one wording for the terminal, pages and the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from onrecord.records import Statement

ACCORDING_TO = ", according to "


def voices(chain: Iterable[Statement], named: Callable[[Statement], str]) -> tuple[str, ...]:
    """Return who vouches for a row, innermost first, each once.

    Args:
        chain: The statements that vouch for it, as `Record.voice_chain` returns them.
        named: Who speaks in a statement, in words.
    """
    return tuple(dict.fromkeys(map(named, chain)))


def voice_words(chain: Iterable[Statement], named: Callable[[Statement], str]) -> str:
    """Return whose word a row is, "Dmitry Peskov, according to the Kremlin"; "" for no chain."""
    return ACCORDING_TO.join(voices(chain, named))
