"""W3C Web Annotations: each row as one annotation of the article's text, in JSON-LD.

The parts of a row are its targets, each found by its place, and by its words with some of what
stands before and after. The source says by its SHA-256 which text the places count into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.exports.enclosed import Json, enclosed
from onrecord.exports.parts import LAYOUTS, attributes, marked, parts
from onrecord.exports.references import Rejoiner, is_withheld
from onrecord.exports.told import Told
from onrecord.records import Article, Row, Span, Statement, id_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN_TERMS = "urn:onrecord:"
AROUND = 32  # characters before and after the words, by which they are found in a changed text

_HEAD = (
    f'{{"@context": ["{CONTEXT}", {{"@vocab": "{OWN_TERMS}"}}], "type": "AnnotationPage", '
    '"id": "urn:onrecord:annotations", "items": ['
)
_TAIL = "]}"


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield an annotation page, a line for each row that stands in a text."""
    yield from enclosed(_HEAD, _annotations(sources), _TAIL)


def _annotations(sources: Iterable[Told]) -> Iterator[Json]:
    for told in sources:
        for kind, row in marked(told.record):
            yield _annotation(told, kind, row)


def _annotation(told: Told, kind: str, row: Row) -> Json:
    article = told.article
    body: Json = {"type": LAYOUTS[kind].label, "purpose": "classifying"}
    body |= {_key(name): value for name, value in attributes(kind, row).items()}
    if isinstance(row, Statement) and (actor := told.actor(row.speaker_id)):
        body["speaker"] = actor.name
    return {
        "type": "Annotation",
        "id": f"{OWN_TERMS}{article.article_id}:{article.version}:{id_of(row)}",
        "generator": {"type": "Software", "name": row.extractor},
        "body": body,
        "target": [
            {
                "type": "SpecificResource",
                "source": _source(article),
                "part": part.role,
                "selector": _selectors(article, span),
            }
            for part in parts(kind, row)
            for span in part.spans
        ],
    }


def _key(name: str) -> str:
    return name[0].lower() + name[1:]


def _source(article: Article) -> Json:
    named = article.url or f"{OWN_TERMS}{article.article_id}"
    return {"id": named, "format": "text/plain", "sha256": article.sha256}


def _selectors(article: Article, span: Span) -> list[Json]:
    place: Json = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return [place] if is_withheld(article) else [_quote(article.text, span), place]


def _quote(text: str, span: Span) -> Json:
    return {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }


def rejoined(annotation: Json, rejoiner: Rejoiner) -> Json:
    """Return an annotation with the words of each target whose text is at hand."""
    targets = [_with_quote(target, rejoiner) for target in annotation["target"]]
    return {**annotation, "target": targets}


def _with_quote(target: Json, rejoiner: Rejoiner) -> Json:
    (*quotes, place) = target["selector"]
    sha256 = target["source"]["sha256"]
    if quotes or rejoiner.cut(sha256, place["start"], place["end"]) is None:
        return target
    text = rejoiner.text(sha256) or ""
    return {**target, "selector": [_quote(text, Span(place["start"], place["end"])), place]}
