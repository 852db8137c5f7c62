"""Corpora of any size as a folder of Parquet: read on one machine or on many, found in, loaded."""

from onrecord.dataset.engines import Engine, LocalEngine, RayEngine
from onrecord.dataset.loading import load
from onrecord.dataset.plan import Plan, plan_for
from onrecord.dataset.running import Show, read_into

__all__ = ["Engine", "LocalEngine", "Plan", "RayEngine", "Show", "load", "plan_for", "read_into"]
