"""What a new user comes for, done in a real browser from the first page, with the clicks counted.

docs/room.md has the three tasks with the same clicks. To type into a field it is clicked first, and
to send it with Enter counts as a click.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from scripts.pictures import ARGUMENTS, BROWSERS  # noqa: E402

from accessible import serious_faults  # noqa: E402
from factories import EXTRACTOR, make_article, make_record  # noqa: E402
from onrecord.store import open_store  # noqa: E402
from rooms import room_at  # noqa: E402
from test_talks import refusing  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DOCS = Path(__file__).parents[1] / "docs" / "room.md"
MOST_CLICKS = 6
SIZES = {"desk": (1400, 900), "phone": (390, 844)}


class Newcomer:
    """Somebody at the first page, who clicks."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.clicks = page, 0
        page.goto(address)

    def click(self, what: Locator) -> None:
        """Click something that can be seen, or scrolled to."""
        self.clicks += 1
        what.first.click()
        self.page.wait_for_load_state("networkidle")

    def type(self, into: Locator, words: str) -> None:
        """Write into a field and send it."""
        self.click(into)
        self.clicks += 1
        into.press_sequentially(words)
        into.press("Enter")
        self.page.wait_for_load_state("networkidle")

    def link(self, name: str | re.Pattern[str], within: str = "main") -> Locator:
        """Find a link by its words."""
        return self.page.locator(within).get_by_role("link", name=name)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("tasks") / "news.db"
    other = make_article(article_id="c" * 16, publisher="The Other", url=None, title="Shells fall")
    with open_store(path) as store:
        for record in (make_record(), make_record(other), refusing()):
            store.save(record, EXTRACTOR)
        with room_at(store) as at:
            yield at


@pytest.fixture(scope="module", params=SIZES)
def newcomer_page(request: pytest.FixtureRequest) -> Iterator[Page]:
    path = next((found for name in BROWSERS if (found := which(name))), None)
    if path is None:
        pytest.skip(f"no Chromium: none of {', '.join(BROWSERS)} is on PATH")
    width, height = SIZES[request.param]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": width, "height": height})
        yield context.new_page()
        browser.close()


@pytest.fixture
def newcomer(newcomer_page: Page, address: str) -> Newcomer:
    return Newcomer(newcomer_page, address)


def told_clicks(task: str) -> int:
    """The clicks that the manual says a task takes."""
    found = re.search(rf"^\| {task}.*\| (\d) \|$", DOCS.read_text("utf8"), re.MULTILINE)
    assert found, task
    return int(found[1])


def done(newcomer: Newcomer, task: str, unfolded: int = 0) -> None:
    """A task took the clicks that the manual says, and its last page can be used by everybody."""
    assert newcomer.clicks == told_clicks(task) + unfolded <= MOST_CLICKS
    assert serious_faults(newcomer.page) == []


def test_who_said_what_on_sanctions_in_a_month(newcomer: Newcomer) -> None:
    page = newcomer.page
    newcomer.type(page.get_by_role("searchbox", name="Search the words of statements"), "sanctions")
    folded = page.locator(".facets > summary").is_visible()  # on a phone
    if folded:
        newcomer.click(page.locator(".facets > summary"))
    newcomer.click(newcomer.link(re.compile("March 2022")))
    rows = page.locator(".row.k-statement")
    assert rows.count() >= 2
    assert "Peskov" in rows.first.locator(".says").inner_text()
    assert "sanctions" in rows.first.locator(".sentence").inner_text()
    done(newcomer, "Who said what on sanctions in a month", unfolded=int(folded))


def test_every_toll_of_one_attack_with_its_source(newcomer: Newcomer) -> None:
    page = newcomer.page
    newcomer.click(page.locator("[aria-labelledby=h-told]").get_by_role("link", name="shelled"))
    claim = page.locator(".toll", has_text="Killed").locator("tr").nth(1)
    assert "30 to 35 people" in claim.inner_text()
    assert "Ukrainian military" in claim.inner_text()
    assert page.locator(".row.k-event").count() == 2
    done(newcomer, "Every toll of one attack")


def test_all_demands_of_one_government_with_the_answers(newcomer: Newcomer) -> None:
    page = newcomer.page
    newcomer.click(newcomer.link("Actors", "nav"))
    newcomer.click(newcomer.link("Ukraine"))
    newcomer.click(newcomer.link("Their demands, with the answers"))
    (move,) = page.locator(".move").all()
    assert "withdraw its troops" in move.inner_text()
    assert "refused" in move.inner_text()
    assert "Russia rejected the demand" in move.locator(".answers").inner_text()
    done(newcomer, "All demands of one government")
