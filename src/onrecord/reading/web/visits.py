"""What is kept of earlier visits, so that a page that has not changed is not sent again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from onrecord.errors import ReadError


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a server said of the version of a page that it sent."""

    url: str  # as asked for
    found_at: str  # where redirects led
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True)
class Visits:
    """The visits kept in a file, and those of this run, which `keep` adds to it."""

    path: Path | None = None  # None: nothing is kept
    known: dict[str, Visit] = field(default_factory=dict)
    fresh: dict[str, Visit] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Visits:
        """Return the visits in a file, none where there is no such file.

        Raises:
            ReadError: It holds something else.
        """
        try:
            lines = path.read_text("utf-8").splitlines()
            visits = [Visit(**json.loads(line)) for line in lines if line.strip()]
        except FileNotFoundError:
            visits = []
        except (OSError, ValueError, TypeError) as error:
            raise ReadError(
                f"{path} does not hold visits to pages ({error}): remove it, and pages that have "
                "not changed are fetched once more."
            ) from error
        return cls(path=path, known={visit.url: visit for visit in visits})

    def note(self, visit: Visit) -> None:
        """Remember a visit of this run."""
        self.fresh[visit.url] = visit

    def forget(self, is_lost: Callable[[Visit], bool]) -> None:
        """Forget earlier visits whose pages have been lost, so that they are fetched again."""
        self.known = {url: one for url, one in self.known.items() if not is_lost(one)}

    def keep(self, is_lost: Callable[[Visit], bool]) -> None:
        """Write down the visits of this run, but for those whose pages were fetched and lost."""
        kept = {url: one for url, one in self.fresh.items() if not is_lost(one)}
        self.fresh = {}
        if self.path is None or not kept:
            return
        self.known |= kept
        partial = self.path.with_name(f"{self.path.name}.part")
        lines = (json.dumps(asdict(visit)) for visit in self.known.values())
        partial.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        os.replace(partial, self.path)
