"""Texts by their SHA-256, from a folder of files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from onrecord.exports.references import TextOf, sha256_of

_KEPT = 64  # texts in memory


def texts_in(folder: Path) -> TextOf:
    """Return what gives the text of a file in a folder, or the folders in it, by its SHA-256.

    A file that is not UTF-8 has none.
    """
    files = {
        sha256_of(text): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (text := _text(path)) is not None
    }

    @lru_cache(_KEPT)
    def text_of(sha256: str) -> str | None:
        path = files.get(sha256)
        return None if path is None else _text(path)

    return text_of


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        return None
