"""Parsing: an article's text becomes one spaCy document, whatever its length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.language.datelines import dateline_end
from onrecord.records import Span
from onrecord.settings import DEFAULTS, Settings

_PARTS = ("tagger", "parser", "lemmatizer", "ner")
_PARAGRAPH = re.compile(r"[^\n]*(?:\n+|$)")
_SENTENCE_END = re.compile(r"[.?!][”\"’)]*\s")


def load_pipeline(settings: Settings = DEFAULTS) -> Language:
    """Return the spaCy pipeline that `settings` names.

    Raises:
        ModelError: No such pipeline is installed, or it gives no dependency parse.
    """
    try:
        nlp = spacy.load(settings.pipeline)
    except OSError as error:
        raise ModelError(
            f"no spaCy pipeline {settings.pipeline!r} is installed: install its package, or name "
            f"an installed one with --pipeline (the default is {DEFAULTS.pipeline})"
        ) from error
    except (AttributeError, ImportError, TypeError, ValueError) as error:
        raise ModelError(
            f"{settings.pipeline!r} cannot be loaded as a spaCy pipeline ({error}): name another "
            f"with --pipeline (the default is {DEFAULTS.pipeline})"
        ) from error
    missing = [part for part in _PARTS if not nlp.has_pipe(part)]
    if nlp.lang != "en" or missing:
        lacks = f"has no {', '.join(missing)}" if missing else f"is for {nlp.lang!r}, not English"
        raise ModelError(f"the spaCy pipeline {settings.pipeline!r} {lacks}: name another")
    return nlp


def parse(text: str, nlp: Language, *, settings: Settings = DEFAULTS) -> Doc:
    """Return the parse of a text of any length; `doc.text` is the text.

    The text is parsed paragraph by paragraph, so that no sentence runs over a heading, datelines
    by themselves, and a paragraph longer than `settings.piece_length` in pieces.
    """
    pieces = [text[span.start : span.end] for span in pieces_of(text, settings.piece_length)]
    docs = list(nlp.pipe(pieces, batch_size=settings.batch_size))
    return _joined(docs, nlp)


def pieces_of(text: str, longest: int) -> Iterator[Span]:
    """Yield the pieces a text is parsed in; they cover it, and none is longer than `longest`."""
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        if dateline := dateline_end(text, start, end):
            # "ISTANBUL, July 22 — Russia and Ukraine signed": no part of the sentence behind it.
            yield Span(start, dateline)
            start = dateline
        while end - start > longest:
            cut = _cut(text, start, start + longest)
            yield Span(start, cut)
            start = cut
        if end > start:
            yield Span(start, end)


def _cut(text: str, start: int, limit: int) -> int:
    """Return where to cut a paragraph: after a sentence, else a word, else at the limit."""
    sentence_ends = [match.end() for match in _SENTENCE_END.finditer(text, start, limit)]
    if sentence_ends:
        return sentence_ends[-1]
    space = text.rfind(" ", start, limit)
    return space + 1 if space > start else limit


def _joined(docs: Sequence[Doc], nlp: Language) -> Doc:
    if not docs:
        return Doc(nlp.vocab)
    joined = Doc.from_docs(list(docs), ensure_whitespace=False)
    assert joined is not None
    return joined
