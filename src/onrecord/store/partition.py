"""Signatures and actors of articles, divided into identities: as they are linked, then as decided.

An atom is what an identity is made of: a signature, by its id, stands for all actors with it; an
actor of one article, by its own id, stands apart from its signature where a decision says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from onrecord.store.decisions import Anchor, Decision
from onrecord.store.linking import Cluster
from onrecord.store.signatures import Signature


def plain(name: str) -> str:
    """Return a name without regard to case and spacing."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Located:
    """The actor of an article that an anchor leads to now."""

    own_id: str
    signature_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Members:
    """What makes up an identity."""

    signatures: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()  # own ids that do not follow their signatures

    @property
    def identity_id(self) -> str:
        """The identity's id; the ids of its other atoms lead to it as well."""
        return min(self.signatures or self.own)


@dataclass
class Partition:
    """A division into identities; `group_of` says which atoms are together."""

    known: Mapping[str, Signature]
    gone: Mapping[str, Signature]  # those of anchors that no article says any more
    located: Mapping[str, Located]  # by the atom of an anchor in an article
    group_of: dict[str, int] = field(default_factory=dict)
    atoms: dict[int, set[str]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def place(self, clusters: Iterable[Cluster]) -> None:
        """Enter signatures that are linked."""
        for cluster in clusters:
            self._new_group({one.signature_id for one in cluster.members})

    def apply(self, decision: Decision) -> None:
        """Do what was decided; what it was tied to may be gone, and then nothing is done."""
        group = self._locate(decision.one)
        if group is None:
            return
        if decision.action == "split":
            if moved := self._moved(decision, group):
                self._move(moved)
            return
        other = self._locate(decision.other)
        if other is not None and other != group:
            for atom in self.atoms.pop(other):
                self.group_of[atom] = group
                self.atoms[group].add(atom)

    def group(self, own_id: str, signature_id: str) -> int | None:
        """Return where an actor of an article is, None when it is linked with no other."""
        return self.group_of.get(own_id, self.group_of.get(signature_id))

    def members(self, group: int) -> Members:
        """Return what makes up the identity of a group."""
        signatures = frozenset(atom for atom in self.atoms[group] if atom in self.known)
        own = self.atoms[group] - signatures
        return Members(signatures=signatures, own=frozenset(own), apart=self.apart)

    @cached_property
    def apart(self) -> frozenset[str]:
        """The own ids that decisions put somewhere; known when all decisions are applied."""
        return frozenset({one.own_id for one in self.located.values()} & self.group_of.keys())

    def _new_group(self, atoms: set[str]) -> int:
        group = next(self._numbers)
        self.atoms[group] = atoms
        for atom in atoms:
            self.group_of[atom] = group
        return group

    def _locate(self, anchor: Anchor | None) -> int | None:
        if anchor is None:
            return None
        if anchor.article_id is None:
            return self.group_of.get(anchor.atom, self._successor(anchor.atom))
        if (found := self.located.get(anchor.atom)) is None:
            return None
        group = self.group(found.own_id, found.signature_id)
        return self._new_group({found.own_id}) if group is None else group

    def _successor(self, atom: str) -> int | None:
        """Return where a signature would be that articles gave before they were read again.

        That is the only identity of its name or, among several, the only one of its country.
        """
        if (gone := self.gone.get(atom)) is None or gone.block is None:
            return None
        alike = [
            (self.group_of[other], one.country)
            for other, one in self.known.items()
            if one.block == gone.block and other in self.group_of
        ]
        groups = {group for group, _ in alike}
        if len(groups) > 1:
            groups = {group for group, country in alike if country == gone.country}
        return next(iter(groups)) if len(groups) == 1 else None

    def _moved(self, decision: Decision, group: int) -> set[str]:
        """Return the atoms of a group that a split moves, unless those are all of it."""
        names = {plain(name) for name in decision.names}
        moved = {atom for atom in self.atoms[group] if self._name(atom) in names}
        for anchor in decision.moved:
            found = self.located.get(anchor.atom)
            if found and self.group(found.own_id, found.signature_id) == group:
                moved.add(found.own_id)
        return moved

    def _name(self, atom: str) -> str:
        if atom in self.known:
            return plain(self.known[atom].name)
        return next(plain(one.name) for one in self.located.values() if one.own_id == atom)

    def _move(self, moved: set[str]) -> None:
        for atom in moved & self.group_of.keys():
            self.atoms[self.group_of[atom]].discard(atom)
        self._new_group(moved)
