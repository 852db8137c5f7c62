"""Figures: quantities claimed about people, money or forces, with their bounds."""

from onrecord.extraction.figures.figures import extract_figures

__all__ = ["extract_figures"]
