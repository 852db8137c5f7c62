"""`score`, with the real pipeline on small texts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main
from onrecord.evaluate import part_of

TEXT = "Ukraine said that it rained in Kyiv on Thursday.\n"
SAID = [0, 7]
RAINED = [13, 47]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["score", *map(str, arguments)])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with the text annotated in the three ways."""
    statement = {"id": "s1", "source": [SAID], "cue": [[8, 12]], "content": [RAINED]}
    said = statement | {"speaker": "Ukraine", "kind": "indirect", "act": "assert", "parent": None}
    annotation = {
        "published": "2022-03-11",
        "statements": [said],
        "times": [{"span": [[39, 47]], "value": "2022-03-10"}],
        "dates": [{"span": [39, 47], "value": "2022-03-10"}],
    }
    (tmp_path / "talks.txt").write_text(TEXT)
    (tmp_path / "talks.gold.json").write_text(json.dumps(annotation))
    line = {"id": "talks", "text": TEXT, "published": "2022-03-11"}
    (tmp_path / "articles.jsonl").write_text(json.dumps(line) + "\n")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "talks.txt").write_text(TEXT)
    (tmp_path / "attributions").mkdir()
    (tmp_path / "attributions" / "talks_a.ann").write_text(
        "T1\tSource 0 7\tUkraine\nT2\tCue 8 12\tsaid\n"
        "T3\tContent 13 47\tthat it rained in Kyiv on Thursday\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
    )
    return tmp_path


def test_an_article_is_scored_with_the_date_of_its_annotation(gold: Path) -> None:
    result = run("article", gold / "talks.gold.json", gold / "talks.txt", "--json")
    assert result.exit_code == 0
    kinds = {kind["kind"]: kind for kind in json.loads(result.stdout)["kinds"]}
    assert kinds["statements"]["found"] == 1
    assert kinds["times"]["rates"] == [{"name": "value", "right": 1, "of": 1}]


def test_another_date_can_be_given(gold: Path) -> None:
    paths = (gold / "talks.gold.json", gold / "talks.txt")
    result = run("article", *paths, "--published", "2023-03-11", "--detail")
    assert "wanted 2022-03-10, got 2023-03-09" in result.stdout


def test_news_are_scored_and_written(gold: Path) -> None:
    written = gold / "records"
    result = run(
        "news", gold, "--articles", gold / "articles.jsonl", "--predictions", written, "--json"
    )
    tallies = {one["name"]: one for one in json.loads(result.stdout)}
    assert tallies["dates value"] == {"name": "dates value", "right": 1, "predicted": 1, "gold": 1}
    form = json.loads((written / "talks.json").read_text("utf8"))
    assert (form["id"], form["dates"][0]["span"]) == ("talks", [39, 47])
    table = run("news", gold, "--articles", gold / "articles.jsonl").stdout
    assert "100.00" in next(line for line in table.splitlines() if line.startswith("dates value"))


def test_records_are_scored_listed_and_written(gold: Path) -> None:
    annotation = json.loads((gold / "talks.gold.json").read_text())
    statement = {"content_spans": [RAINED], "source": {"span": SAID, "text": "Ukraine"}}
    annotation |= {"id": "talks", "statements": [statement | {"speaker": "Ukraine"}]}
    annotation["dates"][0]["value"] = "2022-03-09"
    (gold / "talks.gold.json").write_text(json.dumps(annotation))
    written, lines = gold / "records", ("--articles", gold / "articles.jsonl")
    command = ("record", gold, *lines, "--predictions", written, "--bootstrap", 5)
    tallies = {one["name"]: one for one in json.loads(run(*command, "--json").stdout)}
    found = tallies["statements + speaker"]
    assert (found["right"], found["predicted"], found["gold"]) == (1, 1, 1)
    assert found["f1_95"] == [1.0, 1.0]
    assert json.loads((written / "talks.json").read_text("utf8"))["id"] == "talks"
    detail = run(*command, "--detail").stdout
    slip = "talks: wrong dates: 39-47 “Thursday” [value: value 2022-03-09, got 2022-03-10]"
    assert slip in detail.splitlines()
    assert "F1 95% [0.0, 0.0]" in next(
        line for line in detail.splitlines() if line.startswith("dates + value")
    )


def test_records_are_scored_by_part_and_from_several_files(gold: Path) -> None:
    more = gold / "more.jsonl"
    names = ["talks", "a", "b", "c", "d", "e", "f"]
    parts = [part_of(name) for name in names]
    assert 0 < parts.count("check") < len(names)
    more.write_text("".join(json.dumps({"id": name, "text": TEXT}) + "\n" for name in names[1:]))
    for name in names:
        rows = {"dates": [{"span": [39, 47], "value": "2022-03-10"}]}
        (gold / f"{name}.gold.json").write_text(json.dumps({"id": name} | rows))
    files = ("--articles", gold / "articles.jsonl", "--articles", more)
    for part, wanted in (("check", parts.count("check")), ("all", len(names))):
        tallies = json.loads(run("record", gold, *files, "--part", part, "--json").stdout)
        assert next(one for one in tallies if one["name"] == "dates")["gold"] == wanted
    missing = run("record", gold, "--articles", more)
    assert (missing.exit_code, "lacks the text of talks" in missing.stderr) == (1, True)


def test_records_are_scored_on_the_text_that_was_annotated(gold: Path) -> None:
    (gold / "talks.gold.json").write_text(json.dumps({"id": "talks", "sha256": "0"}))
    result = run("record", gold, "--articles", gold / "articles.jsonl")
    assert (result.exit_code, "on another text" in result.stderr) == (1, True)


def test_attributions_are_scored_and_written(gold: Path) -> None:
    written = gold / "attributions.jsonl"
    result = run("attribution", gold, "--predictions", written, "--json")
    tallies = {one["name"]: one for one in json.loads(result.stdout)}
    assert tallies["content+source"]["right"] == 1
    (line,) = written.read_text("utf8").splitlines()
    assert json.loads(line) == {
        "doc": "talks",
        "attributions": [{"source": [SAID], "cue": [[8, 12]], "content": [RAINED]}],
    }


def test_attributions_are_scored_with_intervals(gold: Path) -> None:
    (gold / "text" / "talks.txt").write_text(
        "Ukraine said that it rained in Kyiv on Thursday. " * 2
    )
    both = run("attribution", gold, "--bootstrap", 10, "--json")
    content = {one["name"]: one for one in json.loads(both.stdout)}["content"]
    assert content["f1_95"] == [2 / 3, 2 / 3]
    table = run("attribution", gold, "--bootstrap", 10)
    line = next(line for line in table.stdout.splitlines() if line.startswith("content  "))
    assert line.endswith("F1 95% [66.7, 66.7]")


def test_sentences_are_scored_by_half(tmp_path: Path) -> None:
    row = {"type": "ASSAULT", "modality": "negated", "stance": "deny", "trigger": [[21, 27]]}
    text = "Israel denied having bombed Syria."
    lines = [
        {"id": "m1", "half": "tune", "text": text} | row,
        {"id": "m2", "half": "check", "text": text} | row | {"modality": "actual"},
    ]
    path = tmp_path / "modality.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    tallies = {one["name"]: one for one in json.loads(run("modality", path, "--json").stdout)}
    assert (tallies["modality"]["right"], tallies["modality"]["gold"]) == (1, 2)
    assert "m2" not in run("modality", path, "--half", "tune", "--detail").stdout
    detail = run("modality", path, "--half", "check", "--detail").stdout
    assert "m2  modality actual, got negated" in detail


def test_false_alarms_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "classes.tsv"
    path.write_text("Israel bombed Syria.\t0\nIt rained in Kyiv.\t0\nSyria bombed Israel.\t4\n")
    found = json.loads(run("alarms", path, "--json").stdout)
    assert (found["sentences"], found["rate"]) == (2, 0.5)
    assert "ASSAULT bombed: Israel bombed Syria." in run("alarms", path, "--detail").stdout
    path.write_text("It rained in Kyiv.\n")
    assert "need a sentence, a tab and its class" in run("alarms", path).stderr


def test_types_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_text(
        '{"marked_sentence": "<s>Rebels</s> shelled <t>Bor</t> on Friday.", "root": "ASSAULT"}\n'
    )
    (root,) = json.loads(run("types", path, "--json").stdout)["roots"]
    assert (root["name"], root["right"]) == ("ASSAULT", 1)
    assert "macro F1: roots 1.000, quads 1.000" in run("types", path).stdout


def test_what_cannot_be_scored_against_is_named(gold: Path, tmp_path: Path) -> None:
    (gold / "other.gold.json").write_text("{}")
    missing = run("news", gold, "--articles", gold / "articles.jsonl")
    assert (missing.exit_code, "lacks the text of other" in missing.stderr) == (1, True)
    nothing = run("attribution", gold / "text")
    assert (nothing.exit_code, "holds no" in nothing.stderr) == (1, True)
    (gold / "bad.json").write_text("[]")
    bad = run("article", gold / "bad.json", gold / "talks.txt")
    assert (bad.exit_code, "bad.json" in bad.stderr) == (1, True)
    (gold / "empty.txt").write_text("")
    empty = run("article", gold / "talks.gold.json", gold / "empty.txt")
    assert (empty.exit_code, "empty.txt" in empty.stderr) == (1, True)


NESTED = """
[[case]]
about = "verb in verb"
text = "Peskov said that Putin wants peace."
statements = '''
assert | Peskov | said | that Putin wants peace
  ask | Putin | wants | peace
'''
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "nesting.toml"
    path.write_text(NESTED, "utf8")
    return path


def test_nested_statements_are_scored_and_what_is_wrong_listed(cases: Path) -> None:
    result = run("nesting", cases, "--detail", "--json")
    assert result.exit_code == 0
    detail, _, scores = result.stdout.partition("[\n")
    assert detail.splitlines() == [
        "verb in verb (tune): Peskov said that Putin wants peace.",
        "  act        peace (want)",
    ]
    tallies = {tally["name"]: tally for tally in json.loads(f"[{scores}")}
    assert (tallies["nested"]["right"], tallies["nested"]["gold"]) == (1, 1)
    assert tallies["nested: act"]["right"] == 0


def test_one_half_of_the_cases_can_be_scored(cases: Path) -> None:
    result = run("nesting", cases, "--half", "check", "--json")
    assert json.loads(result.stdout) == []


def test_a_fault_in_the_cases_is_named(cases: Path) -> None:
    cases.write_text(NESTED.replace("| wants |", "| wishes |"), "utf8")
    result = run("nesting", cases)
    assert result.exit_code == 1
    assert "must stand in the text once" in result.stderr
