"""Headlines: "Russia: Ukraine shelled school" gives what follows the colon to the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.drafts import Attribution
from onrecord.language.syntax import children
from onrecord.records import Span

_LINE = re.compile(r"[^\n]+")
_NAME = r"[^\W\d_][\w.’'\-]*"
_LABEL = re.compile(rf"[ \t]*(?P<name>{_NAME}(?: {_NAME}){{0,3}}): +(?=\S)")
_ENDS = ".?!”\"’'"
_TOPICS = frozenset(
    "war wars crisis conflict talks election elections vote attack attacks live update updates "
    "analysis explainer opinion exclusive breaking watch video photos timeline factbox deal summit "
    "protests protest coup scandal inquiry probe trial report brexit".split()
)  # what stands before a colon and says nothing
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def said_in_headlines(doc: Doc) -> Iterator[Attribution]:
    """Yield what the headlines of a text give to whoever they name before a colon.

    A headline is a line without a final mark. What follows must be a clause about somebody else who
    is named: "Sudan: dozens killed in clashes" only says where.
    """
    for line in _LINE.finditer(doc.text):
        label = _LABEL.match(doc.text, *line.span())
        words = line.group().rstrip()
        if label is None or words[-1] in _ENDS or words.isupper():
            continue
        name = doc.char_span(*label.span("name"))
        said = doc.char_span(label.end(), line.start() + len(words), alignment_mode="contract")
        if name is None or said is None or not _may_speak(list(name)):
            continue
        if any(_names_a_doer(word, said.start) for word in said):
            yield Attribution(
                source=(Span(*label.span("name")),),
                cue=(),
                content=(Span(said.start_char, said.end_char),),
                kind="indirect",
                act="assert",
                source_at=name.root.i,
            )


def _may_speak(name: list[Token]) -> bool:
    named = all(word.pos_ == "PROPN" or word.ent_type_ for word in name)
    return named and not any(word.lower_ in _TOPICS for word in name)


def _names_a_doer(verb: Token, first: int) -> bool:
    """Whether a word is a finite verb whose subject, from token `first` on, is a name."""
    if verb.pos_ not in {"VERB", "AUX"} or not _is_finite(verb) or verb.i == first:
        return False
    before = verb.nbor(-1)  # parsers may hang both on the name before the colon
    subjects = [*children(verb, "nsubj", "nsubjpass"), before]
    return any(first <= one.i < verb.i and one.pos_ == "PROPN" for one in subjects)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(word.tag_ in _FINITE for word in children(verb, "aux"))
