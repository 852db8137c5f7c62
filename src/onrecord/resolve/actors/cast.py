"""The cast of an article: every actor, every mention, and who speaks in each attribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.drafts import Attribution, Cast, Nesting, PlaceName
from onrecord.language.quotes import QuotationIndex
from onrecord.records import Actor, Article, Mention, Span, row_id
from onrecord.resolve.actors.bodies import find_metonyms, find_organisations, find_parties
from onrecord.resolve.actors.named import Named
from onrecord.resolve.actors.nominals import find_nominals, speaker_nominal
from onrecord.resolve.actors.people import find_people
from onrecord.resolve.actors.pronouns import FIRST, FIRST_PLURAL, PronounResolver, side_of
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.sketch import Found, Sketch

EXTRACTOR = "actor-rules/1"


def resolve_actors(
    article: Article,
    doc: Doc,
    attributions: Sequence[Attribution],
    index: QuotationIndex,
    codebook: Codebook,
    named: Sequence[Named],
    places: Sequence[PlaceName],
) -> Cast:
    """Return the actors and mentions of an article, and the speakers of its attributions.

    In doubt a mention has no actor, and an attribution no speaker.
    """
    reader = RoleReader(doc, codebook, named)
    found = list(find_people(doc, reader, codebook, article.published))
    found += find_parties(doc, named, places, found, article.published)
    found += find_organisations(doc, reader, codebook, found, named)
    found = _without_places(found, places)
    found += list(find_nominals(doc, reader, found))
    found += list(find_metonyms(doc, places, found))
    speaking = _Speaking(doc, found, attributions, index, codebook, reader)
    return _cast(article, doc, speaking)


def _without_places(found: Sequence[Found], places: Sequence[PlaceName]) -> list[Found]:
    """Leave out the people and organisations whose name is that of a place: "in Kharkiv"."""
    ground = {
        position
        for place in places
        if place.kind is None and not place.is_metonym
        for position in range(place.start, place.end)
    }
    return [
        mention
        for mention in found
        if mention.form != "name" or not ground.issuperset(range(mention.start, mention.end))
    ]


class _Speaking:
    """Resolves speakers from the outermost statement inwards, then every other pronoun."""

    def __init__(
        self,
        doc: Doc,
        found: list[Found],
        attributions: Sequence[Attribution],
        index: QuotationIndex,
        codebook: Codebook,
        reader: RoleReader,
    ) -> None:
        self.doc, self.found, self.index = doc, found, index
        self.attributions = attributions
        self.by_head = {mention.head: mention for mention in found}
        self._reader = reader
        self.speakers: dict[int, Sketch | None] = {}
        self._pronouns = PronounResolver(doc, found)
        self._adjectives = _adjectives(codebook)
        self._states = {
            sketch.country: sketch
            for mention in found
            if (sketch := mention.sketch) and sketch.kind == "state" and sketch.country
        }
        self._nesting = Nesting(attribution.content for attribution in attributions)
        self._around = [self._enclosing(n) for n in range(len(attributions))]
        for position in range(len(attributions)):
            self.speaker(position)
        for token in doc:
            if token.pos_ == "PRON" and token.i not in self.by_head:
                self._add_pronoun(token)
        self._name_own_groups()

    def _enclosing(self, position: int) -> int | None:
        """Return the smallest attribution whose content holds another's cue, None without."""
        attribution = self.attributions[position]
        if not attribution.cue:
            return None
        return self.innermost(attribution.cue[0], skip=position)

    def innermost(self, span: Span, *, skip: int | None = None) -> int | None:
        """Return the position of the innermost attribution around a span, None for narration."""
        return self._nesting.innermost(span, skip=skip)

    def speaker(self, position: int) -> Sketch | None:
        """Return the speaker of an attribution, resolving those around it first."""
        if position in self.speakers:
            return self.speakers[position]
        self.speakers[position] = None  # a chain that bites its tail ends here
        attribution = self.attributions[position]
        if attribution.follows is not None and not attribution.cue:
            self.speakers[position] = self.speaker(attribution.follows)
        elif attribution.source_at is not None:
            self.speakers[position] = self.whom(self.doc[attribution.source_at], position)
        return self.speakers[position]

    def whom(self, token: Token, position: int | None) -> Sketch | None:
        """Return whom a token means as a party to an attribution."""
        if named := self._named_behind(token):
            return named
        if mention := self.by_head.get(token.i):
            return mention.sketch
        if token.pos_ == "PRON":
            outer = self._around[position] if position is not None else None
            return self._pronoun(token, outer)
        return self._unlisted(token)

    def _named_behind(self, token: Token) -> Sketch | None:
        """Return the person whose name follows a noun at once: "friend Aladdin Sinayic"."""
        if token.pos_ != "NOUN":
            return None
        follows = (f for f in self.found if f.start == token.i + 1 and f.form == "name")
        return next((f.sketch for f in follows if f.sketch and f.sketch.kind == "person"), None)

    def _unlisted(self, token: Token) -> Sketch | None:
        """Return the actor of a source or addressee that no list knows, made for it."""
        around = next(
            (f for f in self.found if f.start <= token.i < f.end and f.form == "name"), None
        )
        if around is not None:
            return around.sketch
        mention = speaker_nominal(token, self._reader)
        if mention is None:
            return None
        self.found.append(mention)
        self.by_head[token.i] = mention
        return mention.sketch

    def _pronoun(self, token: Token, outer: int | None) -> Sketch | None:
        quoted = self.index.at(token.idx) is not None
        voice = self._voice(token, outer)
        if token.lower_ in FIRST:
            return voice if quoted else None
        if token.lower_ in FIRST_PLURAL:
            return side_of(voice, self._states) if voice is not None and quoted else None
        return self._pronouns.resolve(token, not_to=voice if quoted else None)

    def _voice(self, token: Token, around: int | None) -> Sketch | None:
        """Return whose words a token is: in a quotation its speaker's, whoever else it reports."""
        quotation = self.index.at(token.idx)
        quoting = self.innermost(quotation.inner) if quotation is not None else None
        position = around if quoting is None else quoting
        return self.speaker(position) if position is not None else None

    def _add_pronoun(self, token: Token) -> None:
        outer = self.innermost(Span(token.idx, token.idx + len(token)))
        sketch = self._pronoun(token, outer)
        if sketch is not None:
            mention = Found(token.i, token.i + 1, token.i, "pronoun", sketch)
            self.found.append(mention)
            self.by_head[token.i] = mention

    def _name_own_groups(self) -> None:
        """Give "our negotiators" in somebody's mouth his country and its adjective."""
        for mention in self.found:
            owner = self.doc[mention.start]
            if (
                mention.sketch is None
                or owner.lower_ not in {"our", "my"}
                or mention.form != "nominal"
            ):
                continue
            speaker = self._voice(owner, self.innermost(Span(owner.idx, owner.idx + len(owner))))
            if speaker is None or speaker.country is None or mention.sketch.country:
                continue
            noun = self.doc[mention.start + 1 : mention.end].text
            mention.sketch.country = speaker.country
            mention.sketch.name = f"{self._adjectives.get(speaker.country, '')} {noun}".strip()


def _adjectives(codebook: Codebook) -> Mapping[str, str]:
    """Return one adjective a country."""
    adjectives: dict[str, str] = {}
    for word, party in codebook.parties.adjectives.items():
        if party.country:
            adjectives.setdefault(party.country, word)
    return adjectives


def _cast(article: Article, doc: Doc, speaking: _Speaking) -> Cast:
    by_span: dict[Span, Found] = {}
    for mention in speaking.found:
        by_span.setdefault(mention.span(doc), mention)
    ordered = sorted(by_span.items())
    ids: dict[Sketch, str] = {}
    actors: list[Actor] = []
    for span, mention in ordered:
        if mention.sketch is not None and mention.sketch not in ids:
            ids[mention.sketch] = row_id(article, "actor", span)
            actors.append(_actor(ids[mention.sketch], mention.sketch))
    mentions = tuple(_mention(article, span, mention, ids) for span, mention in ordered)

    def actor_id(sketch: Sketch | None) -> str | None:
        return ids.get(sketch) if sketch is not None else None

    attributions = speaking.attributions
    return Cast(
        actors=tuple(actors),
        mentions=mentions,
        heads={mention.head: position for position, (_, mention) in enumerate(ordered)},
        speakers=tuple(actor_id(speaking.speaker(n)) for n in range(len(attributions))),
        addressees=tuple(
            actor_id(speaking.whom(doc[attribution.addressee_at], n))
            if attribution.addressee_at is not None
            else None
            for n, attribution in enumerate(attributions)
        ),
        passing=frozenset(
            row.mention_id
            for row, (_, mention) in zip(mentions, ordered, strict=True)
            if mention.passing
        ),
    )


def _actor(actor_id: str, sketch: Sketch) -> Actor:
    return Actor(
        actor_id=actor_id,
        name=sketch.name,
        kind=sketch.kind,
        country=sketch.country,
        sector=sketch.sector,
        wikidata=sketch.wikidata,
        extractor=EXTRACTOR,
    )


def _mention(article: Article, span: Span, found: Found, ids: Mapping[Sketch, str]) -> Mention:
    return Mention(
        mention_id=row_id(article, "mention", span),
        span=span,
        actor_id=ids.get(found.sketch) if found.sketch is not None else None,
        form=found.form,
        role=found.role,
        role_country=found.role_country,
        extractor=EXTRACTOR,
    )
