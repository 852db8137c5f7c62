"""What axe finds on a page that keeps people from using it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text("utf8")
SERIOUS = """async () => {
    const found = await axe.run(document, { resultTypes: ["violations"] });
    return found.violations
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((one) => one.html).join(" | ")}`);
}"""


def serious_faults(page: Page) -> list[str]:
    """What is serious or critical on a page, each with the elements it is about."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(SERIOUS)
    return found
