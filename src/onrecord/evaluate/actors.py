"""Scoring actor phrases against a list of cases with their country and PLOVER sector.

A case file is a JSON list of objects with `actor` (the phrase), `date`, `xfail` (passed over) and
`exp`: `country`, `code_1` (the sector) or `none` (no actor). Conventions: an empty or UNK sector is
null, JNK is no actor, EUR, UNO and IGO in place of a country are null, and no date or "today" is
2022-09-01. A further condition in `other` allows a list of codes or rules one out.

Reported apart are the fields that need outside knowledge: the phrase has a name in it that neither
the words around it nor any table decides on, so that nothing was answered where something is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from onrecord.codebook import load_codebook
from onrecord.errors import GoldError
from onrecord.evaluate.gold import read_text
from onrecord.evaluate.tally import Tally
from onrecord.reading import article_from_text
from onrecord.reading.dates import iso_date, stated_date
from onrecord.records import Actor, Article, Record, Span
from onrecord.resolve.offices import has_unknown_name, resolve_actor

UNDATED = "2022-09-01"  # the day on which a case without a date is to be true
_NO_COUNTRY = frozenset({"", "EUR", "UNO", "IGO", "NGO"})
_NO_SECTOR = frozenset({"", "UNK"})
_NOBODY = "JNK"
_CARRIER = " said on Monday that the talks would go on."
_CONDITION = re.compile(r"code\['(country|code_1)'\] (in|!=) \[?((?:'\w+'(?:, )?)+)\]?$")

CaseField = Literal["country", "sector"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The right values of one field: one of `values`, or anything but `wrong`."""

    values: frozenset[str | None] = frozenset()
    wrong: frozenset[str] = frozenset()

    def accepts(self, value: str | None) -> bool:
        """Whether a value is right."""
        return value in self.values if self.values else value not in self.wrong

    def __str__(self) -> str:
        listed = self.values or self.wrong
        words = " or ".join(sorted(value or "none" for value in listed))
        return words if self.values else f"not {words}"


@dataclass(frozen=True, slots=True)
class ActorCase:
    """A phrase, the date, and what is right; a field nobody judged is not in `wanted`."""

    phrase: str
    date: str
    nobody: bool
    wanted: Mapping[CaseField, Wanted]


@dataclass(frozen=True, slots=True)
class CaseFault:
    """A field that came out wrong."""

    phrase: str
    date: str
    field: CaseField
    wanted: str
    found: str
    outside: bool  # it needs knowledge that neither words nor tables have

    def __str__(self) -> str:
        return f"{self.phrase} ({self.date}): {self.field} {self.wanted}, found {self.found}"


@dataclass(frozen=True, slots=True)
class ActorScore:
    """How many fields are right, and every fault."""

    tallies: tuple[Tally, ...]
    faults: tuple[CaseFault, ...]


def read_actor_cases(path: Path) -> tuple[ActorCase, ...]:
    """Return the cases of a file, without those marked `xfail`.

    Raises:
        GoldError: The file cannot be read or has another form.
    """
    try:
        listed = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise GoldError(f"{path} is not JSON: {error}") from error
    if not isinstance(listed, list) or not all(isinstance(case, dict) for case in listed):
        raise GoldError(f"{path} must hold a list of cases with actor, date and exp")
    return tuple(
        _case(case, f"{path}, case {number}")
        for number, case in enumerate(listed, 1)
        if not case.get("xfail")
    )


def _case(values: Mapping[str, object], where: str) -> ActorCase:
    phrase, expected = values.get("actor"), values.get("exp")
    if not isinstance(phrase, str) or not isinstance(expected, dict):
        raise GoldError(f"{where}: it needs actor, a string, and exp, an object")
    nobody = bool(expected.get("none")) or expected.get("code_1") == _NOBODY
    wanted: dict[CaseField, Wanted] = {}
    if nobody:
        wanted = {"country": _exactly(None), "sector": _exactly(None)}
    else:
        if "country" in expected:
            code = expected["country"]
            wanted["country"] = _exactly(None if code in _NO_COUNTRY else code)
        if "code_1" in expected:
            code = expected["code_1"]
            wanted["sector"] = _exactly(None if code in _NO_SECTOR else code)
    others = values.get("other")
    for condition in others if isinstance(others, list) else []:
        if match := _CONDITION.match(str(condition)):
            name: CaseField = "country" if match[1] == "country" else "sector"
            codes = frozenset(re.findall(r"\w+", match[3]))
            wanted[name] = Wanted(values=codes) if match[2] == "in" else Wanted(wrong=codes)
    return ActorCase(phrase, _date(values.get("date"), where), nobody, wanted)


def _exactly(value: str | None) -> Wanted:
    return Wanted(values=frozenset({value}))


def _date(value: object, where: str) -> str:
    if not value or str(value).lower() == "today":
        return UNDATED
    found = iso_date(str(value)) or stated_date(str(value))
    if found is None:
        raise GoldError(f"{where}: date {value!r} is not a date such as 2022-03-11")
    return found


def carried(case: ActorCase) -> Article:
    """Return an article of one sentence in which a phrase speaks, published on the case's date."""
    phrase = case.phrase[:1].upper() + case.phrase[1:]
    return article_from_text(f"{phrase}{_CARRIER}", published=case.date)


def carried_actor(case: ActorCase, record: Record) -> Actor | None:
    """Return the actor of the mention that covers most of a phrase in its carrier sentence."""
    phrase = Span(0, len(case.phrase))
    within = [row for row in record.mentions if row.span.overlaps(phrase) and row.actor_id]
    widest = max(within, key=lambda row: len(row.span), default=None)
    return record.actor(widest.actor_id) if widest is not None else None


def score_actor_cases(
    cases: Sequence[ActorCase], actors: Sequence[Actor | None] | None = None
) -> ActorScore:
    """Return how many countries and sectors `resolve_actor` gets right, or other `actors` have.

    `country` and `sector` count every case; `... decided` leaves out what needs outside knowledge.
    In a text whoever speaks is an actor: of nobody it is enough that nothing is claimed; and a
    country that speaks is its government, while a bare country has no sector.
    """
    in_text = actors is not None
    if actors is None:
        actors = [resolve_actor(case.phrase, date=case.date) for case in cases]
    rows = [
        row
        for case, actor in zip(cases, actors, strict=True)
        for row in _rows(case, actor, in_text=in_text)
    ]
    faults = [fault for _, fault in rows if fault is not None]
    tallies = []
    for name in ("country", "sector"):
        fields = [fault for field, fault in rows if field == name]
        right = sum(fault is None for fault in fields)
        outside = sum(fault is not None and fault.outside for fault in fields)
        tallies.append(Tally(name, right, None, len(fields)))
        tallies.append(Tally(f"{name} decided", right, None, len(fields) - outside))
    return ActorScore(tuple(tallies), tuple(faults))


def _rows(
    case: ActorCase, actor: Actor | None, *, in_text: bool
) -> Iterator[tuple[CaseField, CaseFault | None]]:
    for name, wanted in case.wanted.items():
        value = _value(actor, name)
        spurious = case.nobody and actor is not None and not in_text
        speaks = in_text and name == "sector" and actor is not None and actor.kind == "state"
        if (wanted.accepts(value) or (speaks and wanted.accepts(None))) and not spurious:
            yield name, None
            continue
        found = "an actor" if spurious and value is None else (value or "none")
        outside = (
            value is None and not case.nobody and has_unknown_name(case.phrase, load_codebook())
        )
        right = "nobody" if case.nobody else str(wanted)
        yield name, CaseFault(case.phrase, case.date, name, right, found, outside)


def _value(actor: Actor | None, name: CaseField) -> str | None:
    if actor is None:
        return None
    return actor.country if name == "country" else actor.sector
