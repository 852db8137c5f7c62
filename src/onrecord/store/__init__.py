"""Where records are kept and found again: a file, or a database on a server."""

from onrecord.store.catalogue import ArticleSummary, article_table
from onrecord.store.copies import CopyPair, Printing, Story
from onrecord.store.counting import Counting
from onrecord.store.decisions import Decision
from onrecord.store.filters import Filters
from onrecord.store.happenings import Happening, Reason, Retelling
from onrecord.store.identities import Identity, IdentityAppearance
from onrecord.store.store import Store, open_store
from onrecord.store.verifying import Fault

__all__ = [
    "ArticleSummary",
    "CopyPair",
    "Counting",
    "Decision",
    "Fault",
    "Filters",
    "Happening",
    "Identity",
    "IdentityAppearance",
    "Printing",
    "Reason",
    "Retelling",
    "Store",
    "Story",
    "article_table",
    "open_store",
]
