"""What is packed: gzip and zip, with what they hold read as if it were not."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

from onrecord.errors import NotReadError, ReadError
from onrecord.reading.sources.source import Found, Input, Options, Source, passed_over

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
SPOOL_SIZE = 16_000_000  # bytes kept in memory before they go to a temporary file
LARGEST_UNPACKED = 2_000_000_000  # bytes of all that an archive holds
MOST_MEMBERS = 200_000
CHUNK = 1 << 20
ENCRYPTED = 0x1  # a flag of a zip's member
OFFICE = {
    "word/document.xml": "a Word document",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "META-INF/container.xml": "an electronic book",
    "content.xml": "an OpenDocument file",
}
HOW_TO = {
    "an Excel workbook": "Save its sheet as CSV, or Parquet.",
}


def read_gzip(found: Input, options: Options) -> Iterator[Found]:
    """Yield what a gzip file holds as an input of its name without ".gz"."""
    with gzip.GzipFile(fileobj=found.stream, mode="rb") as unpacked:
        stream: IO[bytes] = unpacked  # type: ignore[assignment]
        yield replace(found, stream=stream, depth=found.depth + 1)


def read_zip(found: Input, options: Options) -> Iterator[Found]:
    """Yield the files in a zip archive as inputs, in the order of their names."""
    with opened_zip(found.stream) as archive:
        members = sorted(
            (one for one in archive.infolist() if _is_wanted(one)), key=lambda one: one.filename
        )
        if kind := office_kind(archive):
            advice = HOW_TO.get(kind, "Save its text as .txt, .docx or .rtf.")
            raise NotReadError(f"It seems to be {kind}. {advice}")
        if not members:
            raise ReadError("The archive holds no files: pack it again.")
        for member in members:
            name = f"{found.name}, {member.filename}"
            if skipped := passed_over(name, member.filename, options):
                yield skipped
                continue
            with unpacked_member(archive, member) as stream:
                inside = f"{found.known.source_path or found.name}/{member.filename}"
                known = replace(found.known, source_path=inside)
                yield found.part(stream, member.filename, known)


def opened_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """Return a zip archive that does not unpack to more than may be read.

    Raises:
        ReadError: It is damaged, encrypted or too large.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(f"The zip archive is damaged ({error}): pack or fetch it again.") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS:
        raise ReadError(
            f"The archive would unpack to {unpacked / 1e9:,.1f} GB in {len(members):,} files, more "
            f"than the {LARGEST_UNPACKED / 1e9:,.0f} GB and {MOST_MEMBERS:,} files that are read "
            "from one: unpack it yourself if you trust it, and read the folder."
        )
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ReadError("The archive is encrypted: unpack it with its password, read the folder.")
    return archive


def office_kind(archive: zipfile.ZipFile) -> str | None:
    """Return the kind of document that a zip archive is, None where it is an archive."""
    names = set(archive.namelist())
    return next((kind for name, kind in OFFICE.items() if name in names), None)


def unpacked_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    """Return a member of a zip archive, unpacked and able to go back to its start.

    Raises:
        ReadError: It is damaged, or larger than the archive says.
    """
    spool: IO[bytes] = SpooledTemporaryFile(max_size=SPOOL_SIZE)  # noqa: SIM115 - it is lent
    try:
        with archive.open(member) as packed:
            while data := packed.read(CHUNK):
                spool.write(data)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, OSError) as error:
        spool.close()
        raise ReadError(
            f"{member.filename} in the archive is damaged ({error}): pack or fetch it again."
        ) from error
    spool.seek(0)
    return spool


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file that is neither hidden nor a system's own."""
    parts = PurePosixPath(member.filename).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not member.is_dir() and not hidden


GZIP = Source(
    name="gzip",
    recognises=lambda found, _options: found.head.startswith(GZIP_MAGIC),
    read=read_gzip,
    is_many=False,
)
ZIP = Source(
    name="zip",
    suffixes=frozenset({".zip"}),
    recognises=lambda found, _options: found.head.startswith(ZIP_MAGIC),
    read=read_zip,
)
