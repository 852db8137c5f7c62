"""What each reviewer last said of each row, to compare them by."""

from __future__ import annotations

import json
from collections.abc import Iterable

from onrecord.reviews.agreement import Agreement, agreement
from onrecord.reviews.applying import Outcome
from onrecord.reviews.corrections import TYPES


def verdicts_by_row(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], dict[str, str]]:
    """Return what each person last decided, by the kind and id of the row that they decided about.

    Two corrections are the same decision when they give the same values. What is undone, and rows
    that were added, are left out: nobody else could have looked at these.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in outcomes:
        made = one.correction
        if one.state == "undone" or made.verdict == "add":
            continue
        said = made.verdict
        changes = json.dumps(made.changes, sort_keys=True) if said == "correct" else ""
        found.setdefault((made.kind, made.row_id), {})[made.reviewer] = f"{said} {changes}".strip()
    return found


def agreement_by_kind(outcomes: Iterable[Outcome]) -> dict[str, Agreement]:
    """Return how far reviewers agree, of the kinds with rows that at least two decided about."""
    verdicts = verdicts_by_row(outcomes)
    by_kind = {
        kind: agreement(said for (of, _), said in verdicts.items() if of == kind) for kind in TYPES
    }
    return {kind: one for kind, one in by_kind.items() if one.units}


def disagreements(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Return the last decision of each reviewer on rows they disagree about, by the row's id."""
    outcomes = tuple(outcomes)
    verdicts = verdicts_by_row(outcomes)
    apart = {row_id for (_, row_id), said in verdicts.items() if len({*said.values()}) > 1}
    last: dict[str, dict[str, Outcome]] = {}
    for one in outcomes:
        made = one.correction
        if made.row_id in apart and one.state != "undone":
            last.setdefault(made.row_id, {})[made.reviewer] = one
    return {row_id: [*by_person.values()] for row_id, by_person in last.items()}
