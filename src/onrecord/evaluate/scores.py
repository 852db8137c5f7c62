"""What comparing an article's record with its annotation gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some rows have a field right."""

    name: str
    right: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A field of a found row that differs from the annotation."""

    field: str
    words: str
    wanted: str
    got: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindScore:
    """How the rows of one kind compare; optional rows count neither way."""

    kind: str
    required: int
    predicted: int  # without those matched to optional rows
    found: int  # required rows matched to a predicted one
    rates: tuple[Rate, ...]
    missed: tuple[str, ...]  # the words of required rows that nothing matched
    extras: tuple[str, ...]  # the words of predicted rows that match no row at all
    slips: tuple[Slip, ...]

    @property
    def precision(self) -> float:
        """The share of predicted rows that are right, 0 when there are none."""
        return self.found / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of required rows that were found, 0 when there are none."""
        return self.found / self.required if self.required else 0.0

    def rate(self, name: str) -> Rate:
        """Return the rate of a field.

        Raises:
            KeyError: Rows of this kind are not compared by that field.
        """
        found = next((rate for rate in self.rates if rate.name == name), None)
        if found is None:
            raise KeyError(name)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleScore:
    """How an article's record compares with its annotation."""

    kinds: tuple[KindScore, ...]
    uncovered: tuple[str, ...]  # words that some statement must contain and none does
    traps: tuple[str, ...]  # rows that the annotation says must not be there
    furniture: tuple[str, ...]  # rows that rest on the page's own words, such as "Share This:"
    inexact: tuple[str, ...]  # rows whose span does not cut the words they quote

    def kind(self, name: str) -> KindScore:
        """Return the score of a kind of row.

        Raises:
            KeyError: Rows of that kind are not scored.
        """
        found = next((score for score in self.kinds if score.kind == name), None)
        if found is None:
            raise KeyError(name)
        return found


def score_lines(score: ArticleScore, *, detail: bool = False) -> list[str]:
    """Return the score as lines of plain text; with `detail`, every miss, extra and slip."""
    lines = [f"{'kind':<12}{'gold':>5}{'rows':>6}{'found':>6}{'P':>7}{'R':>7}{'extra':>7}  fields"]
    for kind in score.kinds:
        rates = "  ".join(f"{rate.name} {rate.right}/{rate.of}" for rate in kind.rates)
        lines.append(
            f"{kind.kind:<12}{kind.required:>5}{kind.predicted:>6}{kind.found:>6}"
            f"{kind.precision:>7.2f}{kind.recall:>7.2f}{len(kind.extras):>7}  {rates}"
        )
    faults = (
        ("not covered", score.uncovered),
        ("trap", score.traps),
        ("furniture", score.furniture),
        ("inexact span", score.inexact),
    )
    for name, found in faults:
        lines.append(f"{name}: {len(found)}")
        lines += [f"    {words}" for words in found]
    if detail:
        for kind in score.kinds:
            lines += _detail(kind)
    return lines


def _detail(score: KindScore) -> list[str]:
    lines = [f"    missed  {words}" for words in score.missed]
    lines += [f"    extra   {words}" for words in score.extras]
    lines += [
        f"    {slip.field:<8}{slip.words}: wanted {slip.wanted}, got {slip.got}"
        for slip in score.slips
    ]
    return ["", score.kind, *lines] if lines else []
