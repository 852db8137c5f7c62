"""Many articles at once: worker processes that always have work ahead, results in order.

Articles travel to the workers in batches of about the same length, so that a process is never
asked for one line of a feed at a time and never holds more than it works on. When a worker dies,
of an article that takes all memory or by a hand from outside, the articles that were under way are
read again one at a time: the one that kills its process is a failure, the others are read.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import connection
from threading import Thread

from onrecord.pipeline import Tools, attempt, load_tools
from onrecord.records import Article, Failure, Record
from onrecord.settings import Settings

_AHEAD = 3  # batches under way for each worker: one in work, two waiting
_BATCH = 12_000  # characters from which a batch is full: about a second of work
_MOST = 16  # articles in a batch

Given = Article | Failure
Result = Record | Failure


def extract_many(
    articles: Iterable[Given], *, workers: int = 1, tools: Tools | None = None
) -> Iterator[Result]:
    """Yield the record of each article in order; a failure stands for one that gave none.

    Failures among the articles are passed on. With more than one worker the articles go to that
    many processes, a bounded number of them at a time; the records are the same.

    Raises:
        ValueError: `workers` is below 1, or above it with tools other than `load_tools` returns.
        ModelError: The model cannot be loaded.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, got {workers}")
    tools = tools or load_tools()
    if workers == 1:
        return (_result(article, tools) for article in articles)
    if tools is not load_tools(tools.settings):
        raise ValueError("several workers need tools that load_tools(settings) returned")
    return _in_workers(articles, workers, tools.settings)


def _result(article: Given, tools: Tools) -> Result:
    return article if isinstance(article, Failure) else attempt(article, tools)


def batches(articles: Iterable[Given]) -> Iterator[list[Given]]:
    """Yield the articles in order, in batches of about the same number of characters."""
    batch: list[Given] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text) if isinstance(article, Article) else 0
        if size >= _BATCH or len(batch) == _MOST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _in_workers(articles: Iterable[Given], workers: int, settings: Settings) -> Iterator[Result]:
    coming = batches(articles)
    left: list[Given] | None = []
    while left is not None:
        with pool_of(workers, settings) as pool:
            left = yield from _Queue(pool, settings).run(coming, workers * _AHEAD)
        if left is not None:
            yield from _one_by_one(left, settings)


@dataclass(slots=True)
class _Queue:
    """Batches under way in a pool of processes, in order, and what will come of each."""

    pool: ProcessPoolExecutor
    settings: Settings
    batches: deque[list[Given]] = field(default_factory=deque)
    results: deque[Future[list[Result]]] = field(default_factory=deque)

    def run(
        self, coming: Iterator[list[Given]], most: int
    ) -> Generator[Result, None, list[Given] | None]:
        """Yield the results of all batches, at most so many of them under way.

        Returns:
            What was under way when a process died; None when all is done.
        """
        try:
            for batch in coming:
                self._add(batch)
                while self.results and self.results[0].done():
                    yield from self._take()
                if len(self.results) >= most:
                    yield from self._take()
            while self.results:
                yield from self._take()
        except BrokenProcessPool:
            return [article for batch in self.batches for article in batch]
        return None

    def _add(self, batch: list[Given]) -> None:
        self.batches.append(batch)  # first: a pool that broke since takes no more
        self.results.append(self.pool.submit(_results, batch, self.settings))

    def _take(self) -> list[Result]:
        """Return what came of the oldest batch, as soon as it is there."""
        results = self.results[0].result()
        self.results.popleft()
        self.batches.popleft()
        return results


def _one_by_one(articles: Iterable[Given], settings: Settings) -> Iterator[Result]:
    """Yield results from a process that has one article at a time, a new one where it dies."""
    left = deque(articles)
    while left:
        with pool_of(1, settings) as pool:
            try:
                while left:
                    (result,) = pool.submit(_results, [left[0]], settings).result()
                    left.popleft()
                    yield result
            except BrokenProcessPool as error:
                yield lost(left.popleft(), error)


def pool_of(workers: int, settings: Settings | None) -> ProcessPoolExecutor:
    """Return a pool whose processes share the parent's models where the system can fork.

    Each has the tools for the settings; with None, those that the parent has.
    """
    context = multiprocessing.get_context("fork") if sys.platform == "linux" else None
    return ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(settings,))


def _begin(settings: Settings | None) -> None:
    """Load the tools in a new worker, and see to it that the worker ends when its parent does."""
    Thread(target=_end_with_parent, daemon=True).start()
    if settings is not None:
        load_tools(settings)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _results(batch: list[Given], settings: Settings) -> list[Result]:
    tools = load_tools(settings)
    return [_result(article, tools) for article in batch]


def lost(article: Given, why: object) -> Failure:
    """Return the failure of an article whose process died; one that is a failure is that."""
    if isinstance(article, Failure):
        return article
    return Failure(
        source=article.source_path or article.article_id,
        reason=(
            f"the process that read it was ended ({why}), perhaps for want of memory; "
            "read it again alone, or cut it into its articles"
        ),
        error=BrokenProcessPool.__name__,
    )
