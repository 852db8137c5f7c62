"""What an article says of an actor that can link it to actors of other articles.

A signature is made of one actor and its mentions alone; which signatures are one person or body is
decided in `linking`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.language.names import FAMILY_NAME_FIRST
from onrecord.records import Actor, Mention
from onrecord.store.names import PersonName, folded_words, person_name
from onrecord.store.offices import office_of, sphere_of

SEVERAL = "; "  # between the offices of one person

_GAP = "\x1f"  # between the parts of a block; stands in no name
_SURNAME_ALONE = "surname"  # begins the block of a surname; a full name's is "person"

_ALWAYS_NAMED = frozenset({"state", "igo", "ngo", "armed_group", "bloc"})
_ONE_OF_A_COUNTRY = frozenset(
    "government military army navy parliament senate congress presidency judiciary treasury "
    "ministry".split()
)
"""Bodies of which a country has one, so that the country's name is enough to tell which."""

_GENERIC = frozenset(
    "national state federal central supreme high constitutional criminal people s public general "
    "ministry department office bureau agency authority council commission committee court "
    "tribunal government administration cabinet parliament assembly senate congress house "
    "representatives lords commons duma army navy air force forces armed military police guard "
    "security service intelligence foreign interior defence defense finance health justice "
    "education energy trade affairs treasury bank reserve party opposition union election "
    "electoral university hospital church of the for and on".split()
)
"""Words of which many countries have a body: "Supreme Court", "Ministry of Defence"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What is known of an actor: all that linking looks at, and no more."""

    signature_id: str  # a hash of the facts
    kind: str
    name: str
    country: str | None = None  # ISO 3166-1 alpha-3
    sector: str | None = None  # PLOVER sector code
    office: str | None = None  # offices as they are compared, joined with "; "
    wikidata: str | None = None
    block: str | None  # signatures of different blocks are not linked by name; None: never linked
    surname: str | None = None  # folded; of a person with a name
    middle: str = ""  # folded: what stands between given name and surname; a lone initial

    @property
    def given(self) -> str:
        """The folded given name of a person named in full, "" of others."""
        parts = (self.block or "").split(_GAP)
        return parts[1] if parts[0] == "person" else ""

    @property
    def is_full(self) -> bool:
        """Whether it names a person by given name and surname, or is no person's."""
        return self.block is not None and not self.block.startswith(_SURNAME_ALONE + _GAP)

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices, as they are compared."""
        return tuple(self.office.split(SEVERAL)) if self.office else ()

    @property
    def sphere(self) -> str | None:
        """What the person is engaged in, None when unknown."""
        return sphere_of(self.sector, self.offices) if self.kind == "person" else None


def hashed(*parts: str) -> str:
    """Return a hash of some words, as long as a row's id."""
    return hashlib.sha256(_GAP.join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """An actor of an article, with what its mentions there tell of it."""

    actor: Actor
    forms: frozenset[str] = frozenset()  # of its mentions
    roles: frozenset[str] = frozenset()
    mentions: int = 0

    @property
    def _name(self) -> str:
        """The name by which actors of several articles are compared: the tables' where known."""
        return self.actor.known_as or self.actor.name

    def signature(self) -> Signature:
        """Return what the article says of the actor."""
        actor = self.actor
        is_person = actor.kind == "person"
        roles = {office_of(role) for role in self.roles} if is_person else set()
        offices = tuple(sorted(role for role in roles if role))
        name = person_name(self._name) if is_person and self._is_named() else None
        office = SEVERAL.join(offices) or None
        block = self._person_block(name, offices) if name else self._body_block()
        facts = (actor.kind, self._name, actor.country, actor.sector, office, actor.wikidata, block)
        return Signature(
            signature_id=hashed(*(fact or "" for fact in facts)),
            kind=actor.kind,
            name=self._name,
            country=actor.country,
            sector=actor.sector,
            office=office,
            wikidata=actor.wikidata,
            block=block,
            surname=_surname(name, actor.country) if name else None,
            middle=name.middle if name else "",
        )

    def own_id(self, article_id: str) -> str:
        """Return the id the actor has by its name in its article, in whatever version of it."""
        actor = self.actor
        if actor.kind == "person":
            name = person_name(self._name)
            return hashed(article_id, actor.kind, name.words if name else self._name)
        return hashed(article_id, actor.kind, actor.country or "", *folded_words(actor.name))

    def _is_named(self) -> bool:
        """Whether it has a name of its own, rather than a description: "the spokesman"."""
        if not any(character.isupper() for character in self._name):
            return False
        return not self.forms or not self.forms.isdisjoint({"name", "metonym"})

    def _person_block(self, name: PersonName, offices: tuple[str, ...]) -> str | None:
        if name.given is not None:
            return _GAP.join(("person", name.given, name.surname))
        if self.actor.country is None or not offices:
            return None
        return _GAP.join((_SURNAME_ALONE, name.surname, self.actor.country))

    def _body_block(self) -> str | None:
        actor, words = self.actor, folded_words(self.actor.name)
        if actor.kind in {"group", "person"} or not words:
            return None
        if actor.kind not in _ALWAYS_NAMED and not self._tells_itself():
            return None
        return _GAP.join((actor.kind, *(word for word in words if word != "the")))

    def _tells_itself(self) -> bool:
        """Whether an organisation's name, with its country if it has one, means one body only."""
        words = self.actor.name.casefold().split()
        if not self._is_named():
            return self.actor.country is not None and words[-1] in _ONE_OF_A_COUNTRY
        return self.actor.country is not None or not set(words) <= _GENERIC


def _surname(name: PersonName, country: str | None) -> str:
    """Return the word that stands for the person alone: "Xi" of Xi Jinping, where that is known."""
    return name.given if name.given and country in FAMILY_NAME_FIRST else name.surname


def appearances(actors: Iterable[Actor], mentions: Iterable[Mention]) -> Iterator[Appearance]:
    """Yield the actors of one article with what their mentions tell."""
    of_actor: dict[str | None, list[Mention]] = {}
    for mention in mentions:
        of_actor.setdefault(mention.actor_id, []).append(mention)
    for actor in actors:
        own = of_actor.get(actor.actor_id, [])
        yield Appearance(
            actor=actor,
            forms=frozenset(mention.form for mention in own),
            roles=frozenset(mention.role for mention in own if mention.role),
            mentions=len(own),
        )
