"""Where records are kept and found again: one SQLite file."""

from onrecord.store.catalogue import ArticleSummary
from onrecord.store.filters import Filters
from onrecord.store.store import Store, open_store

__all__ = ["ArticleSummary", "Filters", "Store", "open_store"]
