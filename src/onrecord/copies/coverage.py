"""Coverage: which articles, by whomever they are written, are on one event.

Articles are compared by the words of their titles and beginnings, rare words counting most, and
each joins those before it that it is most like. What is in doubt stays apart.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

from onrecord.language.days import days_of
from onrecord.records import Article

# Chosen on same-event, where all from .10 to .18 score above .87.
LEAST_ALIKE = 0.13  # cosine to the three most alike of those joined
MOST_ALIKE = 3
LONGEST_PAUSE = 30  # days without news after which an event is another one

BEGINNING = 250  # words of a text that are looked at
TITLE_WEIGHT = 2  # how often the words of a title count
TERMS = 40  # that are kept of an article, the weightiest

_WORD = re.compile(r"[^\W\d_][\w’']+|\d[\d,.]*")
_SHORTEST = 3
_COMMON = 2.0  # subtracted: words more common than the first ten of a list weigh nothing
_UNLISTED = 10.0  # the weight of a word that no list of common ones has


@dataclass(frozen=True, slots=True)
class _Sketch:
    article_id: str
    published: int | None  # day, counted from any
    terms: Mapping[str, float]

    @property
    def order(self) -> tuple[int, str]:
        return (self.published or date.max.toordinal(), self.article_id)


@dataclass(slots=True)
class _Event:
    articles: list[_Sketch] = field(default_factory=list)

    def fit(self, one: _Sketch) -> float:
        """Return how alike an article is to those most like it, 0 where the news is long past."""
        days = [other.published for other in self.articles if other.published is not None]
        pauses = [abs(one.published - day) for day in days if one.published is not None]
        if pauses and min(pauses) > LONGEST_PAUSE:
            return 0.0
        alike = sorted((_cosine(one.terms, other.terms) for other in self.articles), reverse=True)
        nearest = alike[:MOST_ALIKE]
        return sum(nearest) / len(nearest)


def covered(articles: Iterable[Article]) -> list[tuple[str, ...]]:
    """Return the ids of the articles on each event, the first published first.

    The result does not depend on the order of the articles.
    """
    events: list[_Event] = []
    of_term: dict[str, set[int]] = {}
    for one in sorted(map(_sketch, articles), key=lambda one: one.order):
        near = sorted({at for term in one.terms for at in of_term.get(term, ())})
        best, fit = None, 0.0
        for at in near:
            if (found := events[at].fit(one)) > fit:
                best, fit = at, found
        if best is None or fit < LEAST_ALIKE:
            best = len(events)
            events.append(_Event())
        events[best].articles.append(one)
        for term in one.terms:
            of_term.setdefault(term, set()).add(best)
    return [tuple(one.article_id for one in event.articles) for event in events]


def _sketch(article: Article) -> _Sketch:
    words = Counter(_terms(" ".join(article.text.split()[:BEGINNING])))
    for term in _terms(article.title or ""):
        words[term] += TITLE_WEIGHT
    weighed = {term: (1 + math.log(times)) * _rarity(term) ** 2 for term, times in words.items()}
    kept = sorted(weighed, key=lambda term: (-weighed[term], term))[:TERMS]
    length = math.sqrt(sum(weighed[term] ** 2 for term in kept)) or 1.0
    days = days_of(article.published)
    return _Sketch(
        article_id=article.article_id,
        published=date.fromisoformat(days.first).toordinal() if days else None,
        terms={term: weighed[term] / length for term in kept},
    )


def _terms(text: str) -> list[str]:
    found = (one.casefold().strip(".,") for one in _WORD.findall(text))
    return [term for term in found if len(term) >= _SHORTEST]


def _rarity(term: str) -> float:
    rank = _ranks().get(term)
    return _UNLISTED if rank is None else max(0.0, math.log(rank) - _COMMON)


@cache
def _ranks() -> dict[str, int]:
    """Return how common English words are: their ranks in the vocabulary of the reader's model."""
    path = files("onrecord").joinpath("data/models/reader/vocab.txt")
    words = path.read_text("utf8").splitlines()
    first = words.index("the")
    return {word: rank for rank, word in enumerate(words[first:], start=1)}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())
