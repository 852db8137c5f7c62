"""What an export is made from: one article's record, and what is known of its rows in a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.codebook.country_codes import CountryCodes, load_country_codes
from onrecord.records import Actor, Article, Event, Participant, Record, Span, Statement, hull

HAPPENED = "actual"
"""The modality of what is told as having happened, which is all that event data hold."""

SEVERAL = "; "


@dataclass(frozen=True)  # no slots: it keeps the actors by id
class Told:
    """The record of an article, with the happening that each event tells throughout a store."""

    record: Record
    throughout: Mapping[str, str] = field(default_factory=dict)

    @property
    def article(self) -> Article:
        """The article."""
        return self.record.article

    @cached_property
    def _actors(self) -> Mapping[str, Actor]:
        return {actor.actor_id: actor for actor in self.record.actors}

    @cached_property
    def _roles(self) -> Mapping[str, str]:
        mentions = (one for one in self.record.mentions if one.actor_id and one.role)
        found: dict[str, str] = {}
        for mention in mentions:
            found.setdefault(str(mention.actor_id), str(mention.role))
        return found

    def actor(self, actor_id: str | None) -> Actor | None:
        """Return the actor with that id, None for None or an unknown id."""
        return self._actors.get(actor_id) if actor_id is not None else None

    def role(self, actor_id: str | None) -> str | None:
        """Return the first role the text gives an actor, None without any."""
        return self._roles.get(actor_id) if actor_id is not None else None

    def name(self, party: Participant) -> str:
        """Return the name of an event's party, else the words for it."""
        actor = self.actor(party.actor_id)
        return actor.name if actor else self.article.cut(party.span)

    def happening(self, event: Event) -> str | None:
        """Return the happening an event tells: throughout a store where that is known."""
        return self.throughout.get(event.event_id, event.happening_id)

    def happened(self) -> Iterator[Event]:
        """Yield the events that are told as having happened."""
        return (event for event in self.record.events if event.modality == HAPPENED)

    def speaker(self, statement: Statement) -> str | None:
        """Return who makes a statement, by name, else by the words for it; None for nobody."""
        actor = self.actor(statement.speaker_id)
        if actor is not None:
            return actor.name
        return self.article.cut(hull(statement.source)) if statement.source else None


def around(event: Event) -> Span:
    """Return the stretch of text from the first to the last of an event's trigger and parties."""
    return hull([*event.trigger, *(party.span for party in (*event.actors, *event.recipients))])


def country(code: str | None) -> CountryCodes | None:
    """Return the name and codes of a country by its ISO alpha-3 code, None for an unknown one."""
    return load_country_codes().get(code) if code is not None else None


def country_name(code: str | None) -> str | None:
    """Return the name of a country by its ISO alpha-3 code, None for an unknown one."""
    found = country(code)
    return found.name if found else None
