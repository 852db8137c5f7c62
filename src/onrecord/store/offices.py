"""Offices as they are compared, and what they and a sector tell of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OF_PROPER = re.compile(r"\s(?:of|for|to|in|at)\s(?:the\s)?[A-Z].*$")  # "president of Ukraine"
_PORTFOLIO = re.compile(
    r"\b(minister|ministry|secretary) (?:of|for) (?:the )?"
    r"((?:foreign|home|internal|external) affairs|defen[cs]e|interior|finance|health|justice|"
    r"education|energy|economy|trade|transport|agriculture|culture|information|environment|labou?r)",
    re.IGNORECASE,
)
_PASSING = re.compile(r"\b(?:the|former|ex|then|late|onetime|outgoing|acting|interim|incoming)\b")
_SAME = {
    "premier": "prime minister",
    "foreign affairs minister": "foreign minister",
    "external affairs minister": "foreign minister",
    "head of state": "leader",
    "head of government": "leader",
}
_SAME_WORDS = {"defense": "defence", "spokeswoman": "spokesman", "spokesperson": "spokesman"}
_RANKS = frozenset({"prime", "vice", "deputy", "assistant", "under", "shadow", "junior"})
_HEADS = frozenset(
    "president|prime minister|chancellor|king|queen|emir|sultan|supreme leader".split("|")
)

_POWER = "power"
_SPHERES = {
    **dict.fromkeys(
        "GOV LEG ELI OPP PTY MIL SPY JUD COP IGO UNO IMG REB PRM UAF SEP INS".split(), _POWER
    ),
    **{"JRN": "press", "BUS": "business", "MNC": "business", "EDU": "learning", "REL": "faith"},
    **{"MED": "health", "LAB": "work", "AGR": "work", "CRM": "crime"},
}
"""What somebody with a sector is engaged in. Not here: sectors that anyone may have (CVL, SOC)."""

_STAGE = frozenset(
    "footballer striker goalkeeper midfielder defender winger player athlete sprinter runner boxer "
    "wrestler cricketer golfer swimmer cyclist skier coach referee actor actress singer rapper "
    "musician pianist violinist composer comedian novelist poet painter".split()
)


def office_of(role: str) -> str | None:
    """Return a role as it is compared, None when no words are left.

    "the former President of Ukraine" is president, "minister of defense" defence minister.
    """
    lowered = _OF_PROPER.sub("", _PORTFOLIO.sub(r"\2 \1", role)).lower()
    words = re.findall(r"[^\W_]+", _PASSING.sub(" ", lowered))
    office = " ".join(_SAME_WORDS.get(word, word) for word in words)
    return _SAME.get(office, office) or None


def offices_agree(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of some offices is one of the others, or a shorter word for it.

    "minister" is short for "foreign minister", not for "prime minister"; "leader" for "president".
    """
    known = tuple(others)
    return any(_is_same(one, other) for one in some for other in known)


def _is_same(one: str, other: str) -> bool:
    if (
        one == other
        or (one == "leader" and other in _HEADS)
        or (other == "leader" and one in _HEADS)
    ):
        return True
    shorter, longer = sorted((one, other), key=len)
    before = longer.removesuffix(f" {shorter}")
    return before != longer and not _RANKS & set(before.split())


def sphere_of(sector: str | None, offices: Iterable[str]) -> str | None:
    """Return what a person is engaged in, None when that is not known.

    Two people of one name are told apart by it: a footballer and a minister.
    """
    if any(office.split()[-1] in _STAGE for office in offices):
        return "stage"
    return _SPHERES.get(sector or "")
