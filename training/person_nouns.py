"""Fit the weights by which nouns for people find whom they mean, on annotated articles.

Example: python -m training.person_nouns src/onrecord/data/models/nouns --articles FILE --gold GOLD

The features are the package's own. Annotated are the speakers of statements and the parties of
events; whose canonical name a candidate bears in the text is meant. It prints how many nouns are
right as the rules take them and as the weights do, over folds of articles and on those kept back.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from spacy.tokens import Doc

from onrecord.evaluate.naming import one_description, one_name
from onrecord.pipeline import Tools, draft_of, load_tools
from onrecord.reading import article_from_text
from onrecord.records import Article, Span
from onrecord.resolve.actors.person_nouns import WEIGHTS, NounWeights, Weighed
from onrecord.resolve.actors.sketch import Sketch
from training.onepass.texts import is_check, is_tune
from training.packing import report

Json = Mapping[str, Any]
Floats = NDArray[np.float64]
VERSION = "1"
STRENGTH = 3.0  # of the L2 penalty
FEWEST = 3  # candidates that a feature has to stand with
OF_EVENTS = 0.5  # weight of a party of an event beside the speaker of a statement
FOLDS = 5
DECIMALS = 4
RULE = "rule "  # how the features begin that tell whom a rule takes


@dataclass(frozen=True, slots=True)
class Example:
    """A noun with its candidates; which are right, nobody last; and what the rules make of it."""

    article: str
    speaks: bool  # the source of a statement, not a party of an event
    weighed: Weighed
    right: Sequence[bool]
    by_rule: bool


@dataclass
class Recorder:
    """Picks as the rules do, and remembers what there was to pick from."""

    seen: dict[int, Weighed] = field(default_factory=dict)  # by token

    def pick(self, weighed: Weighed) -> Sketch | None:
        """Return whom a rule takes, None where none takes anybody."""
        self.seen.setdefault(weighed.token, weighed)
        place = _ruled(weighed)
        return None if place is None else list(weighed.mentions)[place]


def _ruled(weighed: Weighed) -> int | None:
    ruled = (any(name.startswith(RULE) for name in told) for told in weighed.features)
    return next((place for place, taken in enumerate(ruled) if taken), None)


def examples_of(articles: Iterable[tuple[Json, Json]], tools: Tools) -> list[Example]:
    """Return the nouns of some articles that are annotated as sources or parties."""
    found: list[Example] = []
    for article, gold in articles:
        text = article_from_text(article["text"], published=article.get("published"))
        recorder = Recorder()
        draft = draft_of(text, replace(tools, ranker=replace(tools.ranker, nouns=recorder)))
        found += examples_in(gold, text, draft.doc, recorder.seen)
    return found


def examples_in(
    gold: Json, article: Article, doc: Doc, seen: Mapping[int, Weighed]
) -> Iterator[Example]:
    """Yield the annotated nouns among those that were weighed."""
    done: set[int] = set()
    for span, names, speaks in marked(gold):
        inside = [token for token, _ in seen.items() if _is_in(article, doc, token, span)]
        for token in inside[:1]:
            if token not in done:
                done.add(token)
                yield _example(gold["id"], doc, seen[token], names, speaks)


def marked(gold: Json) -> Iterator[tuple[Sequence[int], Sequence[str], bool]]:
    """Yield where a source or party stands, its names (none: itself), and whether it speaks."""
    for row in gold["statements"]:
        span = row.get("source_span") or (row.get("source") or {}).get("span")
        others = row.get("speaker_alt") or ()
        others = others if isinstance(others, list) else [others]
        if span:
            yield span, [name for name in (row.get("speaker"), *others) if name], True
    for row in gold["events"]:
        for party in (*(row.get("actors") or ()), *(row.get("recipients") or ())):
            if party.get("span"):
                yield party["span"], [party["name"]] if party.get("name") else [], False


def _is_in(article: Article, doc: Doc, token: int, span: Sequence[int]) -> bool:
    """Whether a noun is the head of an annotated span."""
    word = doc[token]
    start, end = word.idx, word.idx + len(word)
    there = article.input_span(Span(start, end))
    if not span[0] <= there.start < span[1]:
        return False
    head = article.input_span(Span(word.head.idx, word.head.idx + len(word.head)))
    return word.head is word or not span[0] <= head.start < span[1]


def _example(name: str, doc: Doc, weighed: Weighed, names: Sequence[str], speaks: bool) -> Example:
    right = [
        any(one_name(wanted, called) for wanted in names for called in _called(doc, sketch, ones))
        for sketch, ones in weighed.mentions.items()
    ]
    place = _ruled(weighed)
    noun = doc[weighed.token]
    phrase = doc[noun.left_edge.i : noun.right_edge.i + 1].text
    described = any(one_description(wanted, phrase) for wanted in names)
    nobody = not any(right) or (described and not speaks)
    right = [one and not nobody for one in right]
    by_rule = nobody or described if place is None else right[place]
    return Example(name, speaks, weighed, (*right, nobody), by_rule)


def _called(doc: Doc, sketch: Sketch, mentions: Sequence[Any]) -> Iterator[str]:
    yield from filter(None, (sketch.name, sketch.known_as))
    yield from (doc[one.start : one.end].text for one in mentions if one.form != "pronoun")


def fit(examples: Sequence[Example]) -> NounWeights:
    """Return the weights under which what is right is likeliest."""
    told = [[*one.weighed.features, one.weighed.nobody] for one in examples]
    counts = Counter(name for sets in told for names in sets for name in names)
    column = {name: n for n, name in enumerate(sorted(n for n in counts if counts[n] >= FEWEST))}
    rows = [[column[name] for name in names if name in column] for sets in told for names in sets]
    ends = np.cumsum([0, *map(len, rows)])
    cells = np.array([cell for row in rows for cell in row], np.int64)
    table = csr_matrix((np.ones(len(cells)), cells, ends), shape=(len(rows), len(column)))
    sizes = np.array([len(sets) for sets in told])
    group, starts = np.repeat(np.arange(len(sizes)), sizes), np.cumsum([0, *sizes[:-1]])
    right = np.array([float(r) for one in examples for r in one.right])
    share = np.array([1.0 if one.speaks else OF_EVENTS for one in examples])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = table @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        chances = raised / np.add.reduceat(raised, starts)[group]
        good = np.maximum(np.add.reduceat(chances * right, starts), 1e-12)
        slope = table.T @ ((chances - chances * right / good[group]) * share[group])
        return (
            float(-(share * np.log(good)).sum() + STRENGTH / 2 * weights @ weights),
            slope + STRENGTH * weights,
        )

    found = minimize(loss, np.zeros(len(column)), jac=True, method="L-BFGS-B").x
    kept = {name: round(float(found[n]), DECIMALS) for name, n in column.items()}
    return NounWeights({name: weight for name, weight in kept.items() if weight})


def is_right(weights: NounWeights, example: Example) -> bool:
    """Whether some weights, or what the noun says of itself, take a noun for whom it means."""
    meant = weights.pick(example.weighed)
    if meant is None:
        return example.right[-1] or (example.by_rule and _ruled(example.weighed) is None)
    return example.right[list(example.weighed.mentions).index(meant)]


def shown(name: str, examples: Sequence[Example], right: Sequence[bool]) -> str:
    """Return a line: how many are right by rule and by weight, of speakers and of parties."""
    parts = []
    for kind, speaks in (("speakers", True), ("parties", False)):
        mine = [n for n, one in enumerate(examples) if one.speaks is speaks]
        rules, weights = sum(examples[n].by_rule for n in mine), sum(right[n] for n in mine)
        parts.append(f"{kind} {len(mine)}: by rule {rules}, by weight {weights}")
    return f"{name}: {'; '.join(parts)}"


def crossed(examples: Sequence[Example]) -> list[bool]:
    """Return whether each example is right by weights that its article had no part in."""
    names = sorted({one.article for one in examples})
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    fitted = [fit([one for one in examples if fold[one.article] != n]) for n in range(FOLDS)]
    return [is_right(fitted[fold[one.article]], one) for one in examples]


def annotated(articles: Sequence[Path], golds: Sequence[Path]) -> Iterator[tuple[Json, Json]]:
    """Yield the articles that are not for checking, with their annotations."""
    known = {row["id"]: row for path in articles for row in map(json.loads, path.open())}
    for folder in golds:
        for path in sorted(folder.glob("*.gold.json")):
            gold = json.loads(path.read_text("utf8"))
            if not is_check(gold["id"]) and gold["id"] in known:
                yield known[gold["id"]], gold


def written(weights: NounWeights) -> str:
    """Return the text of a weights file."""
    features = dict(sorted(weights.weights.items()))
    return json.dumps({"name": "nouns", "version": VERSION, "features": features}, indent=1) + "\n"


def main() -> None:
    """Parse the command line, fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder of the weights")
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    examples = examples_of(annotated(options.articles, options.gold), load_tools())
    learnt = [one for one in examples if not is_tune(one.article)]
    kept = [one for one in examples if is_tune(one.article)]
    weights = fit(learnt)
    report(shown("folds", learnt, crossed(learnt)))
    report(shown("kept back", kept, [is_right(weights, one) for one in kept]))
    (options.model / WEIGHTS).write_text(written(weights), "utf8")


if __name__ == "__main__":
    main()
