"""What trained models are given stays what they were trained on, column by column.

The features of some parses made by hand stand in parsed/features.json. A model that is trained on
others gets them anew: `python tests/test_resolve_features.py` writes them.
"""

import json
from pathlib import Path

import pytest
from spacy.tokens import Doc

from drafting import make_draft
from onrecord.codebook import load_codebook
from onrecord.extraction.events.arguments import ArgumentFinder
from onrecord.extraction.events.parties import PartyFinder
from onrecord.extraction.events.triggers import find_triggers
from onrecord.extraction.events.weighing import EventSettings, features_of
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.resolve.actors.claims import Rule, claims
from onrecord.resolve.actors.scene import GENDER, WIDTH, Scene, make_scene
from onrecord.resolve.actors.sketch import Found, Sketch
from onrecord.resolve.metonymy.features import FeatureReader
from parses import parse_of
from readings import reading_of

BOOK = load_codebook()
KEPT = Path(__file__).with_name("parsed") / "features.json"
NAME: Rule = "name"
CAST = {"Turkey": "tur", "Syria": "syr", "rebels": "reb", "Russia": "rus", "soldiers": "sol"}


def texts_of(collection: str) -> list[str]:
    """The texts that a file of parses has."""
    lines = KEPT.with_name(f"{collection}.txt").read_text("utf8").splitlines()
    return [line.removeprefix("# ") for line in lines if line.startswith("# ")]


def scene_of(doc: Doc) -> Scene:
    """The people that a parse labels, one by a surname; those called Mr are told to be men."""
    sketches: dict[str, Sketch] = {}
    found = []
    for entity in (one for one in doc.ents if one.label_ == "PERSON"):
        name = entity[-1].text
        told = "male" if any(word.text == "Mr" for word in entity[0].subtree) else None
        if name not in sketches:
            made = claims(NAME, None, name=entity.text, kind="person", gender=told)
            sketches[name] = Sketch(made)
        head = entity.root.i
        found.append(Found(entity.start, entity.end, head, "name", sketches[name]))
    return make_scene(doc, found, QuotationIndex(find_quotations(doc.text)), BOOK)


def of_pronouns(text: str) -> dict[str, object]:
    """What the ranker is given for each pronoun: the numbers of candidates and their rows."""
    doc = parse_of(text, "people")
    scene = scene_of(doc)
    rows: dict[str, object] = {}
    for pronoun in (token for token in doc if token.lower_ in GENDER):
        near, features = scene.features(pronoun)
        assert features.shape == (len(near), WIDTH)
        rounded = [[round(float(value), 3) for value in row] for row in features]
        rows[f"{pronoun.i} {pronoun.text}"] = [near.tolist(), rounded]
    return rows


def of_places(text: str) -> dict[str, object]:
    """What the metonymy model is given for each place name."""
    doc = parse_of(text, "metonyms")
    reader = FeatureReader(doc, BOOK)
    places = (one for one in doc.ents if one.label_ in {"GPE", "LOC"})
    return {f"{one.start} {one.text}": sorted(reader.features(one)) for one in places}


def of_parties(text: str) -> dict[str, object]:
    """What is weighed for each candidate on each side of each event."""
    doc = parse_of(text, "parties")
    triggers = find_triggers(doc, BOOK.plover)
    starts = {one.head.i for one in triggers}
    pairs = {(at, at - 1): 0 for at in starts} | {(at, at + 1): 1 for at in starts}
    draft = make_draft(doc, cast=CAST, reading=reading_of(text, pairs=pairs))
    finder = ArgumentFinder(draft.cast, BOOK)
    weighed = PartyFinder(draft, EventSettings()).weighed(
        [(one, finder.find(one)) for one in triggers]
    )
    return {
        f"{number} {side} {one.candidate.first}": {
            name: round(value, 3) for name, value in sorted(features_of(one.scene).items())
        }
        for number, sides in enumerate(weighed)
        for side, candidates in enumerate(sides)
        for one in candidates
    }


READERS = {"people": of_pronouns, "metonyms": of_places, "parties": of_parties}
TEXTS = [(collection, text) for collection in READERS for text in texts_of(collection)]


@pytest.mark.parametrize(("collection", "text"), TEXTS)
def test_a_model_is_given_what_it_was_trained_on(collection: str, text: str) -> None:
    kept = json.loads(KEPT.read_text("utf8"))
    assert READERS[collection](text) == kept[collection][text]


def test_every_column_tells_something_somewhere() -> None:
    """A column that is the same throughout would go unnoticed if it broke."""
    rows = [row for text in texts_of("people") for _, found in _found(text) for row in found]
    flat = [at for at in range(WIDTH) if len({row[at] for row in rows}) == 1]
    assert len(flat) < WIDTH / 3


def _found(text: str) -> list[tuple[list[int], list[list[float]]]]:
    return list(of_pronouns(text).values())  # type: ignore[arg-type]


if __name__ == "__main__":
    made = {
        collection: {text: read(text) for text in texts_of(collection)}
        for collection, read in READERS.items()
    }
    KEPT.write_text(json.dumps(made, ensure_ascii=False, indent=None) + "\n", "utf8")
