"""The first steps of a run: articles out of the inputs, in parts of about the same length.

Reading is quick and what is read is long in work, so that it pays to know all articles before the
first is worked on: parts are even, an article that comes again is seen, and its versions have the
numbers that reading them one after another would give.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, groupby
from typing import Any

from onrecord.dataset.jobs import Receipt
from onrecord.dataset.plan import WORK, Plan
from onrecord.dataset.tables import BUCKET, leave, leave_by_key, table_of, taken
from onrecord.places import Folder, rows_of
from onrecord.reading import Fetching, Web, in_english, read
from onrecord.records import Article, Failure
from onrecord.settings import Settings
from onrecord.store.reading import article_from
from onrecord.store.shapes import ARTICLE_FIELDS
from onrecord.store.writing import map_values

STAGED = f"{WORK}/articles"
FAILURES = "failures"
"""The folder of what gave no article."""

MOST_ARTICLES = 2_000  # in a part

_IDS = {"article_id": str, "sha256": str, "part": str, "row": int}
_VERSIONS = {"part": str, "row": int, "version": int, "kept": bool, "latest": bool}
_FAILED = {"source": str, "reason": str, "error": str, "outcome": str}


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Reads the articles of some files into parts; the task is a number of the plan's."""

    folder: Folder
    plan: Plan
    name: str = "read"
    needs: Settings | None = None

    def run(self, task: str) -> Receipt:
        """Return which parts the files gave, of how many articles, and counts of failures."""
        asked = dict(self.plan.fetching)
        follow = bool(asked.pop("follow", False))
        web = Web(**asked)
        fetching = Fetching(web=web, follow=follow)
        found = self._read(int(task), fetching)
        failures = Failures()
        parts: dict[str, int] = {}
        try:
            for articles in in_parts(failures.taken_out(found), self.plan.characters):
                part = f"{task}-{len(parts):04}"
                self._keep(part, articles)
                parts[part] = len(articles)
        finally:
            web.close()
        failures.write(self.folder, f"read-{task}")
        return {"parts": parts, "failures": failures.counts()}

    def _read(self, task: int, fetching: Fetching) -> Iterator[Article | Failure]:
        plan = self.plan
        found = chain.from_iterable(
            read(plan.files[at], is_part=plan.found[at], fetching=fetching, **plan.reading)
            for at in plan.of_task(task)
        )
        return in_english(found) if plan.only_english else found

    def _keep(self, part: str, articles: list[Article]) -> None:
        columns = dict.fromkeys(_STAGED, str) | {"input_map": str}
        rows = [
            {name: getattr(one, name) for name in _STAGED}
            | {"input_map": json.dumps(map_values(one.input_map), separators=(",", ":"))}
            for one in articles
        ]
        self.folder.write_table(f"{STAGED}/{part}.parquet", table_of(rows, columns))
        ids = [
            {"article_id": one.article_id, "sha256": one.sha256, "part": part, "row": row}
            for row, one in enumerate(articles)
        ]
        table = table_of(ids, _IDS)
        leave_by_key(self.folder, f"ids/{part}", table, "article_id", self.plan.buckets)


_STAGED = tuple(name for name in ARTICLE_FIELDS if name not in ("version", "story_id", "copy_of"))


def in_parts(articles: Iterable[Article], characters: int) -> Iterator[list[Article]]:
    """Yield articles in order, in parts of about so many characters."""
    part: list[Article] = []
    size = 0
    for article in articles:
        part.append(article)
        size += len(article.text)
        if size >= characters or len(part) == MOST_ARTICLES:
            yield part
            part, size = [], 0
    if part:
        yield part


@dataclass(slots=True)
class Failures:
    """What gave no article or record in a task."""

    found: list[Failure] = field(default_factory=list)

    def taken_out(self, results: Iterable[Article | Failure]) -> Iterator[Article]:
        """Yield the articles among results; keep the others."""
        for one in results:
            if isinstance(one, Failure):
                self.found.append(one)
            else:
                yield one

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many there are of each outcome and reason."""
        found: dict[str, Counter[str]] = {}
        for one in self.found:
            found.setdefault(one.outcome, Counter())[one.reason] += 1
        return {outcome: dict(reasons) for outcome, reasons in found.items()}

    def write(self, folder: Folder, name: str) -> None:
        """Write them into the folder of failures, where there are any."""
        if self.found:
            table = table_of(map(asdict, self.found), _FAILED)
            folder.write_table(f"{FAILURES}/{name}.parquet", table)


@dataclass(frozen=True, slots=True)
class TellVersions:
    """Tells the versions of articles that come several times; the task is a bucket of ids."""

    folder: Folder
    plan: Plan
    name: str = "versions"
    needs: Settings | None = None

    def run(self, task: str) -> Receipt:
        """Return how many articles were there already as they are."""
        rows = list(versions_of(taken(self.folder, "ids", BUCKET, int(task))))
        if rows:
            leave(self.folder, f"of-versions/{task}", table_of(rows, _VERSIONS), "part")
        return {"unchanged": sum(not row["kept"] for row in rows)}


def versions_of(ids: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what there is to know of each article that comes several times.

    As where they are saved one after another: another text is the next version, and of the same
    text again only the last is kept, with what is known about it then.
    """
    ordered = sorted(ids, key=lambda one: (one["article_id"], one["part"], one["row"]))
    for _, some in groupby(ordered, key=lambda one: one["article_id"]):
        runs = [list(run) for _, run in groupby(some, key=lambda one: one["sha256"])]
        if len(runs) == 1 and len(runs[0]) == 1:
            continue
        for version, run in enumerate(runs, start=1):
            for at, one in enumerate(run, start=1):
                yield {
                    "part": one["part"],
                    "row": one["row"],
                    "version": version,
                    "kept": at == len(run),
                    "latest": version == len(runs),
                }


@dataclass(frozen=True, slots=True)
class Staged:
    """An article of a part."""

    article: Article
    is_latest: bool


def staged(folder: Folder, part: str) -> list[Staged]:
    """Return the articles of a part with their versions, but for those that come again later."""
    told = {row["row"]: row for row in taken(folder, "of-versions", "part", part)}
    found = []
    for at, row in enumerate(rows_of(folder.read_table([f"{STAGED}/{part}.parquet"]))):
        line = row | {"input_map": json.loads(row["input_map"]), "version": 1}
        article = article_from(line | {"story_id": None, "copy_of": None})
        version = told.get(at)
        if version is None:
            found.append(Staged(article, is_latest=True))
        elif version["kept"]:
            found.append(Staged(replace(article, version=version["version"]), version["latest"]))
    return found
