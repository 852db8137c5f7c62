"""Score statements against a corpus of attributions: source, cue and content.

Spans are compared by their words; punctuation does not count. A predicted attribution matches a
gold one when the word sets of their contents have a Jaccard index of at least 0.5; the matching is
one to one with as many pairs as possible.

References:
    Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News":
    https://aclanthology.org/L18-1524/
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import GoldError
from onrecord.evaluate.gold import read_text
from onrecord.evaluate.matching import Pair, best_matching, jaccard
from onrecord.evaluate.tally import Tally
from onrecord.records import Record, Span, Spans

MATCH = 0.5
MOST_PAIRS = 1e4  # more than all overlaps together: as many pairs as possible come first
FEWEST_QUOTED_WORDS = 3  # of one quotation, that make an attribution direct or mixed
ROLES = ("source", "cue", "content")

OPENING = ("“", "„", "«", "``")
CLOSING = ("”", "»", "''")

_MARK = re.compile(r"[\"“”„‟«»]|``|''")
_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution; each part may be in pieces or empty."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()

    def part(self, role: str) -> Spans:
        """Return the spans of one of `ROLES`."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[role]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedText:
    """A text and the attributions that an annotator found in it."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


def attributions_of(record: Record) -> tuple[Attribution, ...]:
    """Return a record's statements that no other contains, with offsets into the input."""
    there = record.article.input_span
    return tuple(
        Attribution(
            source=tuple(map(there, row.source)),
            cue=tuple(map(there, row.cue)),
            content=tuple(map(there, row.content)),
        )
        for row in record.statements
        if row.parent_id is None
    )


def read_corpus(folder: Path) -> Iterator[AttributedText]:
    """Yield the texts of a PolNeAR folder by name, each as its first annotator marked it.

    The folder holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` in brat's stand-off form.
    A text that nobody annotated is left out.

    Raises:
        GoldError: The folder has no annotated text, or a file cannot be read.
    """
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rpartition("_")[0], path)
    texts = sorted((folder / "text").glob("*.txt"))
    if not any(path.stem in annotations for path in texts):
        raise GoldError(f"{folder} holds no text/NAME.txt with attributions/NAME_ANNOTATOR.ann")
    for path in texts:
        if path.stem in annotations:
            yield AttributedText(
                name=path.stem,
                text=read_text(path),
                attributions=tuple(_read_brat(annotations[path.stem])),
            )


def _read_brat(path: Path) -> Iterator[Attribution]:
    spans: dict[str, Spans] = {}
    events: list[list[str]] = []
    for line in read_text(path).split("\n"):
        key, *columns = line.rstrip("\r").split("\t")
        if key.startswith("T") and columns:
            offsets = columns[0].partition(" ")[2].split(";")
            spans[key] = tuple(sorted(Span(*map(int, piece.split())) for piece in offsets))
        elif key.startswith("E") and columns and columns[0].startswith("Attribution"):
            events.append(columns[0].split()[1:])  # without the trigger, which repeats the cue
    for arguments in events:
        parts: dict[str, list[Span]] = {role: [] for role in ROLES}
        for argument in arguments:
            label, _, key = argument.partition(":")
            role = _DIGITS.sub("", label).lower()
            if role in parts:
                parts[role] += spans.get(key, ())
        yield Attribution(**{role: tuple(sorted(found)) for role, found in parts.items()})


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, numbered in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = [match.span() for match in _WORD.finditer(text)]
        return cls(tuple(start for start, _ in found), tuple(end for _, end in found))

    def within(self, spans: Spans) -> frozenset[int]:
        """Return the words that share a character with one of the spans."""
        return frozenset(
            word
            for span in spans
            for word in range(
                bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
            )
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """All attributions of one side, as sets of word numbers per role."""

    words: tuple[Mapping[str, frozenset[int]], ...]
    fragments: Mapping[str, frozenset[frozenset[int]]]  # each contiguous piece by itself

    @classmethod
    def of(cls, words: _Words, attributions: Sequence[Attribution]) -> _Side:
        fragments = {
            role: frozenset(
                words.within((span,)) for one in attributions for span in one.part(role)
            )
            for role in ROLES
        }
        return cls(
            tuple({role: words.within(one.part(role)) for role in ROLES} for one in attributions),
            {role: found - {frozenset()} for role, found in fragments.items()},
        )

    def all_words(self, role: str) -> frozenset[int]:
        return frozenset[int]().union(*(one[role] for one in self.words))

    def with_content(self) -> list[int]:
        """Return which attributions have a word in their content; others are not matched."""
        return [i for i, one in enumerate(self.words) if one["content"]]


def score_attributions(gold: AttributedText, predicted: Sequence[Attribution]) -> tuple[Tally, ...]:
    """Return the tallies of one text.

    By role: words in any attribution ("source words"), and exact contiguous pieces ("source
    pieces"). Of matched attributions: "content", "content+source" (which needs the source too,
    where the gold has one), "content exact" (the same words). "direct and mixed" and "indirect"
    are the gold attributions of each kind among those, with no count of predicted ones.
    """
    words = _Words.of(gold.text)
    right, got = _Side.of(words, gold.attributions), _Side.of(words, predicted)
    content = _content_overlaps(right, got)
    full = {
        pair: overlap
        for pair, overlap in content.items()
        if overlap >= MATCH and _same_source(right, got, pair)
    }
    exact = {pair: overlap for pair, overlap in content.items() if overlap == 1.0}
    matched = _most_pairs({pair: overlap for pair, overlap in content.items() if overlap >= MATCH})
    matched_full = _most_pairs(full)
    quoted = _quoted(right, words, gold.text)
    n_gold, n_got = len(right.with_content()), len(got.with_content())
    return (
        *_by_role(right, got),
        Tally("content", len(matched), n_got, n_gold),
        Tally("content exact", len(_most_pairs(exact)), n_got, n_gold),
        Tally("content+source", len(matched_full), n_got, n_gold),
        *_by_kind("content", matched, quoted, right),
        *_by_kind("content+source", matched_full, quoted, right),
    )


def matched_contents(gold: AttributedText, predicted: Sequence[Attribution]) -> frozenset[int]:
    """Return which predicted attributions, by place, have the content of a gold one."""
    words = _Words.of(gold.text)
    overlaps = _content_overlaps(_Side.of(words, gold.attributions), _Side.of(words, predicted))
    near = {pair: overlap for pair, overlap in overlaps.items() if overlap >= MATCH}
    return frozenset(place for _, place in _most_pairs(near))


def _content_overlaps(right: _Side, got: _Side) -> dict[Pair, float]:
    return {
        (i, j): jaccard(right.words[i]["content"], got.words[j]["content"])
        for i in right.with_content()
        for j in got.with_content()
    }


def _same_source(right: _Side, got: _Side, pair: Pair) -> bool:
    source = right.words[pair[0]]["source"]
    return not source or jaccard(source, got.words[pair[1]]["source"]) >= MATCH


def _most_pairs(overlaps: Mapping[Pair, float]) -> tuple[Pair, ...]:
    return best_matching({pair: MOST_PAIRS + overlap for pair, overlap in overlaps.items()})


def _by_role(right: _Side, got: _Side) -> Iterator[Tally]:
    for role in ROLES:
        gold, found = right.all_words(role), got.all_words(role)
        yield Tally(f"{role} words", len(gold & found), len(found), len(gold))
    for role in ROLES:
        pieces, found_pieces = right.fragments[role], got.fragments[role]
        shared = len(pieces & found_pieces)
        yield Tally(f"{role} pieces", shared, len(found_pieces), len(pieces))


def _by_kind(
    name: str, pairs: Sequence[Pair], quoted: frozenset[int], right: _Side
) -> Iterator[Tally]:
    found = {i for i, _ in pairs}
    indirect = frozenset(right.with_content()) - quoted
    for kind, members in (("direct and mixed", quoted), ("indirect", indirect)):
        yield Tally(f"{name}, {kind}", len(found & members), None, len(members))


def _quoted(right: _Side, words: _Words, text: str) -> frozenset[int]:
    """Return the gold attributions that have some words of one passage in double marks."""
    passages = [words.within((passage,)) for passage in _passages(text)]
    return frozenset(
        i
        for i in right.with_content()
        if any(len(right.words[i]["content"] & one) >= FEWEST_QUOTED_WORDS for one in passages)
    )


def _passages(text: str) -> Iterator[Span]:
    """Yield what stands between double quotation marks, to the paragraph's end if left open.

    The corpus measure's own reading of marks, not the finder that statements come from: what
    counts as quoted must not change with the extractor.
    """
    for paragraph in _PARAGRAPH.finditer(text):
        start = None
        for mark in _MARK.finditer(text, *paragraph.span()):
            opens, closes = mark.group() in OPENING, mark.group() in CLOSING
            if start is None and not closes:
                start = mark.end()
            elif start is not None and not opens:
                if start < mark.start():
                    yield Span(start, mark.start())
                start = None
        if start is not None and start < paragraph.end():
            yield Span(start, paragraph.end())
