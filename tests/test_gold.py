"""Scores on annotated articles hold their floors, and the sample article its requirements.

The floors stand in gold/floors.json, pinned to the annotation they were measured on; after an
improvement `python tests/gold/floors.py` raises them.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from gold import floors
from gold.floors import (
    DATA_VARIABLE,
    HERE,
    NEWS,
    SAMPLES,
    SETS,
    Floors,
    GoldSet,
    article_score,
    digest,
)
from onrecord.evaluate import ArticleScore, MarkedArticle, read_marked, score_article
from onrecord.export import gold_form
from onrecord.pipeline import extract
from onrecord.reading import article_from_text, read
from onrecord.records import Article, EventType, Measure, Modality

pytestmark = pytest.mark.gold

SAMPLES_VARIABLE = "ONRECORD_SAMPLES"


def needing_data(name: str) -> Any:  # noqa: ANN401 - what pytest.param gives has no public type
    marks = []
    if SETS[name].outside:
        unset = DATA_VARIABLE not in os.environ
        reason = f"set {DATA_VARIABLE} to the folder of development data to score {name}"
        marks.append(pytest.mark.skipif(unset, reason=reason))
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [needing_data(name) for name in SETS])
def test_scores_hold_their_floors(name: str) -> None:
    one = SETS[name]
    if name not in floors.read_floors():
        pytest.skip(f"{name} has no floors yet: python tests/gold/floors.py {name}")
    slips = floors.slips(floors.read_floors()[name], digest(one.gold()), one.measure())
    assert slips == []


# The gate itself


def test_a_missing_row_fails_the_gate() -> None:
    gold, text = HERE / "talks.gold.json", (SAMPLES / "talks.txt").read_text("utf8")
    marked, held = read_marked(gold), floors.read_floors()["talks"]
    record = extract(article_from_text(text, published=marked.text("published")))
    dropped = replace(record, terms=record.terms[1:])
    reached = [
        floors.shares(score_article(marked, MarkedArticle(gold_form(one)), text), marked)
        for one in (record, dropped)
    ]
    assert floors.slips(held, digest([gold]), reached[0]) == []
    slips = floors.slips(held, digest([gold]), reached[1])
    assert [slip.split(":")[0] for slip in slips] == ["terms", "terms fields"]


def test_a_changed_gold_fails_the_gate(tmp_path: Path) -> None:
    gold = tmp_path / "talks.gold.json"
    gold.write_bytes((HERE / "talks.gold.json").read_bytes())
    held = floors.read_floors()["talks"]
    assert digest([gold]) == held.sha256
    gold.write_bytes(gold.read_bytes().replace(b'"modality": "actual"', b'"modality": "future"', 1))
    (slip,) = floors.slips(held, digest([gold]), held.scores)
    assert "the gold changed" in slip


def test_a_score_without_a_floor_fails_the_gate() -> None:
    held = Floors("0", {"times": 0.5})
    assert floors.slips(held, "0", {"times": 0.5, "terms": 1.0}) != []
    assert floors.slips(held, "0", {}) != []


def test_floors_go_up_and_not_down() -> None:
    held = Floors("0", {"times": 0.5, "terms": 0.5})
    reached = {"times": 0.66666, "terms": 0.4}
    assert floors.raised(held, "0", reached).scores == {"times": 0.666, "terms": 0.5}
    assert floors.raised(held, "1", reached) == held
    assert floors.raised(held, "1", reached, new_gold=True) == Floors(
        "1", {"times": 0.666, "terms": 0.4}
    )
    assert floors.raised(None, "1", reached).sha256 == "1"


def test_the_floors_of_some_sets_can_be_raised_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = [HERE / "talks.gold.json"]
    sets = (GoldSet(name, lambda: gold, lambda: {"times": 0.5}) for name in ("one", "other"))
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(floors, "SETS", {one.name: one for one in sets})
    floors.main(["other"])
    assert floors.read_floors() == {"other": Floors(digest(gold), {"times": 0.5})}
    floors.main()
    assert set(floors.read_floors()) == {"one", "other"}


def test_gold_of_the_samples_is_sound() -> None:
    texts = {json.loads(line)["id"]: json.loads(line)["text"] for line in feed()}
    texts["talks"] = (SAMPLES / "talks.txt").read_text("utf8")
    for name in ("talks", "quake-1"):
        gold = json.loads((HERE / f"{name}.gold.json").read_text("utf8"))
        for kind, rows in gold.items():
            for row in rows if isinstance(rows, list) else ():
                assert_words(row, texts[name], f"{name} {kind}")


def test_our_own_news_have_a_text_and_an_annotation_each() -> None:
    names = {path.name.removesuffix(".gold.json") for path in NEWS.glob("*.gold.json")}
    articles = own_news()
    assert set(articles) == names
    assert len(names) == 12
    for name, article in articles.items():
        gold = json.loads((NEWS / f"{name}.gold.json").read_text("utf8"))
        assert (gold["id"], gold["published"]) == (name, article["published"])
        assert gold["sha256"] == hashlib.sha256(article["text"].encode()).hexdigest()
        assert gold["events_until"] == len(article["text"])


@pytest.mark.parametrize("path", sorted(NEWS.glob("*.gold.json")), ids=lambda path: path.stem)
def test_gold_of_our_own_news_is_sound(path: Path) -> None:
    gold = json.loads(path.read_text("utf8"))
    text = own_news()[gold["id"]]["text"]
    assert set(gold) - {"id", "published", "sha256", "events_until"} == {
        *("statements", "events", "figures", "conditions", "demands", "dates"),
        *("scare_quotes", "speakers"),
    }
    cut = sum(assert_cut(row, text) for rows in gold.values() for row in objects(rows))
    assert cut > 100
    for row in gold["events"]:
        assert {row["type"], *row.get("type_alt", ())} <= set(get_args(EventType))
        assert {row["modality"], *row.get("modality_alt", ())} <= set(get_args(Modality))
        for party in row["actors"] + row["recipients"]:
            assert party["country"] is None or len(party["country"]) == 3
    for row in gold["figures"]:
        assert {row["measure"], *row.get("measure_alt", ())} <= set(get_args(Measure))


def own_news() -> dict[str, dict[str, str]]:
    lines = map(json.loads, (NEWS / "articles.jsonl").read_text("utf8").splitlines())
    return {line["id"]: line for line in lines}


def objects(value: object) -> list[Any]:
    """The objects in a list; nothing else is one."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]


CUTS = (
    *(("span", "text"), ("quote_span", "text"), ("if_span", "if_text"), ("then_span", "then_text")),
    *(("connective_span", "connective"), ("content_spans", "content")),
)


def assert_cut(row: dict[str, Any], text: str) -> int:
    """Each span of a row, and of the objects in it, cuts the words beside it; returns how many."""
    found = [(row[span], row[words]) for span, words in CUTS if row.get(span) is not None]
    for spans, words in found:
        pieces = spans if isinstance(spans[0], list) else [spans]
        assert " … ".join(text[start:end] for start, end in pieces) == words
        assert all(0 <= start < end <= len(text) for start, end in pieces)
    inner = [one for value in row.values() for one in objects(value)]
    return len(found) + sum(assert_cut(one, text) for one in inner)


def test_attributions_stand_in_the_samples_own_words() -> None:
    texts = {json.loads(line)["id"]: json.loads(line)["text"] for line in feed()}
    texts["talks"] = (SAMPLES / "talks.txt").read_text("utf8")
    page = next(iter(read(Path(str(SAMPLES / "sanctions.html")))))
    assert isinstance(page, Article)
    texts["sanctions"] = page.text
    folder = HERE / "attribution"
    names = {path.stem for path in (folder / "text").glob("*.txt")}
    assert names == {"talks", "sanctions", "quake-1", "quake-2"}
    for name in names:
        assert (folder / "text" / f"{name}.txt").read_bytes().decode() == texts[name]
        for line in (folder / "attributions" / f"{name}_own.ann").read_text("utf8").splitlines():
            if line.startswith("T"):
                _, place, words = line.split("\t")
                pieces = [piece.split() for piece in place.split(" ", 1)[1].split(";")]
                assert " ".join(texts[name][int(a) : int(b)] for a, b in pieces) == words


def feed() -> list[str]:
    return (SAMPLES / "feed.jsonl").read_text("utf8").splitlines()


def assert_words(row: Mapping[str, Any], text: str, where: str) -> None:
    """Each `X` or `X_span` with the words in `X_text` or `text` cuts them from the text."""
    for name, words in row.items():
        base = name.removesuffix("_text")
        spans = row.get("span") if name == "text" else row.get(base) or row.get(f"{base}_span")
        if (name == "text" or name.endswith("_text")) and isinstance(spans, list):
            pairs = spans if isinstance(spans[:1][0] if spans else None, list) else [spans]
            wanted = words if isinstance(words, list) else [words]
            if spans:
                assert [text[start:end] for start, end in pairs] == wanted, where
    for value in row.values():
        for inner in value if isinstance(value, list) else ():
            if isinstance(inner, dict):
                assert_words(inner, text, where)


# The sample article


@pytest.fixture(scope="module")
def sample() -> ArticleScore:
    folder = os.environ.get(SAMPLES_VARIABLE)
    if folder is None:
        pytest.skip(f"set {SAMPLES_VARIABLE} to the folder with talks-article.txt and its gold")
    text = (Path(folder) / "talks-article.txt").read_bytes().decode()
    return article_score(Path(folder) / "talks-article.gold.json", text)


def test_the_sample_gives_its_statements_with_their_speakers(sample: ArticleScore) -> None:
    statements = sample.kind("statements")
    assert statements.precision >= 0.85
    assert statements.recall >= 0.85
    speakers = statements.rate("speaker")
    assert speakers.right >= 0.9 * speakers.of
    assert sample.uncovered == ()


def test_the_sample_gives_both_figures_with_their_bounds(sample: ArticleScore) -> None:
    figures = sample.kind("figures")
    assert figures.missed == ()
    assert [figures.rate(name).right for name in ("low", "high")] == [2, 2]
    assert len(figures.extras) <= 2


def test_the_sample_gives_both_conditions(sample: ArticleScore) -> None:
    assert (sample.kind("conditions").found, sample.kind("conditions").missed) == (2, ())


def test_the_sample_gives_its_terms(sample: ArticleScore) -> None:
    assert sample.kind("terms").recall >= 0.9
    assert len(sample.kind("terms").extras) <= 3


def test_the_sample_gives_every_actor_with_its_country(sample: ArticleScore) -> None:
    actors = sample.kind("actors")
    assert actors.missed == ()
    assert actors.rate("country").right == actors.required


def test_the_sample_gives_its_events_and_falls_into_no_trap(sample: ArticleScore) -> None:
    assert sample.kind("events").recall >= 0.7
    assert len(sample.kind("events").extras) <= 6
    assert sample.traps == ()


def test_the_sample_gives_no_furniture_and_exact_spans(sample: ArticleScore) -> None:
    assert sample.furniture == ()
    assert sample.inexact == ()
