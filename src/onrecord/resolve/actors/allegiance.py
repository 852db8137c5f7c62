"""Allegiance: the country that the words of a phrase themselves tell of whoever it names."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.syntax import children
from onrecord.resolve.actors.nominals import is_mixed
from onrecord.resolve.actors.roles import RELATIONAL, RoleReader
from onrecord.resolve.actors.sketch import Found, Sketch
from onrecord.resolve.offices import Resolution, explain_actor

_LINKS = lexicon.words("grammar.allegiance_links")
_PLACES = "places.csv"
_NOUNS = frozenset({"nominal", "title"})


class Allegiance:
    """Reads, in one parse, whom phrases name by the words and tables of a codebook."""

    def __init__(
        self, doc: Doc, reader: RoleReader, codebook: Codebook, published: str | None
    ) -> None:
        self._doc, self._reader, self._codebook = doc, reader, codebook
        self._published = published
        self._known: dict[str, Resolution] = {}

    def tell(self, found: Iterable[Found]) -> None:
        """Claim for actors the country and sector that all words of a mention tell."""
        for mention in found:
            sketch = mention.sketch
            if sketch is None or mention.form == "pronoun":
                continue
            at = mention.span(self._doc)
            sketch.claim("phrase", at, country=self._country(mention, sketch))
            if mention.form != "metonym" and not (
                sketch.kind in {"state", "person"} and mention.form == "name"
            ):
                actor = self._read(self._phrase(mention)).actor
                sketch.claim("phrase", at, sector=actor.sector if actor is not None else None)

    def _country(self, mention: Found, sketch: Sketch) -> str | None:
        head = self._doc[mention.head]
        if mention.form in _NOUNS and (is_mixed(head) or head.lemma_.lower() in RELATIONAL):
            return None
        read = self._read(self._phrase(mention))
        if read.actor is None or read.actor.country is None:
            return None
        words = self._doc[mention.start : mention.end]
        personal = sketch.kind == "person" or any(word.ent_type_ == "PERSON" for word in words)
        if personal and any(one.source == _PLACES for one in read.evidence):
            return None  # a name that towns have too
        if len(words) == 1 and read.actor.kind == "person" and mention.form == "name":
            # One of many of that surname, unless the text tells of his country.
            return read.actor.country if read.actor.country in self._reader.countries else None
        return read.actor.country

    def _read(self, phrase: str) -> Resolution:
        if phrase not in self._known:
            self._known[phrase] = explain_actor(
                phrase, date=self._published, codebook=self._codebook
            )
        return self._known[phrase]

    def _phrase(self, mention: Found) -> str:
        """Return the words of a mention, and of a noun what "of Chad" or "in Homs" adds to it."""
        start, end, head = mention.start, mention.end, self._doc[mention.head]
        if mention.form in _NOUNS:
            end = max(end, _last_of(head) + 1)
        elif (sketch := mention.sketch) is not None and sketch.kind not in {"person", "state"}:
            owners = children(head, deps.POSSESSOR)  # "Chile's Defence Ministry"
            known = (one.left_edge.i for one in owners if self._reader.party_at(one) is not None)
            start = min((start, *known))
        return self._doc[start:end].text


def _last_of(noun: Token) -> int:
    """Return the last token of a noun with the phrases that follow it at once."""
    last = noun.i
    for link in noun.rights:
        if link.dep_ != deps.PREP or link.lower_ not in _LINKS or link.i != last + 1:
            break
        for thing in link.rights:
            if thing.dep_ == deps.PREP_OBJECT:
                last = _last_of(thing)
    return last
