"""The happenings of one article, entered on its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from onrecord.happenings.grouping import group_article
from onrecord.happenings.telling import tellings_of
from onrecord.happenings.wording import Wording
from onrecord.records import Record


def with_happenings(record: Record, wordings: Mapping[str, Wording]) -> Record:
    """Return a record whose events say which happening they tell: the id of its first telling.

    Args:
        record: The record of an article.
        wordings: How each event is worded, by its id.
    """
    of_event = {
        telling.telling_id: group.group_id
        for group in group_article(tellings_of(record), wordings)
        for telling in group.members
    }
    events = tuple(replace(event, happening_id=of_event[event.event_id]) for event in record.events)
    return replace(record, events=events)
