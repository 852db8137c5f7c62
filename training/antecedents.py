"""Train what tells which party or group "it" or "they" stands for, on annotated articles.

A pronoun that is annotated as a party to an event, or as the source of a statement, stands for whom
the annotation names. The articles that the one-pass model keeps back for thresholds are kept back
here too, and measured on.

Example: python -m training.antecedents src/onrecord/data/models/antecedents --articles FILE
--gold FOLDER
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.drafts import Draft
from onrecord.evaluate.gold import same_name
from onrecord.pipeline import draft_of, load_tools
from onrecord.reading import article_from_text
from onrecord.records import Span
from onrecord.resolve.actors.antecedents import AntecedentModel, Choice
from onrecord.resolve.actors.ranker import Networks, Weigher
from onrecord.resolve.actors.sketch import NOBODY, Meant
from training.golds import annotated, named_in
from training.onepass.texts import is_tune
from training.packing import report
from training.weigher import Case, Floats, crossed, train, write

Json = Mapping[str, Any]
LABEL = "antecedent-ranker/1"  # another version for any change of what it says
LEVELS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class Asked(AntecedentModel):
    """A model that answers nothing, and keeps what it was asked."""

    asked: dict[Span, Choice] = field(default_factory=dict)  # by pronoun

    def meant(self, choice: Choice) -> Meant:
        """Return nobody."""
        self.asked[choice.pronoun] = choice
        return NOBODY


def cases_of(articles: Iterable[tuple[Json, Json]]) -> Iterator[Case]:
    """Yield the pronouns for which an annotation names somebody, with the candidates of each."""
    nothing = np.zeros(0, np.float32)
    tools = load_tools()
    encoder = tools.onepass.encoder
    empty = Weigher("none/0", (), 1.0, Networks(*[nothing] * 8), encoder)
    for article, gold in articles:
        model = Asked(empty)
        text = article_from_text(article["text"], published=article.get("published"))
        draft = draft_of(text, replace(tools, antecedents=model))
        named, names = dict(named_in(gold)), _names(draft)
        for pronoun, choice in model.asked.items():
            wanted = named.get(text.input_span(pronoun))
            if wanted is None or not choice.sketches:
                continue
            right = [any(same_name(wanted, n) for n in names[span]) for span in choice.mentions]
            shares = [one / max(1, sum(right)) for one in right]
            yield Case(gold["id"], choice.features, shares)


def _names(draft: Draft) -> Mapping[Span, set[str]]:
    """Return by mention all names of the actor that it means."""
    of_actor: dict[str | None, set[str]] = defaultdict(set)
    for actor in draft.cast.actors:
        of_actor[actor.actor_id] |= {name for name in (actor.name, actor.known_as) if name}
    for mention in draft.cast.mentions:
        if mention.form in {"name", "metonym"}:
            words = draft.article.text[mention.span.start : mention.span.end]
            of_actor[mention.actor_id].add(words)
    of_actor[None] = set()
    found = {mention.span: of_actor[mention.actor_id] for mention in draft.cast.mentions}
    return defaultdict(set, found)


def lines(cases: Sequence[Case], shares: Sequence[Floats]) -> Iterator[str]:
    """Yield for some least chances the shares of pronouns that are right and wrong."""
    for least in LEVELS:
        told = [
            case.wanted[best] > 0
            for case, of in zip(cases, shares, strict=True)
            if of[best := int(of.argmax())] >= least
        ]
        right, wrong = sum(told) / len(cases), (len(told) - sum(told)) / len(cases)
        yield f"least {least}: of {len(cases)} pronouns {right:.3f} right, {wrong:.3f} wrong"


def main() -> None:
    """Parse the command line, train, measure on what was kept back, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the model goes")
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--least", type=float, default=0.4, help="chance from which one is told")
    options = parser.parse_args()
    torch.set_num_threads(1)
    cases = list(cases_of(annotated(options.articles, options.gold)))
    learnt = [case for case in cases if not is_tune(case.article)]
    weigher = train(learnt, LABEL, options.least, load_tools().onepass.encoder)
    kept_back = [case for case in cases if is_tune(case.article)]
    report("kept back:")
    for line in lines(kept_back, [weigher.shares(case.candidates) for case in kept_back]):
        report(line)
    report("all, over folds:")
    for line in lines(cases, crossed(cases)):
        report(line)
    write(weigher, options.folder)


if __name__ == "__main__":
    main()
