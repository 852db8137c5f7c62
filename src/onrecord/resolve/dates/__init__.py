"""Dates: words that point at a day, a month, a year or a range of them, and their ISO values."""

from onrecord.resolve.dates.times import resolve_date, resolve_times

__all__ = ["resolve_date", "resolve_times"]
