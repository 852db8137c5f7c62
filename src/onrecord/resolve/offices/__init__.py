"""Offices and sides: whom a phrase names, its country and sector, from words and tables."""

from onrecord.resolve.offices.reading import Evidence
from onrecord.resolve.offices.resolving import (
    Resolution,
    explain_actor,
    has_unknown_name,
    resolve_actor,
    sector_of,
)

__all__ = [
    "Evidence",
    "Resolution",
    "explain_actor",
    "has_unknown_name",
    "resolve_actor",
    "sector_of",
]
