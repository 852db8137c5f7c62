"""Articles that are no more than a cast: who is named in them, with what office and country."""

from dataclasses import dataclass

from factories import EXTRACTOR, make_article
from onrecord.records import Actor, ActorKind, Mention, Record, Span, Statement, row_id

TEXT = "x" * 400


@dataclass(frozen=True, kw_only=True)
class Part:
    """An actor as an article gives it."""

    name: str
    kind: ActorKind = "person"
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    wikidata: str | None = None
    named: bool = True


def president(name: str, country: str = "UKR") -> Part:
    """A president."""
    return Part(name=name, country=country, sector="GOV", role="president")


def cast(article_id: str, *parts: Part, version: int = 1) -> Record:
    """The record of an article with those actors, each mentioned once and saying something."""
    article = make_article(
        TEXT[:-version], article_id=article_id, version=version, title=article_id, url=None
    )
    actors, mentions, statements = [], [], []
    for at, part in enumerate(parts):
        span = Span(at, at + 1)
        actor_id = row_id(article, "actor", span)
        actors.append(
            Actor(
                actor_id=actor_id,
                name=part.name,
                kind=part.kind,
                country=part.country,
                sector=part.sector,
                wikidata=part.wikidata,
                extractor=EXTRACTOR,
            )
        )
        mentions.append(
            Mention(
                mention_id=row_id(article, "mention", span),
                span=span,
                actor_id=actor_id,
                form="name" if part.named else "nominal",
                role=part.role,
                role_country=part.country if part.role else None,
                extractor=EXTRACTOR,
            )
        )
        statements.append(
            Statement(
                statement_id=row_id(article, "statement", span),
                source=(span,),
                cue=(),
                content=(span,),
                kind="indirect",
                act="assert",
                speaker_id=actor_id,
                extractor=EXTRACTOR,
            )
        )
    return Record(
        article=article,
        actors=tuple(actors),
        mentions=tuple(mentions),
        statements=tuple(statements),
    )
