"""Score pronouns against GAP: which of two names does an ambiguous pronoun refer to?

References:
    Webster et al. (2018), "Mind the GAP: A Balanced Corpus of Gendered Ambiguous Pronouns":
    https://aclanthology.org/Q18-1042/
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import GoldError
from onrecord.evaluate.tally import Tally
from onrecord.records import Record, Span

_FEMININE = frozenset({"she", "her", "hers", "herself"})
_TRUTH = {"TRUE": True, "FALSE": False}


@dataclass(frozen=True, slots=True)
class Name:
    """One of the two names beside a pronoun, and whether the pronoun refers to it."""

    span: Span
    meant: bool


@dataclass(frozen=True, slots=True)
class GapText:
    """A text with an ambiguous pronoun and two names."""

    text_id: str
    text: str
    pronoun: Span
    names: tuple[Name, Name]

    @property
    def feminine(self) -> bool:
        """Whether the pronoun is feminine."""
        return self.text[self.pronoun.start : self.pronoun.end].lower() in _FEMININE


def read_gap(path: Path) -> Iterator[GapText]:
    """Yield the texts of a tab-separated file in GAP's form.

    Raises:
        GoldError: The file cannot be read, or a column is missing or malformed.
    """
    try:
        with path.open(encoding="utf8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield _gap_text(row)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{path} is not in GAP's form: {error!r}") from error


def _gap_text(row: Mapping[str, str]) -> GapText:
    def span(column: str) -> Span:
        start = int(row[f"{column}-offset"])
        return Span(start, start + len(row[column]))

    first, second = (Name(span(name), _TRUTH[row[f"{name}-coref"].upper()]) for name in "AB")
    return GapText(row["ID"], row["Text"], span("Pronoun"), (first, second))


def refers(record: Record, pronoun: Span, name: Span) -> bool:
    """Whether a record links a pronoun and a name, given by input offsets, to one actor."""
    actor_id = actor_id_at(record, pronoun)
    return actor_id is not None and actor_id == actor_id_at(record, name)


def actor_id_at(record: Record, span: Span) -> str | None:
    """Return the actor of the mention that shares most with an input span, None without one."""
    best, shared = None, 0.0
    for mention in record.mentions:
        own = record.article.input_span(mention.span)
        common = min(own.end, span.end) - max(own.start, span.start)
        share = common / (len(own) + len(span) - common)
        if common > 0 and share > shared:
            best, shared = mention.actor_id, share
    return best


def score_gap(gold: GapText, record: Record) -> tuple[Tally, ...]:
    """Return the tallies of the names a pronoun refers to: all, and those of its gender."""
    found = [refers(record, gold.pronoun, name.span) for name in gold.names]
    right = sum(link and name.meant for link, name in zip(found, gold.names, strict=True))
    meant = sum(name.meant for name in gold.names)
    counts = {"feminine": gold.feminine, "masculine": not gold.feminine}
    return (
        Tally("names", right, sum(found), meant),
        *(
            Tally(f"names, {gender}", right * here, sum(found) * here, meant * here)
            for gender, here in counts.items()
        ),
    )


def gender_ratio(tallies: Iterable[Tally]) -> float:
    """Return feminine F1 over masculine F1, 0 when there is no masculine one."""
    f1 = {tally.name: tally.f1 for tally in tallies}
    masculine = f1.get("names, masculine", 0.0)
    return f1.get("names, feminine", 0.0) / masculine if masculine else 0.0


def gap_error(gold: GapText, record: Record) -> str | None:
    """Return a line that shows a wrong link or a missing one, None where both names are right."""
    marks = {(gold.pronoun.start, ">"), (gold.pronoun.end, "<")}
    wrong = False
    for letter, name in zip("AB", gold.names, strict=True):
        link = refers(record, gold.pronoun, name.span)
        wrong |= link != name.meant
        verdict = f"{'=' if name.meant else '≠'}{'' if link == name.meant else '!'}"
        marks |= {(name.span.start, f"[{letter}{verdict} "), (name.span.end, "]")}
    if not wrong:
        return None
    shown = gold.text
    for position, mark in sorted(marks, reverse=True):
        shown = shown[:position] + mark + shown[position:]
    return f"{gold.text_id}: {shown}"
