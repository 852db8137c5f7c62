"""Fetching pages and feeds, politely and safely."""

from onrecord.reading.web.fetching import Fetching, Web
from onrecord.reading.web.visits import Visits

__all__ = ["Fetching", "Visits", "Web"]
