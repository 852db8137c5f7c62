"""Write the mean of two models' weights, of which one went on from the other.

What was learnt last is kept for the most part, and little of what was known before is lost
(Wortsman et al. 2022, robust fine-tuning of zero-shot models).

Example: python -m training.onepass.mix start.pt held/epoch3.pt mixed.pt --share 0.75
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor


def mixed(
    before: Mapping[str, Tensor], after: Mapping[str, Tensor], share: float
) -> dict[str, Tensor]:
    """Return weights that lie between two, at a share of the way from the first to the second.

    Raises:
        ValueError: The two are not of one form.
    """
    if {n: w.shape for n, w in before.items()} != {n: w.shape for n, w in after.items()}:
        raise ValueError("the two models are not of one form: mix one with what it was made of")
    return {name: torch.lerp(before[name], weight, share) for name, weight in after.items()}


def main() -> None:
    """Parse the command line and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="weights (.pt) that training started from")
    parser.add_argument("after", type=Path, help="weights (.pt) that it led to")
    parser.add_argument("output", type=Path, help="weights (.pt)")
    parser.add_argument("--share", type=float, default=0.75, help="of the second")
    options = parser.parse_args()
    before, after = (
        torch.load(path, weights_only=True) for path in (options.before, options.after)
    )
    found = mixed(before["model"], after["model"], options.share)
    torch.save({"recipe": after["recipe"], "model": found}, options.output)


if __name__ == "__main__":
    main()
