"""Scoring records against annotated articles."""

from onrecord.evaluate.article import score_article
from onrecord.evaluate.attribution import attributions_of, read_corpus, score_attributions
from onrecord.evaluate.gap import gap_error, gender_ratio, read_gap, refers, score_gap
from onrecord.evaluate.gold import MarkedArticle, read_marked, read_marked_lines, read_text
from onrecord.evaluate.news import score_news
from onrecord.evaluate.scores import ArticleScore, score_lines
from onrecord.evaluate.tally import Tally, add_tallies, tally_lines

__all__ = [
    "ArticleScore",
    "MarkedArticle",
    "Tally",
    "add_tallies",
    "attributions_of",
    "gap_error",
    "gender_ratio",
    "read_corpus",
    "read_gap",
    "read_marked",
    "read_marked_lines",
    "read_text",
    "refers",
    "score_article",
    "score_attributions",
    "score_gap",
    "score_lines",
    "score_news",
    "tally_lines",
]
