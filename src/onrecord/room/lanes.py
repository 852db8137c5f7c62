"""Events as marks in lanes: of who did it, or of a pair of countries; by either of two clocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from onrecord.records import Actor, Event, Participant, Record
from onrecord.report.cards import face_of
from onrecord.report.directory import Directory
from onrecord.report.wording import country_words
from onrecord.room.dating import Dated, dated
from onrecord.room.rendering import url
from onrecord.tables import Selection

Clock: TypeAlias = Literal["happened", "told"]
Lanes: TypeAlias = Literal["actor", "pair"]

CLOCKS = {"happened": "when it happened", "told": "when it was told"}
LANES = {"actor": "who did it", "pair": "pair of countries"}
STANDINGS = {
    "done": "told as having happened",
    "said": "somebody says that it happened",
    "denied": "denied, or did not happen",
    "planned": "planned, or to come",
    "possible": "on a condition, or possible",
}
"""How an event stands, each with a shape of its own in a drawing."""

MOST_LANES = 9
OTHERS, NOBODY, NO_PAIR = "all others", "nobody named", "no two countries named"
_LAST = (OTHERS, NOBODY, NO_PAIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event in a lane."""

    lane: str
    row_id: str
    when: Dated
    standing: str  # of STANDINGS
    words: str  # what it says, in a line
    url: str


def standing_of(event: Event) -> str:
    """Return how an event stands: done, said, denied, planned or possible."""
    if event.modality == "negated":
        return "denied"
    if event.modality == "future":
        return "planned"
    if event.modality != "actual":
        return "possible"
    return "done" if event.statement_id is None else "said"


def marks_of(
    selections: Iterable[Selection],
    clock: Clock,
    lanes: Lanes,
    identities: Mapping[tuple[str, str], str],
) -> list[Mark]:
    """Return events as marks, one for each lane they are in; those without any day are left out."""
    drawn = [one for some in selections for one in _marks(some, clock, lanes, identities)]
    labels = _labels(drawn)
    named = [(labels[key], mark) for key, mark in drawn]
    most = Counter(label for label, _ in named if label not in _LAST).most_common(MOST_LANES)
    kept = {label for label, _ in most} | set(_LAST)
    if len({label for label, _ in named} - kept) == 1:  # one more lane is no more than "others"
        kept |= {label for label, _ in named}
    return [_in_lane(mark, label if label in kept else OTHERS) for label, mark in named]


def lanes_of(marks: Sequence[Mark]) -> list[str]:
    """Return the lanes in the order they are drawn in: the fullest first, what is unnamed last."""
    counts = Counter(one.lane for one in marks)
    return sorted(counts, key=lambda lane: (lane in _LAST, -counts[lane], lane))


def _in_lane(mark: Mark, lane: str) -> Mark:
    return Mark(
        lane=lane,
        row_id=mark.row_id,
        when=mark.when,
        standing=mark.standing,
        words=mark.words,
        url=mark.url,
    )


def _labels(drawn: Sequence[tuple[str, Mark]]) -> dict[str, str]:
    """Return the name of each lane: of one person's several, that which most events have."""
    counts: dict[str, Counter[str]] = {}
    for key, mark in drawn:
        counts.setdefault(key, Counter())[mark.lane] += 1
    return {key: max(names, key=lambda name: (names[name], name)) for key, names in counts.items()}


def _marks(
    selection: Selection, clock: Clock, lanes: Lanes, identities: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, Mark]]:
    """Yield the marks of an article's events, each with the key of its lane."""
    record = selection.record
    article, directory = record.article, Directory(record)
    for row in selection.rows:
        assert isinstance(row, Event)
        when = dated(row.date if clock == "happened" else None, article)
        if when is None:
            continue
        face = face_of(row, article, directory)
        words = f"{face.headline} “{face.verb}”: {face.note}"
        path = f"/articles/{article.article_id}"
        address = url(path, version=article.version, row=row.event_id)
        in_lanes = _pairs(row, record) if lanes == "pair" else _actors(row, record, identities)
        for key, lane in in_lanes.items():
            yield (
                key,
                Mark(
                    lane=lane,
                    row_id=row.event_id,
                    when=when,
                    standing=standing_of(row),
                    words=words,
                    url=address,
                ),
            )


def _actors(
    row: Event, record: Record, identities: Mapping[tuple[str, str], str]
) -> dict[str, str]:
    """Return the lanes of who did it, by key; of a symmetric event, of all parties."""
    parties = row.actors + (row.recipients if row.symmetric else ())
    found = {}
    for actor in _known(parties, record):
        key = identities.get((record.article.article_id, actor.actor_id), actor.name)
        found[key] = actor.name
    return found or {NOBODY: NOBODY}


def _pairs(row: Event, record: Record) -> dict[str, str]:
    """Return the lanes of the pairs of countries between which it happened."""
    actors, recipients = (
        list(dict.fromkeys(one.country for one in _known(side, record) if one.country))
        for side in (row.actors, row.recipients)
    )
    if row.symmetric:
        everybody = sorted({*actors, *recipients})
        pairs = [(one, two) for n, one in enumerate(everybody) for two in everybody[n + 1 :]]
    else:
        pairs = [(one, two) for one in actors for two in recipients if one != two]
    arrow = "⇄" if row.symmetric else "→"
    found = [f"{country_words(one)} {arrow} {country_words(two)}" for one, two in pairs]
    return {lane: lane for lane in found} or {NO_PAIR: NO_PAIR}


def _known(parties: Iterable[Participant], record: Record) -> Iterator[Actor]:
    for party in parties:
        actor = record.actor(party.actor_id)
        if actor is not None:
            yield actor
