"""Actors: the people, states, organisations and groups of an article, and their mentions."""

from onrecord.resolve.actors.antecedents import AntecedentModel, load_antecedent_model
from onrecord.resolve.actors.cast import resolve_actors
from onrecord.resolve.actors.given import Means, Text
from onrecord.resolve.actors.ranker import Ranker, load_ranker
from onrecord.resolve.actors.sides import SideModel, load_side_model

__all__ = [
    "AntecedentModel",
    "Means",
    "Ranker",
    "SideModel",
    "Text",
    "load_antecedent_model",
    "load_ranker",
    "load_side_model",
    "resolve_actors",
]
