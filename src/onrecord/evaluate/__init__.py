"""Scoring records against annotated articles."""

from onrecord.evaluate.actors import ActorScore, read_actor_cases, score_actor_cases
from onrecord.evaluate.article import score_article
from onrecord.evaluate.attribution import attributions_of, read_corpus, score_attributions
from onrecord.evaluate.gold import MarkedArticle, read_marked, read_marked_lines, read_text
from onrecord.evaluate.news import score_news
from onrecord.evaluate.scores import ArticleScore, score_lines
from onrecord.evaluate.tally import Tally, add_tallies, tally_lines

__all__ = [
    "ActorScore",
    "ArticleScore",
    "MarkedArticle",
    "Tally",
    "add_tallies",
    "attributions_of",
    "read_actor_cases",
    "read_corpus",
    "read_marked",
    "read_marked_lines",
    "read_text",
    "score_actor_cases",
    "score_article",
    "score_attributions",
    "score_lines",
    "score_news",
    "tally_lines",
]
