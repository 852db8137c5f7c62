"""Happenings: which events, in an article and across articles, are one and the same told again."""

from onrecord.happenings.comparing import Agreement, Comparison, compare
from onrecord.happenings.grouping import Unit, group_article, group_units, may_be_one, unit_of
from onrecord.happenings.marking import (
    EventKey,
    Owned,
    happenings_of,
    owned_by,
    with_happenings,
)
from onrecord.happenings.telling import Party, Site, Telling, tellings_of
from onrecord.happenings.wording import Wording, wording_of

__all__ = [
    "Agreement",
    "Comparison",
    "EventKey",
    "Owned",
    "Party",
    "Site",
    "Telling",
    "Unit",
    "Wording",
    "compare",
    "group_article",
    "group_units",
    "happenings_of",
    "may_be_one",
    "owned_by",
    "tellings_of",
    "unit_of",
    "with_happenings",
    "wording_of",
]
