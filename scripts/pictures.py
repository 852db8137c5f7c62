"""Take a picture of every page of the reading room, in light and dark, wide and narrow.

The room is opened on the sample articles. Usage: python scripts/pictures.py FOLDER
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright

from onrecord.cli import main
from onrecord.records import id_of
from onrecord.room import RoomSettings
from onrecord.room.serving import address_of, config_of, listen
from onrecord.store import Store, open_store

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-background-networking"]
SIZES = {"desk": (1400, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
DRAWN = "[data-plot]:not(:has(.waiting))"


def pages_of(store: Store) -> dict[str, str]:
    """Return the address of every page on a store of the sample articles, by its name."""
    record = store.record(store.resolve("talks.txt"))
    other = store.summaries()[0].article_id
    article = f"/articles/{record.article.article_id}"
    speaker = store.views.most_heard(1)[0].identity_id
    return {
        "overview": "/",
        "search-statements": "/search?kind=statements",
        "search-words": "/search?kind=events&text=sanctions",
        "search-narrowed": "/search?kind=figures&type=killed&order=oldest",
        "search-articles": "/search?kind=articles",
        "search-nothing": "/search?kind=demands&text=xylophone",
        "reader": article,
        "reader-row": f"{article}?row={id_of(record.statements[4])}",
        "row": f"{article}/rows/{id_of(record.events[1])}?version=1",
        "differences": f"{article}/diff/{other}",
        "actors": "/actors",
        "actor": f"/actors/{speaker}",
        "timeline": "/timeline",
        "timeline-pairs": "/timeline?lanes=pair&clock=told",
        "figures": "/figures",
        "figure": "/figures?measure=killed",
        "figure-latest": "/figures?measure=killed&policy=source",
        "talks": "/talks",
        "talks-between": "/talks?between=RUS,UKR",
        "talks-one": "/talks?between=RUS&only=demand&side=by",
        "happening": f"/happenings/{id_of(record.events[1])}",
        "terms": "/terms",
        "term": "/terms?concept=war+in+Ukraine",
        "term-months": "/terms?concept=war+in+Ukraine&by=month&term=war",
        "map": "/map",
        "map-figures": "/map?kind=figures",
        "queue": "/review?kind=statements",
        "review": f"/review/rows/{id_of(record.events[1])}?correct=1",
        "missing": f"/review/add?article={record.article.article_id}&kind=figures&span=24-28",
        "decisions": "/review/log",
        "saved": "/saved",
        "save": "/saved/new?kind=events&text=sanctions",
        "failure": "/nowhere",
    }


@contextmanager
def samples_room(folder: Path) -> Iterator[tuple[Store, str]]:
    """Read the samples into a folder and serve them; yield the store and the room's address."""
    result = CliRunner().invoke(main, ["demo", "--folder", str(folder)])
    if result.exit_code:
        raise SystemExit(result.output)
    settings = RoomSettings(port=0, searches=folder / "searches.toml")
    with open_store(folder / "onrecord.db") as store:
        listening = listen(settings)
        server = uvicorn.Server(config_of(store, settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield store, address_of(listening, settings).rstrip("/")
        finally:
            server.should_exit = True
            thread.join()
            listening.close()


def take(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> None:
    """Write the pictures to a folder."""
    for scheme in SCHEMES:
        for size, (width, height) in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            tab = context.new_page()
            for name, path in pages.items():
                tab.goto(address + path)
                if tab.locator("[data-plot]").count():
                    tab.locator(DRAWN).first.wait_for()
                tab.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
            context.close()


def run(folder: Path) -> None:
    """Take all pictures."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit(f"no Chromium: none of {', '.join(BROWSERS)} is on PATH; install one")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made, samples_room(Path(made)) as (store, address):
        pages = pages_of(store)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            take(browser, address, pages, folder)
            browser.close()
    print(f"Wrote {len(pages) * len(SIZES) * len(SCHEMES)} pictures to {folder}")


if __name__ == "__main__":
    run(Path(sys.argv[1]))
