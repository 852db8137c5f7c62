"""The model read once more, on each content by itself: statements inside a statement.

PolNeAR, which the model is trained on, marks no attribution inside another's content, so in the
whole text the model passes them over. A content alone is a text like any other to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from onrecord.codebook.cues import Cues
from onrecord.extraction.attribution.trained import Proposal
from onrecord.language.syntax import lemma_of, tokens_in
from onrecord.records import Span, Spans

Propose = Callable[[str], Sequence[Proposal]]

TELLING = frozenset({"VERB", "NOUN", "ADJ"})  # what a cue tells by
_MOST_LEVELS = 3  # below the outermost
_MARKS = "“”„‟«»\"'‘’‹›"
_FULL_STOP = "."


def inner_proposals(
    doc: Doc, text: str, outer: Sequence[Proposal], cues: Cues, propose: Propose
) -> tuple[Proposal, ...]:
    """Return what the model finds inside the contents of its own proposals, level by level.

    A content without any word that could be a cue is not read again.
    """
    found: list[Proposal] = []
    level = list(outer)
    for _ in range(_MOST_LEVELS):
        level = [
            inner
            for one in level
            if _may_attribute(doc, one.content, cues)
            for inner in _within(text, one, propose)
        ]
        found += level
    return tuple(found)


def _may_attribute(doc: Doc, content: Spans, cues: Cues) -> bool:
    first_words = {words[0] for words in cues.phrases}
    return any(
        token.lower_ in first_words or (token.pos_ in TELLING and cues.knows(lemma_of(token)))
        for piece in content
        for token in tokens_in(doc, piece)
    )


def _within(text: str, outer: Proposal, propose: Propose) -> Iterator[Proposal]:
    excerpt = _Excerpt.of(text, outer.content)
    for one in propose(excerpt.text):
        source, cue, content = map(excerpt.back, (one.source, one.cue, one.content))
        if cue and content and content != outer.content:
            yield replace(one, source=source, cue=cue, content=content)


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A content as a text of its own: pieces in a row, without outer marks and leading "that"."""

    text: str
    pieces: tuple[tuple[int, Span], ...]  # where a piece stands in `text`, and where in the article

    @classmethod
    def of(cls, text: str, content: Spans) -> _Excerpt:
        words, pieces = "", []
        for span in content:
            start, end = _stripped(text, span)
            if start >= end:
                continue
            words += " " if words else ""
            pieces.append((len(words), Span(start, end)))
            words += text[start:end]
        capital = words[:1].upper()
        if len(capital) == 1:
            words = capital + words[1:]
        return cls(words if words[-1:] in ".?!" else words + _FULL_STOP, tuple(pieces))

    def back(self, spans: Spans) -> Spans:
        """Return spans of the excerpt as spans of the article, cut at the ends of pieces."""
        found = []
        for span in spans:
            for at, piece in self.pieces:
                start, end = max(span.start, at), min(span.end, at + len(piece))
                if start < end:
                    shift = piece.start - at
                    found.append(Span(start + shift, end + shift))
        return tuple(found)


def _stripped(text: str, span: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    while start < end and (text[start] in _MARKS or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _MARKS or text[end - 1].isspace()):
        end -= 1
    if text[start : start + 5].lower() == "that ":
        start += 5
    return start, end
