"""Further statements and events of annotated articles."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from training import further
from training.annotations import LABELS, NAMES, WORDS
from training.further import PUBLISHED, ROWS, extend, extended, published
from training.onepass.texts import is_check

from onrecord.errors import GoldError
from published import words_in

TEXT = "It rained in Vale. Mr Peskov said Russia would shell Kyiv."
OPENING = 18
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()

Json = dict[str, Any]


def at(words: str) -> Json:
    start = TEXT.index(words)
    return {"span": [start, start + len(words)], "text": words}


def gold() -> Json:
    head = {"id": "x", "sha256": SHA256, "events_until": OPENING}
    return head | {"statements": [], "events": [], "figures": [{"span": [0, 2]}]}


def more() -> Json:
    content = at("Russia would shell Kyiv")
    statement = {
        "source": at("Mr Peskov"),
        "cue": at("said"),
        "content_spans": [content["span"]],
        "content": content["text"],
        "kind": "indirect",
        "speaker": "Dmitry Peskov",
    }
    event = {
        "type": "ASSAULT",
        "trigger": at("shell"),
        "actors": [at("Russia") | {"country": "RUS"}],
        "recipients": [at("Kyiv") | {"country": "UKR"}],
        "modality": "future",
    }
    head = {"id": "x", "sha256": SHA256, "events_until": len(TEXT)}
    return head | {"statements": [statement], "events": [event]}


def test_further_rows_come_behind_the_first_ones_and_the_rest_stays() -> None:
    row = json.loads(json.dumps(published(more(), TEXT)))
    whole = extended(gold(), row, TEXT)
    assert whole["events_until"] == len(TEXT)
    assert (whole["statements"], whole["events"]) == (more()["statements"], more()["events"])
    assert whole["figures"] == gold()["figures"]


def test_no_word_of_the_text_is_published() -> None:
    page = json.dumps(published(more(), TEXT))
    assert not [word for word in ("Kyiv", "shell", "said", "Russia") if word in page]


def test_rows_that_do_not_fit_are_refused() -> None:
    with pytest.raises(GoldError, match="its SHA-256 differs"):
        extended(gold(), more(), "Another text.")
    with pytest.raises(GoldError, match="annotated up to 58 already"):
        extended(gold() | {"events_until": len(TEXT)}, published(more(), TEXT), TEXT)
    wrong = more()
    wrong["events"][0]["trigger"] = {"span": [0, 5], "text": "shell"}
    with pytest.raises(GoldError, match="not what it cuts"):
        published(wrong, TEXT)


def test_the_commands_publish_and_extend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, articles, lines = tmp_path / "gold", tmp_path / "a.jsonl", tmp_path / "further.jsonl"
    folder.mkdir()
    for name in ("x", "y"):
        page = json.dumps(gold() | {"id": name})
        (folder / f"{name}.gold.json").write_text(page, "utf8")
    articles.write_text(json.dumps({"id": "x", "text": TEXT}) + "\n", "utf8")
    (tmp_path / "with_words.jsonl").write_text(json.dumps(more()) + "\n", "utf8")

    def run(*arguments: object) -> None:
        monkeypatch.setattr(sys, "argv", ["further", *map(str, arguments)])
        further.main()

    run("publish", tmp_path / "with_words.jsonl", lines, "--articles", articles)
    run("extend", folder, articles, tmp_path / "out", "--further", lines)
    first, second = (
        json.loads((tmp_path / "out" / f"{name}.gold.json").read_text("utf8")) for name in "xy"
    )
    assert first["events"] == more()["events"]
    assert second == gold() | {"id": "y"}
    articles.write_text(json.dumps({"id": "x", "text": "Another."}) + "\n", "utf8")
    with pytest.raises(SystemExit, match="its SHA-256 differs"):
        run("extend", folder, articles, tmp_path / "out", "--further", lines)


# What is published


def rows() -> list[Json]:
    return [json.loads(line) for line in PUBLISHED.read_text("utf8").splitlines()]


def test_what_is_published_has_labels_and_names_and_no_other_words() -> None:
    found = rows()
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        assert set(row) == {"id", "sha256", "events_until", *ROWS}
        for field, words in words_in({kind: row[kind] for kind in ROWS}):
            assert field in NAMES | LABELS, (row["id"], field)
            assert field not in WORDS.values()
            assert len(words) <= 80


def test_no_article_for_checking_is_among_them() -> None:
    assert not [row["id"] for row in rows() if is_check(row["id"])]


def test_what_is_published_fits_its_articles(tmp_path: Path) -> None:
    data = os.environ.get("ONRECORD_DATA")
    if data is None:
        pytest.skip("set ONRECORD_DATA to the folder of development data to extend annotations")
    folder = Path(data) / "annotated"
    known = {path.name.removesuffix(".gold.json") for path in (folder / "gold").glob("*.json")}
    found = extend(folder / "gold", folder / "articles.jsonl", tmp_path)
    assert found == sum(row["id"] in known for row in rows())
