"""Holding office: whether the office that a noun names may be that of somebody the text names."""

from __future__ import annotations

from onrecord.language import lexicon
from onrecord.resolve.actors.roles import FORMER, Role
from onrecord.resolve.actors.sketch import Sketch

HEADS = frozenset({"president", "prime minister", "chancellor"})  # of a state or government
_LEADER = ("leader",)  # what news calls the heads of a country for short
_SPELLINGS = {
    "defense": "defence", "premier": "prime minister", "foreign secretary": "foreign minister",
}  # fmt: skip
_LESSER = lexicon.words("roles.lesser")


def may_hold(role: Role, person: Sketch, *, of_state: bool = False) -> bool:
    """Whether a person may hold the office a noun names: one is the other's end, of one country.

    "The minister" is the foreign minister, not his deputy; the former president is no president;
    "the Turkish leader" is Turkey's president, as the words before it are of a state (`of_state`).
    """
    if role.words is None or person.role is None:
        return False
    if role.country is not None and person.country != role.country:
        return False
    wanted, held = _plain(role.words), _plain(person.role)
    if (wanted[0] in FORMER) != (held[0] in FORMER):
        return False
    if wanted == _LEADER and of_state and role.country is not None and _is_head(held):
        return True
    shorter, longer = sorted((wanted, held), key=len)
    if longer[-len(shorter) :] != shorter:
        return False
    return len(shorter) == len(longer) or longer[-len(shorter) - 1] not in _LESSER


def _is_head(office: tuple[str, ...]) -> bool:
    return any(" ".join(office[-len(head.split()) :]) == head for head in HEADS) and not (
        _LESSER & set(office)
    )


def _plain(words: str) -> tuple[str, ...]:
    """Return the words of an office in one spelling: "Secretary-General" has two words."""
    text = " ".join(words.lower().replace("-", " ").split())
    for one, other in _SPELLINGS.items():
        text = text.replace(one, other)
    return tuple(text.split())
