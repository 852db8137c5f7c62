"""The report a person reads: the article, marked, with a card for every row."""

from onrecord.report.render import render_report

__all__ = ["render_report"]
