"""Contested terms: which word is chosen for a thing, by whom, and whether at arm's length."""

from onrecord.extraction.terms.terms import extract_terms

__all__ = ["extract_terms"]
