"""Taking up: "the company" or "the diplomat" for a body or person named just before."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children
from onrecord.resolve.actors.roles import ENVOYS
from onrecord.resolve.actors.sketch import Found, Sketch

_REACH = 2  # sentences to look back for the name
_FIRMS = lexicon.words("roles.firms")
_SOCIETIES = lexicon.words("roles.societies")
_AGENCIES = frozenset("agency body programme program".split())
_BLOCS = frozenset({"bloc", "alliance"})
_OFFICIAL = frozenset({"BUS", "GOV", "LEG", "JUD", "MIL", "JRN", "EDU", "SPY", "COP"})  # no society
_POLITICS = frozenset({"GOV", "LEG", "PTY", "OPP", "ELI"})
_SECTORS = {
    "politician": _POLITICS, "lawmaker": frozenset({"LEG"}), "legislator": frozenset({"LEG"}),
    "commander": frozenset({"MIL", "REB", "UAF"}), "officer": frozenset({"MIL", "COP"}),
    "cleric": frozenset({"REL"}), "pontiff": frozenset({"REL"}),
    "businessman": frozenset({"BUS"}), "billionaire": frozenset({"BUS"}),
}  # fmt: skip
_ABROAD = frozenset({"foreign minister", "foreign secretary"})


def named_before(noun: Token, found: Sequence[Found]) -> Sketch | None:
    """Return whom a definite noun takes up of those named in the last sentences, None in doubt.

    That is the only one of its class in the nearest sentence with any, of several the only subject.
    """
    if children(noun, deps.APPOSITION):
        return None  # "the company, Nordic Resources": it is named behind
    doc, start = noun.doc, noun.sent.start
    last = noun.i
    for _ in range(_REACH + 1):
        near = [
            one
            for one in found
            if start <= one.head < last and one.form == "name" and one.sketch is not None
            if not one.passing and may_be_called(noun, one.sketch)
        ]
        subjects = {one.sketch for one in near if doc[one.head].dep_ in deps.SUBJECTS}
        everybody = {one.sketch for one in near}
        for group in (everybody, subjects):
            if len(group) == 1:
                return next(iter(group))
        if everybody or start == 0:
            return None
        last, start = start, doc[start - 1].sent.start
    return None


def may_be_called(noun: Token, other: Sketch) -> bool:
    """Whether the class that a noun names is that of somebody with a name."""
    word = noun.lemma_.lower()
    if word in _FIRMS:
        return other.kind == "organisation" and other.sector in {None, "BUS"}
    if word in _SOCIETIES:
        is_open = other.kind == "organisation" and other.sector not in _OFFICIAL
        return is_open or other.kind in {"armed_group", "ngo"}
    if word in _AGENCIES:
        return other.kind in {"igo", "ngo", "government"}
    if word in _BLOCS:
        return other.kind in {"igo", "bloc"}
    if other.kind != "person":
        return False
    if word == "diplomat":
        role = other.role or ""
        return role.rpartition(" ")[2] in ENVOYS or role in _ABROAD
    return other.sector in _SECTORS.get(word, frozenset())
