"""Conditions: what would happen if, who says so, and who would have to act."""

from onrecord.extraction.conditions.conditions import extract_conditions

__all__ = ["extract_conditions"]
