"""Scoring records against annotated articles."""

from onrecord.evaluate.article import score_article
from onrecord.evaluate.attribution import attributions_of, read_corpus, score_attributions
from onrecord.evaluate.cases import CHECK, TUNE, Case, CaseStatement, read_cases
from onrecord.evaluate.gold import MarkedArticle, read_marked, read_marked_lines, read_text
from onrecord.evaluate.nesting import case_lines, score_case
from onrecord.evaluate.news import score_news
from onrecord.evaluate.scores import ArticleScore, score_lines
from onrecord.evaluate.tally import Tally, add_tallies, tally_lines

__all__ = [
    "CHECK",
    "TUNE",
    "ArticleScore",
    "Case",
    "CaseStatement",
    "MarkedArticle",
    "Tally",
    "add_tallies",
    "attributions_of",
    "case_lines",
    "read_cases",
    "read_corpus",
    "read_marked",
    "read_marked_lines",
    "read_text",
    "score_article",
    "score_attributions",
    "score_case",
    "score_lines",
    "score_news",
    "tally_lines",
]
