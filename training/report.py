"""Write a model's card: its scores beside other seeds' and the rules', and how far to trust them.

The card is `card.md` with the figures put in; it and a reliability plot go into the folder of the
exported model.

Example: python -m training.report out polnear/dev --weights run2/epoch0.pt --seeds run1/epoch5.pt
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from string import Template

from onrecord.evaluate import (
    Interval,
    Tally,
    add_tallies,
    attributions_of,
    read_corpus,
    resample,
    score_attributions,
)
from onrecord.extraction.attribution.trained import VOCABULARY
from onrecord.onepass.wordpieces import WordPieces
from onrecord.models import GRAPH
from onrecord.pipeline import extract, load_tools
from onrecord.reading import article_from_text
from onrecord.settings import DEFAULTS, Settings
from training.calibrate import Bin, Reliability, cross_fitted
from training.evaluate import KEEP_ALL, Scored, report, score_documents, tallies_of
from training.export import VERSION
from training.predict import load_predictor
from training.tune import by_name

TEMPLATE = Path(__file__).with_name("card.md")
CARD, PLOT = "CARD.md", "reliability.svg"
TIMES = 1000  # draws for an interval
F1 = ("content", "content+source", "content exact")
RECALL = ("content, direct and mixed", "content, indirect")
SIDE, EDGE = 240, 44  # of the plot and its margin, in pixels


@dataclass(frozen=True, slots=True)
class Figures:
    """Scores over the development texts, with intervals of F1."""

    tallies: tuple[Tally, ...]
    intervals: tuple[Interval, ...]

    @classmethod
    def of(cls, articles: Sequence[tuple[Tally, ...]]) -> "Figures":
        """Return the figures of some texts' tallies."""
        return cls(add_tallies(articles), resample(articles, TIMES))

    def shares(self) -> list[float]:
        """Return the figures of one row of the card, in percent."""
        found = by_name(self.tallies)
        return [100 * found[n].f1 for n in F1] + [100 * found[n].recall for n in RECALL]

    def cells(self) -> list[str]:
        """Return the same as text, F1 with its interval."""
        spread = {one.name: one for one in self.intervals}
        shares = self.shares()
        return [
            f"{share:.1f} [{100 * spread[name].low:.1f}, {100 * spread[name].high:.1f}]"
            for name, share in zip(F1, shares, strict=False)
        ] + [f"{share:.1f}" for share in shares[len(F1) :]]


def row(name: str, cells: Sequence[str]) -> str:
    """Return one row of the card's table."""
    return f"| {name} | {' | '.join(cells)} |"


def seed_cells(seeds: Sequence[Figures]) -> list[str]:
    """Return the mean of several runs and how far they are apart."""
    columns = zip(*(one.shares() for one in seeds), strict=True)
    return [f"{sum(c) / len(c):.1f} ({min(c):.1f} to {max(c):.1f})" for c in columns]


def model_alone(model: Path, gold: Path, split: WordPieces) -> list[Scored]:
    """Return what weights or an exported model make of the texts."""
    report(f"reading with {model}")
    return score_documents(gold, split, load_predictor(model))


def pipeline_figures(gold: Path, settings: Settings) -> Figures:
    """Return the scores of statements as the package gives them."""
    report(f"reading with the pipeline, model {settings.attribution_model}")
    tools = load_tools(settings)
    return Figures.of(
        [
            score_attributions(
                one, attributions_of(extract(article_from_text(one.text), tools=tools))
            )
            for one in read_corpus(gold)
        ]
    )


def plot(bins: Sequence[Bin]) -> str:
    """Return a reliability plot as SVG: the share that is right over the mean score, by bin."""
    size = SIDE + 2 * EDGE
    low, high = EDGE, EDGE + SIDE
    most = max((one.count for one in bins), default=1)
    dots = "".join(
        f'<circle cx="{low + SIDE * one.score:.1f}" cy="{high - SIDE * one.right:.1f}" '
        f'r="{2 + 8 * (one.count / most) ** 0.5:.1f}" fill="#27548a" fill-opacity="0.75">'
        f"<title>{one.count} statements: score {one.score:.2f}, right {one.right:.2f}</title>"
        "</circle>"
        for one in bins
    )
    ticks = "".join(
        f'<text x="{low + SIDE * share:.0f}" y="{high + 16}" text-anchor="middle">{share}</text>'
        f'<text x="{low - 6}" y="{high - SIDE * share + 4:.0f}" text-anchor="end">{share}</text>'
        for share in (0.0, 0.5, 1.0)
    )
    middle = size // 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'width="{size}" height="{size}" font-family="sans-serif" font-size="11">'
        "<title>Share of statements whose content is right, by score</title>"
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<rect x="{low}" y="{low}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>'
        f'<path d="M{low} {high}L{high} {low}" stroke="#888" stroke-dasharray="4 4"/>'
        f'{ticks}{dots}<text x="{middle}" y="{size - 8}" text-anchor="middle">score</text>'
        f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">'
        "share right</text></svg>\n"
    )


def filled(rows: Sequence[str], reliability: Reliability, folder: Path, loss: str) -> str:
    """Return the text of the card."""
    return Template(TEMPLATE.read_text("utf8")).substitute(
        version=VERSION,
        date=datetime.now(UTC).date().isoformat(),
        size=f"{(folder / GRAPH).stat().st_size / 1e6:.1f}",
        scores="\n".join(rows),
        loss=loss,
        error=f"{reliability.error:.3f}",
        count=f"{sum(one.count for one in reliability.bins):,}",
    )


def main() -> None:
    """Parse the command line, measure, and write the card and its plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="the folder of an exported model")
    parser.add_argument("gold", type=Path, help="with text/ and attributions/")
    parser.add_argument("--weights", type=Path, required=True, help="what was exported (.pt)")
    parser.add_argument("--seeds", type=Path, nargs="+", required=True, help="weights of runs")
    options = parser.parse_args()
    split = WordPieces.load(options.model / VOCABULARY)
    of_model = model_alone(options.model, options.gold, split)
    fp32, int8, *seeds = (
        Figures.of(tallies_of(documents, KEEP_ALL))
        for documents in (
            model_alone(options.weights, options.gold, split),
            of_model,
            *(model_alone(path, options.gold, split) for path in options.seeds),
        )
    )
    reliability = cross_fitted(of_model)
    whole = pipeline_figures(options.gold, replace(DEFAULTS, attribution_model=str(options.model)))
    rules = pipeline_figures(options.gold, replace(DEFAULTS, attribution_model=None))
    rows = [
        row("whole pipeline, int8 (what the package gives)", whole.cells()),
        row("rules alone, no model", rules.cells()),
        row("model alone, int8", int8.cells()),
        row("model alone, fp32", fp32.cells()),
        row(f"first run, fp32, mean of {len(seeds)} seeds (least to most)", seed_cells(seeds)),
    ]
    lost = [a - b for a, b in zip(fp32.shares(), int8.shares(), strict=True)]
    loss = ", ".join(f"{-part:+.1f} {name}" for name, part in zip(F1, lost, strict=False))
    (options.model / PLOT).write_text(plot(reliability.bins), "utf8")
    (options.model / CARD).write_text(filled(rows, reliability, options.model, loss), "utf8")
    report((options.model / CARD).read_text("utf8"))


if __name__ == "__main__":
    main()
