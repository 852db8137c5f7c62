"""Bringing a dataset into a store."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import DatasetError, StoreError
from onrecord.places import Folder
from onrecord.records import Failure, Record
from onrecord.store import Store
from onrecord.store.manifest import read_manifest
from onrecord.store.parquet import records_of


def load(folder: Folder, store: Store) -> Iterator[Record | Failure]:
    """Save the records of a dataset in a store, in order; yield each that was not there.

    What the store holds as it is stays as it is, so that loading can be done again, or go on. Where
    it holds another text under an article's id and version, a failure says so. Articles are linked
    with those of the store as they are saved.

    Raises:
        DatasetError: The dataset is not finished, or cannot be read.
        StoreError: The store cannot be written to.
    """
    store.require_writable()
    manifest = read_manifest(folder)
    if not manifest.finished:
        raise DatasetError(
            f"{folder.url} is not finished: end its run first, with the command that began it."
        )
    for part in manifest.parts:
        for record, extractor in _records(folder, part):
            kept = store.kept(record.article)
            if kept is not None and kept.sha256 != record.article.sha256:
                yield _refused(record, store)
            elif kept is None or kept.extractor != extractor:
                store.save(record, extractor)
                yield record


def _refused(record: Record, store: Store) -> Failure:
    article = record.article
    return Failure(
        source=article.url or article.source_path or article.article_id,
        reason=(
            f"{store.place} holds another text as version {article.version} of this article: "
            "load into a store of its own, or read the article itself into this one."
        ),
        error=StoreError.__name__,
    )


def _records(folder: Folder, part: str) -> Iterator[tuple[Record, str]]:
    def read(inside: str) -> object:
        return folder.read_table([f"{inside}/{part}.parquet"])

    try:
        yield from records_of(read)
    except (KeyError, ValueError) as error:
        raise DatasetError(
            f"The part {part} of {folder.url} is damaged ({error}): read its articles again."
        ) from error
