"""Scoring records against annotated articles."""

from onrecord.evaluate.alarms import Alarms, alarm_lines, count_alarms, read_neutral
from onrecord.evaluate.article import score_article
from onrecord.evaluate.attribution import attributions_of, read_corpus, score_attributions
from onrecord.evaluate.gold import (
    MarkedArticle,
    MarkedRow,
    read_marked,
    read_marked_lines,
    read_text,
)
from onrecord.evaluate.modality import (
    SentenceScore,
    modality_tallies,
    score_sentence,
    slip_lines,
)
from onrecord.evaluate.news import score_news
from onrecord.evaluate.scores import ArticleScore, score_lines
from onrecord.evaluate.tally import Tally, add_tallies, tally_lines

__all__ = [
    "Alarms",
    "ArticleScore",
    "MarkedArticle",
    "MarkedRow",
    "SentenceScore",
    "Tally",
    "add_tallies",
    "alarm_lines",
    "attributions_of",
    "count_alarms",
    "modality_tallies",
    "read_corpus",
    "read_marked",
    "read_marked_lines",
    "read_neutral",
    "read_text",
    "score_article",
    "score_attributions",
    "score_lines",
    "score_news",
    "score_sentence",
    "slip_lines",
    "tally_lines",
]
