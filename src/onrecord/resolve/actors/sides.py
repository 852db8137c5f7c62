"""Sides: the country for which somebody acts whom nothing in the words gives one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.language.states import WordStates
from onrecord.records import Span
from onrecord.resolve.actors.countries import LOOKED_AT, Countries
from onrecord.resolve.actors.ranker import Features, Floats, Weigher, read_weigher
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.setting import Ground
from onrecord.resolve.actors.sketch import Found, Sketch

MODEL = "sides"  # its folder in the package
AXES = "axes.npz"
_OWN = frozenset({"our", "my"})  # whose these are, their speaker tells


@dataclass(frozen=True, slots=True)
class Open:
    """An actor without a country, and the countries of the text it may act for."""

    spans: tuple[Span, ...]  # its mentions so far
    countries: Mapping[str, Features]  # what speaks for each
    state: Floats | None = None  # the encoder's, the mean of its mentions' words; None: not read


@dataclass(frozen=True, slots=True)
class SideModel:
    """Weighs the countries of a text for one of its actors.

    What the encoder made of the actor counts by where its state lies on some axes, (width, axes)
    about a middle (width,).
    """

    weigher: Weigher
    middle: Floats
    axes: Floats

    def chances(self, one: Open) -> Mapping[str, float]:
        """Return how likely an actor acts for each country; what lacks to 1 is none of them."""
        if not one.countries:
            return {}
        shares = self.weigher.shares(self.features(one)).tolist()
        return dict(zip(one.countries, shares, strict=True))

    def features(self, one: Open) -> tuple[Features, ...]:
        """Return what speaks for each country of an actor, with what the encoder made of it."""
        if one.state is None:
            return tuple(one.countries.values())
        places = (one.state - self.middle) @ self.axes
        read = {f"state {number}": float(place) for number, place in enumerate(places)}
        return tuple({**of, **read} for of in one.countries.values())

    def country(self, one: Open) -> str | None:
        """Return the country an actor acts for, None where it is open or none."""
        chances = self.chances(one)
        best = max(chances, key=chances.__getitem__, default=None)
        return best if best is not None and chances[best] >= self.weigher.least else None


def take_sides(
    asked: Sequence[Found],
    countries: Countries,
    suggested: Mapping[Sketch, Ground],
    model: SideModel,
    states: WordStates | None,
) -> None:
    """Claim for actors without a country the one they are likely to act for.

    What the setting suggests is one thing more that speaks for a country; in a text too short to
    show more it decides.
    """
    for sketch, mentions in _open(countries.doc, asked):
        ground = suggested.get(sketch)
        if countries.tell_enough:
            spans = tuple(mention.span(countries.doc) for mention in mentions)
            weighed = countries.weigh(sketch, mentions, ground)
            country = model.country(Open(spans, weighed, _state(spans, states)))
        else:
            country = ground.country if ground is not None else None
        if country is not None:
            sketch.claim("side", countries.nearest(country, mentions), country=country)


def _state(spans: Sequence[Span], states: WordStates | None) -> Floats | None:
    """Return the mean of the last layer's states over an actor's mentions."""
    if states is None:
        return None
    read = [states.over(span.start, span.end) for span in spans[:LOOKED_AT]]
    mean: Floats = np.mean(read, axis=0)
    return mean[len(mean) // 2 :]


def without_officials(doc: Doc, found: Sequence[Found], reader: RoleReader) -> list[Found]:
    """Return mentions but those of officials of international bodies, who act for no country."""
    people = [one for one in found if one.sketch is not None and one.sketch.kind == "person"]
    officials = {one.sketch for one in people if reader.serves_body(doc[one.head])}
    return [one for one in found if one.sketch not in officials]


def _open(doc: Doc, asked: Sequence[Found]) -> Iterable[tuple[Sketch, Sequence[Found]]]:
    """Return the actors without a country with their mentions, but for those of a speaker's own."""
    by_sketch: dict[Sketch, list[Found]] = {}
    for mention in asked:
        if mention.sketch is not None and mention.sketch.country is None:
            by_sketch.setdefault(mention.sketch, []).append(mention)
    return [
        (sketch, mentions)
        for sketch, mentions in by_sketch.items()
        if not any(doc[one.start].lower_ in _OWN for one in mentions)
    ]


def read_side_model(folder: Path) -> SideModel:
    """Return the model in a folder.

    Raises:
        ModelError: A file is missing, damaged or something else.
    """
    weigher = read_weigher(folder)
    try:
        with np.load(folder / AXES, allow_pickle=False) as arrays:
            middle, axes = (arrays[name].astype(np.float32) for name in ("middle", "axes"))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(
            f"{folder / AXES} holds no axes of states ({error}): install the package again"
        ) from error
    if axes.shape[:1] != middle.shape:
        raise ModelError(
            f"{folder / AXES} holds no axes of states (a middle of {middle.shape} and axes of "
            f"{axes.shape}): install the package again"
        )
    return SideModel(weigher, middle, axes)


@cache
def load_side_model() -> SideModel:
    """Return the package's own model.

    Raises:
        ModelError: It is missing or damaged.
    """
    return read_side_model(Path(str(files("onrecord") / "data" / "models" / MODEL)))
