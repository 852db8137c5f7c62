"""The parse that the model learns from: a trained spaCy pipeline's, for texts of any length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Token

from onrecord.language.datelines import dateline_end

PIECE = 5_000  # code points that are parsed at once
_PARAGRAPH = re.compile(r"[^\n]*(?:\n+|$)")
_SENTENCE_END = re.compile(r"[.?!][”\"’)]*\s")


class Row(NamedTuple):
    """What a parse says of one token."""

    start: int  # code points
    tag: str
    head: int  # where its head starts; -1: it is a root
    label: str
    entity: str  # "B-GPE", "I-GPE", "O"
    begins: bool  # a sentence


def parse(text: str, nlp: Language) -> Doc:
    """Return the parse of a text; `doc.text` is the text.

    The text is parsed paragraph by paragraph, so that no sentence runs over a heading, and
    datelines by themselves.
    """
    docs = list(nlp.pipe(text[start:end] for start, end in pieces_of(text)))
    joined = Doc.from_docs(docs, ensure_whitespace=False) if docs else Doc(nlp.vocab)
    assert joined is not None
    return joined


def rows_of(doc: Doc) -> list[Row]:
    """Return what a parse says, token by token."""
    return [_row(token) for token in doc]


def _row(token: Token) -> Row:
    head = -1 if token.head.i == token.i else token.head.idx
    entity = token.ent_iob_ + (f"-{token.ent_type_}" if token.ent_type_ else "")
    return Row(token.idx, token.tag_, head, token.dep_, entity, bool(token.is_sent_start))


def pieces_of(text: str, longest: int = PIECE) -> Iterator[tuple[int, int]]:
    """Yield the stretches a text is parsed in; they cover it, and none is longer than `longest`."""
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        if dateline := dateline_end(text, start, end):
            # "ISTANBUL, July 22 — Russia and Ukraine signed": no part of the sentence behind it.
            yield start, dateline
            start = dateline
        while end - start > longest:
            cut = _cut(text, start, start + longest)
            yield start, cut
            start = cut
        if end > start:
            yield start, end


def _cut(text: str, start: int, limit: int) -> int:
    """Return where to cut a paragraph: after a sentence, else a word, else at the limit."""
    sentence_ends = [match.end() for match in _SENTENCE_END.finditer(text, start, limit)]
    if sentence_ends:
        return sentence_ends[-1]
    space = text.rfind(" ", start, limit)
    return space + 1 if space > start else limit
