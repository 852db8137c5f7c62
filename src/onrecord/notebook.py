"""Records in notebooks: `%load_ext onrecord`, and a record shows itself as the story it marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from markupsafe import escape

from onrecord.records import Record
from onrecord.report import render_report

if TYPE_CHECKING:
    from collections.abc import Callable

HEIGHT = 640  # pixels


class Formatter(Protocol):
    """What turns values into HTML in a notebook."""

    def for_type(self, kind: type, show: Callable[[Record], str]) -> object:
        """Show values of a type by a function."""


class Shell(Protocol):
    """A running IPython, as far as it is used here."""

    @property
    def display_formatter(self) -> object:
        """What shows the values of cells."""


def record_html(record: Record, height: int = HEIGHT) -> str:
    """Return a record as HTML for a cell: its report, in a frame of its own.

    The frame keeps the notebook's styles and scripts apart from the report's; nothing is loaded.

    Args:
        record: What to show.
        height: Of the frame, in pixels.
    """
    return (
        f'<iframe title="{escape(record.article.title or "Story")}, on record" '
        f'sandbox="allow-scripts" srcdoc="{escape(render_report(record))}" '
        f'style="width:100%;height:{height}px;border:1px solid #8884"></iframe>'
    )


def register(shell: Shell) -> None:
    """Make an IPython show records as `record_html` does."""
    formatters = getattr(shell.display_formatter, "formatters")  # noqa: B009 - untyped there
    formatters["text/html"].for_type(Record, record_html)
