"""Claims: what is known of an actor, each with the words and the rule that tell it, and one fold.

Whoever reads something of an actor claims it; nobody sets it. The fold takes for each field the
claim of the strongest rule, of several of one rule the first. What nothing claims is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack, get_args

from onrecord.records import ActorKind, Span

Field = Literal["name", "kind", "country", "sector", "role", "gender"]
Rule = Literal[  # from the strongest to the weakest
    "voice",  # whoever says "our" or "my" tells whose it is
    "pronoun",  # "he" or "she" shows a person
    "people",  # fighters of a people without a state are irregulars
    "source",  # what a statement's source calls whoever speaks
    "title",  # a title or apposition beside a name
    "phrase",  # all words of a mention, read as `resolve_actor` reads them
    "noun",  # the words of a noun phrase
    "name",  # the words of a name
    "table",  # a table of parties, offices and people
    "noun beside a name",  # a noun that speaks and means somebody named
    "origin",  # what a text says of where somebody is from
    "lead",  # an unnamed person whom the lead brings in and who is named later
    "shared",  # a description that several names share
    "owner",  # whose a body or group is said to be
    "side",  # the country for which it is likely to act, by all that the article tells: a model's
]

RANKS: Mapping[Rule, int] = {rule: rank for rank, rule in enumerate(get_args(Rule))}


class Values(TypedDict, total=False):
    """Values of some fields; None is no claim."""

    name: str | None
    kind: ActorKind | None
    country: str | None
    sector: str | None
    role: str | None
    gender: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one rule tells of one field of an actor."""

    field: Field
    value: str
    rule: Rule
    span: Span | None  # the words that tell it; None: no words of the article by themselves

    @property
    def rank(self) -> int:
        """How strong the claim is; 0 is the strongest."""
        return RANKS[self.rule]


def claims(rule: Rule, span: Span | None, **values: Unpack[Values]) -> Iterator[Claim]:
    """Yield a claim for each value that is known."""
    for field in get_args(Field):
        value = values.get(field)
        if value is not None:
            yield Claim(field, str(value), rule, span)


def fold(claimed: Iterable[Claim]) -> Mapping[Field, Claim]:
    """Return the winning claim of each field that has one."""
    won: dict[Field, Claim] = {}
    for claim in claimed:
        best = won.get(claim.field)
        if best is None or claim.rank < best.rank:
            won[claim.field] = claim
    return won
