"""The place names of a text, each read as a place or as those who act there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.tokens import Span as Slice

from onrecord.codebook import Codebook
from onrecord.drafts import PlaceName
from onrecord.language.states import WordStates
from onrecord.resolve.actors.named import Named, is_part, is_venue
from onrecord.resolve.full_names import GROUND, REALMS, find_full_names, without_article
from onrecord.resolve.gazetteer import Gazetteer
from onrecord.resolve.metonymy.features import FeatureReader, above, is_hit, is_reached
from onrecord.resolve.metonymy.model import MetonymyModel
from onrecord.resolve.overlooked import find_overlooked

_LABELS = frozenset({"GPE", "LOC", "FAC"})
_KINDS: Mapping[str, Literal["country", "bloc"]] = {"state": "country", "bloc": "bloc"}


@dataclass(frozen=True, slots=True)
class PlaceMeans:
    """The tables and the model with which the names of places are read."""

    codebook: Codebook
    gazetteer: Gazetteer
    model: MetonymyModel


def find_place_names(
    doc: Doc, named: Sequence[Named], means: PlaceMeans, states: WordStates | None
) -> tuple[PlaceName, ...]:
    """Return the place names of a text in order: of the tables, the parser and the gazetteer.

    A name that modifies another noun is one too: "Aleppo residents", "the Kremlin spokesman".
    Names that are coordinated are read alike.
    """
    full = frozenset(find_full_names(doc, named))
    known = _known(doc, named, full)
    taken = {position for match in named for position in range(match.start, match.end)}
    taken |= {position for start, end in full for position in range(start, end)}
    countries = {match.party.country for match in named if match.party.country}
    overlooked = find_overlooked(doc, taken, countries, means.gazetteer)
    places = sorted({*known, *full, *_longest(_from_entities(doc, taken), overlooked)})
    reader = FeatureReader(doc, means.codebook)
    seats = [place in known and known[place].form == "metonym" for place in places]
    slices = [doc[start:end] for start, end in places]
    acts = _shared(slices, seats, reader, means.model, states)
    return tuple(
        _place_name(place, probability, known.get(place))
        for place, probability in zip(places, acts, strict=True)
    )


def _known(
    doc: Doc, named: Iterable[Named], full: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], Named]:
    """Return the countries, blocs and seats of the tables by where their names stand.

    A realm's full name is its country's: "the Kingdom of Norway". Within any other full name no
    party is named: "the Gulf of Oman".
    """
    around = {position: name for name in full for position in range(*name)}
    found: dict[tuple[int, int], Named] = {}
    for match in named:
        name = around.get(match.start)
        if name is None and _is_place(match):
            found[match.start, match.end] = match
        elif name is not None and _is_country(match) and _is_realm(doc[name[0] : name[1]]):
            found[name] = match
    return found


def _is_country(match: Named) -> bool:
    return match.form == "name" and match.party.kind == "state"


def _is_realm(name: Slice) -> bool:
    return name.root.lower_ in REALMS


def _is_place(match: Named) -> bool:
    return match.form == "metonym" or (match.form == "name" and match.party.kind in _KINDS)


def _longest(
    labelled: Iterable[tuple[int, int]], overlooked: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield names that do not overlap: the longer of two, of two as long the labelled one."""
    taken: set[int] = set()
    for start, end in sorted([*labelled, *overlooked], key=lambda name: name[0] - name[1]):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield start, end


def _place_name(place: tuple[int, int], acts: float, match: Named | None) -> PlaceName:
    if match is None:
        return PlaceName(*place, acts)
    kind = "seat" if match.form == "metonym" else _KINDS[match.party.kind]
    return PlaceName(*place, acts, kind, match.party.country)


def _shared(
    names: Sequence[Slice],
    seats: Sequence[bool],
    reader: FeatureReader,
    model: MetonymyModel,
    states: WordStates | None,
) -> list[float]:
    """Return how likely each name acts, the same for names that are coordinated."""
    own = [
        _acts(name, reader, model, states, is_seat=is_seat)
        for name, is_seat in zip(names, seats, strict=True)
    ]
    heads = {name.root.i: place for place, name in enumerate(names)}
    found = []
    for place, name in enumerate(names):
        others = [heads[token.i] for token in name.root.conjuncts if token.i in heads]
        found.append(fmean(own[other] for other in (place, *others)))
    return found


def _acts(
    name: Slice,
    reader: FeatureReader,
    model: MetonymyModel,
    states: WordStates | None,
    *,
    is_seat: bool,
) -> float:
    if name.root.ent_type_ == "FAC" and reader.is_unknown(name):
        return 0.0  # of buildings only the seats of power act, and those the tables have
    if name.root.lower_ in GROUND and reader.is_unknown(name):
        return 0.0  # islands and seas act only where they are a country
    if is_venue(name.root) or is_part(name.root, name.start) or is_reached(name.root):
        return 0.0
    if reader.is_unknown(name) and is_hit(name.root):
        return 0.0
    if reader.does(name.root) or (is_seat and reader.rules(name.root)):
        return 1.0
    vectors = states_of(name, states) if states is not None else None
    return model.probability(reader.features(name), vectors)


def states_of(name: Slice, states: WordStates) -> NDArray[np.float32]:
    """Return the states of a name, of the word above it, and of the one above its preposition."""
    head = name.root
    vectors: NDArray[np.float32] = np.concatenate(
        [
            states.over(name.start_char, name.end_char),
            states.at(head.head.idx),
            states.at(above(head).idx),
        ]
    )
    return vectors


def _from_entities(doc: Doc, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the names that the parser labels as places and no table knows."""
    for entity in doc.ents:
        if entity.label_ not in _LABELS or any(token.i in taken for token in entity):
            continue
        if not any(token.pos_ == "PROPN" for token in entity) and entity.text[0].islower():
            continue
        name = without_article(entity)
        if name is not None:
            yield name.start, name.end
