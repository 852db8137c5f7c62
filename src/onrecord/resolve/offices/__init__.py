"""Offices and sides: whom a phrase names, with country and sector, from its words and the tables."""

from onrecord.resolve.offices.resolving import Resolution, explain_actor, resolve_actor

__all__ = ["Resolution", "explain_actor", "resolve_actor"]
