"""What the resolution of actors is given: a text as read so far, and what it is read with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.codebook import Codebook
from onrecord.drafts import PlaceName
from onrecord.language.quotes import QuotationIndex
from onrecord.language.states import WordStates
from onrecord.onepass import Reading
from onrecord.resolve.actors.antecedents import AntecedentModel
from onrecord.resolve.actors.named import Named
from onrecord.resolve.actors.ranker import Ranker
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.sides import SideModel
from onrecord.resolve.actors.sketch import Found


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an article as read so far."""

    doc: Doc
    index: QuotationIndex
    named: Sequence[Named]  # the parties that the tables have
    places: Sequence[PlaceName]
    reading: Reading | None = None  # what the model's one pass made of it
    states: WordStates | None = None  # as the ranker reads them


@dataclass(frozen=True, slots=True)
class Means:
    """The tables and models with which actors are resolved."""

    codebook: Codebook
    ranker: Ranker
    antecedents: AntecedentModel
    sides: SideModel


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions by name, title and noun."""

    reader: RoleReader
    found: list[Found]
    possible: list[Found]  # names that may be people's
    credits: frozenset[int] = frozenset()  # tokens of credit lines, where nobody takes part
