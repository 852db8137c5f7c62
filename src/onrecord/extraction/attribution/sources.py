"""Who may be a source, by what a few words are: a name, or a noun for those whom news cites."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.language.syntax import lemma_of

_NAMES = frozenset({"PERSON", "ORG", "NORP"})
_NOUNS = frozenset(
    "source official aide adviser advisor spokesman spokeswoman spokesperson minister ministry "
    "president premier chancellor senator lawmaker governor mayor envoy ambassador diplomat "
    "negotiator mediator general commander colonel officer soldier army military navy force police "
    "prosecutor investigator court judge lawyer witness resident activist monitor observer analyst "
    "expert economist scientist researcher engineer doctor medic hospital rescuer relative family "
    "union party opposition rebel militia government state agency authority department office "
    "council committee commission bank company firm media newspaper daily paper agency channel "
    "broadcaster television radio report study poll survey document statement letter leader chief "
    "head boss director ceo king queen prince bishop pope un eu nato us uk watchdog group".split()
)


def may_be_source(head: Token) -> bool:
    """Whether a word is a name of somebody, or a noun for those (and that) which news cites."""
    return head.ent_type_ in _NAMES or lemma_of(head).lower() in _NOUNS
