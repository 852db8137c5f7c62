"""Drafts around a parse made by hand: what the stages of extraction get, without any model."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from factories import EXTRACTOR, make_article
from onrecord.drafts import Cast, Draft, Voices
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.onepass import Reading
from onrecord.records import (
    Act,
    Actor,
    Mention,
    Place,
    Span,
    Statement,
    StatementKind,
    TimeExpression,
    row_id,
)
from readings import reading_of


def make_draft(
    doc: Doc,
    *,
    cast: Mapping[str, str] | None = None,
    statements: Sequence[Statement] = (),
    times: Mapping[str, str] | None = None,
    places: Sequence[str] = (),
    reading: Reading | None = None,
) -> Draft:
    """The draft of a parse whose article was published on Friday 11 March 2022.

    `cast` gives actors by a word that mentions them, `times` dates by the words for them.
    """
    article = make_article(doc.text, published="2022-03-11")
    return Draft(
        article=article,
        doc=doc,
        reading=reading if reading is not None else reading_of(doc.text),
        quotations=QuotationIndex(find_quotations(doc.text)),
        cast=make_cast(doc, cast or {}),
        voices=Voices(tuple(statements)),
        times=tuple(
            TimeExpression(
                time_id=row_id(article, "time", span_in(doc, words)),
                span=span_in(doc, words),
                value=value,
                extractor=EXTRACTOR,
            )
            for words, value in (times or {}).items()
        ),
        places=tuple(
            Place(
                place_id=row_id(article, "place", span_in(doc, name)),
                span=span_in(doc, name),
                name=name,
                extractor=EXTRACTOR,
            )
            for name in places
        ),
    )


def make_cast(doc: Doc, named: Mapping[str, str]) -> Cast:
    """The cast of a parse: each word mentions, every time it stands, the actor of that id."""
    article = make_article(doc.text)
    actors = [
        Actor(actor_id=one, name=one, kind="organisation", extractor=EXTRACTOR)
        for one in dict.fromkeys(named.values())
    ]
    found = [token for token in doc if token.text in named]
    mentions = [
        Mention(
            mention_id=row_id(article, "mention", Span(token.idx, token.idx + len(token))),
            span=Span(token.idx, token.idx + len(token)),
            actor_id=named[token.text],
            form="name",
            extractor=EXTRACTOR,
        )
        for token in found
    ]
    return Cast(tuple(actors), tuple(mentions), {one.i: at for at, one in enumerate(found)})


def make_statement(
    doc: Doc,
    content: str,
    *,
    speaker: str | None = None,
    cue: str | None = None,
    source: str | None = None,
    act: Act = "assert",
    kind: StatementKind = "indirect",
) -> Statement:
    """A statement with those words of a parse."""
    span = span_in(doc, content)
    return Statement(
        statement_id=row_id(make_article(doc.text), "statement", span),
        source=(span_in(doc, source),) if source else (),
        content=(span,),
        cue=(span_in(doc, cue),) if cue else (),
        kind=kind,
        act=act,
        speaker_id=speaker,
        extractor=EXTRACTOR,
    )


def span_in(doc: Doc, words: str) -> Span:
    """Where words stand in a parse for the first time."""
    start = doc.text.index(words)
    return Span(start, start + len(words))
