"""The reading room in a real browser, on the sample articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from shutil import which  # noqa: E402

from scripts.pictures import ARGUMENTS, BROWSERS, pages_of, samples_room  # noqa: E402

from accessible import serious_faults  # noqa: E402
from onrecord.room import RoomSettings  # noqa: E402
from onrecord.room.passwords import hashed  # noqa: E402
from onrecord.store import Store, open_store  # noqa: E402
from rooms import room_at  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

DESK, PHONE = (1400, 900), (390, 844)
NAMES = (
    "overview", "search-statements", "search-words", "search-narrowed", "search-articles",
    "search-nothing", "reader", "reader-row", "row", "differences", "actors", "actor", "timeline",
    "timeline-pairs", "figures", "figure", "figure-latest", "talks", "talks-between", "talks-one",
    "happening", "terms",
    "term", "term-months", "map", "map-figures", "queue", "review", "missing", "decisions",
    "saved", "save", "failure",
)  # fmt: skip
LOOKED_AT_TWICE = {  # also on a phone, in the dark
    "overview", "search-words", "reader-row", "row", "timeline", "figure", "talks-between", "term",
    "map",
}  # fmt: skip
EXPECTED = "Failed to load resource: the server responded with a status of 404"


class Tab:
    """A page of the room in a browser, with what it asked for and what it complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        """Go to a page and wait until its plots are drawn."""
        self.page.goto(self.address + path)
        if self.page.locator("[data-plot]").count():
            self.page.locator("[data-plot] svg, [data-plot] .none").first.wait_for()
        return self.page

    def focused(self) -> str:
        """The words of what has the focus."""
        return str(self.page.evaluate("document.activeElement.textContent")).strip()


Opener = Callable[..., Tab]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := which(name))), None)
    if path is None:
        pytest.skip(f"no Chromium: none of {', '.join(BROWSERS)} is on PATH")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    with samples_room(tmp_path_factory.mktemp("samples")) as (store, address):
        yield store, address


@pytest.fixture(scope="module")
def pages(samples: tuple[Store, str]) -> dict[str, str]:
    return pages_of(samples[0])


@pytest.fixture
def opened(chromium: Browser, samples: tuple[Store, str]) -> Iterator[Opener]:
    """Open tabs; afterwards none may have asked another host, or complained."""
    tabs: list[Tab] = []

    def open_tab(
        size: tuple[int, int] = DESK,
        address: str | None = None,
        **options: Any,  # noqa: ANN401
    ) -> Tab:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **options
        )
        tabs.append(Tab(context, address or samples[1]))
        return tabs[-1]

    yield open_tab
    for tab in tabs:
        tab.context.close()
        strange = [url for url in tab.asked if not url.startswith((tab.address, "data:"))]
        assert strange == []
        assert [one for one in tab.complaints if not one.startswith(EXPECTED)] == []


def test_every_page_is_looked_at(pages: dict[str, str]) -> None:
    assert set(NAMES) == set(pages)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_can_be_used_by_everybody(opened: Opener, pages: dict[str, str], name: str) -> None:
    for size, scheme in ((DESK, "light"), (PHONE, "dark")):
        tab = opened(size, color_scheme=scheme)
        page = tab.go(pages[name])
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], size
        assert page.locator("h1").count() == 1
        if size == DESK or name in LOOKED_AT_TWICE:
            assert serious_faults(page) == [], (size, scheme)


def test_an_empty_room_and_a_locked_one(opened: Opener, tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.db") as empty:
        with room_at(empty) as address:
            page = opened(PHONE, address).go("/")
            assert serious_faults(page) == []
        locked = RoomSettings(port=0, password=hashed("long enough"))
        with room_at(empty, locked) as address:
            page = opened(PHONE, address).go("/search")
            assert serious_faults(page) == []
            page.keyboard.type("long enough")
            page.keyboard.press("Enter")
            page.wait_for_url("**/search")
            page.get_by_role("button", name="Leave").click()
            page.wait_for_url("**/login**")


def test_from_the_overview_to_the_words_by_keyboard_alone(opened: Opener) -> None:
    tab = opened()
    page = tab.go("/")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/search")
    page.keyboard.press("/")
    page.keyboard.type("grain")
    page.keyboard.press("Enter")
    page.wait_for_url("**text=grain**")
    page.locator(".row").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    page.locator(".card.open").wait_for()
    assert "grain" in page.locator("#story").inner_text()
    before = page.locator(".card.open").get_attribute("id")
    page.keyboard.press("j")
    assert page.locator(".card.open").get_attribute("id") != before
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while "Link and citation" not in tab.focused():
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rows/**")
    assert page.locator("blockquote mark").count()


def test_a_search_keeps_its_place_when_it_is_narrowed(opened: Opener) -> None:
    tab = opened()
    page = tab.go("/search?kind=events")
    total = page.locator("#h-results").inner_text()
    page.locator(".facet", has_text="Told as").get_by_role("link").nth(1).click()
    page.wait_for_url("**modality=**")
    page.locator(".chosen").wait_for()
    assert page.locator("#h-results").inner_text() != total
    page.locator(".chosen a").first.click()
    page.wait_for_url(re.compile(r"kind=events$"))
    page.go_back()
    page.wait_for_url("**modality=**")


@pytest.mark.parametrize("height", [500, 900, 1800])
def test_an_opened_note_stands_level_with_its_words(
    opened: Opener, pages: dict[str, str], height: int
) -> None:
    page = opened((1400, height)).go(pages["reader"])
    words = page.locator(".story a.run").nth(25)
    words.click()
    card, line = page.locator(".card.open").bounding_box(), words.bounding_box()
    assert card
    assert line
    assert abs(card["y"] - line["y"]) < 14


@pytest.mark.parametrize("height", [500, 1800])
def test_no_two_notes_lie_on_each_other(opened: Opener, pages: dict[str, str], height: int) -> None:
    page = opened((1000, height)).go(pages["reader"])
    page.evaluate("scrollTo(0, 900)")
    page.wait_for_timeout(100)
    boxes = page.locator(".card").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map((box) => [box.top, box.bottom])"
    )
    assert len(boxes) > 30
    for (_, bottom), (top, _) in pairwise(boxes):
        assert top >= bottom


def test_the_notes_at_the_reading_line_are_near_their_words(
    opened: Opener, pages: dict[str, str]
) -> None:
    page = opened().go(pages["reader"])
    for scroll in (0, 600, 1200, 1800):
        page.evaluate(f"scrollTo(0, {scroll})")
        page.wait_for_timeout(100)
        away = page.evaluate("""() => {
            const line = innerHeight * 0.3;
            const near = [...document.querySelectorAll(".story a.run")]
                .map((run) => [run.getClientRects()[0].top, run.getAttribute("href").slice(1)])
                .filter(([top]) => top > 0)
                .sort(([one], [other]) => Math.abs(one - line) - Math.abs(other - line))[0];
            return Math.abs(document.getElementById(near[1]).getBoundingClientRect().top - near[0]);
        }""")
        assert away < 160, scroll


def test_a_time_that_is_brushed_is_all_that_is_listed(opened: Opener) -> None:
    page = opened().go("/timeline")
    listed = page.locator("#listed .row:visible")
    everything = listed.count()
    page.locator(".plot").scroll_into_view_if_needed()
    box = page.locator(".plot svg .brush .overlay").bounding_box()
    assert box
    middle = box["y"] + 40
    page.mouse.move(box["x"] + box["width"] * 0.75, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, middle, steps=4)
    page.mouse.up()
    assert 0 < listed.count() < everything
    assert f"{listed.count()} of {everything} events" in page.locator(".brushed").inner_text()
    page.mouse.click(box["x"] + 3, middle)
    assert listed.count() == everything


@pytest.mark.parametrize(
    ("key", "mark", "leads"),
    [("t", "svg a", "/articles/"), ("m", "svg a", "/search|#in-"), ("f", None, "/figures")],
)
def test_from_the_bar_to_a_mark_by_keyboard_alone(
    opened: Opener, key: str, mark: str | None, leads: str
) -> None:
    tab = opened()
    page = tab.go("/")
    page.keyboard.press("g")
    page.keyboard.press(key)
    page.wait_for_url(re.compile(r"/(timeline|map|figures)$"))
    if mark is None:
        page.locator(".ranked a").first.focus()
    else:
        page.locator("[data-plot] svg a").first.wait_for()
        page.evaluate("document.querySelector('[data-plot] svg a').focus()")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(leads))


def test_a_plot_says_the_same_in_words_and_follows_the_width(opened: Opener) -> None:
    page = opened().go("/figures?measure=killed")
    marks = page.locator(".plot svg a").count()
    assert marks == page.locator(".sheet tbody tr:not(.beneath)").count()
    assert page.locator(".plot svg[aria-label^='Claims by date']").count() == 1
    page.set_viewport_size({"width": 500, "height": 900})
    page.wait_for_function(
        "[...document.querySelectorAll('.plot > svg')].every((one) => one.clientWidth < 500)"
    )


def test_the_keys_are_told(opened: Opener) -> None:
    page = opened().go("/")
    page.keyboard.press("?")
    assert page.locator("dialog[open] h2").inner_text() == "Keys"
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_without_scripts_everything_can_be_read(opened: Opener, pages: dict[str, str]) -> None:
    tab = opened(PHONE, java_script_enabled=False)
    for name in ("search-words", "reader", "actor", "row"):
        tab.page.goto(tab.address + pages[name])
        assert tab.page.locator("main").is_visible()
    tab.page.goto(tab.address + pages["reader"])
    assert tab.page.locator(".card").first.is_visible()
