"""The manifest of a dataset: what it was made by and of, its finished parts, counts, failures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from onrecord.errors import DatasetError
from onrecord.places import Folder

MANIFEST = "manifest.json"
FORMAT = 1
"""The number of this form; a dataset of a later one is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a dataset says of itself."""

    onrecord: str  # the version
    extractor: str  # what made the rows, and changes with anything that does
    makers: Sequence[str]  # all that rows name as their extractor
    inputs: Sequence[str]
    finished: bool  # whether all inputs are read and all parts linked
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # name: rows by folder
    counts: Mapping[str, int] = field(default_factory=dict)  # rows by folder, and of links
    core_seconds: float = 0.0  # that extraction took, of all workers together
    failures: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # by outcome and reason
    format: int = FORMAT

    def write(self, folder: Folder) -> None:
        """Write it into the dataset's folder.

        Raises:
            DatasetError: It cannot be written.
        """
        folder.write_json(MANIFEST, asdict(self))


def read_manifest(folder: Folder) -> Manifest:
    """Return the manifest in a folder.

    Raises:
        DatasetError: There is none, it is damaged, or of a later form.
    """
    if not folder.has(MANIFEST):
        raise DatasetError(
            f"{folder.url} has no {MANIFEST}: name a folder that `onrecord read --output` made."
        )
    kept: dict[str, Any] = folder.read_json(MANIFEST)
    if kept.get("format") != FORMAT:
        raise DatasetError(
            f"{folder.url} was written by another version of onrecord (form {kept.get('format')}, "
            f"this one reads {FORMAT}): use that version, or read the articles again."
        )
    try:
        return Manifest(**kept)
    except TypeError as error:
        raise DatasetError(f"{folder.path(MANIFEST)} is damaged ({error}).") from error
