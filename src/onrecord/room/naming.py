"""Rates of rival words: how often each is used, for every 1,000 words there were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import Record, Term
from onrecord.report.wording import date_words
from onrecord.room.rendering import url
from onrecord.store import Length, Use
from onrecord.tables import Selection

GROUPED = {"outlet": "outlet", "speaker": "speaker", "month": "month"}
VOICES = {
    "": "every voice",
    "own": "in one’s own words",
    "quoted": "in a quotation",
    "scare": "at arm’s length",
    "avoided": "avoided",
}
MOST_TERMS = 7
MOST_GROUPS = 14
_UNKNOWN = {"outlet": "outlet not known", "speaker": "speaker not known", "month": "date not known"}
ITSELF = "the articles themselves"
PER = 1_000
_AROUND = 70  # code points on either side of a word in its line


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a word is used by a group."""

    term: str
    uses: int
    rate: float | None  # for every 1,000 words; None: it is not known of how many


@dataclass(frozen=True, slots=True)
class Group:
    """An outlet, a speaker or a month."""

    key: str  # what the address asks for; "" where it is not known
    label: str
    words: int | None
    rates: tuple[Rate, ...]  # of the terms, in their order
    uses: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """A use in its line, the word in the middle."""

    before: str
    word: str
    after: str
    url: str
    outlet: str | None
    published: str | None
    voice: str


def terms_of(uses: Iterable[Use]) -> list[str]:
    """Return the words that are used, those most used first."""
    return [word for word, _ in Counter(one.term for one in uses).most_common(MOST_TERMS)]


def groups_of(uses: Sequence[Use], words: Mapping[str, int], by: str, voice: str) -> list[Group]:
    """Return the groups that use the words, with their rates; months in order, others by uses.

    Args:
        uses: The uses of a concept's words.
        words: How many words each group has, by key: see `words_of`.
        by: "outlet", "speaker" or "month".
        voice: One of `VOICES`; only uses of it are counted.
    """
    terms = terms_of(uses)
    counted = [one for one in uses if voice in ("", one.voice)]
    labels: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {}
    for one in counted:
        key, label = _group(one, by)
        labels[key] = label
        counts.setdefault(key, Counter())[one.term] += 1
    if by == "month":
        for key in words:
            labels.setdefault(key, date_words(key))
            counts.setdefault(key, Counter())
    groups = [
        Group(
            key=key,
            label=labels[key],
            words=words.get(key),
            rates=tuple(_rate(word, used[word], words.get(key)) for word in terms),
            uses=used.total(),
        )
        for key, used in counts.items()
    ]
    if by == "month":
        return sorted(groups, key=lambda one: (not one.key, one.key))
    return sorted(groups, key=lambda one: (not one.key, -one.uses, one.label))[:MOST_GROUPS]


def _rate(word: str, uses: int, words: int | None) -> Rate:
    return Rate(word, uses, round(PER * uses / words, 3) if words else None)


def _group(use: Use, by: str) -> tuple[str, str]:
    if by == "speaker":
        if use.is_narration:
            return "narration", ITSELF
        return use.speaker_id or "", use.speaker or _UNKNOWN[by]
    key = use.publisher if by == "outlet" else use.month
    if key is None:
        return "", _UNKNOWN[by]
    return key, date_words(key) if by == "month" else key


def words_of(lengths: Iterable[Length], by: str) -> dict[str, int]:
    """Return how many words each outlet or month has."""
    words: Counter[str] = Counter()
    for one in lengths:
        key = one.publisher if by == "outlet" else one.month
        words[key or ""] += one.words
    if by == "month" and not words.get(""):
        words.pop("", None)
    return dict(words)


def aligned(selections: Iterable[Selection], concept: str, voice: str) -> list[Aligned]:
    """Return the uses of a concept's words in their lines, as the concordance has them."""
    return [
        _aligned(row, one.record)
        for one in selections
        for row in one.rows
        if isinstance(row, Term)
        and row.concept == concept
        and voice in ("", "avoided" if row.avoided else row.voice)
    ]


def _aligned(row: Term, record: Record) -> Aligned:
    article = record.article
    span, text = row.span, article.text
    before = text[max(0, span.start - _AROUND) : span.start].rsplit("\n", 1)[-1]
    after = text[span.end : span.end + _AROUND].split("\n", 1)[0]
    path = f"/articles/{article.article_id}"
    return Aligned(
        before=before,
        word=article.cut(span),
        after=after,
        url=url(path, version=article.version, row=row.term_id),
        outlet=article.publisher,
        published=article.published,
        voice=VOICES["avoided" if row.avoided else row.voice],
    )
