"""The sentences of acts.toml: which act a statement reports, by cue and construction.

`python tests/gold/acts.py` lists the sentences whose act is not found.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.pipeline import extract
from onrecord.reading import article_from_text
from onrecord.records import Span

ACTS = Path(__file__).parent / "acts.toml"
TRAPS = "traps"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the act its cue reports."""

    act: str
    text: str
    cue: Span  # the main word of the cue
    trap: bool


def read_sentences() -> Iterator[Sentence]:
    """Yield the sentences of acts.toml, the traps last."""
    table = tomllib.loads(ACTS.read_text("utf8"))
    traps = table.pop(TRAPS)
    for group, trap in ((table, False), (traps, True)):
        for act, lines in group.items():
            for line in lines:
                before, _, rest = line.partition("[")
                cue, _, after = rest.partition("]")
                span = Span(len(before), len(before) + len(cue))
                yield Sentence(act, f"{before}{cue}{after}", span, trap)


def found_act(sentence: Sentence) -> str | None:
    """The act of the statement with the sentence's cue, None when there is no such statement."""
    statements = extract(article_from_text(sentence.text)).statements
    return next(
        (row.act for row in statements if any(c.overlaps(sentence.cue) for c in row.cue)), None
    )


def measure() -> dict[str, float]:
    """Return the share of sentences whose act is found, of the plain ones and of the traps."""
    right: dict[bool, list[bool]] = {False: [], True: []}
    for sentence in read_sentences():
        right[sentence.trap].append(found_act(sentence) == sentence.act)
    return {
        "act": sum(right[False]) / len(right[False]),
        "act, traps": sum(right[True]) / len(right[True]),
    }


if __name__ == "__main__":
    for one in read_sentences():
        if (found := found_act(one)) != one.act:
            sys.stdout.write(f"{one.act} not {found or 'found'}: {one.text}\n")
    sys.stdout.write(f"{measure()}\n")
