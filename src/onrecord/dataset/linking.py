"""Linking the articles of all parts by key: copies, happenings, and what is known of who they name.

No task holds more than the rows of some keys, of some pairs or of one part. Only which pairs were
found to be one, ids and no texts, is put together in one place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.copies import JOINING, overlap, shingles_of, stories_of
from onrecord.dataset.jobs import Receipt
from onrecord.dataset.keys import COPY_KEYS, TELLING_KEYS, TOLD, unit_from
from onrecord.dataset.pairing import OF_COPIES, OF_TELLINGS, Limits, candidates, sharing, sides
from onrecord.dataset.plan import WORK
from onrecord.dataset.tables import BUCKET, leave, leave_by_key, table_of, taken
from onrecord.happenings import Unit, group_units, may_join
from onrecord.places import Folder, rows_of
from onrecord.settings import Settings
from onrecord.store.copying import story_order
from onrecord.store.folder import COPIES, HAPPENINGS, STORIES
from onrecord.store.parquet import ARTICLES, SIGNATURES
from onrecord.store.schema import signature

COPY, TELLING = "copies", "happenings"
"""What units are linked as."""

LIMITS: Mapping[str, Limits] = {COPY: OF_COPIES, TELLING: OF_TELLINGS}
_KEYS = {COPY: COPY_KEYS, TELLING: TELLING_KEYS}
_SHARING = {"asker": str, "asker_part": str, "holder": str, "holder_part": str, "weight": int}
_REQUESTS = {"part": str, "unit": str, "one": str, "other": str}
_SIDES = {"one": str, "other": str, "unit": str, "part": str, "told": str}
_COPIES = {"one_id": str, "other_id": str, "kind": str, "alike": float, "of_one": float} | {
    "of_other": float,
    **{f"{side}_version": int for side in ("one", "other")},
    **{f"{side}_day": str for side in ("one", "other")},
    **{f"{side}_own": bool for side in ("one", "other")},
}
_SAME = {"one": str, "other": str, "one_part": str, "other_part": str}
_STORIES = {"article_id": str, "version": int, "story_id": str, "copy_of": str}
_HAPPENINGS = {"own_id": str, "happening_id": str}
_SIDED = ("one", "other")
_OF_ARTICLES = ("article_id", "version", "first_day", "credited_by", "text")


@dataclass(frozen=True, slots=True)
class _Linking:
    """What all steps of linking have."""

    folder: Folder
    buckets: int
    what: str  # COPY or TELLING
    needs: Settings | None = None


@dataclass(frozen=True, slots=True)
class FindSharing(_Linking):
    """Finds the units that share keys; the task is a bucket of keys."""

    @property
    def name(self) -> str:
        """What it is called in the work folder."""
        return f"{self.what}-sharing"

    def run(self, task: str) -> Receipt:
        """Return how many pairs share a key."""
        rows = taken(self.folder, _KEYS[self.what], BUCKET, int(task))
        table = table_of(sharing(rows, LIMITS[self.what]), _SHARING)
        leave_by_key(self.folder, f"{self.what}-shared/{task}", table, "asker", self.buckets)
        return {"pairs": table.num_rows}


@dataclass(frozen=True, slots=True)
class Choose(_Linking):
    """Chooses which units are compared; the task is a bucket of units."""

    @property
    def name(self) -> str:
        """What it is called in the work folder."""
        return f"{self.what}-choosing"

    def run(self, task: str) -> Receipt:
        """Return how many pairs are to be compared."""
        rows = taken(self.folder, f"{self.what}-shared", BUCKET, int(task))
        asked = [
            {"part": place.part, "unit": place.unit, "one": pair[0].unit, "other": pair[1].unit}
            for pair in candidates(rows, LIMITS[self.what])
            for place in pair
        ]
        leave(self.folder, f"{self.what}-asked/{task}", table_of(asked, _REQUESTS), "part")
        return {"pairs": len(asked) // 2}


@dataclass(frozen=True, slots=True)
class Tell(_Linking):
    """Tells, of the units of a part that others ask for, what is compared; the task is the part."""

    @property
    def name(self) -> str:
        """What it is called in the work folder."""
        return f"{self.what}-telling"

    def run(self, task: str) -> Receipt:
        """Return how many units were told."""
        asked = list(taken(self.folder, f"{self.what}-asked", "part", task))
        told = told_in(self.folder, task, self.what, {row["unit"] for row in asked})
        rows = ({**row, "told": told[row["unit"]]} for row in asked)
        table = table_of(rows, _SIDES)
        leave_by_key(self.folder, f"{self.what}-sides/{task}", table, "one", self.buckets)
        return {"units": len(told)}


def told_in(folder: Folder, part: str, what: str, units: set[str]) -> dict[str, str]:
    """Return what some units of a part tell, as JSON, by unit."""
    found: dict[str, str] = {}
    if units and what == COPY:
        table = folder.read_table([f"{ARTICLES}/{part}.parquet"], columns=_OF_ARTICLES)
        for row in sorted(rows_of(table), key=lambda row: int(row["version"])):
            if row["article_id"] in units:
                found[row["article_id"]] = json.dumps(row)  # of its latest version
    elif units:
        for row in rows_of(folder.read_table([f"{WORK}/{TOLD}/{part}.parquet"])):
            if row["unit"] in units:
                found[row["unit"]] = row["told"]
    return found


@dataclass(frozen=True, slots=True)
class Compare(_Linking):
    """Compares the units of pairs; the task is a bucket of pairs."""

    @property
    def name(self) -> str:
        """What it is called in the work folder."""
        return f"{self.what}-comparing"

    def run(self, task: str) -> Receipt:
        """Return how many pairs were found to be one, or copies."""
        told = taken(self.folder, f"{self.what}-sides", BUCKET, int(task))
        if self.what == COPY:
            rows = list(_copies(told))
            if rows:
                self.folder.write_table(f"{COPIES}/{task}.parquet", table_of(rows, _COPIES))
        else:
            rows = list(_same(told))
            leave(self.folder, f"{TELLING}-same/{task}", table_of(rows, _SAME), "one")
        return {"pairs": len(rows)}


def _copies(told: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for pair in sides(told):
        one, other = sorted(pair)
        mine, theirs = (json.loads(pair[unit]["told"]) for unit in (one, other))
        found = overlap(shingles_of(mine["text"]), shingles_of(theirs["text"]))
        if found is not None:
            yield {
                "one_id": one,
                "other_id": other,
                **asdict(found),
                **_placed("one", mine),
                **_placed("other", theirs),
            }


def _placed(side: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what says where in a story an article stands."""
    own = row["credited_by"] == "site"
    return {
        f"{side}_version": row["version"],
        f"{side}_day": row["first_day"],
        f"{side}_own": own,
    }


def _same(told: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for pair in sides(told):
        one, other = (unit_from(unit, pair[unit]["told"]) for unit in sorted(pair))
        if may_join([one], other):
            places = {"one": one.unit_id, "other": other.unit_id}
            yield places | {f"{side}_part": pair[unit]["part"] for side, unit in places.items()}


def keep_stories(folder: Folder) -> int:
    """Write which articles are one story, from the copies found; return how many stories."""
    joined = [row for row in rows_of(folder.read_table(folder.tables(COPIES))) if _joins(row)]
    members = {row[f"{side}_id"]: _Member.of(row, side) for row in joined for side in _SIDED}
    rows = []
    stories = stories_of(members, [(row["one_id"], row["other_id"]) for row in joined])
    for story in stories:
        first = min(story, key=lambda one: members[one].order)
        rows += [
            {"article_id": one, "version": members[one].version, "story_id": first}
            | {"copy_of": None if one == first else first}
            for one in sorted(story)
        ]
    folder.empty(STORIES)
    if rows:
        folder.write_table(f"{STORIES}/all.parquet", table_of(rows, _STORIES))
    return len(stories)


def _joins(row: Mapping[str, Any]) -> bool:
    return row["kind"] in JOINING


@dataclass(frozen=True, slots=True)
class _Member:
    version: int
    order: tuple[str, bool, str]

    @classmethod
    def of(cls, row: Mapping[str, Any], side: str) -> _Member:
        """Return where in a story the article on a side of a pair stands."""
        day, own = row[f"{side}_day"], row[f"{side}_own"]
        return cls(row[f"{side}_version"], story_order(day, own, row[f"{side}_id"]))


def keep_groups(folder: Folder) -> int:
    """Write which units may be one happening, for each part; return how many groups there are."""
    found = folder.read_table(folder.tables(f"{WORK}/{TELLING}-same"))
    rows = list(rows_of(found))
    parts = {row[side]: row[f"{side}_part"] for row in rows for side in _SIDED}
    groups = stories_of(parts, [(row["one"], row["other"]) for row in rows])
    listed = [
        {"part": parts[unit], "unit": unit, "one": min(group), "other": ""}
        for group in groups
        for unit in group
    ]
    folder.empty(f"{WORK}/{TELLING}-asked")
    leave(folder, f"{TELLING}-asked/all", table_of(listed, _REQUESTS), "part")
    folder.empty(f"{WORK}/{TELLING}-sides")
    return len(groups)


@dataclass(frozen=True, slots=True)
class Gather(Tell):
    """Tells the units of a part that may be one happening with others; the task is the part."""

    @property
    def name(self) -> str:
        """What it is called in the work folder."""
        return f"{self.what}-gathering"


@dataclass(frozen=True, slots=True)
class Group(_Linking):
    """Groups units that may be one happening; the task is a bucket of groups."""

    @property
    def name(self) -> str:
        """What it is called in the work folder."""
        return f"{self.what}-grouping"

    def run(self, task: str) -> Receipt:
        """Return how many units are told of a happening that another article told first."""
        told = taken(self.folder, f"{TELLING}-sides", BUCKET, int(task))
        groups: dict[str, list[Unit]] = {}
        for row in told:
            groups.setdefault(row["one"], []).append(unit_from(row["unit"], row["told"]))
        rows = [
            {"own_id": unit.unit_id, "happening_id": group[0].unit_id}
            for units in groups.values()
            for group in group_units(units)
            for unit in group[1:]
        ]
        if rows:
            self.folder.write_table(f"{HAPPENINGS}/{task}.parquet", table_of(rows, _HAPPENINGS))
        return {"units": len(rows)}


@dataclass(frozen=True, slots=True)
class GatherSignatures(_Linking):
    """Puts each signature once that several parts have; the task is a bucket of signatures."""

    what: str = SIGNATURES
    name: str = SIGNATURES

    def run(self, task: str) -> Receipt:
        """Return how many signatures there are."""
        rows = {
            row["signature_id"]: row for row in taken(self.folder, SIGNATURES, BUCKET, int(task))
        }
        if rows:
            columns = dict.fromkeys((one.name for one in signature.c), str)
            table = table_of((rows[key] for key in sorted(rows)), columns)
            self.folder.write_table(f"{SIGNATURES}/{task}.parquet", table)
        return {"signatures": len(rows)}
