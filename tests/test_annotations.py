"""Annotations published without their text, and joined with it again."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from training import annotations
from training.annotations import (
    KINDS,
    LABELS,
    NAMES,
    NO_NAMES,
    PUBLISHED,
    WORDS,
    Texts,
    join,
    joined,
    published,
    with_words,
    without_words,
)

from onrecord.errors import GoldError
from onrecord.evaluate import part_of
from published import words_in

TEXT = "Mr Peskov said: “We will not go.” If attacked, Russia would shell Kyiv, he said."
SENTENCES = (16, 33), (34, 71)

Json = dict[str, Any]


def at(words: str) -> Json:
    start = TEXT.index(words)
    return {"span": [start, start + len(words)], "text": words}


def annotation(text: str = TEXT) -> Json:
    statement = {
        "source": at("Mr Peskov"),
        "cue": None,
        "content_spans": [list(span) for span in SENTENCES],
        "content": " … ".join(TEXT[start:end] for start, end in SENTENCES),
        "kind": "direct",
        "speaker": "Dmitry Peskov",
        "speaker_alt": ["Russia", None],
        "nested": True,
    }
    event: Json = {
        "id": "e1",
        "type": "ASSAULT",
        "trigger": at("shell"),
        "trigger_alt": [at("shell Kyiv")],
        "actors": [at("Russia") | {"country": "RUS", "name": "Government of Russia"}],
        "recipients": [],
        "recipients_alt": [[]],
        "voice": "Peskov",
        "date": None,
    }
    condition = {
        "if_span": at("attacked")["span"],
        "if_text": "attacked",
        "then_span": at("Russia would shell Kyiv")["span"],
        "then_text": "Russia would shell Kyiv",
        "connective_span": None,
        "connective": None,
        "by": "narration",
    }
    demand = {"asks": at("go"), "by": None, "by_alt": "null", "of": at("We")}
    speaker = {"quote_span": [16, 33], "text": TEXT[16:33], "speaker": "Peskov"}
    rows = {
        "statements": [statement],
        "events": [event],
        "conditions": [condition],
        "demands": [demand],
        "speakers": [speaker],
    }
    head: Json = {"id": "conflict-news--x", "part": part_of("conflict-news--x"), "published": None}
    head |= {"sha256": hashlib.sha256(text.encode()).hexdigest(), "events_until": 34}
    return head | {kind: rows.get(kind, []) for kind in KINDS}


ARTICLE = {"id": "conflict-news--x", "path": "conflict-news/x", "text": TEXT}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("conflict-news", "same-event", "ukraine-news"):
        (tmp_path / name).mkdir()
    line = json.dumps({"id": "x", "text": TEXT})
    (tmp_path / "conflict-news" / "articles.jsonl").write_text(f"{line}\n", "utf8")
    line = json.dumps({"id": "0123456789abcdef", "title": "Talks", "text": "It rained."})
    (tmp_path / "same-event" / "articles-dev.jsonl").write_text(f"{line}\n", "utf8")
    (tmp_path / "re3d" / "COMMAND").mkdir(parents=True)
    line = json.dumps({"_id": "0A", "title": "Report", "text": "It hailed."})
    (tmp_path / "re3d" / "COMMAND" / "documents.json").write_text(f"{line}\n", "utf8")
    (tmp_path / "ukraine-news" / "2022_UA.txt").write_bytes(b"It\r\nsnowed.\n")
    return tmp_path


def test_texts_are_found_by_their_paths(data: Path) -> None:
    texts = Texts(data)
    assert texts.find("conflict-news/x") == (TEXT, None)
    assert texts.find("same-event/0123456789ab") == ("It rained.", "Talks")
    assert texts.find("ukraine-news/2022_UA") == ("It\r\nsnowed.\n", None)
    assert texts.find("re3d/COMMAND/0A") == ("It hailed.", "Report")
    for path in ("conflict-news/y", "re3d/COMMAND/0B", "ukraine-news/2023_UA"):
        with pytest.raises(GoldError, match=f"does not have the text {path}"):
            texts.find(path)


def test_no_word_of_the_text_is_published() -> None:
    row = published(annotation(), ARTICLE)
    assert (row["id"], row["path"], row["events_until"]) == (ARTICLE["id"], ARTICLE["path"], 34)
    (statement,), (event,) = row["statements"], row["events"]
    assert statement == {
        "source": {"span": [0, 9]},
        "cue": None,
        "content_spans": [[16, 33], [34, 71]],
        "kind": "direct",
        "speaker": "Dmitry Peskov",
        "speaker_alt": [at("Russia")["span"], None],
        "nested": True,
    }
    assert event["actors"] == [
        {"span": at("Russia")["span"], "country": "RUS", "name": "Government of Russia"}
    ]
    assert event["voice"] == [3, 9]
    assert row["conditions"][0]["by"] == "narration"
    assert "connective" not in row["conditions"][0]
    assert row["demands"][0] == {
        "asks": {"span": at("go")["span"]},
        "by": None,
        "by_alt": "null",
        "of": {"span": at("We")["span"]},
    }


def test_a_published_annotation_is_joined_with_its_text(data: Path) -> None:
    gold = annotation()
    article, again = joined(json.loads(json.dumps(published(gold, ARTICLE))), Texts(data))
    assert again == gold
    assert article == ARTICLE | {"part": gold["part"], "published": None, "title": None}


def test_another_text_is_refused(data: Path) -> None:
    with pytest.raises(GoldError, match="its SHA-256 differs"):
        published(annotation("Another."), ARTICLE)
    row = published(annotation(), ARTICLE) | {"sha256": "0"}
    with pytest.raises(GoldError, match="its SHA-256 differs"):
        joined(row, Texts(data))


def test_words_that_no_span_cuts_are_refused() -> None:
    gold = annotation()
    gold["events"][0]["trigger"] = {"span": [0, 5], "text": "shell"}
    with pytest.raises(GoldError, match="not what it cuts"):
        published(gold, ARTICLE)
    with pytest.raises(GoldError, match="the field note holds words"):
        without_words({"note": "Peskov said"}, TEXT)


def test_words_without_an_offset_are_left_out() -> None:
    gold = annotation()
    gold["speakers"][0]["mention_alt"] = ["he"]
    assert published(gold, ARTICLE) == published(annotation(), ARTICLE)


def test_other_right_lists_come_back_as_they_were() -> None:
    row = {"by_alt": ["Kyiv", None], "value_alt": ["2014"], "content_alt": [[[0, 2], [3, 9]]]}
    assert with_words(without_words(row, TEXT), TEXT) == row
    assert without_words(row, TEXT) == row | {"by_alt": [at("Kyiv")["span"], None]}


def test_the_commands_publish_and_join(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "gold").mkdir()
    (data / "gold" / f"{ARTICLE['id']}.gold.json").write_text(json.dumps(annotation()), "utf8")
    (data / "articles.jsonl").write_text(json.dumps(ARTICLE) + "\n", "utf8")
    lines = data / "annotations.jsonl"

    def run(*arguments: object) -> None:
        monkeypatch.setattr(sys, "argv", ["annotations", *map(str, arguments)])
        annotations.main()

    run("publish", data / "gold", data / "articles.jsonl", lines)
    assert "shell" not in lines.read_text("utf8")
    run("join", data, data / "out", "--annotations", lines)
    page = data / "out" / "gold" / f"{ARTICLE['id']}.gold.json"
    assert json.loads(page.read_text("utf8")) == annotation()
    assert json.loads((data / "out" / "articles.jsonl").read_text("utf8"))["text"] == TEXT
    (data / "conflict-news" / "articles.jsonl").write_text("", "utf8")
    with pytest.raises(SystemExit, match="does not have the text conflict-news/x"):
        run("join", data, data / "out", "--annotations", lines)


# What is published


def lines() -> list[Json]:
    return [json.loads(line) for line in PUBLISHED.read_text("utf8").splitlines()]


def test_what_is_published_has_labels_and_names_and_no_other_words() -> None:
    rows = lines()
    assert len({row["id"] for row in rows}) == len(rows) == 495
    assert {row["path"].split("/")[0] for row in rows} == {
        *("conflict-news", "polnear", "re3d", "same-event", "ukraine-news")
    }
    for row in rows:
        assert len(row["sha256"]) == 64
        assert set(row) == {"id", "path", "published", "sha256", "events_until", *KINDS}
        for field, words in words_in({kind: row[kind] for kind in KINDS}):
            assert field in NAMES | LABELS, (row["id"], field)
            assert field not in WORDS.values()
            assert len(words) <= 100


def test_what_is_published_fits_its_texts(tmp_path: Path) -> None:
    folder = os.environ.get("ONRECORD_DATA")
    if folder is None:
        pytest.skip("set ONRECORD_DATA to the folder of development data to join annotations")
    join(Path(folder), tmp_path)
    texts = {
        row["id"]: row["text"]
        for row in map(json.loads, (tmp_path / "articles.jsonl").read_text("utf8").splitlines())
    }
    assert texts.keys() == {row["id"] for row in lines()}
    for row in lines():  # a name that the text has in these words is published as an offset
        rows = {kind: row[kind] for kind in KINDS}
        named = (words for field, words in words_in(rows) if field in NAMES)
        assert not [words for words in named if words in texts[row["id"]] and words not in NO_NAMES]
