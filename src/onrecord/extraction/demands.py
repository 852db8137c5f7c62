"""Demands: who asks what of whom."""

from __future__ import annotations

from onrecord.drafts import Draft
from onrecord.extraction.requests import Request, find_requests
from onrecord.records import Demand, row_id


def extract_demands(draft: Draft) -> tuple[Demand, ...]:
    """Return the demands of an article in text order: a row for each request."""
    return tuple(_demand(draft, request) for request in find_requests(draft))


def _demand(draft: Draft, request: Request) -> Demand:
    statement = request.statement
    return Demand(
        demand_id=row_id(draft.article, "demand", request.asks, *request.cue),
        cue=request.cue,
        asks=request.asks,
        by_id=request.by.actor_id if request.by is not None else None,
        of_id=request.of.actor_id if request.of is not None else None,
        statement_id=statement.statement_id if statement is not None else None,
        score=request.score,
        extractor=request.extractor,
    )
