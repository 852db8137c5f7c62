"""Where records are kept and found again: a file, or a database on a server."""

from onrecord.store.catalogue import ArticleSummary, article_table
from onrecord.store.copies import CopyPair, Printing, Story
from onrecord.store.counting import Counting
from onrecord.store.decisions import Decision
from onrecord.store.filters import Filters
from onrecord.store.happenings import Happening, Reason, Retelling
from onrecord.store.identities import Identity, IdentityAppearance
from onrecord.store.ids import kept as kept_id
from onrecord.store.schema import metadata
from onrecord.store.store import Store, open_store
from onrecord.store.texts import words_of
from onrecord.store.verifying import Fault
from onrecord.store.views import NAMES as VIEW_NAMES

TABLE_NAMES = tuple(metadata.tables)
"""The tables of a store, which are for onrecord itself; its views are for everybody."""

__all__ = [
    "TABLE_NAMES",
    "VIEW_NAMES",
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
    "kept_id",
    "open_store",
    "words_of",
]
