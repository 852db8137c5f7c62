"""Reading: files, pages and texts become articles, or failures that say why not."""

from onrecord.read.articles import article_from_text
from onrecord.read.jsonlines import FieldNames
from onrecord.read.pages import page_text
from onrecord.read.reader import read
from onrecord.read.urls import canonical_url

__all__ = ["FieldNames", "article_from_text", "canonical_url", "page_text", "read"]
