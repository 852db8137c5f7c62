"""The forms an export can have, by name: how each is written, and how words get back into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.exports import (
    acled,
    brat,
    ftm,
    gdelt,
    geojson,
    inception,
    labelstudio,
    parquet,
    plover,
    polecat,
    schemaorg,
    ucdp,
    w3c,
)
from onrecord.exports.told import Told
from onrecord.exports.writing import new_folder, write_lines

Lines = Callable[[Iterable[Told]], Iterator[str]]
Files = Callable[[Told], Iterator[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class LineForm:
    """A form that is one file."""

    what: str
    lines: Lines

    def write(self, sources: Iterable[Told], path: Path) -> None:
        """Write records to a file.

        Raises:
            ExportError: It cannot be written.
        """
        write_lines(path, self.lines(sources))


@dataclass(frozen=True, slots=True)
class FileForm:
    """A form that is a folder with some files for each article."""

    what: str
    files: Files
    beside: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    """The files that there is one of, by name."""

    def write(self, sources: Iterable[Told], path: Path) -> None:
        """Write records into a new folder.

        Raises:
            ExportError: It is there already, or cannot be written.
        """
        with new_folder(path) as folder:
            for name, content in self.beside.items():
                (folder / name).write_text(content(), "utf8", newline="")
            for told in sources:
                for name, written in self.files(told):
                    (folder / name).write_text(written, "utf8", newline="")


@dataclass(frozen=True, slots=True)
class FolderForm:
    """A form that is a folder written as a whole."""

    what: str
    write: Callable[[Iterable[Told], Path], None]


Form = LineForm | FileForm | FolderForm

FORMS: Mapping[str, Form] = {
    "polecat": LineForm("events, tab-separated, with POLECAT's columns", polecat.lines),
    "plover": LineForm("events as JSON lines with the PLOVER manual's names", plover.lines),
    "acled": LineForm("violence and protests as CSV with ACLED's columns", acled.lines),
    "ucdp": LineForm("assaults as CSV with the columns of UCDP's GED", ucdp.lines),
    "gdelt": LineForm("events, tab-separated, as GDELT 2.0 has them", gdelt.lines),
    "w3c": LineForm("every row as a W3C Web Annotation", w3c.lines),
    "brat": FileForm(
        "texts with brat's stand-off annotations", brat.files, {brat.CONFIG: brat.config}
    ),
    "inception": FileForm(
        "UIMA CAS JSON for INCEpTION", inception.files, {inception.TYPES: inception.type_system}
    ),
    "labelstudio": LineForm("tasks with predictions for Label Studio", labelstudio.lines),
    "ftm": LineForm("FollowTheMoney entities as JSON lines", ftm.lines),
    "schemaorg": LineForm("statements as schema.org Quotation and Claim", schemaorg.lines),
    "geojson": LineForm("events and figures on the map", geojson.lines),
    "parquet": FolderForm("all rows as Parquet, a folder a kind", parquet.write),
}
"""The forms that are made from records alone."""
