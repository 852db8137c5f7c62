"""onrecord: what news puts on record, every row tied to its words."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from onrecord.records import Article, Failure, Record, Span

if TYPE_CHECKING:
    from onrecord.classify import classify_event
    from onrecord.notebook import Shell
    from onrecord.parallel import extract_many
    from onrecord.pipeline import extract
    from onrecord.plots import plot
    from onrecord.reading import article_from_text, read
    from onrecord.resolve.dates import resolve_date
    from onrecord.resolve.offices import resolve_actor
    from onrecord.store import open_store
    from onrecord.tables import table

__version__ = version("onrecord")

__all__ = [
    "Article",
    "Failure",
    "Record",
    "Span",
    "article_from_text",
    "classify_event",
    "extract",
    "extract_many",
    "open_store",
    "plot",
    "read",
    "resolve_actor",
    "resolve_date",
    "table",
]

_HOMES = {
    "article_from_text": "onrecord.reading",
    "classify_event": "onrecord.classify",
    "extract": "onrecord.pipeline",
    "extract_many": "onrecord.parallel",
    "open_store": "onrecord.store",
    "plot": "onrecord.plots",
    "read": "onrecord.reading",
    "resolve_date": "onrecord.resolve.dates",
    "resolve_actor": "onrecord.resolve.offices",
    "table": "onrecord.tables",
}


def load_ipython_extension(shell: Shell) -> None:
    """Show records as marked stories from now on: what `%load_ext onrecord` does in a notebook."""
    from onrecord.notebook import register

    register(shell)


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import onrecord` stays quick."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
