"""Metonymy: whether a place name locates something or stands for who is there."""

from onrecord.resolve.metonymy.model import MetonymyModel, load_metonymy_model
from onrecord.resolve.metonymy.names import PlaceMeans, find_place_names

__all__ = ["MetonymyModel", "PlaceMeans", "find_place_names", "load_metonymy_model"]
