import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from factories import TEXT, make_article, make_record
from onrecord.report import render_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]
SIZES = {"phone": (360, 740), "tablet": (900, 1000), "desk": (1280, 900)}
LIT = """[...document.querySelectorAll(".run[data-on]")]
    .map((run) => [run.dataset.on, run.textContent])"""


class Window:
    """A report open in a browser, with what it asked for and what it complained of."""

    def __init__(self, context: "BrowserContext", report: Path) -> None:
        self.context = context
        self.tab: Page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.goto(report.as_uri())

    def lit(self) -> dict[str, str]:
        """The words lit in the story, by what they are to the note."""
        words: dict[str, str] = {}
        for role, text in self.tab.evaluate(LIT):
            words[role] = words.get(role, "") + text
        return words

    def active(self) -> str:
        """The headline of the note that is lit, "" for none."""
        headings = self.tab.locator(".card.active h4").all_text_contents()
        return headings[0] if headings else ""

    def words(self, text: str) -> "Locator":
        """The marked words in the story that read so."""
        return self.tab.locator(".story .run", has_text=re.compile(f"^{re.escape(text)}$")).first

    def shown(self) -> int:
        """How many notes are to be seen."""
        return self.tab.locator(".card:visible").count()


Opener = Callable[..., Window]


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no Chromium: none of {', '.join(BROWSERS)} is on PATH")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a record with rows of every kind, with enough text after them to scroll."""
    filler = " ".join(["Nothing more was said, and the delegations went home."] * 30)
    article = make_article(TEXT + f"\n\n{filler}" * 4)
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_report(make_record(article)), encoding="utf-8")
    return path


@pytest.fixture
def opened(chromium: "Browser", report: Path) -> Iterator[Opener]:
    """Open the report; afterwards, it must have asked for nothing and complained of nothing."""
    windows: list[Window] = []

    def open_report(size: str = "desk", **options: Any) -> Window:  # noqa: ANN401 - Playwright's
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        windows.append(Window(context, report))
        return windows[-1]

    yield open_report
    for window in windows:
        window.context.close()
        assert window.requests == [report.as_uri()]
        assert window.complaints == []


def test_pointing_at_words_lights_them_and_their_note(opened: Opener) -> None:
    window = opened()
    window.words("Our negotiators").hover()
    assert window.lit() == {
        "content": "Our negotiatorsreport some progress",
        "source": "Kremlin spokesman Dmitry Peskov",
        "cue": "said",
        "aside": "FridayMoscow",
    }
    assert window.active() == "Dmitry Peskov says"
    window.tab.mouse.move(5, 5)
    assert window.lit() == {}


def test_source_cue_and_content_can_be_told_apart(opened: Opener) -> None:
    window = opened()
    window.words("Our negotiators").hover()
    looks = {
        role: window.tab.locator(f".run[data-on={role}]").first.evaluate(
            "(run) => { const look = getComputedStyle(run);"
            " return look.backgroundColor + look.boxShadow + look.color; }"
        )
        for role in ("source", "cue", "content")
    }
    assert len(set(looks.values())) == 3


def test_pointing_at_a_note_lights_its_words(opened: Opener) -> None:
    window = opened()
    window.tab.locator(".card.figure").first.hover()
    assert window.lit()["words"] == "between 30 and 35"


def test_a_click_opens_the_note_level_with_its_words(opened: Opener) -> None:
    window = opened()
    words = window.words("special military operation")
    words.click()
    assert window.active() == "special military operation for war"
    card = window.tab.locator(".card.open").bounding_box()
    place = words.bounding_box()
    assert card
    assert place
    assert abs(card["y"] - place["y"]) < 12


def test_another_click_goes_to_the_next_row_over_the_same_words(opened: Opener) -> None:
    window = opened()
    words = window.words("special military operation")
    words.click()
    words.click()
    assert window.active() == "Russian officials says"
    words.click()
    assert window.active() == "special military operation for war"


def test_keys_go_through_the_notes_in_order(opened: Opener) -> None:
    window = opened()
    headings = window.tab.locator(".card h4").all_text_contents()
    window.tab.keyboard.press("j")
    assert window.active() == headings[0]
    window.tab.keyboard.press("ArrowRight")
    window.tab.keyboard.press("ArrowDown")
    assert window.active() == headings[2]
    window.tab.keyboard.press("k")
    assert window.active() == headings[1]
    for _ in headings:
        window.tab.keyboard.press("j")
    assert window.active() == headings[-1]


def test_tab_enter_and_escape(opened: Opener) -> None:
    window = opened()
    window.tab.locator(".dateline a").focus()
    window.tab.keyboard.press("Tab")
    first = window.tab.evaluate("document.activeElement.textContent")
    assert first == "Friday"
    assert window.active() == "11 March 2022 Friday"
    window.tab.keyboard.press("Enter")
    assert window.tab.evaluate("document.activeElement.matches('.card.open')")
    window.tab.keyboard.press("Escape")
    assert window.tab.evaluate("document.activeElement.textContent") == first
    assert window.active() == ""
    assert window.lit() == {}


def test_what_is_opened_is_said_to_a_screen_reader(opened: Opener) -> None:
    window = opened()
    window.tab.keyboard.press("j")
    total = window.tab.locator(".card").count()
    assert window.tab.locator("[role=status]").text_content() == (
        f"time, 11 March 2022 Friday: note 1 of {total}"
    )


def test_a_kind_can_be_hidden(opened: Opener) -> None:
    window = opened()
    before = window.shown()
    window.tab.get_by_label("Events").uncheck()
    assert window.shown() == before - 4
    line = window.words("met").locator(".u-event")
    assert line.evaluate("(mark) => getComputedStyle(mark).textDecorationLine") == "none"
    assert window.words("met").get_attribute("tabindex") == "-1"
    window.tab.get_by_label("Events").check()
    assert window.shown() == before


def test_voices_narrow_what_is_shown_to_their_words(opened: Opener) -> None:
    window = opened()
    window.tab.locator(".voices").get_by_label("Ukrainian military").check()
    assert window.tab.locator(".card:visible").evaluate_all(
        "(cards) => cards.map((card) => card.dataset.kind)"
    ) == ["statement", "event", "figure"]
    assert window.tab.locator(".group:not(.off)").count() == 1
    window.tab.locator(".voices").get_by_label("Russian officials").check()
    assert window.shown() == 5


def test_an_actors_mentions_are_shown(opened: Opener) -> None:
    window = opened()
    button = window.tab.locator(".actors").get_by_role("button", name="Vladimir Putin")
    button.click()
    assert window.tab.locator(".run.mentioned").all_text_contents() == [
        "Russian President Vladimir Putin",
        "Mr Putin",
    ]
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert window.tab.locator(".run.mentioned").count() == 0


def test_the_notes_keep_pace_with_the_story(opened: Opener) -> None:
    window = opened()
    last = window.tab.locator(".card").last
    words = window.tab.locator(".story a.run").last
    words.evaluate("(run) => scrollBy(0, run.getBoundingClientRect().top - innerHeight * 0.3)")
    window.tab.evaluate("new Promise((done) => setTimeout(done, 200))")
    box, place = last.bounding_box(), words.bounding_box()
    assert box
    assert place
    assert 0 <= box["y"] < SIZES["desk"][1]
    assert abs(box["y"] - place["y"]) < 60


def test_a_link_to_a_note_opens_it(opened: Opener, report: Path) -> None:
    window = opened()
    window.tab.evaluate("location.hash = 'n5'")
    window.tab.reload()
    window.requests.pop()
    assert window.tab.locator(".card.open").get_attribute("id") == "n5"


def test_on_a_phone_a_tap_opens_a_sheet_at_the_foot(opened: Opener) -> None:
    window = opened("phone", has_touch=True)
    words = window.words("shelled")
    words.tap()
    sheet = window.tab.locator(".card.open")
    box, place = sheet.bounding_box(), words.bounding_box()
    assert box
    assert place
    assert round(box["y"] + box["height"]) == SIZES["phone"][1]
    assert place["y"] + place["height"] < box["y"]
    heading = window.active()
    window.tab.get_by_role("button", name="Next").tap()
    assert window.active() != heading
    window.tab.get_by_role("button", name="Close").tap()
    assert window.tab.locator(".card.open").count() == 0


@pytest.mark.parametrize("size", SIZES)
def test_nothing_runs_off_the_side(opened: Opener, size: str) -> None:
    window = opened(size)
    width = window.tab.evaluate("document.documentElement.scrollWidth")
    assert width == SIZES[size][0]


def test_dark_and_light_follow_the_reader(opened: Opener) -> None:
    back = "getComputedStyle(document.body).backgroundColor"
    light, dark = (opened(color_scheme=scheme).tab.evaluate(back) for scheme in ("light", "dark"))
    assert (light, dark) == ("rgb(252, 251, 247)", "rgb(23, 22, 19)")


def test_without_the_script_notes_can_be_read_reached_and_hidden(opened: Opener) -> None:
    window = opened(java_script_enabled=False)
    before = window.shown()
    assert before == window.tab.locator(".card").count() > 0
    window.words("shelled").click()
    assert window.tab.locator(".card:target h4").text_content() == "Attack shelled"
    window.tab.get_by_label("Events").uncheck()
    assert window.shown() == before - 4
    assert not window.tab.locator(".voices").is_visible()


def test_on_paper_the_notes_follow_the_story(opened: Opener) -> None:
    window = opened()
    window.tab.emulate_media(media="print")
    assert not window.tab.locator(".rail").is_visible()
    story, notes = (window.tab.locator(place).bounding_box() for place in (".story", ".notes"))
    assert story
    assert notes
    assert notes["y"] >= story["y"] + story["height"]
