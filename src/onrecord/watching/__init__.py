"""Watching feeds: what is new is read, and what matches saved searches is told once."""

from onrecord.watching.matches import Match, Matches
from onrecord.watching.plan import Plan, Search, load_plan
from onrecord.watching.telling import Teller

__all__ = ["Match", "Matches", "Plan", "Search", "Teller", "load_plan"]
