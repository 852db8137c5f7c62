"""Count false alarms: sentences with no event that yield an actual one all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import GoldError
from onrecord.evaluate.gold import read_text
from onrecord.records import EventType, Record

NEUTRAL = "0"  # the class of sentences without an event
TALK: frozenset[EventType] = frozenset({"CONSULT", "REQUEST", "ACCUSE", "REJECT"})
"""What reported speech is by itself, in a sentence that tells of nothing else."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """How many neutral sentences yield an actual event other than talk."""

    sentences: int
    alarmed: Sequence[str]  # those sentences, each with what was found
    types: Sequence[tuple[EventType, int]]  # sentences with an event of the type, most first

    @property
    def rate(self) -> float:
        """The share of sentences with a false alarm, 0 without sentences."""
        return len(self.alarmed) / self.sentences if self.sentences else 0.0


def read_neutral(path: Path) -> Iterator[str]:
    """Yield the neutral sentences of a file with a sentence, a tab and its class on each line.

    Raises:
        GoldError: The file cannot be read, or a line has no class.
    """
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        sentence, tab, kind = line.rpartition("\t")
        if not tab:
            raise GoldError(f"{path}, line {number}: need a sentence, a tab and its class")
        if kind.strip() == NEUTRAL:
            yield sentence


def count_alarms(records: Iterable[Record]) -> Alarms:
    """Return the false alarms among the records of neutral sentences."""
    sentences, alarmed, types = 0, [], Counter[EventType]()
    for record in records:
        sentences += 1
        found = [
            event
            for event in record.events
            if event.modality == "actual" and event.event_type not in TALK
        ]
        if found:
            words = ", ".join(
                f"{one.event_type} {record.article.cut(one.trigger[0])}" for one in found
            )
            alarmed.append(f"{words}: {record.article.text}")
            types.update({event.event_type for event in found})
    return Alarms(sentences, tuple(alarmed), tuple(types.most_common()))


def alarm_lines(alarms: Alarms, *, detail: bool = False) -> list[str]:
    """Return the counts as lines of plain text; with `detail`, every sentence."""
    lines = [
        f"{len(alarms.alarmed)} of {alarms.sentences} sentences without an event "
        f"yield an actual one: {100 * alarms.rate:.2f}%"
    ]
    lines += [f"  {event_type:<10}{count:>4}" for event_type, count in alarms.types]
    return lines + [f"    {words}" for words in alarms.alarmed if detail]
