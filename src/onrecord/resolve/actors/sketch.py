"""Actors and mentions while they are being put together, inside this stage only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.records import ActorKind, MentionForm, Span


@dataclass(slots=True, eq=False)
class Sketch:
    """An actor in the making."""

    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    plural: bool = False
    possible: bool = False  # a name that is a person's only if a pronoun means it
    role: str | None = None  # lower case
    wikidata: str | None = None


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
