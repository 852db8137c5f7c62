"""Measure words a second of an exported model, on the processor's own clock.

Example: python -m training.speed out polnear/dev
"""

import argparse
import time
from pathlib import Path

from onrecord.extraction.attribution.decoding import decode
from onrecord.extraction.attribution.trained import load_attribution_model
from onrecord.extraction.attribution.windows import windows_of, words_of
from training.evaluate import report
from training.prepare import read_compartment


def main() -> None:
    """Parse the command line and report the share of each stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder of an exported model")
    parser.add_argument("texts", type=Path, help="with text/ and attributions/")
    parser.add_argument("--documents", type=int, default=30)
    options = parser.parse_args()
    model = load_attribution_model(str(options.model))
    texts = {d.doc: d.text for d in read_compartment(options.texts)}
    texts = dict(list(texts.items())[: options.documents])
    count = sum(len(text.split()) for text in texts.values())
    clock = [time.process_time()]
    windows = []
    for text in texts.values():
        windows += windows_of(words_of(text, model.split), text, model.split)
    clock.append(time.process_time())
    scores = [model.read_window(window, ()).scores for window in windows]
    clock.append(time.process_time())
    for part in scores:
        decode(part, model.decoding)
    clock.append(time.process_time())
    names = ("words and pieces", "model", "decoding")
    for name, start, end in zip(names, clock[:-1], clock[1:], strict=True):
        report(f"{name}: {end - start:.2f} s, {count / (end - start):.0f} words a second")
    report(f"all: {count / (clock[-1] - clock[0]):.0f} words a second, one thread")


if __name__ == "__main__":
    main()
