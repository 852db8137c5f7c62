"""Who a source is: whom "the company", "the Turkish leader", "it" or "they" mean as speakers."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from onrecord.records import Record

CASES = tomllib.loads((Path(__file__).parent / "gold" / "sources.toml").read_text("utf8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[f"{one['source']} {one['name']}" for one in CASES])
def test_whom_a_source_means(record_of: Callable[[str], Record], case: Mapping[str, str]) -> None:
    record = record_of(case["text"])
    said = [
        one for one in record.statements if case["source"] in map(record.article.cut, one.source)
    ]
    actor = record.actor(said[-1].speaker_id) if said else None
    assert actor is not None
    assert case["name"].lower() in actor.name.lower()
