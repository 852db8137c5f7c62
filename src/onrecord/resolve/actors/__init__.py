"""Actors: the people, states, organisations and groups of an article, and their mentions."""

from onrecord.resolve.actors.cast import resolve_actors

__all__ = ["resolve_actors"]
