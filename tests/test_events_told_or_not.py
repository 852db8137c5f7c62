"""Deeds that are told as done are events; those only spoken of in the same words are none."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from onrecord.records import Record
from told_or_not import ACTUAL, BEYOND, NONE_ACTUAL

RecordOf = Callable[[str], Record]


def each(kinds: Mapping[str, tuple[str, list[str]]]) -> list[Any]:
    """Every sentence with the type it is about, those beyond reach marked so."""
    return [
        pytest.param(
            event_type,
            text,
            id=f"{kind} {number}",
            marks=[pytest.mark.xfail(reason="beyond reach", strict=True)] if text in BEYOND else [],
        )
        for kind, (event_type, texts) in kinds.items()
        for number, text in enumerate(texts)
    ]


def actual_types(record: Record) -> set[str]:
    return {event.event_type for event in record.events if event.modality == "actual"}


@pytest.mark.parametrize(("event_type", "text"), each(NONE_ACTUAL))
def test_what_is_not_told_as_done_is_no_actual_event(
    record_of: RecordOf, event_type: str, text: str
) -> None:
    assert event_type not in actual_types(record_of(text))


@pytest.mark.parametrize(("event_type", "text"), each(ACTUAL))
def test_what_is_told_as_done_is_an_actual_event(
    record_of: RecordOf, event_type: str, text: str
) -> None:
    assert event_type in actual_types(record_of(text))
