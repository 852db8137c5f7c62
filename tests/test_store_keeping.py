"""Answers that are kept until a store changes."""

import pytest

from onrecord.store.keeping import Kept


def test_an_answer_is_asked_for_once_until_the_store_changes() -> None:
    kept, asked = Kept(), []
    for stamp in ("1", "1", "2", "2"):
        assert kept.get("who", stamp, lambda at=stamp: asked.append(at) or at) == stamp  # type: ignore[misc, func-returns-value]
    assert asked == ["1", "2"]


def test_what_was_asked_last_stays() -> None:
    kept, asked = Kept(2), []

    def ask(key: str) -> None:
        kept.get(key, "1", lambda: asked.append(key))

    for key in ("often", "once", "often", "new", "often", "once"):
        ask(key)
    assert asked == ["often", "once", "new", "once"]


def test_a_question_that_fails_is_asked_again() -> None:
    kept = Kept()

    def fail() -> int:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such"):
        kept.get("who", "1", fail)
    assert kept.get("who", "1", lambda: 3) == 3
