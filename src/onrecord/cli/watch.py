"""The command `watch`."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import beside, fetching_options, opened, store_option
from onrecord.cli.plain import plain
from onrecord.records import Article, Failure
from onrecord.settings import DEFAULTS

if TYPE_CHECKING:
    from onrecord.cli.intake import Intake
    from onrecord.reading import Visits, Web
    from onrecord.reading.web.visits import Visit
    from onrecord.store import Store
    from onrecord.watching import Plan, Teller
    from onrecord.watching.plan import Feed


@click.command()
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@store_option
@click.option("--once", is_flag=True, help="One round, and done: for cron.")
@fetching_options
def watch(plan: Path, store_path: str, once: bool, delay: float, allow_private: bool) -> None:
    """Read what is new in feeds, and tell what matches saved searches.

    PLAN is a TOML file with the feeds, the searches and where their matches go. Each match is told
    once, also after a restart. Stop it with Ctrl-C or SIGTERM: the article in hand is finished.

    Example: onrecord watch feeds.toml --store news.db
    """
    from onrecord.reading import Visits, Web
    from onrecord.store.opening import may_exist
    from onrecord.watching import Matches, Teller, load_plan

    what = load_plan(plan)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    is_new = not may_exist(store_path)
    with opened(store_path, create=True) as store:
        store.require_writable()
        matches = Matches(beside(store_path, "watch.db"))
        visits = Visits.load(beside(store_path, "visits.jsonl"))
        if is_new:
            visits.known.clear()
        teller = Teller(store, matches, click.echo)
        web = Web(delay=delay, allow_private=allow_private, visits=visits)
        watcher = Watcher(store, web, visits, stop)
        while not stop.is_set():
            watcher.round(what, teller)
            if once:
                break
            stop.wait(what.pause * 60)
        web.close()
        matches.close()


@dataclass(slots=True)
class Watcher:
    """Polls feeds, round after round, and remembers what it need not fetch or say again."""

    store: Store
    web: Web
    visits: Visits
    stop: Event
    said: set[str] = field(default_factory=set)

    def round(self, plan: Plan, teller: Teller) -> None:
        """Read what is new in all feeds, then tell what matches."""
        from onrecord.cli.intake import Intake

        intake = Intake(self.store, DEFAULTS)
        polled = {feed.url for feed in plan.feeds}
        self.visits.forget(lambda visit: visit.url not in polled and intake.lacks(visit))
        done = {feed.url for feed in plan.feeds if self._poll(feed, intake)}

        def is_lost(visit: Visit) -> bool:
            # A feed that was not taken in to its end is asked for in full again.
            return visit.url not in done if visit.url in polled else intake.lacks(visit)

        if intake.outcome.read:
            self.store.link()
            click.echo(f"{intake.outcome.read} read", err=True)
        self.visits.keep(is_lost)
        for reason in teller.tell(plan.searches):
            click.echo(reason, err=True)

    def _poll(self, feed: Feed, intake: Intake) -> bool:
        """Read what is new in a feed; return whether all of it could be."""
        from onrecord.reading import Fetching, in_english, read

        fetching = Fetching(web=self.web, follow=feed.follow, is_known=self._is_known)
        entries = read(feed.url, publisher=feed.publisher, fetching=fetching)
        failed_before = intake.outcome.failed
        for result in intake.run(in_english(self._until_stopped(entries))):
            if isinstance(result, Failure) and result.outcome == "failed":
                self._say(str(result))
        return not self.stop.is_set() and intake.outcome.failed == failed_before

    def _until_stopped(self, entries: Iterator[Article | Failure]) -> Iterator[Article | Failure]:
        while not self.stop.is_set() and (entry := next(entries, None)) is not None:
            yield entry

    def _is_known(self, url: str) -> bool:
        """Whether the page at a URL is in the store."""
        from onrecord.reading.articles import id_of_url

        article_id = id_of_url(url)
        return article_id is not None and self.store.made_by(article_id) is not None

    def _say(self, failure: str) -> None:
        """Print a failure the first time that it happens."""
        if failure not in self.said:
            self.said.add(failure)
            click.echo(plain(failure), err=True)
