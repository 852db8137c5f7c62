"""What each reviewer last said of each row, to compare them by."""

from __future__ import annotations

import json
from collections.abc import Iterable

from onrecord.reviews.applying import Outcome


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
