"""Leads: how news brings in people whose country it tells before or beside their name."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.language import dependencies as deps
from onrecord.language.syntax import children
from onrecord.resolve.actors.sketch import Found, Sketch

_SOON = 4  # sentences in which the unnamed person of a lead gets a name


def share(doc: Doc, found: Sequence[Found]) -> None:
    """Give names joined under one description its country: "US journalists Cox and Lee"."""
    by_head = {mention.head: mention.sketch for mention in found}
    for mention in found:
        sketch, head = mention.sketch, doc[mention.head]
        if sketch is None or mention.form != "name" or not _is_under_plural(head):
            continue
        for other in head.conjuncts:
            beside = by_head.get(other.i)
            if beside is not None and beside.kind == "person":
                beside.claim("shared", mention.span(doc), country=sketch.country)


def name_later(doc: Doc, found: Sequence[Found]) -> None:
    """Give the first person named the country of the unnamed one whom the lead tells of.

    News holds a name back: "A British man was killed … Adam Cole, 25, had joined …".
    """
    people = sorted(
        (one for one in found if one.sketch is not None and one.sketch.kind == "person"),
        key=lambda one: one.start,
    )
    lead = next((one for one in people if _is_unnamed(doc, one)), None)
    named = next((one for one in people if one.form == "name"), None)
    if lead is None or named is None or lead.sketch is None or named.sketch is None:
        return
    sentences = list(doc.sents)[: _SOON + 1]
    early = named.start < sentences[-1].end and lead.start < sentences[0].end
    party = doc[named.head].dep_ in deps.SUBJECTS | deps.OBJECTS
    if early and party and lead.start < named.start and _is_plain(named.sketch):
        named.sketch.claim("lead", lead.span(doc), country=lead.sketch.country)


def _is_unnamed(doc: Doc, mention: Found) -> bool:
    """Whether a mention brings in somebody without a name: "a British man"."""
    known = mention.sketch is not None and mention.sketch.country is not None
    articles = (word.lower_ for word in children(doc[mention.head], deps.DETERMINER))
    return mention.form != "name" and known and any(word in {"a", "an"} for word in articles)


def _is_plain(person: Sketch) -> bool:
    return person.country is None and person.role is None


def _is_under_plural(head: Token) -> bool:
    """Whether a name stands behind a plural noun that describes all those joined to it."""
    noun = head.head if head.dep_ == deps.APPOSITION else head
    described = [noun, *children(head, *deps.NOUNS_BEFORE)]
    return any(word.tag_ == "NNS" and word.i < head.i for word in described)
