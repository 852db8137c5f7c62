"""When a row is set: on a date of its own, else on the day its article was published."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.language.days import Days, days_of
from onrecord.records import Article
from onrecord.report.wording import date_words


@dataclass(frozen=True, slots=True)
class Dated:
    """The days a row may lie on."""

    days: Days
    words: str
    by_publication: bool  # it has no date of its own

    @property
    def is_one_day(self) -> bool:
        """Whether the day is known."""
        return self.days.first == self.days.last


def dated(value: str | None, article: Article) -> Dated | None:
    """Return when a row with that date is set; None where not even its article has a day."""
    for one, by_publication in ((value, False), (article.published, True)):
        days = days_of(one)
        if one is not None and days is not None:
            return Dated(days, date_words(one), by_publication)
    return None
