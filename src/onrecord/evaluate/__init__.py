"""Scoring records against annotated articles."""

from onrecord.evaluate.article import score_article
from onrecord.evaluate.attribution import (
    attributions_of,
    matched_contents,
    read_corpus,
    score_attributions,
)
from onrecord.evaluate.gold import MarkedArticle, read_marked, read_marked_lines, read_text
from onrecord.evaluate.news import score_news
from onrecord.evaluate.scores import ArticleScore, score_lines
from onrecord.evaluate.tally import Interval, Tally, add_tallies, resample, tally_lines

__all__ = [
    "ArticleScore",
    "Interval",
    "MarkedArticle",
    "Tally",
    "add_tallies",
    "attributions_of",
    "matched_contents",
    "read_corpus",
    "read_marked",
    "read_marked_lines",
    "read_text",
    "resample",
    "score_article",
    "score_attributions",
    "score_lines",
    "score_news",
    "tally_lines",
]
