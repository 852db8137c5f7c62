"""Bringing a dataset into a store."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import DatasetError
from onrecord.places import Folder
from onrecord.records import Record
from onrecord.store import Store
from onrecord.store.manifest import read_manifest
from onrecord.store.parquet import records_of


def load(folder: Folder, store: Store) -> Iterator[Record]:
    """Save the records of a dataset in a store, in order; yield each that was not there.

    What the store holds as it is stays as it is, so that loading can be done again, or go on.
    Articles are linked with those of the store as they are saved.

    Raises:
        DatasetError: The dataset is not finished, or cannot be read.
        StoreError: A record cannot be saved.
    """
    manifest = read_manifest(folder)
    if not manifest.finished:
        raise DatasetError(
            f"{folder.url} is not finished: end its run first, with the command that began it."
        )
    for part in manifest.parts:
        for record, extractor in _records(folder, part):
            if not store.holds(record.article, extractor):
                store.save(record, extractor)
                yield record


def _records(folder: Folder, part: str) -> Iterator[tuple[Record, str]]:
    def read(inside: str) -> object:
        return folder.read_table([f"{inside}/{part}.parquet"])

    try:
        yield from records_of(read)
    except (KeyError, ValueError) as error:
        raise DatasetError(
            f"The part {part} of {folder.url} is damaged ({error}): read its articles again."
        ) from error
