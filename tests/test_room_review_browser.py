"""Reviewing in a real browser: words marked by dragging, keys, and all of it without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

expect = sync_api.expect

from scripts.pictures import ARGUMENTS, BROWSERS  # noqa: E402

from accessible import serious_faults  # noqa: E402
from factories import EXTRACTOR, make_record, span_of  # noqa: E402
from onrecord.store import Store, open_store  # noqa: E402
from rooms import room_at  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RECORD = make_record()
ARTICLE = RECORD.article.article_id
EVENT, STATEMENT = RECORD.events[1], RECORD.statements[0]
EDGES = """([selector, words]) => {
    const line = [...document.querySelectorAll(selector)]
        .find((one) => one.textContent.includes(words));
    line.scrollIntoView({ block: "center" });
    const left = line.textContent.indexOf(words);
    const range = document.createRange();
    const edge = (at) => {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            if (at <= walker.currentNode.length) return [walker.currentNode, at];
            at -= walker.currentNode.length;
        }
    };
    range.setStart(...edge(left));
    range.setEnd(...edge(left + words.length));
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    const middle = (box) => box.top + box.height / 2;
    const [first, last] = [boxes[0], boxes.at(-1)];
    return [first.left + 1, middle(first), last.right - 1, middle(last)];
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := which(name))), None)
    if path is None:
        pytest.skip(f"no Chromium: none of {', '.join(BROWSERS)} is on PATH")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "news.db") as made:
        made.save(RECORD, EXTRACTOR)
        yield made


@pytest.fixture
def address(filled: Store) -> Iterator[str]:
    with room_at(filled) as at:
        yield at


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=address, viewport={"width": 1400, "height": 900})
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    context.close()
    assert complaints == []


def drag(page: Page, lines: str, words: str) -> None:
    """Drag over some words, as with a mouse."""
    left, top, right, bottom = page.evaluate(EDGES, [lines, words])
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2)
    page.mouse.move(right, bottom)
    page.mouse.up()


def test_dragging_over_words_fills_the_part_that_was_chosen(page: Page, filled: Store) -> None:
    page.goto(f"/review/rows/{STATEMENT.statement_id}?correct=1")
    words = "leaders meet in Moscow"  # an emoji stands before them in their line
    span = span_of(RECORD.article, words)
    drag(page, "[data-passage] [data-start]", words)
    field = page.locator("#f-content")
    expect(field).to_have_value(f"{span.start}-{span.end}")
    expect(page.locator("#w-content")).to_have_text(words)
    page.locator("[data-mark=f-source]").click()
    source = span_of(RECORD.article, "Alexander Lukashenko in Moscow")
    drag(page, "[data-passage] [data-start]", "Alexander Lukashenko in Moscow")
    expect(page.locator("#f-source")).to_have_value(f"{source.start}-{source.end}")
    page.get_by_text("adds to what a part holds").locator("input").check()
    drag(page, "[data-passage] [data-start]", "some progress")
    more = span_of(RECORD.article, "some progress")
    both = f"{source.start}-{source.end}, {more.start}-{more.end}"
    expect(page.locator("#f-source")).to_have_value(both)
    page.get_by_label("Your name").last.fill("Ana")
    page.get_by_role("button", name="Correct it").click()
    page.get_by_text("Corrected").wait_for()
    held = {one.statement_id: one for one in filled.record(ARTICLE).statements}
    row = held[STATEMENT.statement_id]
    assert [RECORD.article.cut(one) for one in row.content] == [words]
    assert row.source == (source, more)


def test_a_missing_row_is_added_from_words_in_the_reader(page: Page, filled: Store) -> None:
    page.goto(f"/articles/{ARTICLE}")
    words = "More than 2 million people have fled"
    span = span_of(RECORD.article, words)
    drag(page, "#story [data-start]", words)
    page.locator("#add-row.ready").click()
    page.get_by_label("Kind of row").select_option("events")
    page.get_by_role("button", name="Choose").click()
    expect(page.locator("#f-trigger")).to_have_value(f"{span.start}-{span.end}")
    expect(page.locator("#w-trigger")).to_have_text(words)
    page.locator("#f-event_type").select_option("RETREAT")
    page.locator("#f-modality").select_option("actual")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("Added by Ana").wait_for()
    assert "RETREAT" in {
        one.event_type for one in filled.record(ARTICLE).events if one.trigger == (span,)
    }


def test_a_queue_is_gone_through_by_keys(page: Page, filled: Store) -> None:
    page.goto("/review?kind=events")
    page.get_by_label("Reviewing as").fill("Ana")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_label("Reviewing as")).to_have_value("Ana")
    expect(page.get_by_label("Your name")).to_have_count(0)
    links = page.locator("[data-queue] .says > a")
    ids = [str(one.get_attribute("href")).rpartition("/")[2] for one in links.all()]
    assert len(ids) > 1
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(links).to_have_count(len(ids) - 1)
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(links).to_have_count(len(ids) - 2)
    made = [(one.correction.verdict, one.correction.row_id) for one in filled.reviews.all()]
    assert made == [("reject", ids[1]), ("accept", ids[0])]
    page.goto("/review?kind=statements")
    page.keyboard.press("c")
    page.wait_for_url("**/review/rows/**")
    assert page.locator("#correct[open]").count() == 1
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/actors")
    assert len(filled.reviews.all()) == 2


def test_its_pages_can_be_used_by_everybody(chromium: Browser, address: str, filled: Store) -> None:
    for by, verdict in (("Ana", "accept"), ("Bo", "reject")):
        filled.reviews.give(EVENT.event_id, verdict, by=by, why="as told")  # type: ignore[arg-type]
    for (width, height), scheme in (((1400, 900), "light"), ((390, 844), "dark")):
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        page = context.new_page()
        for path in (
            "/review?kind=events",
            f"/review/rows/{EVENT.event_id}?correct=1",
            f"/articles/{ARTICLE}/rows/{STATEMENT.statement_id}?correct=1",
            f"/review/add?article={ARTICLE}&kind=events&span=10-20",
            "/review/log",
            f"/articles/{ARTICLE}?row={STATEMENT.statement_id}",
        ):
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.locator("h1").count() == 1
            assert serious_faults(page) == [], (path, scheme)
        context.close()


def test_without_scripts_all_can_be_decided(chromium: Browser, address: str, filled: Store) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/review?kind=events")
    row = page.locator("[data-queue] .row", has=page.locator(f"a[href$='{EVENT.event_id}']"))
    row.get_by_label("Your name").fill("Ana")
    row.get_by_role("button", name="Reject").click()
    page.goto(f"/review/rows/{EVENT.event_id}")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("undone").wait_for()
    page.locator("#correct > summary").click()
    page.get_by_label("Modality").select_option("negated")
    page.get_by_role("button", name="Correct it").click()
    page.get_by_text("Corrected").wait_for()
    page.goto(f"/articles/{ARTICLE}#n2")
    page.locator(".card:target").get_by_role("button", name="Accept").click()
    context.close()
    verdicts = [one.correction.verdict for one in filled.reviews.all()]
    assert verdicts == ["reject", "correct", "accept"]
