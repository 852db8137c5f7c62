"""Where records are kept and found again: one SQLite file."""

from onrecord.store.catalogue import ArticleSummary
from onrecord.store.counting import Counting
from onrecord.store.decisions import Decision
from onrecord.store.filters import Filters
from onrecord.store.happenings import Happening, Reason, Retelling
from onrecord.store.identities import Identity, IdentityAppearance
from onrecord.store.store import Store, open_store

__all__ = [
    "ArticleSummary",
    "Counting",
    "Decision",
    "Filters",
    "Happening",
    "Identity",
    "IdentityAppearance",
    "Reason",
    "Retelling",
    "Store",
    "open_store",
]
