"""Fill in what the README and the page on methods show of real runs: the demo, scores, speed.

Each stands between `<!-- begin: NAME -->` and `<!-- end: NAME -->`; the README has the scores of
the first set alone, as `rates`. Scores need annotated data:

    python scripts/readme.py demo
    python scripts/readme.py scores --data DATA --samples SAMPLES
    python scripts/readme.py speed
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
METHODS = ROOT / "docs" / "methods.md"
WIDTH = "96"
STATEMENTS = 9  # shown of the demo's record
CHECKED = "61 articles nothing was learnt from"
WHOLE = {
    "statements": "statements: content",
    "statements + source": "statements: content and source",
    "statements + speaker": "statements: content and right speaker",
    "events + type": "events: trigger and type",
    "events + type + modality": "events: trigger, type and modality",
    "events + all": "events: type, modality, countries of both sides",
    "parties end to end": "events: each party",
    "figures + measure + bounds": "figures: measure and both bounds",
    "conditions": "conditions",
    "demands": "demands",
    "demands + by + of": "demands: who asks and who is asked",
    "dates + value": "dates: found, with the right value",
    "speakers + speaker": "direct quotations with the right speaker",
}
NEWS = {  # row of the scorer -> how the README names it
    "figures": "figures: found",
    "figures measure+low+high": "figures: found, with measure and both bounds right",
    "conditions": "conditions",
    "demands": "demands",
    "events type": "events: trigger and type",
    "events type+modality": "events: trigger, type and modality",
    "dates value": "dates: found, with the right value",
    "speakers speaker": "direct quotations with the right speaker",
}
CORPUS = {
    "content": "statements: content",
    "content+source": "statements: content and source",
}
NESTED = {"nested": "statements inside statements"}
DATED = {"dates value": "dates whose words are given: value"}
MOODS = {"modality": "events of single sentences: found, with the right modality"}


def onrecord(*arguments: str) -> str:
    """Return what a command prints on standard output.

    Raises:
        subprocess.CalledProcessError: The command fails.
    """
    command = [sys.executable, "-m", "onrecord", *arguments]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=os.environ | {"COLUMNS": WIDTH}
    )
    return done.stdout


def demo() -> str:
    """Return the beginning of the demo's record, and what a search over the samples finds."""
    with tempfile.TemporaryDirectory() as folder:
        page = onrecord("demo", "--folder", folder)
        store = str(Path(folder) / "onrecord.db")
        tolls = onrecord("find", "figures", "--type", "killed", "--store", store)
        hits = onrecord("find", "events", "--type", "SANCTION", "--store", store)
        asked = ("--by", "month", "--dyad", "RUS,UKR")
        counts = onrecord("count", "events", *asked, "--store", store)
    blocks = (
        _block("show talks.txt", _beginning(page)),
        "A toll that rises between two stories, every number with its source:",
        _block("find figures --type killed", _trimmed(tolls)),
        _block("find events --type SANCTION", _trimmed(hits)),
        "What happened between two countries, each happening counted once, however often told:",
        _block(" ".join(("count events", *asked)), _trimmed(counts)),
    )
    return "\n\n".join(blocks)


def _block(command: str, output: str) -> str:
    return f"```text\n$ onrecord {command} --store demo/onrecord.db\n{output}\n```"


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


def _beginning(page: str) -> str:
    """Return a record down to its first statements, and its figures, conditions and terms."""
    sections = re.split(r"\n\n(?=\S)", page.strip())
    kept = []
    for section in sections:
        lines = section.splitlines()
        if lines[0].startswith("Statements"):
            heads = [n for n, line in enumerate(lines) if re.match(r" {2}\S", line)]
            cut = heads[STATEMENTS] if len(heads) > STATEMENTS else len(lines)
            lines = [*lines[:cut], "  …"]
        elif lines[0].startswith(("Events", "Actors")):
            lines = [*lines[:9], "  …"]
        kept.append("\n".join(line.rstrip() for line in lines))
    return "\n\n".join(kept)


def scores(data: Path, samples: Path) -> str:
    """Return a table of scores on the annotated sets under `data` and `samples`."""
    news, annotated = data / "conflict-news", data / "annotated"
    rows = ["| What | Set | P | R | F1 |", "| --- | --- | --- | --- | --- |"]
    own = ROOT / "tests" / "gold" / "news"
    for gold, texts, part, where in (
        (annotated / "gold", annotated / "articles.jsonl", "check", CHECKED),
        (own, own / "articles.jsonl", "all", "12 news texts of our own"),
    ):
        asked = ("record", str(gold), "--articles", str(texts), "--part", part, "--json")
        rows += _table(json.loads(onrecord("score", *asked)), WHOLE, where)
    found = json.loads(
        onrecord(
            "score",
            "news",
            str(news / "gold"),
            "--articles",
            str(news / "articles.jsonl"),
            "--json",
        )
    )
    rows += _table(found, NEWS, "16 articles on Syria, own gold")
    found = json.loads(onrecord("score", "attribution", str(data / "polnear" / "dev"), "--json"))
    rows += _table(found, CORPUS, "PolNeAR dev, 84 articles")
    found = json.loads(onrecord("score", "dates", str(data / "gum-news"), "--json"))
    rows += _table(found, DATED, "16 Wikinews articles of GUM")
    for command, names in (("nesting", NESTED), ("modality", MOODS)):
        gold = next((ROOT / "tests" / "gold").glob(f"{command}.[tj]*"))
        found = json.loads(onrecord("score", command, str(gold), "--half", "check", "--json"))
        rows += _table(found, names, "own short texts, the half not tuned on")
    article = onrecord(
        "score",
        "article",
        str(samples / "talks-article.gold.json"),
        str(samples / "talks-article.txt"),
        "--json",
    )
    for kind in json.loads(article)["kinds"]:
        if kind["kind"] in {"statements", "events", "terms"}:
            rows.append(_row(kind["kind"], "one article on talks, tuned on", kind))
    return "\n".join(rows) + (
        "\n\nThe commands: `onrecord score record GOLD_DIR --articles FILE --part check`,\n"
        "`onrecord score news` (the same arguments), `onrecord score attribution polnear/dev`,\n"
        "`onrecord score article GOLD.json TEXT`, and those [below](#scoring); this table:\n"
        "`python scripts/readme.py scores`."
    )


def _table(
    found: list[dict[str, int | str | None]], names: dict[str, str], where: str
) -> Iterator[str]:
    by_name = {row["name"]: row for row in found}
    for key, name in names.items():
        row = by_name[key]
        counts = {"found": row["right"], "predicted": row["predicted"], "required": row["gold"]}
        yield _row(name, where, counts)


def _row(name: str, where: str, counts: dict[str, int | str | None]) -> str:
    found, gold = int(counts["found"] or 0), int(counts["required"] or 0)
    recall = found / max(gold, 1)
    if counts["predicted"] is None:  # only recall is measured
        return f"| {name} | {where} | | {recall:.1%} | |"
    predicted = int(counts["predicted"])
    precision = found / max(predicted, 1)
    f1 = 2 * found / max(predicted + gold, 1)
    return f"| {name} | {where} | {precision:.0%} | {recall:.0%} | {100 * f1:.1f} |"


def speed() -> str:
    """Return what the benchmark prints."""
    command = [sys.executable, str(ROOT / "benchmarks" / "onepass.py")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return f"```text\n{done.stdout.rstrip()}\n```"


def rates(table: str) -> str:
    """Return the rows of a table of scores that are of the first set, without its name."""
    kept = ["| What | P | R | F1 |", "| --- | --- | --- | --- |"]
    for line in table.splitlines():
        if f"| {CHECKED} |" in line:
            kept.append(line.replace(f"| {CHECKED} |", "|"))
    return "\n".join(kept)


def fill(page: Path, name: str, content: str) -> None:
    """Replace a block of a page."""
    pattern = re.compile(rf"(<!-- begin: {name} -->\n).*?(<!-- end: {name} -->)", re.DOTALL)
    text = page.read_text("utf-8")
    page.write_text(pattern.sub(lambda m: f"{m[1]}{content}\n{m[2]}", text), "utf-8")


def main() -> None:
    """Fill in what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("block", choices=["demo", "scores", "speed"])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--samples", type=Path)
    asked = parser.parse_args()
    if asked.block == "demo":
        fill(README, "demo", demo())
    elif asked.block == "speed":
        fill(METHODS, "speed", speed())
    elif asked.data is None or asked.samples is None:
        parser.error("scores needs --data and --samples")
    else:
        table = scores(asked.data, asked.samples)
        fill(METHODS, "scores", table)
        fill(README, "rates", rates(table))


if __name__ == "__main__":
    main()
