"""Actors and mentions while they are being put together, inside this stage only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack, cast

from spacy.tokens import Doc

from onrecord.records import ActorKind, MentionForm, Span
from onrecord.resolve.actors.claims import Claim, Field, Rule, Values, claims, fold


class Sketch:
    """An actor in the making: what is claimed of it, folded when it is asked for."""

    __slots__ = ("_claims", "_won", "known_as", "plural", "possible", "wikidata")

    def __init__(
        self,
        claimed: Iterable[Claim],
        *,
        plural: bool = False,
        possible: bool = False,
        wikidata: str | None = None,
    ) -> None:
        """Take the first claims, its name and kind among them.

        A `possible` one is a name that is a person's only if a pronoun means it.
        """
        self._claims = list(claimed)
        self._won: Mapping[Field, Claim] | None = None
        self.plural, self.possible, self.wikidata = plural, possible, wikidata
        self.known_as: str | None = None  # how a table spells a person's name

    def claim(self, rule: Rule, span: Span | None, **values: Unpack[Values]) -> None:
        """Add what a rule tells; None is no claim."""
        self._claims += claims(rule, span, **values)
        self._won = None

    @property
    def won(self) -> Mapping[Field, Claim]:
        """The winning claim of each field that has one."""
        if self._won is None:
            self._won = fold(self._claims)
        return self._won

    def _value(self, field: Field) -> str | None:
        claim = self.won.get(field)
        return claim.value if claim is not None else None

    @property
    def name(self) -> str:
        """What the actor is called."""
        return self.won["name"].value

    @property
    def kind(self) -> ActorKind:
        """What sort of actor it is."""
        return cast(ActorKind, self.won["kind"].value)

    @property
    def country(self) -> str | None:
        """The country, ISO 3166-1 alpha-3."""
        return self._value("country")

    @property
    def sector(self) -> str | None:
        """The PLOVER sector."""
        return self._value("sector")

    @property
    def gender(self) -> str | None:
        """The gender, "female" or "male"."""
        return self._value("gender")

    @property
    def role(self) -> str | None:
        """The office, lower case."""
        return self._value("role")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom words refer to: one actor, or in doubt none and the candidates, likeliest first."""

    sketch: Sketch | None = None
    candidates: tuple[Sketch, ...] = ()


NOBODY = Meant()


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A mention in the making: tokens [start, end) of the parse, its head, and whom it means."""

    start: int
    end: int
    head: int
    form: MentionForm
    sketch: Sketch | None
    role: str | None = None
    role_country: str | None = None
    passing: bool = False  # an adjective or modifier: kept only as a party to an event
    candidates: tuple[Sketch, ...] = ()  # in doubt, with no sketch: likeliest first

    @property
    def is_possible(self) -> bool:
        """Whether it names a person only if a pronoun turns out to mean it."""
        return self.sketch is not None and self.sketch.possible

    def span(self, doc: Doc) -> Span:
        """Return the characters of the mention."""
        last = doc[self.end - 1]
        return Span(doc[self.start].idx, last.idx + len(last))


def last_named(doc: Doc, named: Sequence[Found]) -> Meant:
    """Return whom a short form means of those named before it, in text order: the last of them.

    Named side by side, in one sentence, neither is meant more: all of that sentence are candidates.
    """
    start = doc[named[-1].head].sent.start
    rivals = dict.fromkeys(
        one.sketch for one in reversed(named) if one.head >= start and one.sketch is not None
    )
    return Meant(named[-1].sketch) if len(rivals) == 1 else Meant(None, tuple(rivals))
