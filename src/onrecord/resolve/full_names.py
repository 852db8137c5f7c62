"""Place names with a noun that says what kind of place it is: "Gulf of Panama", "Kaafu Atoll"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as Slice

from onrecord.language import lexicon
from onrecord.language.names import GROUND_BEFORE
from onrecord.resolve.actors.named import Named

DIVISIONS = lexicon.words("places.divisions")
REALMS = lexicon.words("places.realms")
GROUND = lexicon.words("places.ground")
SETTLED = lexicon.words("places.settlements")
_LABELS = frozenset({"GPE", "LOC", "FAC"})
_MISLABELS = frozenset({"ORG", "PERSON", "WORK_OF_ART", "NORP", "PRODUCT"})


def find_full_names(doc: Doc, named: Sequence[Named]) -> Iterator[tuple[int, int]]:
    """Yield the tokens [start, end) of each name whose head is not a name by itself.

    Whatever the tables have within it is no name of its own there.
    """
    for entity in doc.ents:
        name = without_article(entity)
        if name is None or not _is_headed(name):
            continue
        within = [match for match in named if match.start < name.end and match.end > name.start]
        if all(_is_inside(match, name) for match in within):
            yield name.start, name.end


def without_article(entity: Slice) -> Slice | None:
    """Return a name without what the parser adds: "the" before it, marks around it."""
    doc, start, end = entity.doc, entity.start, entity.end
    while end > start and not doc[end - 1].text[0].isalnum():
        end -= 1
    while end > start and doc[end - 1].tag_ == "POS":
        end -= 1
    while start < end and (doc[start].pos_ == "DET" or not doc[start].text[0].isalnum()):
        start += 1
    if start == end or any(token.is_space for token in doc[start:end]):
        return None
    return doc[start:end]


def _is_headed(name: Slice) -> bool:
    if len(name) < 2 or not name.root.text[0].isupper():
        return False
    if name[0].ent_type_ in _LABELS:
        if name[0].lower_ in GROUND_BEFORE:
            return True
        return name.root.lower_ in REALMS | GROUND | DIVISIONS | SETTLED
    if name[1].lower_ == "of":
        return name[0].ent_type_ in _MISLABELS and name[0].lower_ in SETTLED | DIVISIONS
    # The parser's other labels are trusted less than a noun for a piece of ground at the end.
    return name[0].ent_type_ in _MISLABELS and name[-1].lower_ in GROUND | DIVISIONS


def _is_inside(match: Named, name: Slice) -> bool:
    whole = match.start <= name.start and match.end >= name.end
    return not whole and match.start >= name.start and match.end <= name.end
