"""Scores on annotated articles, and the floors they must hold.

`python tests/gold/floors.py` raises the floors in floors.json to what is reached now; it never
lowers one; with names of sets after it, of these alone. A gold set that changed keeps its old
floors, and fails, until `--new-gold` measures it afresh. Sets outside the project are scored where
ONRECORD_DATA names their folder, else left alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from gold import acts
from onrecord.evaluate import (
    CHECK,
    TUNE,
    ArticleScore,
    MarkedArticle,
    MarkedRow,
    SentenceScore,
    Tally,
    add_tallies,
    attributions_of,
    count_alarms,
    modality_tallies,
    part_of,
    read_actor_cases,
    read_cases,
    read_corpus,
    read_dated,
    read_entities,
    read_happening_cases,
    read_marked,
    read_marked_lines,
    read_neutral,
    require_same_text,
    score_actor_cases,
    score_article,
    score_attributions,
    score_case,
    score_coreference,
    score_dates,
    score_happening_case,
    score_news,
    score_record,
    score_sentence,
)
from onrecord.export import gold_form
from onrecord.pipeline import extract
from onrecord.reading import article_from_text

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
MODALITY = HERE / "modality.jsonl"  # its first half is for tuning, the other only for checking
NEWS = HERE / "news"
SAMPLES = files("onrecord") / "samples"
DATA_VARIABLE = "ONRECORD_DATA"
DIGITS = 3  # floors are rounded down to so many places: a hair under what was reached


@dataclass(frozen=True, slots=True)
class Floors:
    """What one gold set must reach; shares of 1, mostly F1."""

    sha256: str  # of the gold files
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Annotated articles that are scored together."""

    name: str
    gold: Callable[[], Iterable[Path]]  # the annotation, which the floors are pinned to
    measure: Callable[[], Mapping[str, float]]
    outside: bool = False  # whether it lies in the folder of ONRECORD_DATA


def data_folder() -> Path:
    """The folder of development data."""
    return Path(os.environ[DATA_VARIABLE])


# Measuring


def article_score(gold: Path, text: str) -> ArticleScore:
    """The score of one article, read from its text with the date in its annotation."""
    marked = read_marked(gold)
    record = extract(article_from_text(text, published=marked.text("published")))
    return score_article(marked, MarkedArticle(gold_form(record)), text)


def shares(score: ArticleScore, marked: MarkedArticle) -> dict[str, float]:
    """F1 of each kind of row and of its fields taken together, and the shares of faults avoided."""
    reached = {}
    for kind in score.kinds:
        if kind.required:
            reached[kind.kind] = Tally("", kind.found, kind.predicted, kind.required).f1
            right, fields = sum(rate.right for rate in kind.rates), len(kind.rates)
            tally = Tally("", right, kind.predicted * fields, kind.required * fields)
            reached[f"{kind.kind} fields"] = tally.f1
    for name, faults in (("must_cover", score.uncovered), ("not_events", score.traps)):
        if wanted := len(marked.rows(name)):
            reached[name] = 1 - len(faults) / wanted
    return reached


def _own(name: str, text: str) -> Mapping[str, float]:
    gold = HERE / f"{name}.gold.json"
    return shares(article_score(gold, text), read_marked(gold))


def _talks() -> Mapping[str, float]:
    return _own("talks", (SAMPLES / "talks.txt").read_text("utf8"))


def _quake() -> Mapping[str, float]:
    lines = map(json.loads, (SAMPLES / "feed.jsonl").read_text("utf8").splitlines())
    text = next(line["text"] for line in lines if line["id"] == "quake-1")
    return _own("quake-1", text)


def _news() -> Mapping[str, float]:
    folder = data_folder() / "conflict-news"
    tallies = []
    for line in read_marked_lines(folder / "articles.jsonl"):
        gold = folder / "gold" / f"{line.text('id')}.gold.json"
        if gold.exists():
            article = article_from_text(line.text("text") or "", published=line.text("published"))
            predicted = MarkedArticle(gold_form(extract(article)))
            tallies.append(score_news(read_marked(gold), predicted))
    return _shares_of(add_tallies(tallies))


def _whole_records(articles: Path, annotations: Iterable[Path]) -> Mapping[str, float]:
    """F1 of each kind of row, and of what is right of it, over whole articles."""
    gold = {path.name.removesuffix(".gold.json"): read_marked(path) for path in annotations}
    tallies = []
    for line in read_marked_lines(articles):
        marked, text = gold.get(line.text("id") or ""), line.text("text") or ""
        if marked is not None:
            require_same_text(marked, text)
            record = extract(article_from_text(text, published=line.text("published")))
            tallies.append(score_record(marked, MarkedArticle(gold_form(record))))
    return _shares_of(add_tallies(tallies))


def _annotated_for_checking() -> Iterable[Path]:
    folder = data_folder() / "annotated" / "gold"
    paths = ((path, path.name.removesuffix(".gold.json")) for path in folder.glob("*.gold.json"))
    return [path for path, name in paths if part_of(name) == "check"]


def _dates() -> Mapping[str, float]:
    tallies = (
        score_dates(one, extract(article_from_text(one.text, published=one.published)))
        for one in read_dated(data_folder() / "gum-news")
    )
    return {one.name: one.recall for one in add_tallies(tallies)}


def _coreference() -> Mapping[str, float]:
    tallies = (
        score_coreference(one, extract(article_from_text(one.text)))
        for one in read_entities(data_folder() / "gum-news")
    )
    return _shares_of(add_tallies(tallies))


def _attributions(folder: Path) -> Mapping[str, float]:
    return _shares_of(
        add_tallies(
            score_attributions(one, attributions_of(extract(article_from_text(one.text))))
            for one in read_corpus(folder)
        )
    )


def _happenings() -> Mapping[str, float]:
    tallies = []
    for n, case in enumerate(read_happening_cases(HERE / "happenings.toml")):
        records = [
            extract(
                article_from_text(
                    one.text, published=one.published, url=f"https://gold.example/{n}/{at}"
                )
            )
            for at, one in enumerate(case.articles)
        ]
        tallies.append(score_happening_case(case, records))
    return {
        f"{one.name}: {share}": getattr(one, share)
        for one in add_tallies(tallies)
        for share in ("precision", "recall")
    }


def _nesting() -> Mapping[str, float]:
    cases = read_cases(HERE / "nesting.toml")
    reached: dict[str, float] = {}
    for half in (TUNE, CHECK):
        tallies = add_tallies(
            score_case(case, extract(article_from_text(case.text)))
            for case in cases
            if case.half == half
        )
        reached |= {f"{half}: {name}": share for name, share in _shares_of(tallies).items()}
    return reached


def _shares_of(tallies: Iterable[Tally]) -> dict[str, float]:
    return {
        one.name: one.recall if one.predicted is None else one.f1
        for one in tallies
        if not one.name.endswith("pieces")  # they repeat what the words say, more coarsely
    }


def _actor_cases() -> Mapping[str, float]:
    cases = read_actor_cases(data_folder() / "actors" / "actor_cases_dev.json")
    return {one.name: one.recall for one in score_actor_cases(cases).tallies}


def _modality() -> Mapping[str, float]:
    scores: dict[str, list[SentenceScore]] = {"tune": [], "check": []}
    for line in read_marked_lines(MODALITY):
        record = extract(article_from_text(line.text("text") or ""))
        scores[line.text("half") or ""].append(score_sentence(MarkedRow(line.values), record))
    return {
        f"{half}, {one.name.strip()}": one.recall
        for half, found in scores.items()
        for one in modality_tallies(found)
    }


def _quiet() -> Mapping[str, float]:
    sentences = read_neutral(data_folder() / "events" / "cameo_class_train.tsv")
    alarms = count_alarms(extract(article_from_text(text)) for text in sentences)
    return {"without a false alarm": 1 - alarms.rate}


SETS = {
    one.name: one
    for one in (
        GoldSet("talks", lambda: [HERE / "talks.gold.json"], _talks),
        GoldSet("quake-1", lambda: [HERE / "quake-1.gold.json"], _quake),
        GoldSet(
            "own-news",
            lambda: NEWS.glob("*.gold.json"),
            lambda: _whole_records(NEWS / "articles.jsonl", NEWS.glob("*.gold.json")),
        ),
        GoldSet(
            "annotated-check",
            _annotated_for_checking,
            lambda: _whole_records(
                data_folder() / "annotated" / "articles.jsonl", _annotated_for_checking()
            ),
            outside=True,
        ),
        GoldSet("happenings", lambda: [HERE / "happenings.toml"], _happenings),
        GoldSet("nesting", lambda: [HERE / "nesting.toml"], _nesting),
        GoldSet("acts", lambda: [acts.ACTS], acts.measure),
        GoldSet(
            "attribution",
            lambda: (HERE / "attribution" / "attributions").glob("*.ann"),
            lambda: _attributions(HERE / "attribution"),
        ),
        GoldSet(
            "actor-cases",
            lambda: [data_folder() / "actors" / "actor_cases_dev.json"],
            _actor_cases,
            outside=True,
        ),
        GoldSet("modality", lambda: [MODALITY], _modality),
        GoldSet(
            "neutral-sentences",
            lambda: [data_folder() / "events" / "cameo_class_train.tsv"],
            _quiet,
            outside=True,
        ),
        GoldSet(
            "conflict-news",
            lambda: (data_folder() / "conflict-news" / "gold").glob("*.json"),
            _news,
            outside=True,
        ),
        GoldSet(
            "gum-news",
            lambda: (data_folder() / "gum-news" / "dep").glob("*.conllu"),
            _dates,
            outside=True,
        ),
        GoldSet(
            "gum-news-coreference",
            lambda: (data_folder() / "gum-news" / "dep").glob("*.conllu"),
            _coreference,
            outside=True,
        ),
        GoldSet(
            "polnear-dev",
            lambda: (data_folder() / "polnear" / "dev" / "attributions").glob("*.ann"),
            lambda: _attributions(data_folder() / "polnear" / "dev"),
            outside=True,
        ),
    )
}


# Floors


def digest(paths: Iterable[Path]) -> str:
    """The SHA-256 over the names and bytes of files.

    Raises:
        FileNotFoundError: There are none.
    """
    whole = hashlib.sha256()
    ordered = sorted(paths, key=lambda path: path.name)
    if not ordered:
        raise FileNotFoundError(f"no gold files: is {DATA_VARIABLE} the folder of the data?")
    for path in ordered:
        whole.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    return whole.hexdigest()


def read_floors() -> dict[str, Floors]:
    """The floors of each gold set, as the file has them."""
    values = json.loads(FLOORS.read_text("utf8"))
    return {name: Floors(**one) for name, one in values.items()}


def slips(floors: Floors, sha256: str, reached: Mapping[str, float]) -> list[str]:
    """Say what is wrong: a changed gold, scores without a floor, scores under their floors."""
    if floors.sha256 != sha256:
        return ["the gold changed: measure with `python tests/gold/floors.py --new-gold`"]
    missing = sorted(floors.scores.keys() ^ reached.keys())
    found = [f"{name}: a floor without a score, or a score without a floor" for name in missing]
    return found + [
        f"{name}: {reached[name]:.4f} is under its floor of {floor:.{DIGITS}f}"
        for name, floor in floors.scores.items()
        if name in reached and reached[name] < floor
    ]


def raised(
    old: Floors | None, sha256: str, reached: Mapping[str, float], *, new_gold: bool = False
) -> Floors:
    """Return the floors after a measurement: none is lower than before, unless the gold is new."""
    if old is not None and old.sha256 != sha256 and not new_gold:
        return old
    before = old.scores if old is not None and old.sha256 == sha256 else {}
    now = {name: math.floor(value * 10**DIGITS) / 10**DIGITS for name, value in reached.items()}
    return Floors(sha256, {name: max(now[name], before.get(name, 0.0)) for name in now})


def main(names: Sequence[str] = (), *, new_gold: bool = False) -> None:
    """Raise the floors in the file, of the sets that are named or of all."""
    floors = read_floors() if FLOORS.exists() else {}
    for name, one in SETS.items():
        if names and name not in names:
            continue
        if one.outside and DATA_VARIABLE not in os.environ:
            sys.stderr.write(f"{name}: left alone, {DATA_VARIABLE} is not set\n")
            continue
        before = floors.get(name)
        floors[name] = raised(before, digest(one.gold()), one.measure(), new_gold=new_gold)
        for score, floor in floors[name].scores.items():
            held = before.scores.get(score) if before else None
            if held != floor:
                sys.stderr.write(f"{name}, {score}: {held} -> {floor}\n")
    page = json.dumps({name: asdict(one) for name, one in floors.items()}, indent=1)
    FLOORS.write_text(page + "\n", "utf8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Raise the floors of gold sets.")
    parser.add_argument("names", nargs="*", metavar="SET", help="of these alone")
    parser.add_argument("--new-gold", action="store_true", help="measure changed gold afresh")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.names) - SETS.keys()):
        parser.error(f"no gold set is called {', '.join(unknown)}; there are {', '.join(SETS)}")
    main(asked.names, new_gold=asked.new_gold)
