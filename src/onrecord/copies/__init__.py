"""Which articles are one text printed again, and whose it was; which are on one event."""

from onrecord.copies.comparing import (
    JOINING,
    CopyKind,
    Difference,
    Overlap,
    Shared,
    differences,
    overlap,
    shared_runs,
)
from onrecord.copies.coverage import covered
from onrecord.copies.credits import Credit, credit_of
from onrecord.copies.keys import Keys, keys_of
from onrecord.copies.shingles import Word, count_words, runs_of, shingles_of, words_of
from onrecord.copies.stories import stories_of

__all__ = [
    "JOINING",
    "CopyKind",
    "Credit",
    "Difference",
    "Keys",
    "Overlap",
    "Shared",
    "Word",
    "count_words",
    "covered",
    "credit_of",
    "differences",
    "keys_of",
    "overlap",
    "runs_of",
    "shared_runs",
    "shingles_of",
    "stories_of",
    "words_of",
]
