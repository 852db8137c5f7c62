"""Reading: files, pages and texts become articles, or failures that say why not."""

from onrecord.reading.articles import article_from_text
from onrecord.reading.jsonlines import FieldNames
from onrecord.reading.pages import page_text
from onrecord.reading.reader import read
from onrecord.reading.urls import canonical_url

__all__ = ["FieldNames", "article_from_text", "canonical_url", "page_text", "read"]
