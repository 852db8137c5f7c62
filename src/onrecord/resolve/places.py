"""Places: the names that say where something is."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.records import Article, Place, Span, row_id
from onrecord.resolve.actors.named import DIRECTIONS, Named, find_named, is_location

EXTRACTOR = "place-rules/1"
_LABELS = frozenset({"GPE", "LOC", "FAC"})


def resolve_places(article: Article, doc: Doc, codebook: Codebook) -> tuple[Place, ...]:
    """Return the places of an article in text order, with the country where a table knows it.

    A country's or capital's name that acts as a party is not a place. Coordinates and GeoNames ids
    are left open.
    """
    named = find_named(doc, codebook.parties)
    known = {position for match in named for position in range(match.start, match.end)}
    places = [
        _place(article, doc, match.start, match.end, match)
        for match in named
        if match.form != "adjective" and is_location(doc, match)
    ]
    for entity in doc.ents:
        if entity.label_ not in _LABELS or any(token.i in known for token in entity):
            continue
        if entity.root.pos_ != "PROPN":
            continue
        start, end = entity.start, entity.end
        while end > start and not doc[end - 1].text[0].isalnum():
            end -= 1
        while start < end and (doc[start].pos_ == "DET" or not doc[start].text[0].isalnum()):
            start += 1
        if start < end and not any(token.is_space for token in doc[start:end]):
            places.append(_place(article, doc, start, end, None))
    unique = {place.span: place for place in places}
    return tuple(unique[span] for span in sorted(unique))


def _place(article: Article, doc: Doc, start: int, end: int, named: Named | None) -> Place:
    head = doc[start:end].root
    if start and _is_direction(doc[start - 1], head):
        start -= 1
    span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    return Place(
        place_id=row_id(article, "place", span),
        span=span,
        name=article.cut(span),
        country=named.party.country if named is not None else None,
        extractor=EXTRACTOR,
    )


def _is_direction(token: Token, head: Token) -> bool:
    return token.lower_ in DIRECTIONS and token.head.i == head.i
