"""Provenance: a label that changes with anything that makes a record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from onrecord.models import GRAPH
from onrecord.settings import Settings

_PACKAGE = Path(__file__).parent
# What takes rows in and out, and makes none.
_FACES = frozenset({"cli", "report", "store", "evaluate", "samples", "room"})
_DIGITS = 12  # of the digest in hexadecimal


def extractor_of(model: str, settings: Settings) -> str:
    """Return what makes the rows: the package, the model, and a digest of all that decides.

    The digest covers the package's rules and tables, the settings of its models, whose graphs are
    checked against these, and the tables of the user's own.
    """
    digest = hashlib.sha256()
    for path in (*_deciding(), *filter(None, (settings.terms, settings.actors))):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"onrecord/{version('onrecord')} {model} rules/{digest.hexdigest()[:_DIGITS]}"


def _deciding() -> Iterator[Path]:
    for path in sorted(_PACKAGE.rglob("*")):
        inside = path.relative_to(_PACKAGE)
        compiled = "__pycache__" in inside.parts
        if path.is_file() and not compiled and inside.parts[0] not in _FACES and path.name != GRAPH:
            yield path
