"""Reading: files, pages and texts become articles, or failures that say why not."""

from onrecord.reading.articles import article_from_text
from onrecord.reading.fields import FieldNames
from onrecord.reading.languages import in_english
from onrecord.reading.pages import page_text
from onrecord.reading.reader import files_of, read
from onrecord.reading.urls import canonical_url
from onrecord.reading.web import Fetching, Visits, Web

__all__ = [
    "Fetching",
    "FieldNames",
    "Visits",
    "Web",
    "article_from_text",
    "canonical_url",
    "files_of",
    "in_english",
    "page_text",
    "read",
]
