"""The cast of an article: every actor, every mention, and who speaks in each attribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.codebook import Codebook
from onrecord.drafts import Attribution, Cast, PlaceName
from onrecord.language.credit_lines import credited
from onrecord.language.quotes import QuotationIndex
from onrecord.onepass.tagged import tagged
from onrecord.records import Actor, Article, Ground, Mention, Span, row_id
from onrecord.resolve.actors.allegiance import Allegiance
from onrecord.resolve.actors.atlas import Atlas
from onrecord.resolve.actors.bodies import find_metonyms, find_organisations, find_parties
from onrecord.resolve.actors.claims import Field
from onrecord.resolve.actors.countries import Countries
from onrecord.resolve.actors.given import Means, Mentions, Text
from onrecord.resolve.actors.leads import name_later, share
from onrecord.resolve.actors.mislabelled import without_mislabelled
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.actors.nominals import find_nominals
from onrecord.resolve.actors.origins import tell_origins
from onrecord.resolve.actors.people import find_people
from onrecord.resolve.actors.roles import RoleReader
from onrecord.resolve.actors.scene import Scene, make_scene
from onrecord.resolve.actors.setting import Grounds, find_peoples, inherit, suggest
from onrecord.resolve.actors.short_forms import join_short_forms
from onrecord.resolve.actors.sides import take_sides, without_officials
from onrecord.resolve.actors.sketch import Found, Sketch
from onrecord.resolve.actors.speaking import Speaking
from onrecord.resolve.actors.towns import with_towns
from onrecord.resolve.actors.unlisted import find_unlisted

EXTRACTOR = "actor-rules/3"
_GROUNDED: tuple[Field, ...] = ("name", "kind", "country", "sector")
_LEAST = 0.4  # the lowest chance at which words are a party


def resolve_actors(
    article: Article, text: Text, attributions: Sequence[Attribution], means: Means
) -> Cast:
    """Return the actors and mentions of an article, and the speakers of its attributions.

    What the model takes for a party in its reading is a mention where nothing else makes it one.
    In doubt a mention has no actor, and an attribution no speaker.
    """
    doc, places, codebook, sides = text.doc, text.places, means.codebook, means.sides
    mentions = _mentions(text, codebook, article.published)
    reader, found, reading = mentions.reader, mentions.found, text.reading
    parties = [one.span for one in tagged(reading, "party", _LEAST)] if reading is not None else []
    allegiance = Allegiance(doc, reader, codebook, article.published)
    allegiance.tell(found)
    atlas = Atlas(places, reader, codebook.parties)
    tell_origins(doc, found, atlas)
    share(doc, found)
    name_later(doc, found)
    found += list(find_peoples(doc, found, reader))
    countries = Countries(doc, found, places, atlas)
    countries.hear(attributions, found)
    asked = without_officials(doc, found, reader)
    suggested = suggest(doc, asked, Grounds(found, places), reader)
    take_sides(asked, countries, suggested, sides, text.states)
    found = list(with_towns(doc, found, places, codebook.parties.places))
    speaking = Speaking(text, replace(mentions, found=found), attributions, means)
    unlisted = list(find_unlisted(doc, parties, speaking.found, places, reader))
    allegiance.tell(unlisted)
    countries = Countries(doc, speaking.found, places, atlas)
    countries.hear(attributions, speaking.found)
    asked = without_officials(doc, unlisted, reader)
    suggested = suggest(doc, asked, Grounds(speaking.found, places), reader)
    take_sides(asked, countries, suggested, sides, text.states)
    speaking.found += unlisted
    inherit(doc, speaking.found)
    tell_origins(doc, speaking.found, atlas)
    share(doc, speaking.found)
    name_later(doc, speaking.found)
    return _cast(article, doc, speaking)


def read_scene(doc: Doc, index: QuotationIndex, codebook: Codebook) -> Scene:
    """Return the candidates for the pronouns of a text, as `resolve_actors` weighs them."""
    text = Text(doc, index, find_named(doc, codebook.parties), ())
    mentions = _mentions(text, codebook, None)
    return make_scene(doc, [*mentions.found, *mentions.possible], index, codebook)


def _mentions(text: Text, codebook: Codebook, published: str | None) -> Mentions:
    doc, named, places = text.doc, text.named, text.places
    reader = RoleReader(doc, codebook, named)
    named_people = find_people(doc, reader, codebook, published)
    people = list(without_mislabelled(doc, named_people, codebook))
    found = _without_seats([mention for mention in people if not mention.is_possible], places)
    found += find_parties(doc, named, places, found, published)
    found += find_organisations(text, reader, codebook, found)
    found = _without_places(found, places)
    credits = credited(doc)
    found = [mention for mention in found if mention.head not in credits]
    found += list(find_nominals(doc, reader, found))
    found += list(find_metonyms(doc, places, found))
    found = list(join_short_forms(doc, found))
    possible = [one for one in people if one.is_possible and one.head not in credits]
    return Mentions(reader, found, possible, credits)


def _without_seats(people: Sequence[Found], places: Sequence[PlaceName]) -> list[Found]:
    """Leave out the people whose whole name is a country's or a seat's: nobody is Buenos Aires."""
    known = {(place.start, place.end) for place in places if place.kind is not None}
    return [person for person in people if (person.start, person.end) not in known]


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


def _cast(article: Article, doc: Doc, speaking: Speaking) -> Cast:
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
        known_as=sketch.known_as if sketch.known_as != sketch.name else None,
        grounds=tuple(
            Ground(field, won.rule, won.span)
            for field in _GROUNDED
            if (won := sketch.won.get(field)) is not None
        ),
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
        candidates=tuple(ids[one] for one in found.candidates if one in ids),
        extractor=EXTRACTOR,
    )
