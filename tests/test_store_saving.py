"""Saving: whole or not at all, twice the same as once, and never over a person's verdict."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import select

from factories import TEXT, make_article, make_record, make_statements
from onrecord.errors import StoreError
from onrecord.records import Participant, Record, Span
from onrecord.store import Filters, Store, open_store
from onrecord.store.schema import metadata

NEWER_TEXT = f"{TEXT} The talks ended."


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every line of every table."""
    with store._reading() as connection:
        return {
            name: sorted((tuple(line) for line in connection.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def test_saving_the_same_again_changes_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(make_record(), "hand/1")
    before = dump(store)
    monkeypatch.setattr("onrecord.store.saving.now", lambda: "2099-01-01T00:00:00+00:00")
    store.save(make_record(), "hand/1")
    assert dump(store) == before
    store.save(make_record(), "hand/2")
    assert dump(store) != before


def test_other_rows_replace_the_rows_and_their_search_entries(store: Store) -> None:
    store.save(make_record(), "hand/1")
    fewer = make_record(statements=make_statements(make_article())[:1])
    fewer = replace(fewer, events=(), figures=(), conditions=(), demands=(), terms=())
    store.save(fewer, "hand/2")
    assert store.record(fewer.article.article_id) == fewer
    assert store.find("statements", Filters(text="promised fighting")).num_rows == 0
    assert store.find("statements", Filters(text="progress")).num_rows == 1
    store.save(make_record(), "hand/1")
    assert store.find("statements", Filters(text="progress")).num_rows == 1
    assert store.find("statements", Filters(text="promised fighting")).num_rows == 1


def test_new_metadata_of_the_same_text_replace_the_old(store: Store) -> None:
    store.save(make_record(make_article(title="Opening move")), "hand/1")
    assert len(store.summaries("opening move")) == 1
    renamed = make_record(make_article(title="Another title"))
    store.save(renamed, "hand/1")
    assert store.record(renamed.article.article_id) == renamed
    assert [found.title for found in store.summaries("another")] == ["Another title"]
    assert store.summaries("opening move") == ()


def test_the_version_is_that_of_the_text(store: Store) -> None:
    first = store.versioned(make_article(version=7))
    assert first.version == 1
    store.save(make_record(first), "hand/1")
    assert store.versioned(make_article(title="Another title")).version == 1
    newer = store.versioned(make_article(NEWER_TEXT))
    assert newer.version == 2
    store.save(make_record(newer), "hand/1")
    assert store.versioned(make_article(NEWER_TEXT)).version == 2
    assert store.versioned(make_article()).version == 3
    assert store.versioned(make_article(article_id="other")).version == 1


def test_both_versions_are_kept_and_the_latest_is_given(store: Store) -> None:
    old, new = make_record(), make_record(make_article(NEWER_TEXT, version=2))
    store.save(old, "hand/1")
    store.save(new, "hand/1")
    assert store.record(old.article.article_id) == new
    assert store.record(old.article.article_id, 1) == old
    with pytest.raises(StoreError, match="no version 3 of an article"):
        store.record(old.article.article_id, 3)
    with pytest.raises(StoreError, match="no version 1 of an article 'nowhere'"):
        store.record("nowhere")


def test_a_stored_text_is_never_replaced(store: Store) -> None:
    store.save(make_record(), "hand/1")
    before = dump(store)
    with pytest.raises(StoreError, match=r"with another text.*versioned\(\)"):
        store.save(make_record(make_article(NEWER_TEXT)), "hand/1")
    assert dump(store) == before


def test_holds_asks_for_the_same_text_metadata_and_extractor(store: Store) -> None:
    article = make_article()
    assert not store.holds(article, "hand/1")
    store.save(make_record(article), "hand/1")
    assert store.holds(make_article(fetched_at="2030-01-01T00:00:00Z"), "hand/1")
    assert not store.holds(article, "hand/2")
    assert not store.holds(make_article(NEWER_TEXT), "hand/1")
    for other in (
        {"title": "Another"},
        {"byline": None},
        {"url": None},
        {"publisher": "Another"},
        {"published": "2022-03-12"},
        {"published_from": "url"},
        {"language": "de"},
    ):
        assert not store.holds(make_article(**other), "hand/1"), other
    store.save(make_record(make_article(NEWER_TEXT, version=2)), "hand/1")
    assert not store.holds(article, "hand/1")


def _with(kind: str, **changes: object) -> Record:
    """The record with its first row of a kind changed."""
    record = make_record()
    first, *rest = getattr(record, kind)
    changed = replace(first, **changes)
    return replace(record, **{kind: (changed, *rest)})  # type: ignore[arg-type]


STRAY = Participant(span=Span(0, 2), actor_id="nobody")


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (_with("statements", speaker_id="nobody"), "speaker_id 'nobody', and no actor"),
        (_with("statements", addressee_id="nobody"), "addressee_id 'nobody', and no actor"),
        (_with("statements", parent_id="nothing"), "parent_id 'nothing', and no statement"),
        (_with("events", statement_id="nothing"), "statement_id 'nothing', and no statement"),
        (_with("events", actors=(STRAY,)), "actor_id 'nobody', and no actor"),
        (_with("events", recipients=(STRAY,)), "actor_id 'nobody', and no actor"),
        (_with("figures", cause_id="nobody"), "cause_id 'nobody', and no actor"),
        (_with("figures", statement_id="nothing"), "statement_id 'nothing', and no statement"),
        (_with("conditions", by_id="nobody"), "by_id 'nobody', and no actor"),
        (_with("conditions", on_id="nobody"), "on_id 'nobody', and no actor"),
        (_with("conditions", statement_id="nothing"), "statement_id 'nothing', and no statement"),
        (_with("demands", of_id="nobody"), "of_id 'nobody', and no actor"),
        (_with("demands", statement_id="nothing"), "statement_id 'nothing', and no statement"),
        (_with("terms", used_by_id="nobody"), "used_by_id 'nobody', and no actor"),
        (_with("terms", statement_id="nothing"), "statement_id 'nothing', and no statement"),
        (_with("mentions", actor_id="nobody"), "actor_id 'nobody', and no actor"),
        (_with("times", anchor="never"), "anchor 'never', and no time"),
        (_with("places", name="Another Moscow"), r"another \w+ \(places\) as its said_at"),
        (_with("times", value="1999"), r"another \w+ \(times\) as its said_on"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(store: Store, record: Record, message: str) -> None:
    before = dump(store)
    with pytest.raises(StoreError, match=message):
        store.save(record, "hand/1")
    assert dump(store) == before


def test_a_span_past_the_text_is_refused(store: Store) -> None:
    record = make_record()
    past = Span(len(TEXT) - 1, len(TEXT) + 1)
    with pytest.raises(ValueError, match="past the text"):
        replace(record, terms=(replace(record.terms[0], span=past),))
    object.__setattr__(record.terms[0], "span", past)  # however it came about
    with pytest.raises(StoreError, match=f"past the text's {len(TEXT)} characters"):
        store.save(record, "hand/1")
    assert store.summaries() == ()


@pytest.mark.parametrize(
    ("article", "message"),
    [
        (make_article(sha256="0" * 64), "not the one that its sha256 was made of"),
        (make_article("a null \0 character"), "null character at 7"),
    ],
)
def test_a_text_that_cannot_be_trusted_is_refused(
    store: Store, article: object, message: str
) -> None:
    with pytest.raises(StoreError, match=message):
        store.save(Record(article=article), "hand/1")  # type: ignore[arg-type]
    assert store.summaries() == ()


def test_half_a_character_is_refused(store: Store) -> None:
    article = replace(make_article("x"), text="\ud83d")
    with pytest.raises(StoreError, match="half a character at 0"):
        store.save(Record(article=article), "hand/1")


def test_a_failure_half_way_leaves_what_was_stored(store: Store) -> None:
    store.save(make_record(), "hand/1")
    before = dump(store)
    bad = make_record(terms=(replace(make_record().terms[2], concept="half \ud83d"),))
    with pytest.raises(StoreError, match="half a character in 'half"):
        store.save(bad, "hand/1")  # terms come last: by now all else has been replaced
    assert dump(store) == before


KILLED = """
import os, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from factories import make_record
from onrecord.store import open_store

store = open_store(sys.argv[1])

@event.listens_for(Engine, "after_cursor_execute")
def die(connection, cursor, statement, *rest):
    if statement.startswith("DELETE FROM article"):
        os._exit(9)

store.save(make_record(terms=()), "hand/2")
"""


def test_a_process_that_dies_half_way_loses_nothing(place: str) -> None:
    with open_store(place) as store:
        store.save(make_record(), "hand/1")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, place],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )
    assert killed.returncode == 9
    with open_store(place) as store:
        assert store.record(make_article().article_id) == make_record()
        assert store.holds(make_article(), "hand/1")
        assert store.find("terms", Filters(text="assault")).num_rows == 1
