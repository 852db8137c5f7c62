"""The commands of `review`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories import EXTRACTOR, make_article, make_record, span_of
from onrecord.cli import main
from onrecord.evaluate.attribution import read_corpus
from onrecord.store import open_store

Run = Callable[..., Result]
RECORD = make_record()
EVENT, FIGURE, STATEMENT = RECORD.events[1], RECORD.figures[0], RECORD.statements[0]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "talks.db"
    with open_store(path) as opened:
        opened.save(RECORD, EXTRACTOR)
    return path


@pytest.fixture
def run(store: Path) -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner(env={"ONRECORD_STORE": str(store)}).invoke(main, ("review", *arguments))

    return invoke


def test_the_queue_has_what_nobody_looked_at(run: Run) -> None:
    before = run("queue", "events")
    assert EVENT.event_id in before.stdout
    assert before.stderr == f"{len(RECORD.events)} events to look at\n"
    assert run("accept", EVENT.event_id, "--by", "Ana").exit_code == 0
    after = run("queue", "events")
    assert EVENT.event_id not in after.stdout
    assert after.stderr == f"{len(RECORD.events) - 1} events to look at\n"


def test_rows_are_rejected_and_taken_back(run: Run) -> None:
    made = run("reject", EVENT.event_id, FIGURE.figure_id, "--by", "Ana", "--why", "a drill")
    assert f"1: reject events {EVENT.event_id}\n" in made.stdout
    assert "onrecord review undo 2" in made.stderr
    assert "a drill" in run("log").stdout
    assert run("undo", "1", "--by", "Bo").stdout == "1 is undone\n"
    states = [json.loads(line)["state"] for line in run("log", "--json").stdout.splitlines()]
    assert states == ["undone", "applied"]
    assert "undone already" in run("undo", "1", "--by", "Bo").stderr


def test_a_row_is_shown_with_its_sentence_and_what_was_decided(run: Run) -> None:
    run("correct", FIGURE.figure_id, "--set", "low=31", "--set", "high=", "--by", "Ana")
    shown = run("show", FIGURE.figure_id).stdout
    assert "Russian forces shelled Kharkiv on 7 March, killing between 30 and 35 civilians" in shown
    assert "low: 31.0" in shown
    assert "high: None" in shown
    assert "correct" in shown


def test_speakers_parties_and_spans_are_corrected(run: Run, store: Path) -> None:
    speaker = ("--set", "speaker=Alexander Lukashenko", "--set", "act=deny")
    assert run("correct", STATEMENT.statement_id, *speaker, "--by", "Ana").exit_code == 0
    span = span_of(RECORD.article, "Kharkiv")
    place = f"{span.start}-{span.end}"
    party = f"recipients=Olga Berg@{place}; @{place}"
    changed = run(
        *("correct", EVENT.event_id, "--set", party, "--set", f"trigger={place}"),
        *("--new-actor", "person", "--by", "Ana"),
    )
    assert changed.exit_code == 0, changed.output
    with open_store(store) as opened:
        record = opened.record(RECORD.article.article_id)
    statement = next(one for one in record.statements if one.statement_id == STATEMENT.statement_id)
    assert (statement.speaker_id, statement.act) == ("lukashenko", "deny")
    event = next(one for one in record.events if one.event_id == EVENT.event_id)
    names = [one.actor_id and record.actor(one.actor_id) for one in event.recipients]
    assert [one and one.name for one in names] == ["Olga Berg", None]
    assert event.trigger == (span,)


def test_a_row_is_added(run: Run) -> None:
    span = span_of(RECORD.article, "7 March")
    sets = [f"span={span.start}-{span.end}", "measure=other", "low=7", "high=7", "approx=no"]
    words = [word for one in sets for word in ("--set", one)]
    made = run("add", "figures", "Leaders meet in Moscow", *words, "--by", "Ana")
    assert made.stdout.startswith("1: add figures ")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (["act=shout"], "must be one of assert"),
        (["loudness=3"], "is no field of statements that can be set, only act, addressee, "),
        (["statement_id=77"], "is no field"),
        (["speaker=Nobody At All"], "the article has no actor 'Nobody At All'"),
        (["content=here"], "'here' is no part of the text: give START-END"),
        ([], "say what is right with --set"),
    ],
)
def test_what_a_row_cannot_have_is_refused(run: Run, values: list[str], why: str) -> None:
    words = [word for one in values for word in ("--set", one)]
    result = run("correct", STATEMENT.statement_id, *words, "--by", "Ana")
    assert result.exit_code in (1, 2)
    assert why in " ".join(result.stderr.split())
    assert run("log", "--json").stdout == ""


def test_agreement_of_two_reviewers(run: Run) -> None:
    for row in RECORD.events:
        run("accept", row.event_id, "--by", "Ana")
    run("accept", RECORD.events[0].event_id, "--by", "Bo")
    run("reject", RECORD.events[1].event_id, "--by", "Bo")
    result = run("agreement", "--disagreements")
    assert "50%" in result.stdout
    assert RECORD.events[1].event_id in result.stdout
    assert RECORD.events[0].event_id not in result.stdout


def test_corrected_articles_are_written_for_training(run: Run, tmp_path: Path) -> None:
    assert "nothing was corrected yet" in run("export", "-o", str(tmp_path / "out")).stderr
    run("correct", FIGURE.figure_id, "--set", "low=31", "--by", "Ana")
    assert run("export", "-o", str(tmp_path / "out")).exit_code == 0
    (line,) = (tmp_path / "out" / "articles.jsonl").read_text("utf8").splitlines()
    article = json.loads(line)
    assert article["text"] == make_article().text
    gold = json.loads((tmp_path / "out" / "gold" / f"{article['id']}.gold.json").read_text("utf8"))
    assert gold["figures"][0]["low"] == 31
    assert gold["events_until"] == len(article["text"])
    start, end = gold["statements"][0]["cue"]["span"]
    assert article["text"][start:end] == gold["statements"][0]["cue"]["text"]


def test_corrected_statements_are_written_as_a_corpus_of_attributions(
    run: Run, store: Path, tmp_path: Path
) -> None:
    run("reject", RECORD.statements[1].statement_id, "--by", "Ana")
    assert run("export", "--form", "training", "-o", str(tmp_path / "out")).exit_code == 0
    (read,) = read_corpus(tmp_path / "out" / "polnear")
    with open_store(store) as opened:
        held = opened.record(make_article().article_id).statements
    kept = [one for one in held if one.parent_id is None]
    assert len(held) == len(RECORD.statements) - 1
    assert read.text == make_article().text
    assert [(one.source, one.cue, one.content) for one in read.attributions] == [
        (one.source, one.cue, one.content) for one in kept
    ]
