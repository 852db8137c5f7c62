"""Scoring records against annotated articles."""

from onrecord.evaluate.actors import ActorScore, read_actor_cases, score_actor_cases
from onrecord.evaluate.article import score_article
from onrecord.evaluate.attribution import (
    attributions_of,
    matched_contents,
    read_corpus,
    score_attributions,
)
from onrecord.evaluate.cases import CHECK, TUNE, Case, CaseStatement, read_cases
from onrecord.evaluate.dates import DateSlip, date_slips, score_dates
from onrecord.evaluate.gap import gap_error, gender_ratio, read_gap, refers, score_gap
from onrecord.evaluate.gold import MarkedArticle, read_marked, read_marked_lines, read_text
from onrecord.evaluate.gum import DatedText, read_dated
from onrecord.evaluate.nesting import case_lines, score_case
from onrecord.evaluate.news import score_news
from onrecord.evaluate.scores import ArticleScore, score_lines
from onrecord.evaluate.tally import Interval, Tally, add_tallies, resample, tally_lines

__all__ = [
    "CHECK",
    "TUNE",
    "ActorScore",
    "ArticleScore",
    "Case",
    "CaseStatement",
    "DateSlip",
    "DatedText",
    "Interval",
    "MarkedArticle",
    "Tally",
    "add_tallies",
    "attributions_of",
    "case_lines",
    "date_slips",
    "gap_error",
    "gender_ratio",
    "matched_contents",
    "read_actor_cases",
    "read_cases",
    "read_corpus",
    "read_dated",
    "read_gap",
    "read_marked",
    "read_marked_lines",
    "read_text",
    "refers",
    "resample",
    "score_actor_cases",
    "score_article",
    "score_attributions",
    "score_case",
    "score_dates",
    "score_gap",
    "score_lines",
    "score_news",
    "tally_lines",
]
