"""Fetching pages and feeds, politely and safely."""

from onrecord.reading.web.fetching import Web
from onrecord.reading.web.visits import Visits

__all__ = ["Visits", "Web"]
