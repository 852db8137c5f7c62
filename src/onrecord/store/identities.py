"""Who is in a store: its identities, and which actors of its articles each of them is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    func,
    or_,
    select,
    true,
)

from onrecord.errors import StoreError
from onrecord.store.catalogue import among, same_article
from onrecord.store.frequent import counted_by_story, frequent
from onrecord.store.gathering import gather
from onrecord.store.identifying import signature_from
from onrecord.store.ids import begins
from onrecord.store.links import place_of
from onrecord.store.meaning import named
from onrecord.store.names import folded_words
from onrecord.store.partition import Members, Partition
from onrecord.store.schema import actor, appearance, article, signature
from onrecord.store.signatures import Signature
from onrecord.store.units import Unit, unit_id

_ID = re.compile(r"[0-9a-f]{4,16}")
_WHOLE_ID = re.compile(r"[0-9a-f]{16}")  # which no name is
_LISTED = 8  # how many identities a message about an unclear name lists
_AT_ONCE = 5_000  # identities counted in one query


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person, state, organisation or unnamed group, in all articles it is known to appear in."""

    identity_id: str
    name: str
    kind: str
    country: str | None  # ISO 3166-1 alpha-3
    wikidata: str | None
    names: tuple[str, ...]  # all it goes by, the most frequent first
    articles: int  # or stories, where these are counted
    mentions: int  # in these; of a story, in the article that has most
    unit: Unit = "article"  # what is counted once


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityAppearance:
    """An actor of an article that is some identity."""

    article_id: str
    version: int
    actor_id: str
    name: str
    mentions: int
    title: str | None
    published: str | None


def is_actor(appears: FromClause) -> ColumnElement[bool]:
    """Return the condition that a line of `actor` is whoever appears."""
    return and_(same_article(actor, appears), place_of(actor) == appears.c.actor_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Which identities to list; all that is given must hold."""

    name: str | None = None  # words of one of its names, in their order
    kind: str | None = None
    country: str | None = None
    limit: int | None = None
    unit: Unit = "article"  # what counts once


@dataclass(frozen=True, slots=True)
class _Part:
    """What actors with one signature add to an identity."""

    signature: Signature
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Found:
    """An identity and what makes it up."""

    identity: Identity
    members: Members


def list_identities(connection: Connection, who: Who) -> list[Found]:
    """Return the identities asked for, those in most articles first."""
    wanted = None if who.name is None else named(connection, who.name)
    if wanted is None:
        wanted = frequent(connection, who.limit, kind=who.kind, country=who.country)
    partition = gather(connection, wanted)
    census = _Census(connection, partition, wanted, who.unit)
    made = (census.of_group(group) for group in census.ranked(wanted))
    found = list(islice((one for one in made if _is_asked_for(one.identity, who)), who.limit))
    several = sum(one.identity.articles > 1 for one in found)
    if who.limit is None or several < who.limit:  # whoever is not linked has one article
        found = sorted([*found, *census.singles(wanted, who)], key=_order)[: who.limit]
    return sorted(census.exactly(found), key=_order)


def _order(one: Found) -> tuple[int, int, str, str]:
    identity = one.identity
    return -identity.articles, -identity.mentions, identity.name, identity.identity_id


def _is_asked_for(identity: Identity, who: Who) -> bool:
    return who.kind in (None, identity.kind) and who.country in (None, identity.country)


class _Census:
    """Counts who appears where."""

    def __init__(
        self,
        connection: Connection,
        partition: Partition,
        wanted: set[str] | None,
        unit: Unit = "article",
    ) -> None:
        self._connection = connection
        self._unit = unit
        self._partition = partition
        self._decided = partition.apart
        self._parts: dict[str, list[_Part]] = defaultdict(list)  # by atom
        apart = self._counted_apart()
        among_these = None if wanted is None else {*partition.known, *(key for _, key in apart)}
        taken: dict[str, list[_Part]] = defaultdict(list)
        for (_, signature_id), part in apart.items():
            taken[signature_id].append(part)
        for line in self._counted(among_these):
            gone = taken.get(line.signature_id, ())
            articles = line.articles - sum(part.articles for part in gone)
            if articles > 0 and line.signature_id in partition.known:
                mentions = line.mentions - sum(part.mentions for part in gone)
                part = _Part(partition.known[line.signature_id], articles, mentions)
                self._parts[line.signature_id].append(part)
        for (own_id, _), part in apart.items():
            self._parts[own_id].append(part)

    def _counted(self, signatures: set[str] | None) -> Iterable[Row[tuple[str, int, int]]]:
        """Return the number of actors, which is about that of articles, with each signature."""
        if self._unit == "story":
            return self._connection.execute(counted_by_story(signatures))
        query = select(
            appearance.c.signature_id,
            func.count().label("articles"),
            func.sum(appearance.c.mentions).label("mentions"),
        ).group_by(appearance.c.signature_id)
        if signatures is not None:
            query = query.where(among(appearance.c.signature_id, signatures))
        return self._connection.execute(query)

    def _counted_apart(self) -> dict[tuple[str, str], _Part]:
        """Return what the actors add that decisions set apart, by own id and signature id."""
        if not self._decided:
            return {}
        query = (
            select(
                appearance.c.own_id,
                func.count().label("articles"),
                func.sum(appearance.c.mentions).label("mentions"),
                *signature.c,
            )
            .join(signature, signature.c.signature_id == appearance.c.signature_id)
            .where(among(appearance.c.own_id, self._decided))
            .group_by(appearance.c.own_id, *signature.c)
        )
        return {
            (line["own_id"], line["signature_id"]): _Part(
                signature_from(line), line["articles"], line["mentions"]
            )
            for line in self._connection.execute(query).mappings()
        }

    def ranked(self, wanted: set[str] | None) -> list[int]:
        """Return the groups that have an actor, and one with a wanted signature; largest first."""
        counted = []
        for group, atoms in self._partition.atoms.items():
            parts = [part for atom in atoms for part in self._parts.get(atom, ())]
            if parts and (
                wanted is None or any(part.signature.signature_id in wanted for part in parts)
            ):
                articles = sum(part.articles for part in parts)
                mentions = sum(part.mentions for part in parts)
                name = min(part.signature.name for part in parts)
                counted.append((-articles, -mentions, name, min(atoms), group))
        return [group for *_, group in sorted(counted)]

    def of_group(self, group: int) -> Found:
        """Return the identity of a group that has an actor."""
        members = self._partition.members(group)
        atoms = self._partition.atoms[group]
        parts = [part for atom in atoms for part in self._parts.get(atom, ())]
        return Found(_identity(members.identity_id, parts), members)

    def is_anywhere(self, group: int) -> bool:
        """Whether a group still has an actor of an article."""
        return any(atom in self._parts for atom in self._partition.atoms[group])

    def singles(self, wanted: set[str] | None, who: Who) -> Iterator[Found]:
        """Yield the actors that are linked with no other; each is an identity of its own."""
        linked = self._partition.group_of
        alone = [key for key in self._partition.known if key not in linked]
        if wanted is None:
            where = or_(signature.c.block.is_(None), among(signature.c.signature_id, alone))
        else:
            where = among(signature.c.signature_id, wanted - linked.keys())
        mentions = func.sum(appearance.c.mentions).label("mentions")
        query = (
            select(appearance.c.own_id, mentions, *signature.c)
            .join(signature, signature.c.signature_id == appearance.c.signature_id)
            .where(where, ~among(appearance.c.own_id, self._decided))
            .group_by(appearance.c.own_id, *signature.c)
            .order_by(mentions.desc(), signature.c.name, appearance.c.own_id)
            .limit(who.limit)
        )
        for name in ("kind", "country"):
            if getattr(who, name) is not None:
                query = query.where(signature.c[name] == getattr(who, name))
        by_id: dict[str, list[_Part]] = defaultdict(list)
        for line in self._connection.execute(query).mappings():
            by_id[line["own_id"]].append(_Part(signature_from(line), 1, line["mentions"]))
        for own_id, parts in by_id.items():
            identity = replace(_identity(own_id, parts), articles=1)
            yield Found(identity, Members(own=frozenset({own_id})))

    def exactly(self, found: Sequence[Found]) -> Iterator[Found]:
        """Yield identities with an article counted once in which two actors are the same one."""
        articles: dict[str, set[Any]] = defaultdict(set)
        for start in range(0, len(found), _AT_ONCE):
            whose = {
                key: one.identity.identity_id
                for one in found[start : start + _AT_ONCE]
                for key in one.members.signatures
            }
            query = self._with_units(select(appearance.c.signature_id, self._unit_id).distinct())
            there = ~among(appearance.c.own_id, self._decided) if self._decided else true()
            query = query.where(among(appearance.c.signature_id, whose), there)
            for line in self._connection.execute(query):
                articles[whose[line.signature_id]].add(line.unit_id)
        for own_id, unit in self._decided_articles():
            articles[own_id].add(unit)
        for one in found:
            parts = (one.identity.identity_id, *one.members.own)
            count = (
                len(set().union(*(articles[part] for part in parts))) or 1
            )  # linked with no other
            identity = replace(one.identity, articles=count, unit=self._unit)
            yield Found(identity, one.members)

    def _decided_articles(self) -> Iterator[tuple[str, Any]]:
        query = self._with_units(select(appearance.c.own_id, self._unit_id))
        query = query.where(among(appearance.c.own_id, self._decided))
        yield from ((line.own_id, line.unit_id) for line in self._connection.execute(query))

    @property
    def _unit_id(self) -> ColumnElement[Any]:
        whole = self._unit == "article"
        return (appearance.c.number if whole else unit_id("story")).label("unit_id")

    def _with_units(self, query: Select[Any]) -> Select[Any]:
        """Return a query of appearances with what it needs to tell the units of their articles."""
        if self._unit == "article":
            return query
        return query.join(article, same_article(article, appearance))


def _identity(identity_id: str, parts: Sequence[_Part]) -> Identity:
    """Return an identity with the name, country and Wikidata id that most articles give it.

    A name in full comes before a surname alone.
    """
    first = max(
        parts,
        key=lambda part: (
            part.signature.is_full,
            part.articles,
            part.mentions,
            part.signature.name,
        ),
    )
    names: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    for part in parts:
        one = part.signature
        names[one.name] += part.articles
        if one.country:
            countries[one.country] += part.articles
        if one.wikidata:
            ids[one.wikidata] += part.articles
    return Identity(
        identity_id=identity_id,
        name=first.signature.name,
        kind=first.signature.kind,
        country=_most(countries),
        wikidata=_most(ids),
        names=tuple(sorted(names, key=lambda name: (-names[name], name))),
        articles=sum(part.articles for part in parts),
        mentions=sum(part.mentions for part in parts),
    )


def _most(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def find_identity(connection: Connection, place: str, ref: str) -> Found:
    """Return the identity meant by a name, an id or the beginning of one.

    Raises:
        StoreError: None is meant, or more than one.
    """
    found = _by_id(connection, ref) if _WHOLE_ID.fullmatch(ref) else []
    found = found or _by_name(connection, ref) or _by_id(connection, ref)
    if len(found) == 1:
        return found[0]
    if not found:
        raise StoreError(
            f"{place} has nobody called {ref!r}; give a name or an id that "
            f"`onrecord identities list` shows"
        )
    lines = [f"  {_line(one.identity)}" for one in found[:_LISTED]]
    more = [f"  and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
    listed = "\n".join([*lines, *more])
    raise StoreError(f"{ref!r} means {len(found)} in {place}; give the id of one:\n{listed}")


def _line(one: Identity) -> str:
    counted = f"{one.articles} article{'' if one.articles == 1 else 's'}"
    return "  ".join(filter(None, (one.identity_id, one.name, one.kind, one.country, counted)))


def _by_name(connection: Connection, ref: str) -> list[Found]:
    """Return those with that very name, else those with its words in one of theirs."""
    words = folded_words(ref)
    if not words:
        return []
    found = list_identities(connection, Who(name=ref))
    exact = [one for one in found if words in map(folded_words, one.identity.names)]
    return exact or found


def _by_id(connection: Connection, ref: str) -> list[Found]:
    if not _ID.fullmatch(ref):
        return []
    columns = appearance.c.own_id, appearance.c.signature_id
    starts = or_(*(begins(column, ref) for column in columns))
    query = select(*columns).where(starts).distinct()
    lines = connection.execute(query).all()
    wanted = {line.signature_id for line in lines}
    partition = gather(connection, wanted)
    census = _Census(connection, partition, wanted)
    groups = {
        partition.group_of[atom]
        for line in lines
        for atom in (line.own_id, line.signature_id)
        if atom.startswith(ref) and atom in partition.group_of
    }
    meant = [census.of_group(group) for group in groups if census.is_anywhere(group)]
    singles = census.singles(wanted, Who())
    meant += [one for one in singles if one.identity.identity_id.startswith(ref)]
    return list(census.exactly(meant))


def identity_of_actors(
    connection: Connection, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Return the identity's id of actors, by article id and actor id, in latest versions."""
    wanted = set(keys)
    query = (
        select(
            article.c.article_id,
            actor.c.actor_id,
            appearance.c.own_id,
            appearance.c.signature_id,
        )
        .join(appearance, same_article(appearance, article))
        .join(actor, is_actor(appearance))
        .where(among(article.c.article_id, {article_id for article_id, _ in wanted}))
    )
    lines = [
        line for line in connection.execute(query) if (line.article_id, line.actor_id) in wanted
    ]
    partition = gather(connection, {line.signature_id for line in lines})
    ids: dict[int, str] = {}
    found = {}
    for line in lines:
        group = partition.group(line.own_id, line.signature_id)
        if group is None:
            found[line.article_id, line.actor_id] = line.own_id
            continue
        if group not in ids:
            ids[group] = partition.members(group).identity_id
        found[line.article_id, line.actor_id] = ids[group]
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """Who actors with some signature are."""

    identity_id: str
    name: str
    country: str | None


def identities_with(connection: Connection, rows: Mapping[str, int]) -> dict[str, Known]:
    """Return who the actors with each of some signatures are, by the signature's id.

    They go by the full name, else the name, that most rows have, of those given. One that is linked
    with none, or set apart from its signature by a decision, is nobody here.
    """
    partition = gather(connection, rows)
    together: dict[int, list[str]] = defaultdict(list)
    for key in rows:
        if key in partition.group_of and key in partition.known:
            together[partition.group_of[key]].append(key)
    found: dict[str, Known] = {}
    for group, keys in together.items():
        ranked = sorted(
            (partition.known[key] for key in keys),
            key=lambda one: (not one.is_full, -rows[one.signature_id], one.name),
        )
        country = next((one.country for one in ranked if one.country), None)
        known = Known(partition.members(group).identity_id, ranked[0].name, country)
        found |= dict.fromkeys(keys, known)
    return found
