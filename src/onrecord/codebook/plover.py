"""PLOVER: event types with their scores, and the words that evoke them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from onrecord.codebook.strict import Table, read_table
from onrecord.errors import CodebookError
from onrecord.records import EventType


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """What the PLOVER manual says of an event type."""

    quad: int
    score: float
    symmetric: bool
    modes: Mapping[str, float]  # mode -> score

    def goldstein(self, mode: str | None) -> float:
        """Return the conflict-cooperation score of the type, or of one of its modes."""
        return self.modes[mode] if mode else self.score


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that evokes an event."""

    event_type: EventType
    guarded: bool = False  # counts only with a political actor
    agent: bool = False  # counts only if its doer, where one is named, is a political actor
    directed: bool = False  # counts only with a known recipient
    plural: bool = False  # counts only in the plural
    symmetric: bool = False
    mode: str | None = None
    undergone: bool = False  # a noun whose owner it is done to: "his arrest"
    crowds: bool = False  # guarded, but a crowd may do it as well
    settled: bool = False  # of this type whatever the model says


@dataclass(frozen=True, slots=True)
class Plover:
    """The event types and their triggers."""

    types: Mapping[EventType, TypeInfo]
    contexts: tuple[str, ...]
    sectors: frozenset[str]
    verbs: Mapping[str, Trigger]  # lemma, or "lemma particle"
    nouns: Mapping[str, Trigger]  # lemma, or words of a compound
    natural: frozenset[str] = frozenset()  # what kills and is nobody: "earthquake"
    causes: frozenset[str] = frozenset()  # what else kills and is nobody: "blaze"
    idioms: frozenset[str] = frozenset()  # pairs of words that mean no event: "strike deal"
    topics: frozenset[str] = frozenset()  # what events are only the matter of: "condolence"
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)  # "goods" -> nouns
    content: Mapping[EventType, Mapping[str, str]] = field(default_factory=dict)  # word -> mode
    labour: frozenset[str] = frozenset()  # whose "strike" is one of workers
    scourges: frozenset[str] = frozenset()  # what hits a country and is nobody: "inflation"
    contests: frozenset[str] = frozenset()  # verbs that mean a match or a vote beside such words
    matches: frozenset[str] = frozenset()  # words of matches and votes
    speeches: frozenset[str] = frozenset()  # where an attack is one in words: "interview"


_WORDS = (
    *("natural", "causes", "idioms", "topics", "labour"),
    *("scourges", "contests", "matches", "speeches"),
)


def load_plover(path: Path | None = None, triggers_path: Path | None = None) -> Plover:
    """Return the event types and triggers, by default those of data/plover.toml and triggers.toml.

    Raises:
        CodebookError: A type that PLOVER does not have, a mode its type does not have, or a
            trigger that stands under two types.
    """
    table = read_table(path, "plover.toml")
    quads = {int(quad) for quad in table.optional_table("quads").remaining()}
    contexts, sectors = table.words("contexts"), frozenset(table.words("sectors"))
    entries = table.optional_table("types")
    types = {
        _event_type(name, entries.where): _type(entries, name, quads)
        for name in entries.remaining()
    }
    table.finish()
    if missing := set(get_args(EventType)) - set(types):
        raise CodebookError(f"{table.where}: no entry for {', '.join(sorted(missing))}")
    verbs: dict[str, Trigger] = {}
    nouns: dict[str, Trigger] = {}
    listed = read_table(triggers_path, "triggers.toml")
    lists = {key: frozenset(listed.words(key)) for key in _WORDS}
    groups = _word_lists(listed.optional_table("groups"))
    contents = listed.optional_table("content")
    content = {
        _event_type(name, contents.where): _content(contents, name, types)
        for name in contents.remaining()
    }
    for name in listed.remaining():
        event_type = _event_type(name, listed.where)
        _add_triggers(listed.optional_table(name), event_type, types[event_type], verbs, nouns)
    return Plover(types, contexts, sectors, verbs, nouns, groups=groups, content=content, **lists)


def _event_type(name: str, where: str) -> EventType:
    if name not in get_args(EventType):
        raise CodebookError(f"{where}: {name!r} is not a PLOVER event type")
    return cast(EventType, name)


def _word_lists(table: Table) -> dict[str, frozenset[str]]:
    return {name: frozenset(table.words(name)) for name in table.remaining()}


def _content(contents: Table, name: str, types: Mapping[EventType, TypeInfo]) -> dict[str, str]:
    """Return the modes of one type by the words that give them."""
    entry = contents.optional_table(name)
    lists = _word_lists(entry)
    _check_modes(lists, types[_event_type(name, contents.where)], name, entry.where)
    return {word: mode for mode, words in lists.items() for word in sorted(words)}


def _check_modes(modes: Iterable[str], info: TypeInfo, name: str, where: str) -> None:
    if unknown := set(modes) - set(info.modes):
        raise CodebookError(f"{where}: {name} has no mode {', '.join(sorted(unknown))}")


def _type(entries: Table, name: str, quads: set[int]) -> TypeInfo:
    entry = entries.optional_table(name)
    modes = entry.optional_table("modes")
    info = TypeInfo(
        quad=int(entry.number("quad")),
        score=entry.number("score"),
        symmetric=entry.flag("symmetric"),
        modes={mode: modes.number(mode) for mode in modes.remaining()},
    )
    entry.finish()
    if info.quad not in quads:
        raise CodebookError(f"{entry.where}: quad must be one of {sorted(quads)}")
    return info


_LISTS = {
    "verbs": "verbs",
    "guarded": "verbs",
    "agents": "verbs",
    "directed": "verbs",
    "nouns": "nouns",
    "guarded_nouns": "nouns",
}


def _add_triggers(
    entry: Table,
    event_type: EventType,
    info: TypeInfo,
    verbs: dict[str, Trigger],
    nouns: dict[str, Trigger],
) -> None:
    modes = entry.optional_table("modes")
    mode_of = {word: modes.text(word) for word in modes.remaining()}
    _check_modes(mode_of.values(), info, event_type, modes.where)
    symmetric, plural = set(entry.words("symmetric")), set(entry.words("plural"))
    crowds, undergone = set(entry.words("crowds")), set(entry.words("undergone"))
    settled = set(entry.words("settled"))
    for key, known in _LISTS.items():
        listed = verbs if known == "verbs" else nouns
        for word in entry.words(key):
            if word in listed:
                other = listed[word].event_type
                raise CodebookError(f"{entry.where}: {word!r} stands under {other} already")
            listed[word] = Trigger(
                event_type,
                guarded=key.startswith("guarded"),
                agent=key == "agents",
                directed=key == "directed",
                plural=known == "nouns" and word in plural,
                symmetric=word in symmetric,
                mode=mode_of.get(word),
                undergone=word in undergone,
                crowds=word in crowds,
                settled=word in settled,
            )
    entry.finish()
