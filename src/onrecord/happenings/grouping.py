"""Grouping: which tellings tell one happening, in an article and across articles.

Tellings that contradict each other in parties, date, place, mode or modality are never grouped, and
silence is no agreement: something must speak for it. What is in doubt stays apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from typing import TypeAlias

from onrecord.happenings.comparing import Comparison, are_apart, compare
from onrecord.happenings.telling import Telling
from onrecord.happenings.wording import Wording, may_come_back

LEAD = 400  # characters in which an article says what it is about
NEAR = 600  # characters after something was told, in which "the attack" comes back to it

COPIED = 10.0  # how well a copy fits; more than any other agreement
STRETCH = 4  # days by which happenings are found
MOST_COMMON = 200  # happenings of a type in such days that share a word and are found by it
MOST_RECENT = 100  # happenings of a type in one text that a further telling is compared with
MOST_COMPARED = 24  # tellings of a happening with which another one is compared

_SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "AGREE", "CONCEDE"})
"""Types done in words, of which the same parties do several a day: the words must agree."""

AT_ONCE = frozenset({"CONSULT"})
"""Types that named parties do once a day."""


@dataclass(slots=True)
class Group:
    """Tellings of one happening, the first told first."""

    members: list[Telling] = field(default_factory=list)
    compared: dict[Hashable, Telling] = field(default_factory=dict)  # those that differ, a few

    @property
    def group_id(self) -> str:
        """The id of its first telling."""
        return self.members[0].telling_id

    def enter(self, telling: Telling) -> None:
        """Add a telling; what a text says again and again needs comparing only once."""
        self.members.append(telling)
        if len(self.compared) < MOST_COMPARED:
            self.compared.setdefault(_facts(telling), telling)


def group_article(
    tellings: Sequence[Telling], wordings: Mapping[str, Wording]
) -> tuple[Group, ...]:
    """Return the tellings of one article in groups, in text order.

    Args:
        tellings: Those of the article, in any order.
        wordings: How each is worded, by its id; one without is taken to introduce its happening.
    """
    groups: list[Group] = []
    recent: dict[str, list[Group]] = defaultdict(list)  # by type, those told last at the end
    for telling in sorted(tellings, key=lambda one: one.position):
        known = recent[telling.event_type]
        home = _home(_in_mind(known), telling, wordings)
        if home is None:
            home = Group()
            groups.append(home)
        else:
            known.remove(home)
        home.enter(telling)
        known.append(home)
    return tuple(groups)


def _in_mind(recent: Sequence[Group]) -> Iterator[Group]:
    """Yield the happenings of a type that a text can come back to, those told last first.

    In a text of any usual length that is all of them.
    """
    yield from reversed(recent[-MOST_RECENT:])
    yield from (one for one in reversed(recent[:-MOST_RECENT]) if one.members[0].start <= LEAD)


def _home(
    groups: Iterable[Group], telling: Telling, wordings: Mapping[str, Wording]
) -> Group | None:
    """Return the group that a telling joins, the nearest first; None where it begins one."""
    wording = wordings.get(telling.telling_id)
    if wording is not None and wording.is_another:
        return None
    fitting: list[tuple[Group, list[Comparison]]] = []
    for group in groups:
        told = group.compared.values()
        if all(may_be_one(one, telling) for one in told):
            found = [compare(one, telling) for one in told]
            if not any(one.contradicts for one in found):
                fitting.append((group, found))
    for group, found in fitting:
        if any(_speaks_for_itself(telling, one) for one in found):
            return group
    if wording is None or not wording.is_back_reference:
        return None
    at_hand = [pair for pair in fitting if _is_at_hand(*pair, telling)]
    named = (group for group, _ in at_hand if _is_named(group, wording, wordings))
    done_alike = (group for group, found in at_hand if _is_done_alike(wording, found))
    return next(chain(named, done_alike), None)


def _is_at_hand(group: Group, found: Sequence[Comparison], telling: Telling) -> bool:
    """Whether a reader would think of a group: told just before, or what the article is about.

    A telling that says more than the group, such as a date, may well be about something else, so
    that it comes back only to what the article is about; one that says who took part, not at all.
    """
    members, told = group.members, group.compared.values()
    if not any(one.is_anchored for one in told) or members[-1].sentence == telling.sentence:
        return False
    tells_who = any(
        any(party.is_known for party in side) and all(getattr(one, name) != "same" for one in found)
        for name, side in (("actors", telling.actors), ("recipients", telling.recipients))
    )
    tells_more = (telling.exact is not None and not any(one.exact for one in told)) or (
        telling.site is not None and not any(one.site for one in told)
    )
    if tells_who:
        return False
    if members[0].start <= LEAD:
        return True
    return not tells_more and telling.start - members[-1].start <= NEAR


def _is_named(group: Group, wording: Wording, wordings: Mapping[str, Wording]) -> bool:
    """Whether a noun may name what a group tells."""
    known = (wordings.get(one.telling_id) for one in group.members)
    event_type = group.members[0].event_type
    return any(one is not None and may_come_back(wording, one, event_type) for one in known)


def _is_done_alike(wording: Wording, found: Sequence[Comparison]) -> bool:
    """Whether a noun tells the mode that a group has: "the bombing" after a suicide attack."""
    return not wording.is_plural and any(one.mode in ("same", "near") for one in found)


def may_be_one(one: Telling, other: Telling) -> bool:
    """Whether type, modality and aspect allow two tellings to be of one happening.

    A state of things, such as a war, is none of what happens in it. What was planned for a day is
    what happened on it, if both days are told.
    """
    if one.event_type != other.event_type or one.is_ongoing != other.is_ongoing:
        return False
    return _as_real(one, other)


def _as_real(one: Telling, other: Telling) -> bool:
    """Whether the modalities of two tellings may be those of one happening."""
    if one.modality == other.modality:
        return True
    if {one.modality, other.modality} != {"future", "actual"}:
        return False
    return one.days is not None and one.days == other.days


def _speaks_for_itself(telling: Telling, found: Comparison) -> bool:
    """Whether two tellings of an article agree in so much that they are one."""
    if found.words == "same":
        return True
    if "same" not in (found.actors, found.recipients):
        return False
    both = found.actors == found.recipients == "same"
    if telling.event_type in AT_ONCE and both:
        return True
    told_when_or_where = "same" in (found.date, found.place)
    if telling.event_type in _SPOKEN:
        return found.words == "near" and (both or told_when_or_where)
    return (told_when_or_where or both) and (found.words == "near" or (both and told_when_or_where))


# Across articles


@dataclass(slots=True)
class Unit:
    """What one article tells of a happening, all its tellings taken together."""

    unit_id: str  # the id of the group in its article
    tellings: tuple[Telling, ...]
    whole: Telling  # with what any of them says

    @property
    def order(self) -> tuple[str, str, int, str]:
        """What sorts units: the first published first, unknown dates last."""
        published = self.whole.published
        first = published.first if published else "9999"
        return first, self.whole.article_id, self.whole.position, self.unit_id


def unit_of(unit_id: str, tellings: Sequence[Telling]) -> Unit:
    """Return the unit of some tellings of an article; the first that says something counts."""
    if len(tellings) == 1:  # as most are
        return Unit(unit_id, tuple(tellings), tellings[0])
    first = min(tellings, key=lambda one: one.position)
    happened = any(one.modality == "actual" for one in tellings)
    whole = replace(
        first,
        mode=next((one.mode for one in tellings if one.mode), None),
        modality="actual" if happened else first.modality,
        symmetric=any(one.symmetric for one in tellings),
        actors=next((one.actors for one in tellings if one.actors), ()),
        recipients=next((one.recipients for one in tellings if one.recipients), ()),
        days=next((one.days for one in tellings if one.days), None),
        site=next((one.site for one in tellings if one.site), None),
    )
    return Unit(unit_id, tuple(tellings), whole)


_Key: TypeAlias = tuple[tuple[str, ...], int]  # what is shared, and in which stretch of days


@dataclass(slots=True)
class _Cluster:
    number: int
    units: list[Unit] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    compared: dict[Hashable, Unit] = field(default_factory=dict)  # those that differ, a few

    def enter(self, unit: Unit) -> None:
        """Add a unit; copies of one story need comparing only once."""
        self.units.append(unit)
        self.articles.add(unit.whole.article_id)
        if len(self.compared) < MOST_COMPARED:
            self.compared.setdefault(_facts(unit.whole), unit)


def _facts(whole: Telling) -> Hashable:
    """Return all that is compared of a telling."""
    parties = (whole.actors, whole.recipients, whole.symmetric)
    when = (whole.days, whole.published)
    said = (whole.mode, whole.modality, whole.site, whole.trigger, whole.words)
    return (parties, when, said)


def group_units(units: Iterable[Unit]) -> list[tuple[Unit, ...]]:
    """Return which units of different articles tell one happening; each unit is in one group.

    The result does not depend on the order of the units. In a group the first published is first.
    """
    linker = _Linker()
    for unit in sorted(units, key=lambda one: one.order):
        linker.add(unit)
    return [tuple(cluster.units) for cluster in linker.clusters]


class _Linker:
    """Enters units one after another, each where it fits best or by itself.

    Only clusters that share a word, a place or parties on a day are compared, so that the work
    grows with the number of units and not with its square.
    """

    def __init__(self) -> None:
        self.clusters: list[_Cluster] = []
        self._index: dict[_Key, set[int]] = defaultdict(set)

    def add(self, unit: Unit) -> None:
        """Enter a unit."""
        best, most = None, 0.0
        for number in self._candidates(unit):
            cluster = self.clusters[number]
            fit = _fit(cluster, unit)
            if fit > most:
                best, most = cluster, fit
        if best is None:
            best = _Cluster(len(self.clusters))
            self.clusters.append(best)
        best.enter(unit)
        for key in _keys(unit):
            self._index[key].add(best.number)

    def _candidates(self, unit: Unit) -> list[int]:
        """Return the clusters that share so much that they may fit, the earliest first."""
        shared: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for what, when in _keys(unit):
            shared[what] |= self._index.get((what, when), set())
        counted: Counter[int] = Counter()
        for what, found in shared.items():
            if what[0] != "word":
                counted.update(dict.fromkeys(found, _ENOUGH))
            elif len(found) <= MOST_COMMON:  # a word of most news of a day tells nothing apart
                counted.update(found)
        return sorted(number for number, times in counted.items() if times >= _ENOUGH)


_ENOUGH = 3  # words in common; a place or both parties in common is as much


def _keys(unit: Unit) -> Iterator[_Key]:
    """Yield what two units of one happening may share: words, place or parties, at some time."""
    whole = unit.whole
    kind = f"{whole.event_type} {whole.is_ongoing}"
    words = {word.lower() for one in unit.tellings for word in one.words}
    shared = [("word", kind, word) for word in words]
    if whole.exact is not None and whole.site is not None:
        shared.append(("place", kind, whole.site.name))
    if whole.exact is not None and whole.event_type in AT_ONCE:
        sides = {party.country or party.name for party in (*whole.actors, *whole.recipients)}
        shared.append(("parties", kind, " ".join(sorted(sides))))
    for when in times_of(whole):
        yield from ((what, when) for what in shared)


def times_of(whole: Telling) -> range:
    """Return by which stretches of days a unit is found: of its own, else those before its news."""
    window = whole.exact or whole.fresh
    if window is None:
        return range(-1, 0)
    first, last = (date.fromisoformat(day).toordinal() for day in (window.first, window.last))
    return range(first // STRETCH, last // STRETCH + 1)


def cluster_fit(units: Iterable[Unit], unit: Unit) -> float:
    """Return how well a unit fits others that are taken together, 0 where it does not."""
    cluster = _Cluster(0)
    for one in units:
        cluster.enter(one)
    return _fit(cluster, unit)


def is_ruled_out(units: Iterable[Unit], unit: Unit) -> bool:
    """Whether a unit cannot fit others taken together, by what is known without their words.

    Parties are not looked at: what is word for word the same is one in spite of them.
    """
    whole = unit.whole
    return any(
        one.whole.article_id == whole.article_id
        or not _as_real(one.whole, whole)
        or are_apart(one.whole, whole)
        for one in islice(units, MOST_COMPARED)
    )


def _fit(cluster: _Cluster, unit: Unit) -> float:
    """Return how well a unit fits, 0 where it does not."""
    whole = unit.whole
    if whole.article_id in cluster.articles:
        return 0.0
    best = 0.0
    for one in cluster.compared.values():
        if not may_be_one(one.whole, whole):
            return 0.0
        found = compare(one.whole, whole)
        if found.contradicts and not _is_verbatim(one.whole, whole, found):
            return 0.0
        best = max(best, _evidence(one, unit, found))
    return best


def _is_verbatim(one: Telling, other: Telling, found: Comparison) -> bool:
    """Whether two tellings are word for word the same, so that only reading made them differ."""
    same_words = found.words == "same" and one.words == other.words
    elsewhere = "differs" in (found.date, found.place, found.mode)
    return same_words and one.trigger == other.trigger and not elsewhere


def _evidence(one: Unit, other: Unit, found: Comparison) -> float:
    """Return how much speaks for two units of different articles, 0 where too little does."""
    if found.words == "same" and one.whole.trigger == other.whole.trigger:
        return COPIED
    sides = (found.actors, found.recipients)
    same_day = found.date == "same"
    there = same_day and found.place == "same"
    partly = same_day and "near" in sides
    if found.contradicts or not ("same" in sides or there or partly):
        return 0.0
    both = sides == ("same", "same")
    weight = sides.count("same") + 0.5 * sides.count("near") + same_day + (found.place == "same")
    kind = one.whole.event_type
    if found.words != "unknown" and (kind not in _SPOKEN or both):
        return weight + 1
    if kind in AT_ONCE and both and same_day:
        return weight
    if kind not in _SPOKEN and there and "same" in sides:
        return weight
    return 0.0
