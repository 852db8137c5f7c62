"""Made-up records by the hundred thousand: those of real articles with other names, dates, figures.

A changed word is as long as the one it stands for, so that every span keeps its place. The same
number gives the same record, whatever was made before it.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from onrecord.records import Article, Figure, InputMap, Record, Segment, Span

CHANGED = 0.4  # of the words that are no names; two of one article then share 1 shingle in 150
COPIED = 0.05  # of the articles are copies of one of the latest
LATEST = 1_000  # articles, of which a copy is one
BEARERS = 2_000  # made-up names that may stand for one name
LEANING = 0.8  # the frequency of the nth name is n to minus this
DAYS = 1_500  # over which the articles are spread
ELSEWHERE = 0.7  # of the articles happen between other countries
COUNTRIES = (
    "RUS UKR USA GBR FRA DEU CHN IND SYR TUR ISR IRN POL BLR EGY SAU YEM IRQ AFG PAK JPN KOR PRK "
    "BRA MEX COL VEN NGA ETH SDN KEN ZAF LBY DZA MAR ITA ESP GRC SRB GEO ARM AZE KAZ MMR PHL"
).split()

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ID = re.compile(r"[0-9a-f]{16}")
_NAMES = {"name", "known_as", "role"}
_VOWELS, _CONSONANTS = "aeiou", "bcdfghklmnprstvz"


def article_id_of(number: int) -> str:
    """Return the id of a made-up article."""
    return hashlib.sha256(f"article {number}".encode()).hexdigest()[:16]


class Variants:
    """The made-up records that some real ones give.

    Args:
        seeds: The real ones.
        a_day: How many articles are of one day, which come in its order, as news does; None: they
            are spread over `DAYS`, so that a larger corpus has more of each day.
    """

    def __init__(self, seeds: Sequence[Record], *, a_day: int | None = None) -> None:
        self.seeds = seeds
        self._a_day = a_day
        words: dict[int, set[str]] = defaultdict(set)
        for seed in seeds:
            for word in _WORD.findall(seed.article.text):
                if word.islower():
                    words[len(word)].add(word)
        self._words = {length: sorted(some) for length, some in words.items()}
        self._weights = list(accumulate(1 / (n + 1) ** LEANING for n in range(BEARERS)))

    def record(self, number: int) -> Record:
        """Return the record of a number, from 0."""
        original, draw = number, Random(number)
        while original and draw.random() < COPIED:
            original = draw.randrange(max(0, original - LATEST), original)
            draw = Random(original)
        return self._varied(number, original)

    def _varied(self, number: int, original: int) -> Record:
        draw = Random(f"text {original}")
        seed = self.seeds[draw.randrange(len(self.seeds))]
        article = self._article(seed, number, draw)
        text = article.text
        change = _Change(
            article_id=article.article_id,
            days=(date.fromisoformat(article.published or "2022-03-01") - _day(seed.article)).days,
            words=_words_of(seed.article.text, text),
            countries=_countries(draw),
            times=draw.choice((0.5, 1.0, 2.0, 3.0)),
        )
        rows = {
            field.name: change.of(getattr(seed, field.name))
            for field in fields(Record)
            if field.name != "article"
        }
        return Record(article=article, **rows)

    def _article(self, seed: Record, number: int, draw: Random) -> Article:
        named = {
            word
            for actor in seed.actors
            if actor.kind in {"person", "organisation"}
            for word in _WORD.findall(actor.name)
        }
        exchange = _Exchange(self._words, self._weights, named, draw)
        text = exchange.of(seed.article.text)
        whole = Span(0, len(text))
        own = Random(number)
        return replace(
            seed.article,
            article_id=article_id_of(number),
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            input_map=InputMap((Segment(whole, whole),)),
            title=exchange.of(seed.article.title) if seed.article.title else None,
            url=f"https://news.example/{number}",
            publisher=f"Paper {own.randrange(50)}",
            published=self._published(number, draw).isoformat(),
            published_from="given",
            source_path=None,
            story_id=None,
            copy_of=None,
        )

    def _published(self, number: int, draw: Random) -> date:
        day = draw.randrange(DAYS) if self._a_day is None else number // self._a_day
        return date(2019, 1, 1) + timedelta(day)


@dataclass(slots=True)
class _Exchange:
    """Other words of the same length, the same for the same word of an article."""

    words: dict[int, list[str]]
    weights: list[float]
    names: set[str]
    draw: Random

    def of(self, text: str) -> str:
        """Return a text of the same length with other names, words and figures."""
        found: dict[str, str] = {}

        def other(match: re.Match[str]) -> str:
            word = match[0]
            if word not in found:
                found[word] = self._other(word)
            return found[word]

        return _NUMBER.sub(self._figure, _WORD.sub(other, text))

    def _other(self, word: str) -> str:
        if word in self.names:
            (bearer,) = self.draw.choices(range(BEARERS), cum_weights=self.weights)
            return _made_up(word, bearer)
        if word.islower() and self.draw.random() < CHANGED:
            return self.draw.choice(self.words[len(word)])
        return word

    def _figure(self, match: re.Match[str]) -> str:
        digits = match[0]
        return "".join(str(self.draw.randint(1, 9)) for _ in digits)


def _made_up(word: str, bearer: int) -> str:
    """Return a name that stands for another, of the same length."""
    if bearer == 0:
        return word
    draw = Random(f"{word} {bearer}")
    letters = (draw.choice((_CONSONANTS, _VOWELS)[at % 2]) for at in range(len(word)))
    return "".join(letters).capitalize()


def _words_of(before: str, after: str) -> Callable[[str], str]:
    """Return what exchanges words in names as they were exchanged in the text."""
    found = {match[0]: after[match.start() : match.end()] for match in _WORD.finditer(before)}
    return lambda name: _WORD.sub(lambda match: found.get(match[0], match[0]), name)


def _countries(draw: Random) -> dict[str, str]:
    """Return which country stands for which; each for itself where the article stays at home."""
    if draw.random() >= ELSEWHERE:
        return {}
    return dict(zip(COUNTRIES, draw.sample(COUNTRIES, len(COUNTRIES)), strict=True))


def _day(article: Article) -> date:
    match = _DAY.match(article.published or "")
    return date.fromisoformat(match[0]) if match else date(2022, 3, 1)


@dataclass(frozen=True, slots=True)
class _Change:
    """What becomes of the rows of a record."""

    article_id: str
    days: int  # by which dates move
    words: Callable[[str], str]
    countries: dict[str, str]
    times: float  # by which figures grow

    def of(self, value: Any, name: str = "") -> Any:  # noqa: ANN401 - a row, or any field of one
        """Return a row, or the value of a field of that name, as the other article has it."""
        if isinstance(value, tuple):
            return tuple(self.of(one, name) for one in value)
        if isinstance(value, str):
            return self._text(value, name)
        if is_dataclass(value) and not isinstance(value, Span | type):
            names = (field.name for field in fields(value))
            values = {one: self.of(getattr(value, one), one) for one in names}
            if isinstance(value, Figure):
                values |= {one: self._grown(values[one]) for one in ("low", "high")}
            return type(value)(**values)
        return value

    def _text(self, value: str, name: str) -> str:
        if _ID.fullmatch(value):
            return hashlib.sha256(f"{self.article_id} {value}".encode()).hexdigest()[:16]
        if name in _NAMES:
            return self.words(value)
        if name in {"country", "role_country"}:
            return self.countries.get(value, value)
        return _DAY.sub(self._moved, value) if name in {"value", "date", "as_of"} else value

    def _moved(self, match: re.Match[str]) -> str:
        return (date.fromisoformat(match[0]) + timedelta(self.days)).isoformat()

    def _grown(self, bound: float | None) -> float | None:
        return None if bound is None else bound * self.times
