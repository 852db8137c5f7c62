"""Figures as claims: when, how many, whose word; and which of them a reader would go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import Actor, Figure, Record, Statement
from onrecord.report.directory import Directory
from onrecord.report.wording import bounds_words, sentence_case
from onrecord.room.dating import Dated, dated
from onrecord.room.excerpting import Line, lines_of
from onrecord.room.rendering import url
from onrecord.tables import Selection

SOURCES = {
    "authority": "a government, army or police",
    "international": "an international organisation",
    "armed": "an armed group",
    "independent": "another organisation",
    "person": "somebody else by name",
    "unnamed": "a source without a name",
    "none": "no source: the article itself",
}
"""The kinds of source, each with a shape of its own in a plot."""

POLICIES = {
    "": "every claim",
    "lowest": "the lowest",
    "highest": "the highest",
    "latest": "the latest",
    "source": "the latest of each source",
}
"""The rules by which one of several claims is gone by; that none is preferred is the first."""

_AUTHORITIES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_ARMED = frozenset({"REB", "UAF", "IMG"})
_ORGANISED = frozenset({"ngo", "organisation", "bloc"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A figure as a claim about its subject."""

    figure: Figure
    line: Line
    words: str  # "At least 2,000,000 people"
    when: Dated | None
    source: str  # who vouches for it, in words
    source_kind: str  # of SOURCES
    source_key: str  # what claims of one source share
    url: str
    rank: int  # the order in which claims of one day were told

    @property
    def thing_key(self) -> str:
        """What claims of one source about one thing share."""
        place = self.figure.place.name if self.figure.place else ""
        return "\x1f".join((self.source_key, self.figure.unit or "", place.casefold()))

    @property
    def least(self) -> float:
        """The lowest number that is named."""
        return _named(self.figure.low, self.figure.high)

    @property
    def most(self) -> float:
        """The highest number that is named."""
        return _named(self.figure.high, self.figure.low)


def _named(*bounds: float | None) -> float:
    return next((one for one in bounds if one is not None), 0.0)


def claims_of(
    selections: Sequence[Selection], identities: Mapping[tuple[str, str], str]
) -> list[Claim]:
    """Return figures as claims, by date, unknown dates last; without those that name no number."""
    lines = iter(lines_of("figures", selections, None))
    found = []
    for selection in selections:
        directory = Directory(selection.record)
        for row, line in zip(selection.rows, lines, strict=False):
            if isinstance(row, Figure) and (row.low is not None or row.high is not None):
                found.append(_claim(row, line, selection.record, (directory, identities)))
    return sorted(found, key=_order)


def _claim(
    row: Figure,
    line: Line,
    record: Record,
    known: tuple[Directory, Mapping[tuple[str, str], str]],
) -> Claim:
    article, (directory, identities) = record.article, known
    chain = record.voice_chain(row.statement_id)
    said = chain[0] if chain else None
    speaker = record.actor(said.speaker_id) if said else None
    outlet = article.publisher or article.article_id
    key = f"narration {outlet}"
    if said is not None:
        key = directory.speaker(said).casefold()
    if speaker is not None:
        key = identities.get((article.article_id, speaker.actor_id), key)
    path = f"/articles/{article.article_id}"
    return Claim(
        figure=row,
        line=line,
        words=sentence_case(bounds_words(row)),
        when=dated(row.as_of or _said_on(said), article),
        source=directory.voice(row.statement_id),
        source_kind=_source_kind(said, speaker),
        source_key=key,
        url=url(path, version=article.version, row=row.figure_id),
        rank=row.span.start,
    )


def _said_on(said: Statement | None) -> str | None:
    return said.said_on.value if said is not None and said.said_on is not None else None


def _source_kind(said: Statement | None, speaker: Actor | None) -> str:
    if said is None:
        return "none"
    if speaker is None or (speaker.kind == "group" and speaker.sector is None):
        return "unnamed"
    if speaker.kind in ("state", "government") or speaker.sector in _AUTHORITIES:
        return "authority"
    if speaker.kind == "igo":
        return "international"
    if speaker.kind == "armed_group" or speaker.sector in _ARMED:
        return "armed"
    return "independent" if speaker.kind in _ORGANISED else "person"


def _order(claim: Claim) -> tuple[bool, str, str, int]:
    day = claim.when.days.last if claim.when else ""
    return claim.when is None, day, claim.line.article.article_id, claim.rank


def gone_by(claims: Sequence[Claim], policy: str) -> list[Claim]:
    """Return the claims that a policy goes by, of those that are not denied.

    The lowest is the one whose least number is lowest, the highest the one whose greatest is
    highest: the later one of two that are alike.

    Raises:
        ValueError: There is no such policy.
    """
    if policy not in POLICIES:
        named = ", ".join(filter(None, POLICIES))
        raise ValueError(f"policy must be one of {named}, got {policy!r}")
    stands = [one for one in claims if not one.figure.denied]
    if not policy or not stands:
        return list(claims) if not policy else []
    if policy == "lowest":
        return [min(reversed(stands), key=lambda one: one.least)]
    if policy == "highest":
        return [max(reversed(stands), key=lambda one: one.most)]
    known = [one for one in stands if one.when is not None]
    if policy == "latest":
        return known[-1:]
    return list({one.source_key: one for one in known}.values())


def revisions_of(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Return what each source said of one thing on several days, in order of date, by a key."""
    by_source: dict[str, list[Claim]] = {}
    for one in claims:
        if one.when is not None and not one.figure.denied:
            by_source.setdefault(one.thing_key, []).append(one)
    return {key: several for key, several in by_source.items() if _days(several) > 1}


def _days(claims: Sequence[Claim]) -> int:
    return len({one.when.days.last for one in claims if one.when is not None})
