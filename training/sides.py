"""Train what gives actors without a country the one they act for, on annotated events.

An actor's country is that of the parties which its mentions are. The articles that the one-pass
model keeps back for thresholds are kept back here too, and measured on.

Example: python -m training.sides src/onrecord/data/models/sides --articles FILE --gold FOLDER
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.drafts import Draft
from onrecord.pipeline import draft_of, load_tools
from onrecord.reading import article_from_text
from onrecord.records import Span
from onrecord.resolve.actors.ranker import Floats, Networks, Weigher
from onrecord.resolve.actors.sides import AXES, Open, SideModel
from training.golds import annotated
from training.onepass.texts import is_tune
from training.packing import report
from training.weigher import Case, train, write

Json = Mapping[str, Any]
LABEL = "side-ranker/2"  # another version for any change of what it says
MOST, POWER = 6, 0.7  # of an actor's parties that count, and how little each further one does
LEVELS = (0.4, 0.5, 0.6, 0.7)
AXIS_COUNT = 24  # of an actor's states
EMPTY = np.zeros(0, np.float32)
NOTHING = Weigher("none/0", (), 1.0, Networks(*[EMPTY] * 8))  # of no encoder


@dataclass(frozen=True, slots=True)
class Lacking:
    """An actor without a country, and those of the annotated parties that it is."""

    article: str
    one: Open
    wanted: Counter[str | None]

    def case(self, model: SideModel) -> Case:
        """Return what is learnt from it: each country by its share of the parties."""
        total = self.wanted.total()
        shares = [self.wanted[country] / total for country in self.one.countries]
        weight = float(min(total, MOST) ** POWER)
        return Case(self.article, model.features(self.one), shares, weight)


@dataclass(frozen=True, slots=True)
class Asked(SideModel):
    """A model that answers nothing, and keeps what it was asked."""

    asked: list[Open] = field(default_factory=list)

    def country(self, one: Open) -> str | None:
        """Return None: the country stays open."""
        self.asked.append(one)
        return None


def cases_of(articles: Iterable[tuple[Json, Json]]) -> Iterator[Lacking]:
    """Yield the actors without a country that are parties to annotated events."""
    tools = load_tools()
    weigher = replace(NOTHING, encoder=tools.onepass.encoder)
    for article, gold in articles:
        model = Asked(weigher, EMPTY, EMPTY)
        text = article_from_text(article["text"], published=article.get("published"))
        draft = draft_of(text, replace(tools, sides=model))
        wanted = _wanted(draft, gold)
        actor_of = {mention.span: mention.actor_id for mention in draft.cast.mentions}
        for one in model.asked:
            told = wanted.get(next((actor_of[s] for s in one.spans if s in actor_of), None))
            if told:
                yield Lacking(gold["id"], one, told)


def _wanted(draft: Draft, gold: Json) -> Mapping[str | None, Counter[str | None]]:
    """Return the countries of annotated parties by the actor whose mention each is."""
    mentions = [(draft.article.input_span(m.span), m.actor_id) for m in draft.cast.mentions]
    wanted: dict[str | None, Counter[str | None]] = defaultdict(Counter)
    for event in gold["events"]:
        for party in (*event["actors"], *event["recipients"]):
            span = Span(*party["span"])
            likeness, actor = max(
                ((_alike(span, own), actor) for own, actor in mentions),
                key=lambda pair: pair[0],
                default=(0.0, None),
            )
            if likeness and actor is not None:
                wanted[actor][party["country"]] += 1
    return wanted


def _alike(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / (max(one.end, other.end) - min(one.start, other.start))


def axes_of(states: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return the middle of some states, and the axes along which they differ most, as units."""
    rows = np.stack(states)
    middle = rows.mean(0)
    _, _, across = np.linalg.svd(rows - middle, full_matrices=False)
    axes = across[:AXIS_COUNT].T
    spread = ((rows - middle) @ axes).std(0)
    return middle, (axes / spread).astype(np.float32)


def lines(cases: Sequence[Lacking], chances: Sequence[Mapping[str, float]]) -> Iterator[str]:
    """Yield for some least chances the shares of parties that are right, wrong and missed."""
    total = sum(case.wanted.total() for case in cases)
    for least in LEVELS:
        right = wrong = 0
        for case, of in zip(cases, chances, strict=True):
            best = max(of, key=of.__getitem__, default=None)
            told = best if best is not None and of[best] >= least else None
            right += case.wanted[told]
            wrong += case.wanted.total() - case.wanted[told] if told is not None else 0
        yield (f"least {least}: of {total} parties {right / total:.3f} right or rightly open, "
               f"{wrong / total:.3f} wrong or invented")  # fmt: skip


def main() -> None:
    """Parse the command line, train, measure on what was kept back, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the model goes")
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--least", type=float, default=0.6, help="chance from which one is told")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cases = list(cases_of(annotated(options.articles, options.gold)))
    encoder = load_tools().onepass.encoder
    learnt = [one for one in cases if not is_tune(one.article) and one.one.countries]
    middle, axes = axes_of([one.one.state for one in learnt if one.one.state is not None])
    bare = Asked(NOTHING, middle, axes)
    weigher = train([one.case(bare) for one in learnt], LABEL, options.least, encoder)
    model = SideModel(weigher, middle, axes)
    kept_back = [one for one in cases if is_tune(one.article)]
    for line in lines(kept_back, [model.chances(one.one) for one in kept_back]):
        report(line)
    write(weigher, options.folder)
    np.savez_compressed(options.folder / AXES, middle=middle, axes=axes)


if __name__ == "__main__":
    main()
