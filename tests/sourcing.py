"""What the tests of sources share: writing inputs, and looking at what is read from them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onrecord.records import Article, Failure

STORY = "The harbour minister, Mari Tamm, said on Friday that the quay would open again."
SECOND = "A spokesman for the ferry line said that no sailing had been cancelled."
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Quay to open again</title></head>"
    f"<body><article><h1>Quay to open again</h1>{f'<p>{STORY} {SECOND}</p>' * 3}</article></body>"
    "</html>"
)


def written(path: Path, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def articles(results: Iterable[Article | Failure]) -> list[Article]:
    """Return the articles read; there must be no failures."""
    found = list(results)
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def failures(results: Iterable[Article | Failure]) -> list[Failure]:
    """Return what gave no article, whose reasons must be sentences."""
    found = [one for one in results if isinstance(one, Failure)]
    assert all(one.reason.endswith((".", ").")) for one in found), found
    return found


def the_failure(results: Iterable[Article | Failure]) -> Failure:
    """Return the only result, which must be a failure."""
    found = list(results)
    assert len(found) == 1, found
    (failure,) = failures(found)
    return failure
