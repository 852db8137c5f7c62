"""Actors: the people, states, organisations and groups of an article, and their mentions."""

from onrecord.resolve.actors.cast import resolve_actors
from onrecord.resolve.actors.ranker import Ranker, load_ranker

__all__ = ["Ranker", "load_ranker", "resolve_actors"]
