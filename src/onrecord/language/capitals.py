"""Runs of words in capitals: headings of other stories, between the paragraphs of news pages."""

from __future__ import annotations

from spacy.tokens import Doc

_FEWEST = 4  # words in capitals in a row; fewer may be a name or an acronym with another


def lines_in_capitals(doc: Doc) -> frozenset[int]:
    """Return the tokens of runs of words in capitals, none where most of a text is written so."""
    found: set[int] = set()
    run: list[int] = []
    for token in doc:
        if token.is_alpha and not token.is_upper:
            if sum(doc[i].is_alpha and len(doc[i]) > 1 for i in run) >= _FEWEST:
                found.update(run)
            run = []
        elif token.is_upper or run:
            run.append(token.i)
    return frozenset(found) if 2 * len(found) < len(doc) else frozenset()
