"""Where records are kept and found again: a file, or a database on a server."""

from onrecord.store.access import open_store
from onrecord.store.browsing import ASKED_OF_ARTICLES, ArticlePage
from onrecord.store.catalogue import ArticleSummary, article_table
from onrecord.store.claims import UNLIKE, Subject
from onrecord.store.copies import CopyPair, Printing, Story
from onrecord.store.counting import Counting
from onrecord.store.dealing import MOST_READ, Talks
from onrecord.store.decisions import Decision
from onrecord.store.disagreeing import Disagreement
from onrecord.store.facets import Facet, FacetValue, Spread
from onrecord.store.filters import Filters
from onrecord.store.happenings import Happening, Reason, Retelling
from onrecord.store.identities import Identity, IdentityAppearance
from onrecord.store.ids import kept as kept_id
from onrecord.store.naming import MOST_ARTICLES, Concept, Length, Usage, Use
from onrecord.store.overview import Heard, Tally
from onrecord.store.paging import MOST_TOLD, Order, RowPage, Slice
from onrecord.store.placing import Placed, Spot
from onrecord.store.portraits import NameSeen, OfficeSeen
from onrecord.store.readable import NAMES as VIEW_NAMES
from onrecord.store.schema import REVISION_TABLE, metadata
from onrecord.store.store import Store
from onrecord.store.texts import words_of
from onrecord.store.transfer import copy_store
from onrecord.store.verifying import Fault
from onrecord.store.views import Views

TABLE_NAMES = (*metadata.tables, REVISION_TABLE)
"""The tables of a store, which are for onrecord itself; its views are for everybody."""

__all__ = [
    "ASKED_OF_ARTICLES",
    "MOST_ARTICLES",
    "MOST_READ",
    "MOST_TOLD",
    "TABLE_NAMES",
    "UNLIKE",
    "VIEW_NAMES",
    "ArticlePage",
    "ArticleSummary",
    "Concept",
    "CopyPair",
    "Counting",
    "Decision",
    "Disagreement",
    "Facet",
    "FacetValue",
    "Fault",
    "Filters",
    "Happening",
    "Heard",
    "Identity",
    "IdentityAppearance",
    "Length",
    "NameSeen",
    "OfficeSeen",
    "Order",
    "Placed",
    "Printing",
    "Reason",
    "Retelling",
    "RowPage",
    "Slice",
    "Spot",
    "Spread",
    "Store",
    "Story",
    "Subject",
    "Talks",
    "Tally",
    "Usage",
    "Use",
    "Views",
    "article_table",
    "copy_store",
    "kept_id",
    "open_store",
    "words_of",
]
