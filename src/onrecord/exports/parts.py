"""The parts of a row that stand in the text, by the role each plays: for tools that mark text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.records import KINDS, Event, Participant, Record, Row, Span, Spans


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a row: its field, what it is called, and where it stands."""

    field: str
    role: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of row is marked."""

    label: str
    anchor: str  # the field that the row stands at
    parts: Mapping[str, str]  # field -> role
    shown: Mapping[str, str]  # field -> attribute


LAYOUTS = {
    "statements": Layout(
        "Statement",
        "content",
        {"source": "Source", "cue": "Cue", "occasion": "Occasion"},
        {"kind": "StatementKind", "act": "Act"},
    ),
    "events": Layout(
        "Event",
        "trigger",
        {"actors": "Actor", "recipients": "Recipient", "date_span": "Date"},
        {"event_type": "EventType", "mode": "Mode", "modality": "Modality"},
    ),
    "figures": Layout("Figure", "span", {"whom": "Whom"}, {"measure": "Measure"}),
    "conditions": Layout(
        "Condition", "if_", {"then": "Then", "connective": "If"}, {"kind": "ConditionKind"}
    ),
    "demands": Layout("Demand", "asks", {"cue": "DemandCue"}, {}),
    "terms": Layout("Term", "span", {}, {"voice": "Voice"}),
    "mentions": Layout("Mention", "span", {}, {"form": "Form"}),
    "times": Layout("Time", "span", {}, {}),
    "places": Layout("Place", "span", {}, {}),
}
"""Every kind but actors, who stand in the text by their mentions."""


def parts(kind: str, row: Row) -> Iterator[Part]:
    """Yield the parts of a row, that it stands at first; those it lacks are left out."""
    layout = LAYOUTS[kind]
    yield Part(layout.anchor, layout.label, spans_in(getattr(row, layout.anchor)))
    for field, role in layout.parts.items():
        value = getattr(row, field)
        if isinstance(row, Event) and field in {"actors", "recipients"}:
            for party in value:
                yield Part(field, role, (party.span,))
        elif value:
            yield Part(field, role, spans_in(value))


def spans_in(value: object) -> Spans:
    """Return the spans of a field that is one span, several, or a participant."""
    if isinstance(value, Span):
        return (value,)
    if isinstance(value, Participant):
        return (value.span,)
    return tuple(value) if isinstance(value, tuple) else ()


def marked(record: Record) -> Iterator[tuple[str, Row]]:
    """Yield every row of a record that stands in the text, with its kind."""
    for kind in KINDS:
        if kind in LAYOUTS:
            for row in getattr(record, kind):
                yield kind, row


def attributes(kind: str, row: Row) -> dict[str, str]:
    """Return the fields of a row that a tool shows beside it, by attribute."""
    shown = {name: getattr(row, field) for field, name in LAYOUTS[kind].shown.items()}
    return {name: str(value) for name, value in shown.items() if value is not None}
