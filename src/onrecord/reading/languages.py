"""Leaving out articles in languages that are not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.language.foreign import may_be_english
from onrecord.records import Article, Failure


def in_english(articles: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    """Yield articles, and a failure for each that is in another language."""
    for article in articles:
        if isinstance(article, Failure) or may_be_english(article.language):
            yield article
        else:
            yield Failure(
                source=article.source_path or article.title or article.article_id,
                reason=f"It is not in English ({article.language}): --language any reads it.",
                error="ReadError",
                outcome="skipped",
            )
