"""schema.org JSON-LD: direct and mixed statements as Quotation, indirect ones as Claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.exports.enclosed import Json, enclosed
from onrecord.exports.told import Told, country_name
from onrecord.records import Actor, Statement
from onrecord.tables import words

_HEAD = '{"@context": "https://schema.org", "@graph": ['
_TAIL = "]}"

_TYPES = {"person": "Person", "state": "Country", "government": "GovernmentOrganization"}
_ORGANISATION = "Organization"
_WIKIDATA = "http://www.wikidata.org/entity/"


def lines(sources: Iterable[Told]) -> Iterator[str]:
    """Yield a graph: for each article it, and then each of its statements."""
    yield from enclosed(_HEAD, _graph(sources), _TAIL)


def _graph(sources: Iterable[Told]) -> Iterator[Json]:
    for told in sources:
        yield _article(told)
        for statement in told.record.statements:
            yield _statement(told, statement)


def _article(told: Told) -> Json:
    article = told.article
    return _known(
        {
            "@type": "NewsArticle",
            "@id": _article_id(told),
            "url": article.url,
            "headline": article.title,
            "datePublished": article.published,
            "inLanguage": article.language,
            "publisher": _named(_ORGANISATION, article.publisher),
            "identifier": f"sha256:{article.sha256}",
        }
    )


def _article_id(told: Told) -> str:
    return f"urn:onrecord:{told.article.article_id}:{told.article.version}"


def _statement(told: Told, row: Statement) -> Json:
    claim = row.kind == "indirect"
    about = {"@id": _article_id(told)}
    return _known(
        {
            "@type": "Claim" if claim else "Quotation",
            "@id": f"{_article_id(told)}:{row.statement_id}",
            "text": words(told.article, row.content),
            "author" if claim else "creator": _speaker(told, row),
            "dateCreated": row.said_on.value if row.said_on else None,
            "locationCreated": _named("Place", row.said_at.name) if row.said_at else None,
            "appearance" if claim else "isPartOf": about,
        }
    )


def _speaker(told: Told, row: Statement) -> Json | None:
    actor = told.actor(row.speaker_id)
    return _actor(actor) if actor else _named(_ORGANISATION, None)


def _actor(actor: Actor) -> Json:
    land = _named("Country", country_name(actor.country))
    person = actor.kind == "person"
    return _known(
        {
            "@type": _TYPES.get(actor.kind, _ORGANISATION),
            "name": actor.name,
            "sameAs": f"{_WIKIDATA}{actor.wikidata}" if actor.wikidata else None,
            "affiliation" if person else "areaServed": None if actor.kind == "state" else land,
        }
    )


def _named(kind: str, name: str | None) -> Json | None:
    return {"@type": kind, "name": name} if name else None


def _known(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
