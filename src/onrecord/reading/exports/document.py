"""One document of an export, and the fields that exports have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.errors import ReadError
from onrecord.language.calendar import moment, month_number, month_words
from onrecord.language.datelines import WRITTEN
from onrecord.reading.articles import Details
from onrecord.reading.dates import iso_date, stated_date

DAY = re.compile(WRITTEN, re.IGNORECASE)
MONTH = re.compile(
    rf"(?P<month>{month_words(ignore_case=True)})\.?,? (?P<year>\d{{4}})", re.IGNORECASE
)
# What may follow the day on the line of the date: "March 11, 2022 Friday 10:02 AM GMT".
AFTER_DAY = re.compile(
    r"(?:,? ?(?:mon|tues|wednes|thurs|fri|satur|sun)day)?"
    r"(?:,? ?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{1,5}(?:[+-]\d+)?)?)?",
    re.IGNORECASE,
)
BY = re.compile(r"by\s+", re.IGNORECASE)
LANGUAGES = {
    "english": "en",
    "arabic": "ar",
    "chinese": "zh",
    "dutch": "nl",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
    "ukrainian": "uk",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What an export says of one document; None: it does not say."""

    text: str
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    local_id: str | None = None

    def details(self, known: Details) -> Details:
        """Return what is known of its article; what the user says of all goes first."""
        return replace(
            known,
            title=self.title,
            byline=BY.sub("", self.byline, count=1) if self.byline else None,
            publisher=known.publisher or self.publisher,
            stated=self.published,
            language=LANGUAGES.get((self.language or "").strip().lower()),
            url=self.url,
            local_id=self.local_id,
            alone=False,
        )


def date_on(line: str) -> str | None:
    """Return the ISO date of a line that is a date, with a weekday or a time or without."""
    line = " ".join(line.split())
    if match := DAY.match(line):
        if not AFTER_DAY.fullmatch(line, match.end()):
            return None
        return (match["iso"] and iso_date(match["iso"])) or stated_date(match[0])
    if match := MONTH.fullmatch(line):
        found = moment(int(match["year"]), month_number(match["month"]))
        return found.iso if found else None
    return None


def require_parts(text: str, **parts: str | None) -> str:
    """Return a document's text where that and other parts are there.

    Raises:
        ReadError: One is missing: the export has another form than the one it seemed to have.
    """
    missing = [name for name, value in parts.items() if not value]
    if not text.strip():
        missing.insert(0, "text")
    if missing:
        raise ReadError(
            f"The document's {' and '.join(missing)} cannot be found: export it again, with all "
            "fields and the full text."
        )
    return text.strip()


def paragraphs(lines: Iterable[str]) -> list[str]:
    """Return the paragraphs of some lines: what blank lines part, each with its own lines."""
    found, current = [], []
    for line in [*lines, ""]:
        if line.strip():
            current.append(line.strip())
        elif current:
            found.append("\n".join(current))
            current = []
    return found
