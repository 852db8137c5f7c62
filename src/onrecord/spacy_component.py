"""onrecord in a spaCy pipeline: `nlp.add_pipe("onrecord")`, found by its entry point.

nlp = spacy.blank("en")
nlp.add_pipe("onrecord")
doc = nlp.make_doc("Ukraine said on Friday that Russian forces had shelled Kharkiv.")
doc._.published = "2022-03-11"
for found in nlp(doc)._.statements:
print(found.name("speaker"), found.spans["content"])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from onrecord.pipeline import Tools, extract, load_tools
from onrecord.reading import article_from_text
from onrecord.records import KINDS, Record, Row, Span, parts_of

PIECES = "onrecord"  # groups of spans are called "onrecord/statements" and so on


@dataclass(frozen=True, slots=True)
class Found:
    """A row and where its parts stand in a `Doc`.

    Attributes:
        row: The row of the record.
        spans: The spans of the `Doc` for each of its parts that has any, by the part's name:
            "content", "trigger", "span". A span takes in the tokens that a part only begins or ends
            in.
        record: The record it is from.
    """

    row: Row
    spans: Mapping[str, tuple[DocSpan, ...]]
    record: Record

    def name(self, link: str) -> str | None:
        """Return the name of an actor that the row links to, such as "speaker"; None for none.

        Raises:
            AttributeError: The row has no such link.
        """
        actor = self.record.actor(getattr(self.row, f"{link}_id"))
        return actor.name if actor else None


@Language.factory("onrecord", assigns=["doc._.record", *(f"doc._.{kind}" for kind in KINDS)])
def make_component(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return a component that puts a text on record.

    It sets `doc._.record`, a tuple of `Found` for each kind of row (`doc._.statements`,
    `doc._.events` and so on) and the groups of spans `doc.spans["onrecord/statements"]` and so on.
    `doc._.published`, an ISO 8601 date, is when the text was published; without it "Friday" has no
    date. A text with nothing to read has no record (None) and no rows.

    Raises:
        ModelError: onrecord's own models cannot be loaded.
    """
    for kind in KINDS:
        if not Doc.has_extension(kind):
            Doc.set_extension(kind, default=())
    for attribute in ("record", "published"):
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, default=None)
    tools = load_tools()

    def component(doc: Doc) -> Doc:
        return put_on_record(doc, tools)

    return component


def put_on_record(doc: Doc, tools: Tools) -> Doc:
    """Return a `Doc` with its record and what that has of each kind."""
    if not doc.text.strip():
        return doc
    record = extract(article_from_text(doc.text, published=doc._.published), tools=tools)
    doc._.record = record
    for kind in KINDS:
        found = tuple(Found(row, _spans(doc, record, row), record) for row in getattr(record, kind))
        doc._.set(kind, found)
        doc.spans[f"{PIECES}/{kind}"] = [
            span for one in found for spans in one.spans.values() for span in spans
        ]
    return doc


def _spans(doc: Doc, record: Record, row: Row) -> dict[str, tuple[DocSpan, ...]]:
    """Return where the parts of a row stand in the text as the `Doc` has it."""
    return {
        name: tuple(_in_doc(doc, record.article.input_span(span)) for span in spans)
        for name, spans in parts_of(row).items()
    }


def _in_doc(doc: Doc, span: Span) -> DocSpan:
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    assert found is not None  # the span lies within the text
    return found
