"""The pipeline: one article, many, in several processes, and what happens when something fails."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate import load_english
from onrecord.errors import ModelError
from onrecord.models import find_model
from onrecord.parallel import extract_many
from onrecord.pipeline import Tools, attempt, extract, load_tools
from onrecord.reading import article_from_text
from onrecord.records import Article, Failure, Record
from onrecord.settings import DEFAULTS, Settings

RecordOf = Callable[[str], Record]

LOST = Failure(source="lost.txt", reason="It is empty.", error="ReadError")


def articles() -> list[Article]:
    feed = (files("onrecord") / "samples" / "feed.jsonl").read_text("utf8")
    lines = map(json.loads, feed.splitlines())
    return [article_from_text(one["text"], published=one["published"]) for one in lines]


@Language.component("breaks_on_trouble")
def breaks_on_trouble(doc: Doc) -> Doc:
    """A component that fails as a real one may, on one kind of text."""
    if "trouble" in doc.text:
        raise RuntimeError("cannot parse trouble")
    return doc


@pytest.fixture(scope="module")
def fragile() -> Tools:
    """Tools that raise an error on a text with "trouble" in it."""
    loaded = replace(load_tools(), nlp=load_english())
    loaded.nlp.add_pipe("breaks_on_trouble")
    return loaded


def test_a_sample_gives_rows_of_every_kind(tools: Tools) -> None:
    text = (files("onrecord") / "samples" / "talks.txt").read_text("utf8")
    record = extract(article_from_text(text, published="2022-07-22"), tools=tools)
    counts = {
        kind: len(getattr(record, kind))
        for kind in ("statements", "events", "figures", "demands", "terms", "actors", "mentions")
    }
    assert min(counts.values()) > 0, counts
    assert (len(record.times) > 0, len(record.conditions) > 0) == (True, True)
    assert all(row.extractor for row in record.rows())


def test_a_text_in_which_nothing_happens_gives_no_rows(record_of: RecordOf) -> None:
    assert [*record_of("…").rows()] == []


def test_tools_are_loaded_once_and_say_what_they_are() -> None:
    assert load_tools() is load_tools()
    package, model, rules = load_tools().extractor.split(" ")
    assert package.startswith("onrecord/")
    assert model == load_tools().onepass.label
    assert re.fullmatch(r"rules/[0-9a-f]{12}", rules)


def test_records_come_as_articles_do(tools: Tools) -> None:
    """The first record is there before the second article is read."""
    taken = []

    def one_by_one() -> Iterator[Article]:
        for article in articles():
            taken.append(article.article_id)
            yield article

    records = extract_many(one_by_one(), tools=tools)
    next(records)
    assert len(taken) == 1


@pytest.mark.parametrize("workers", [0, -1])
def test_there_is_at_least_one_worker(workers: int) -> None:
    with pytest.raises(ValueError, match=f"at least 1, got {workers}"):
        next(extract_many([], workers=workers))


def test_one_bad_article_does_not_stop_the_others(fragile: Tools) -> None:
    good, bad = article_from_text("Iran said that it rained."), article_from_text("A trouble.")
    named = replace(bad, source_path="/articles/bad.txt")
    first, lost, named_lost, last = extract_many([good, bad, named, good], tools=fragile)
    assert first == last == extract(good, tools=fragile)
    assert isinstance(lost, Failure)
    assert isinstance(named_lost, Failure)
    assert (lost.source, named_lost.source) == (bad.article_id, "/articles/bad.txt")
    assert lost.error == "RuntimeError"
    assert "cannot parse trouble; please report this" in lost.reason


def test_the_error_behind_a_failure_is_logged(
    fragile: Tools, caplog: pytest.LogCaptureFixture
) -> None:
    article = article_from_text("A trouble.")
    assert isinstance(attempt(article, fragile), Failure)
    (entry,) = [one for one in caplog.records if one.name == "onrecord.pipeline"]
    assert article.article_id in entry.getMessage()
    assert entry.exc_info is not None


def test_a_single_article_raises_its_error(fragile: Tools) -> None:
    with pytest.raises(RuntimeError, match="cannot parse trouble"):
        extract(article_from_text("A trouble."), tools=fragile)


def test_a_missing_model_is_named_with_the_next_step() -> None:
    with pytest.raises(ModelError, match=r"'no-such-model' is no model: name one"):
        load_tools(Settings(model="no-such-model"))


def test_a_model_can_be_a_folder(tools: Tools) -> None:
    own = load_tools(Settings(model=str(find_model(DEFAULTS.model))))
    article = article_from_text("Iran said that it rained.")
    assert extract(article, tools=own) == extract(article, tools=tools)


def test_own_terms_stand_before_the_package_s(tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_text('[[concept]]\nname = "harvest"\nterms = ["bumper crop"]\n', "utf-8")
    own = load_tools(Settings(terms=path))
    article = article_from_text("The minister praised a bumper crop.")
    assert [term.concept for term in extract(article, tools=own).terms] == ["harvest"]
    assert extract(article).terms == ()
    assert own.extractor != load_tools().extractor


def test_several_workers_refuse_tools_they_cannot_load() -> None:
    mine = replace(load_tools(), settings=Settings(longest_article=3))
    with pytest.raises(ValueError, match="several workers"):
        list(extract_many([], workers=2, tools=mine))


def test_a_text_too_long_for_an_article_is_a_failure() -> None:
    small = replace(load_tools(), settings=Settings(longest_article=30))
    failure = attempt(article_from_text("Putin said that the talks would go on."), small)
    assert isinstance(failure, Failure)
    assert "cut it into its articles" in failure.reason
