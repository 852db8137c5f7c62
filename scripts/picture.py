"""Take a picture of a report for the documentation.

Usage: python scripts/picture.py report.html docs/report.png --width 1280 --height 900
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIRST_NOTES = 12  # how far to look for a quotation
ARGUMENTS = (
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
)


def find_browser() -> str | None:
    """Return the path of an installed Chromium, None when there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def take_picture(page: Path, picture: Path, *, browser: str, width: int, height: int) -> None:
    """Write a PNG of the top of an HTML page; sizes in CSS pixels, at two pixels for each."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(ARGUMENTS))
        tab = chromium.new_page(
            viewport=ViewportSize(width=width, height=height), device_scale_factor=2
        )
        tab.goto(page.resolve().as_uri())
        # One note open, so that the picture shows what notes are: a quotation's, if there is one.
        shown = tab.locator(".card[data-kind=statement].open").filter(has_not_text="indirect")
        for _ in range(FIRST_NOTES):
            tab.keyboard.press("j")
            if shown.count():
                break
        picture.parent.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=picture)
        chromium.close()


def main(arguments: list[str] | None = None) -> int:
    """Take the picture that the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(description="Take a picture of a report.")
    parser.add_argument("page", type=Path, help="an HTML report")
    parser.add_argument("picture", type=Path, nargs="?", default=Path("docs/report.png"))
    parser.add_argument("--width", type=int, default=1280, help="CSS pixels (default 1280)")
    parser.add_argument("--height", type=int, default=900, help="CSS pixels (default 900)")
    asked = parser.parse_args(arguments)
    browser = find_browser()
    if browser is None:
        sys.exit(f"No Chromium found: install one of {', '.join(BROWSERS)} and put it on PATH")
    if not asked.page.is_file():
        sys.exit(f"No report at {asked.page}: make one with `onrecord report` first")
    take_picture(asked.page, asked.picture, browser=browser, width=asked.width, height=asked.height)
    print(f"{asked.picture}: {asked.width} × {asked.height}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
