"""Headlines: "Rebels have left the airport: army", "Berg: The mill will open in May"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.drafts import Attribution
from onrecord.extraction.attribution.labels import may_name
from onrecord.extraction.attribution.quoted import kind_of
from onrecord.extraction.attribution.sources import may_be_source
from onrecord.language import dependencies as deps
from onrecord.language.quotes import QuotationIndex
from onrecord.language.syntax import children, head_in
from onrecord.records import Span

_LINE = re.compile(r"[^\n]+")
_SPLIT = re.compile(r"(?<=\w[\w\"”'’)]): (?=\S)")
_LONGEST_SOURCE = 5  # words
_LONGEST_LINE = 30
_LEAST_SAID = 3
_PLACES = frozenset({"GPE", "LOC"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def headline_attributions(doc: Doc, text: str, index: QuotationIndex) -> Iterator[Attribution]:
    """Yield what headlines give to a source before or behind their colon, without a cue.

    A headline is a line that ends in no mark. A place behind the colon stands for who rules it
    ("Talks go on: Moscow"). A place before it does where the clause is about somebody else who is
    named ("Russia: Ukraine shelled school"); else it only says where ("Sudan: dozens killed").
    """
    for line in _LINE.finditer(text):
        if (found := _split(text, Span(*line.span()))) is None:
            continue
        before, behind = found
        for parts, trailing in (((before, behind), False), ((behind, before), True)):
            if one := _attribution(doc, text, parts, trailing=trailing, index=index):
                yield one
                break


def _split(text: str, line: Span) -> tuple[Span, Span] | None:
    """Return what stands before and behind the only colon of a headline, None in another line."""
    words = text[line.start : line.end].rstrip()
    colons = list(_SPLIT.finditer(words))
    if len(colons) != 1 or words[-1] in ".:;,…?" or len(words.split()) > _LONGEST_LINE:
        return None
    start = line.start + len(words) - len(words.lstrip())
    before = Span(start, line.start + colons[0].start())
    return before, Span(line.start + colons[0].end(), line.start + len(words))


def _attribution(
    doc: Doc, text: str, parts: tuple[Span, Span], *, trailing: bool, index: QuotationIndex
) -> Attribution | None:
    """Return what a headline's first part is the source of, None where it is none."""
    source, content = parts
    named, said = text[source.start : source.end], text[content.start : content.end]
    if len(named.split()) > _LONGEST_SOURCE or len(said.split()) < _LEAST_SAID:
        return None
    head = head_in(doc, source)
    if head is None or index.within(source) or not (trailing or may_name(named)):
        return None
    tokens = list(doc.char_span(content.start, content.end, alignment_mode="expand") or ())
    tells = any(token.pos_ in {"VERB", "AUX"} for token in tokens)
    rules = trailing or any(_names_a_doer(token, tokens[0].i) for token in tokens)
    place = rules and head.ent_type_ in _PLACES
    if not tells or not (place or may_be_source(head)):
        return None
    return Attribution(
        source=(source,),
        cue=(),
        content=(content,),
        kind=kind_of(text, (content,), index),
        act="assert",
        source_at=head.i,
    )


def _names_a_doer(verb: Token, first: int) -> bool:
    """Whether a word is a finite verb whose subject, from token `first` on, is a name."""
    if verb.pos_ not in {"VERB", "AUX"} or not _is_finite(verb) or verb.i == first:
        return False
    before = verb.nbor(-1)  # parsers may hang both on the name before the colon
    subjects = [*children(verb, *deps.NOUN_SUBJECTS), before]
    return any(first <= one.i < verb.i and one.pos_ == "PROPN" for one in subjects)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(word.tag_ in _FINITE for word in children(verb, deps.AUX))
