"""Single names that the parser's labels have for a person's and that are a place's or a thing's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.language import dependencies as deps
from onrecord.resolve.actors.sketch import Found, Sketch

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_OFTEN = 2  # labels as a person for each as a place, up to which a name is the place's


def without_mislabelled(doc: Doc, people: Sequence[Found], codebook: Codebook) -> Iterator[Found]:
    """Yield the mentions of people whose name is no place's or thing's.

    A name of one word, without title, that is no given name and no public person's, is nobody's
    where the labels have it for a place's about as often and it never acts, or where it only ever
    stands before a common noun: "the Kunduz incident", "a Humvee car bomb".
    """
    mentions: dict[Sketch, list[Found]] = defaultdict(list)
    for one in people:
        if one.sketch is not None:
            mentions[one.sketch].append(one)
    taken = {*codebook.given_names} | {name.split()[-1] for name in codebook.parties.people}
    nobody = {
        sketch
        for sketch, named in mentions.items()
        if not sketch.possible and sketch.name not in taken
        if all(map(_is_bare, named))
        if _is_nobody(doc, [doc[one.head] for one in named])
    }
    yield from (one for one in people if one.sketch not in nobody)


def _is_bare(mention: Found) -> bool:
    return mention.end - mention.start == 1 and not mention.role


def _is_nobody(doc: Doc, heads: Sequence[Token]) -> bool:
    if all(map(_modifies_noun, heads)):
        return True
    name = heads[0].text
    labels = Counter(one.label_ for one in doc.ents if one.text == name)
    places = sum(labels[label] for label in _PLACES)
    return places > 0 and labels["PERSON"] <= _OFTEN * places and not any(map(_acts, heads))


def _modifies_noun(head: Token) -> bool:
    """Whether a name stands before a noun that goes on with no name: not "the Berg Foundation"."""
    return bool(head.dep_ == deps.COMPOUND and head.head.pos_ == "NOUN")


def _acts(head: Token) -> bool:
    return head.dep_ == deps.POSSESSOR or (
        head.dep_ == deps.SUBJECT and head.head.pos_ in {"VERB", "AUX"}
    )
