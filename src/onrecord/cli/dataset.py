"""Reading into a folder of Parquet, and bringing one into a store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import Command, opened, store_option
from onrecord.cli.plain import plain
from onrecord.cli.progress import Progress

if TYPE_CHECKING:
    from onrecord.cli.intake import Outcome
    from onrecord.dataset import Engine
    from onrecord.places import Folder
    from onrecord.settings import Settings
    from onrecord.store.manifest import Manifest

ENGINES = ("local", "ray")


def dataset_options(command: Command) -> Command:
    """Add the options by which `read` writes Parquet, on this machine or on many."""
    for option in (
        click.option(
            "--output",
            metavar="DIR",
            help="Write Parquet into this folder (a path or URL), and no store.",
        ),
        click.option(
            "--engine",
            type=click.Choice(ENGINES),
            default=ENGINES[0],
            show_default=True,
            help="What does the work, with --output: processes here, or a Ray cluster.",
        ),
        click.option(
            "--address", metavar="ADDRESS", help="Of the Ray cluster; without it, one on its own."
        ),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a dataset is written to, and by what."""

    output: str
    engine: str
    address: str | None
    workers: int

    def opened(self) -> Engine:
        """Return what does the work.

        Raises:
            OnrecordError: Ray is not installed, or there is no cluster.
        """
        from onrecord.dataset import LocalEngine, RayEngine

        return RayEngine(self.address) if self.engine == "ray" else LocalEngine(self.workers)


def target_from(ctx: click.Context, options: dict[str, Any], workers: int) -> Target | None:
    """Take the options on datasets out of others; return where one is written, None for a store.

    Raises:
        click.UsageError: They do not go together.
    """
    output, engine, address = (options.pop(name) for name in ("output", "engine", "address"))
    if address is not None and engine != "ray":
        raise click.UsageError("--address is that of a Ray cluster: give --engine ray too")
    if output is None:
        if engine == "ray":
            raise click.UsageError("--engine ray writes Parquet: name a folder with --output DIR")
        return None
    if ctx.get_parameter_source("store_path") == click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError(
            "--output writes Parquet and --store a store: give one of them, and bring the first "
            "into the second with `onrecord load DIR --store FILE`"
        )
    return Target(output=output, engine=engine, address=address, workers=workers)


def read_to(target: Target, paths: Sequence[str], settings: Settings, **plan: Any) -> Outcome:  # noqa: ANN401
    """Read articles into a folder of Parquet, with progress, failures and counts on stderr."""
    from onrecord.dataset import plan_for, read_into
    from onrecord.places import Folder

    engine = target.opened()
    planned = plan_for(paths, workers=engine.workers, settings=settings, **plan)
    folder = Folder(target.output)
    with _Phases() as phases:
        manifest = read_into(folder, planned, engine, phases.begin)
    outcome = _outcome(folder, manifest)
    if table := outcome.table():
        click.echo(plain(table), err=True)
    click.echo(f"{outcome} into {target.output}", err=True)
    return outcome


class _Phases:
    """Shows the progress of one phase after another."""

    def __init__(self) -> None:
        self._progress: Progress | None = None

    def __enter__(self) -> _Phases:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.__exit__(None, None, None)

    def begin(self, what: str, total: int) -> Callable[[int], None]:
        self.__exit__()
        progress = self._progress = Progress(what, total)

        def advance(done: int) -> None:
            for _ in range(done):
                progress.advance()

        return advance


def _outcome(folder: Folder, manifest: Manifest) -> Outcome:
    """Return what became of the articles, as reading into a store tells it."""
    from onrecord.cli.intake import Outcome
    from onrecord.dataset.staging import FAILURES
    from onrecord.places import rows_of
    from onrecord.records import Failure

    outcome = Outcome(read=manifest.counts.get("articles", 0))
    outcome.unchanged = manifest.counts.get("unchanged", 0)
    for kind, reasons in manifest.failures.items():
        outcome.reasons[kind] = Counter(reasons)
    rows = rows_of(folder.read_table(folder.tables(FAILURES)))
    outcome.kept += [Failure(**row) for row in rows]
    return outcome


@click.command()
@click.argument("folder", metavar="DIR")
@store_option
def load(folder: str, store_path: str) -> None:
    """Bring a folder of Parquet that `read --output` wrote into a store.

    What the store holds already stays as it is, so that the command can be given again.

    Example: onrecord load corpus/ --store corpus.db
    """
    from onrecord.dataset import load as load_records
    from onrecord.places import Folder
    from onrecord.records import Failure
    from onrecord.store.manifest import read_manifest

    place = Folder(folder)
    total = read_manifest(place).counts.get("articles", 0)
    loaded = failed = 0
    with opened(store_path, create=True) as store, Progress("articles loaded", total) as progress:
        for result in load_records(place, store):
            if isinstance(result, Failure):
                click.echo(plain(str(result)), err=True)
                failed += 1
            else:
                loaded += 1
            progress.advance()
    there = total - loaded - failed
    click.echo(f"{loaded} loaded, {there} there already, {failed} failed", err=True)
    if failed:
        raise SystemExit(1)
