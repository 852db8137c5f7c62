"""Happenings: which events, in an article and across articles, are one and the same told again."""

from onrecord.happenings.comparing import Agreement, Comparison, compare
from onrecord.happenings.finding import ENOUGH, UnitKeys, may_join, unit_keys
from onrecord.happenings.grouping import (
    Unit,
    group_article,
    group_units,
    is_ruled_out,
    may_be_one,
    unit_of,
)
from onrecord.happenings.marking import (
    EventKey,
    Owned,
    happenings_of,
    owned_by,
    with_happenings,
)
from onrecord.happenings.telling import (
    Party,
    Site,
    Telling,
    Worded,
    named_party,
    party_of,
    site_of,
    tellings_of,
    worded,
)
from onrecord.happenings.wording import Wording, wording_of

__all__ = [
    "ENOUGH",
    "Agreement",
    "Comparison",
    "EventKey",
    "Owned",
    "Party",
    "Site",
    "Telling",
    "Unit",
    "UnitKeys",
    "Worded",
    "Wording",
    "compare",
    "group_article",
    "group_units",
    "happenings_of",
    "is_ruled_out",
    "may_be_one",
    "may_join",
    "named_party",
    "owned_by",
    "party_of",
    "site_of",
    "tellings_of",
    "unit_keys",
    "unit_of",
    "with_happenings",
    "worded",
    "wording_of",
]
