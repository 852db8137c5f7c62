"""Correct articles as their annotations say, by the commands' own ways: a desk's work, scripted.

What it leaves in the store goes to `onrecord review export` and on to `training.onepass.adapt`.

Example: python benchmarks/desk.py desk.db --articles articles.jsonl --gold gold --ids ids.txt
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import StoreError
from onrecord.pipeline import Tools, extract, load_tools
from onrecord.reading import article_from_text
from onrecord.records import Record, Row, Span, id_of
from onrecord.reviews.corrections import key_hull
from onrecord.store import Store, open_store

BY = "benchmark"
MATCH = 0.5  # Jaccard of characters from which a row is the annotated one
ACT = "assert"  # of what is added: annotations say none, and none is learnt
KEYS = {"events": "trigger", "statements": "content_spans", "figures": "span"}
Marked = Mapping[str, Any]


def spans_of(part: Any) -> list[list[int]]:  # noqa: ANN401 - JSON
    """Return a part of an annotated row as spans: bare, beside its words, or in pieces."""
    if part is None:
        return []
    if isinstance(part, dict):
        return spans_of(part["span"])
    return [part] if part and isinstance(part[0], int) else [*part]


def hull_of(kind: str, marked: Marked) -> Span:
    """Return from where to where an annotated row runs."""
    spans = spans_of(marked[KEYS[kind]])
    return Span(min(start for start, _ in spans), max(end for _, end in spans))


def alike(one: Span, other: Span) -> float:
    """Return how much two spans share of what they cover."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (len(one) + len(other) - max(shared, 0))


def right_values(kind: str, marked: Marked) -> dict[str, Any]:
    """Return the values that an annotated row gives a field of ours."""
    if kind == "figures":
        return {"span": spans_of(marked["span"])[0]} | {
            name: marked[name] for name in ("measure", "low", "high") if name in marked
        }
    if kind == "statements":
        parts = {"content": "content_spans", "source": "source", "cue": "cue"}
        values = {name: spans_of(marked.get(field)) for name, field in parts.items()}
        return values | {"kind": marked["kind"], "act": marked.get("act", ACT)}
    sides = {
        side: [{"span": spans_of(one)[0]} for one in marked.get(side) or []]
        for side in ("actors", "recipients")
    }
    return {
        "event_type": "CONCEDE" if marked["type"] == "RETREAT" else marked["type"],
        "trigger": spans_of(marked["trigger"]),
        "modality": marked["modality"],
        **sides,
    }


def differences(kind: str, row: Row, marked: Marked) -> dict[str, Any]:
    """Return what a row has otherwise than its annotation, as right values by field."""
    values = right_values(kind, marked)
    if kind == "events":
        values = {name: values[name] for name in ("event_type", "modality")}
    if kind == "statements":  # what the annotation leaves open stays
        values = {name: value for name, value in values.items() if value and name != "act"}
    return {name: value for name, value in values.items() if plain(getattr(row, name)) != value}


def plain(value: object) -> object:
    """Return a field as JSON has it."""
    if isinstance(value, Span):
        return [value.start, value.end]
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def matched(kind: str, record: Record, gold: Sequence[Marked]) -> Iterator[tuple[Row | None, int]]:
    """Yield each row with the annotated one it is, -1 for none, and (None, n) for those missed."""
    left = set(range(len(gold)))
    for row in getattr(record, kind):
        own = key_hull(kind, row)
        assert own is not None
        near = [(alike(own, hull_of(kind, gold[n])), n) for n in left]
        best, number = max(near, default=(0.0, -1))
        if best < MATCH:
            number = -1
        left.discard(number)
        yield row, number
    yield from ((None, n) for n in sorted(left) if not gold[n].get("optional"))


def correct(store: Store, article_id: str, gold: Marked) -> Counter[str]:
    """Correct an article as its annotation says; return how many decisions of each kind."""
    done: Counter[str] = Counter()
    until = gold["events_until"]
    for kind in KEYS:
        marked = [one for one in gold[kind] if spans_of(one[KEYS[kind]])]
        record = store.record(article_id)
        for row, number in [*matched(kind, record, marked)]:
            try:
                verdict = decide(store, article_id, kind, (row, number), (marked, until))
            except (StoreError, ValueError):  # the text has it where no row of ours can be
                verdict = "refused"
            done[f"{kind} {verdict}"] += bool(verdict)
    return done


def decide(
    store: Store,
    article_id: str,
    kind: str,
    found: tuple[Row | None, int],
    annotated: tuple[Sequence[Marked], int],
) -> str:
    """Decide about a row, or one that is missed; return what was decided, "" for nothing."""
    (row, number), (gold, until) = found, annotated
    if row is None:
        store.reviews.add(article_id, kind, right_values(kind, gold[number]), by=BY)
        return "added"
    if number < 0:
        own = key_hull(kind, row)
        if kind != "figures" and own is not None and own.start >= until:
            return ""  # nobody annotated that far
        store.reviews.give(id_of(row), "reject", by=BY)
        return "rejected"
    if changes := differences(kind, row, gold[number]):
        store.reviews.give(id_of(row), "correct", by=BY, changes=changes)
        return "corrected"
    store.reviews.give(id_of(row), "accept", by=BY)
    return "accepted"


def put(store: Store, line: Marked, tools: Tools) -> str | None:
    """Read an article into a store; return its id, None where its text is not kept as it is."""
    article = article_from_text(line["text"], published=line.get("published"))
    if article.text != line["text"]:
        return None
    store.save(extract(article, tools=tools), tools.extractor)
    return article.article_id


def main() -> None:
    """Parse the command line, read and correct."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--articles", type=Path, nargs="+", required=True, help="JSON lines")
    parser.add_argument("--gold", type=Path, required=True, help="folder of annotations")
    parser.add_argument("--ids", type=Path, required=True, help="the articles wanted, one a line")
    parser.add_argument("--most", type=int, default=30)
    options = parser.parse_args()
    lines = {
        line["id"]: line
        for path in options.articles
        for line in map(json.loads, path.read_text("utf8").splitlines())
    }
    began, done, articles = time.monotonic(), Counter[str](), 0
    tools = load_tools()
    with open_store(str(options.store)) as store:
        for name in options.ids.read_text("utf8").split():
            if articles < options.most and (article_id := put(store, lines[name], tools)):
                gold = json.loads((options.gold / f"{name}.gold.json").read_text("utf8"))
                done += correct(store, article_id, gold)
                articles += 1
    print(f"{articles} articles, {done.total()} decisions, {time.monotonic() - began:.0f} s")
    for what, count in sorted(done.items()):
        print(f"  {what} {count}")


if __name__ == "__main__":
    main()
