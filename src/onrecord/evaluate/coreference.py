"""Score who is meant: pronouns and names of a record against the entities of a text.

An actor stands for the entity that most of its mentions by name or noun belong to. A pronoun is
right when its actor stands for its entity; one without an actor is abstained from. Pronouns count
where their entity is a person, an organisation or a place and has a name or noun before them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.evaluate.gum import EntityText, MarkedMention
from onrecord.evaluate.tally import Tally
from onrecord.records import Mention, Record, Span

Verdict = Literal["right", "wrong", "abstained", "in doubt"]

PRONOUNS = {
    "he, she": frozenset("he him his himself she her hers herself".split()),
    "they": frozenset("they them their theirs themselves".split()),
    "it": frozenset("it its itself".split()),
    "I": frozenset("i me my mine myself".split()),
    "we": frozenset("we us our ours ourselves".split()),
}
"""The pronouns scored, by what they are reported as."""

_KINDS = frozenset({"person", "organization", "place"})
_NAMED = frozenset({"person", "organization"})  # places are no actors of a record
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT", "DT"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_AROUND = 120  # code points shown before a pronoun
_BEHIND = 40  # and after it


@dataclass(frozen=True, slots=True)
class PronounScore:
    """A pronoun, and what became of it."""

    kind: str  # as in `PRONOUNS`
    span: Span
    verdict: Verdict  # in doubt: abstained from, its entity among the candidates
    wanted: str  # the words of its entity's last mention before it
    got: str | None  # the name of its actor


def score_coreference(gold: EntityText, record: Record) -> tuple[Tally, ...]:
    """Return the tallies of a text's pronouns, kind by kind, and of the links between names."""
    scores = list(score_pronouns(gold, record))
    groups = {"pronouns": scores}
    groups |= {kind: [one for one in scores if one.kind == kind] for kind in PRONOUNS}
    return (*(_tally(name, group) for name, group in groups.items()), *_name_links(gold, record))


def _tally(name: str, scores: Sequence[PronounScore]) -> Tally:
    verdicts = Counter(one.verdict for one in scores)
    right = verdicts["right"]
    return Tally(name, right, right + verdicts["wrong"], len(scores))


def score_pronouns(gold: EntityText, record: Record) -> Iterator[PronounScore]:
    """Yield what became of each of a text's pronouns, in text order."""
    known = _Entities(gold, record)
    names = {actor.actor_id: actor.name for actor in record.actors}
    mentions = {record.article.input_span(one.span): one for one in record.mentions}
    before: dict[int, MarkedMention] = {}  # the last mention of each entity by name or noun
    for one in gold.mentions:
        kind = _pronoun_kind(one, gold.text)
        if kind is None:
            if one.tag not in _PRONOUN_TAGS:
                before[one.entity] = one
            continue
        if one.kind not in _KINDS or one.entity not in before:
            continue
        found = mentions.get(one.span)
        last = before[one.entity].span
        yield PronounScore(
            kind,
            one.span,
            known.verdict(one.entity, found),
            " ".join(gold.text[last.start : last.end].split()),
            names.get(found.actor_id) if found is not None and found.actor_id else None,
        )


def pronoun_lines(gold: EntityText, scores: Iterable[PronounScore]) -> Iterator[str]:
    """Yield a line for each pronoun that is not right, with the words around it."""
    for one in scores:
        if one.verdict != "right":
            start, end = one.span.start, one.span.end
            before = gold.text[max(0, start - _AROUND) : start]
            around = f"{before}>{gold.text[start:end]}<{gold.text[end : end + _BEHIND]}"
            yield (
                f"{gold.name}: {one.verdict}: wanted {one.wanted}, got {one.got or 'nobody'}\n"
                f"  … {' '.join(around.split())} …"
            )


def _pronoun_kind(one: MarkedMention, text: str) -> str | None:
    """Return what a mention is reported as, None for what is no pronoun: "the US"."""
    words = text[one.span.start : one.span.end].lower()
    if one.tag not in _PRONOUN_TAGS:
        return None
    return next((kind for kind, group in PRONOUNS.items() if words in group), None)


class _Entities:
    """Which entity of a text each actor of a record stands for."""

    def __init__(self, gold: EntityText, record: Record) -> None:
        aligned = aligned_mentions(gold, record)
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for mention, marked in aligned:
            if mention.actor_id is not None and mention.form != "pronoun":
                counts[mention.actor_id][marked.entity] += 1
        self._of_actor: Mapping[str, int] = {
            actor_id: count.most_common(1)[0][0] for actor_id, count in counts.items()
        }

    def verdict(self, entity: int, found: Mention | None) -> Verdict:
        """Return what a record's mention makes of a pronoun for an entity."""
        if found is not None and found.actor_id is not None:
            return "right" if self._of_actor.get(found.actor_id) == entity else "wrong"
        candidates = found.candidates if found is not None else ()
        meant = entity in {self._of_actor.get(candidate) for candidate in candidates}
        return "in doubt" if meant else "abstained"


def aligned_mentions(gold: EntityText, record: Record) -> list[tuple[Mention, MarkedMention]]:
    """Return each mention of a record that holds the head of a marked one, and the closest such."""
    pairs = []
    for mention in record.mentions:
        there = record.article.input_span(mention.span)
        held = [one for one in gold.mentions if there.overlaps(one.core)]
        if held:
            pairs.append((mention, max(held, key=lambda one: _likeness(there, one.span))))
    return pairs


def _likeness(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (len(one) + len(other) - shared)


def _name_links(gold: EntityText, record: Record) -> tuple[Tally, Tally]:
    """Return the tally of links from each name of a person or organisation to the last of its own.

    A link is right when both of its names are linked in the other too, whatever stands between.
    """
    named = [one for one in gold.mentions if one.kind in _NAMED and one.tag in _NAME_TAGS]
    wanted = {one: one.entity for one in named}
    got = {
        marked: mention.actor_id
        for mention, marked in aligned_mentions(gold, record)
        if marked in wanted and mention.actor_id is not None and mention.form != "pronoun"
    }
    asked, given = list(_links(wanted)), list(_links(got))
    found = sum(one in got and other in got and got[one] == got[other] for one, other in asked)
    right = sum(wanted[one] == wanted[other] for one, other in given)
    return (
        Tally("links between names, found", found, None, len(asked)),
        Tally("links between names, right", right, None, len(given)),
    )


def _links(groups: Mapping[MarkedMention, object]) -> Iterator[tuple[MarkedMention, MarkedMention]]:
    """Yield each mention of a group with the next of the same."""
    members: dict[object, list[MarkedMention]] = defaultdict(list)
    for mention, group in groups.items():
        members[group].append(mention)
    for listed in members.values():
        yield from pairwise(sorted(listed, key=lambda one: one.span))
