"""Score the statements of short annotated texts, above all those inside another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.evaluate.cases import Case, CaseStatement
from onrecord.evaluate.gold import characters
from onrecord.evaluate.matching import Pair, best_matching, jaccard
from onrecord.evaluate.tally import Tally
from onrecord.records import Record, Spans, Statement

MATCH = 0.5  # the lowest share of characters at which two contents are the same
MOST_PAIRS = 1e4  # more than all overlaps together: as many pairs as possible come first
SAME_CUE = 2.0  # more than any overlap: of two contents around one another the cue decides


@dataclass(frozen=True, slots=True)
class _Compared:
    """The annotated and the extracted statements of a case, and which of them are the same."""

    gold: tuple[CaseStatement, ...]
    got: tuple[Statement, ...]
    pairs: Mapping[int, int]  # place of an extracted statement -> place of the annotated one

    def parent_is_right(self, got: int) -> bool:
        """Whether a matched statement lies in what was annotated around it, or in nothing."""
        parent_id = self.got[got].parent_id
        wanted = self.gold[self.pairs[got]].parent
        if parent_id is None or wanted is None:
            return parent_id is None and wanted is None
        at = next(n for n, row in enumerate(self.got) if row.statement_id == parent_id)
        return self.pairs.get(at) == wanted

    def counts(self, got: int) -> bool:
        """Whether an extracted statement stands for no optional one."""
        return got not in self.pairs or not self.gold[self.pairs[got]].optional


def score_case(case: Case, record: Record) -> tuple[Tally, ...]:
    """Return the tallies of one case.

    A statement is found when its content has a Jaccard index of at least 0.5 with the annotated
    one's, on characters, one to one. "nested" are the statements inside another: found, and their
    parent too. Of the found nested statements "parent", "act", "source" and "cue" count those that
    have them right. "statements" are all of a case, nested or not.
    """
    compared = _compare(case, record)
    return (
        Tally("statements", *_found(compared, nested=False)),
        Tally("nested", *_found(compared, nested=True)),
        *_fields(compared),
    )


def case_lines(case: Case, record: Record) -> list[str]:
    """Return what is wrong with a case's nested statements, a line each; empty when nothing is."""
    compared = _compare(case, record)
    found = set(compared.pairs.values())
    cut = record.article.cut
    missed = [
        f"  missed     {_words([case.text[s.start : s.end] for s in row.content])}"
        for n, row in enumerate(compared.gold)
        if n not in found and row.parent is not None and not row.optional
    ]
    wrong = [
        f"  {_fault(compared, n):<11}{_words([cut(s) for s in row.content])} ({row.act})"
        for n, row in enumerate(compared.got)
        if compared.counts(n) and _fault(compared, n)
    ]
    return [f"{case.about} ({case.half}): {case.text}", *missed, *wrong] if missed or wrong else []


def _fault(compared: _Compared, got: int) -> str:
    """Say what is wrong with an extracted statement; nothing where that is not about nesting."""
    row = compared.got[got]
    if got not in compared.pairs:
        return "extra" if row.parent_id is not None else ""
    gold = compared.gold[compared.pairs[got]]
    if not compared.parent_is_right(got):
        return "parent"
    return "act" if gold.parent is not None and row.act not in gold.acts else ""


def _words(pieces: Sequence[str]) -> str:
    return " … ".join(pieces)


def _compare(case: Case, record: Record) -> _Compared:
    gold, got = case.statements, record.statements
    there = record.article.input_span
    weights: dict[Pair, float] = {}
    for i, row in enumerate(gold):
        for j, other in enumerate(got):
            overlap = _overlap(row.content, tuple(map(there, other.content)))
            same_cue = _overlap(row.cue, tuple(map(there, other.cue))) > 0 or row.cue == other.cue
            if overlap >= MATCH:
                weights[i, j] = MOST_PAIRS + overlap + (SAME_CUE if same_cue else 0.0)
    return _Compared(gold, got, {j: i for i, j in best_matching(weights)})


def _overlap(one: Spans, other: Spans) -> float:
    return jaccard(characters(one), characters(other))


def _found(compared: _Compared, *, nested: bool) -> tuple[int, int, int]:
    """Return how many statements are right, extracted and annotated; of all, or the nested."""
    got = [
        n
        for n, row in enumerate(compared.got)
        if compared.counts(n) and (row.parent_id is not None or not nested)
    ]
    gold = [
        row for row in compared.gold if not row.optional and (row.parent is not None or not nested)
    ]
    right = [n for n in got if n in compared.pairs and (not nested or compared.parent_is_right(n))]
    return len(right), len(got), len(gold)


def _fields(compared: _Compared) -> Iterator[Tally]:
    found = [
        (compared.gold[i], j)
        for j, i in compared.pairs.items()
        if compared.gold[i].parent is not None and not compared.gold[i].optional
    ]
    rows = [(gold, compared.got[j]) for gold, j in found]
    under = sum(compared.parent_is_right(j) for _, j in found)
    yield Tally("nested: parent", under, None, len(found))
    yield Tally("nested: act", sum(got.act in gold.acts for gold, got in rows), None, len(rows))
    yield Tally("nested: source", _same([(g.source, p.source) for g, p in rows]), None, len(rows))
    yield Tally("nested: cue", _same([(g.cue, p.cue) for g, p in rows]), None, len(rows))


def _same(pairs: Sequence[tuple[Spans, Spans]]) -> int:
    """Return in how many pairs both parts are missing or share half their characters."""
    return sum(one == other or _overlap(one, other) >= MATCH for one, other in pairs)
