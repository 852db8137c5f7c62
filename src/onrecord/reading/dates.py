"""Publication dates: ISO dates with the precision known, from what is stated and nowhere else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from onrecord.language.calendar import MONTHS as MONTH_NAMES
from onrecord.language.calendar import SHORTEST, moment, month_number
from onrecord.language.datelines import DATED, WRITTEN
from onrecord.reading.asides import is_sentence

MONTHS = tuple(name[:SHORTEST] for name in MONTH_NAMES)
CLOCK = (
    r"(?:[,T]? ?(?:at )?\d{1,2}[:.]\d\d(?::\d\d)? ?(?:[ap]\.?m\.?)?"
    r" ?(?:[A-Z]{1,5}|[+-]\d\d:?\d\d)?)?"
)

ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
ISO_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d.*", re.ASCII)
URL_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:"
    rf"/(?P<month>\d{{1,2}}|{'|'.join(MONTHS)})(?:/(?P<day>\d{{1,2}}))?(?=/|$)"
    r"|-(?P<dashed_month>\d\d)-(?P<dashed_day>\d\d)(?!\d)"
    r"|(?P<run_month>\d\d)(?P<run_day>\d\d)(?=/|$))",
    re.IGNORECASE,
)
STATED_LINE = re.compile(
    r"(?:(?:first )?(?:published|posted)(?: on| at)?|date)?:? ?" + WRITTEN + CLOCK, re.IGNORECASE
)
PUBLISHED = re.compile(
    r"\b(?:(?:first|originally) )?(?:published|posted)(?: on| at)?:? ?" + WRITTEN, re.IGNORECASE
)
BYLINE = re.compile(r"by [^.!?\d]{2,60}[,|·•–—-] ?" + WRITTEN + CLOCK, re.IGNORECASE)
CHANGED_TOO = re.compile(r"[ (,;|·•/–—-]*(?:last )?(?:updated|modified|edited)\b.*", re.IGNORECASE)
LONGEST_BYLINE = 160
# What programs write for a date that they do not have: second 0, seen from either side of London.
NO_DATES = frozenset({"1970-01-01", "1969-12-31"})
EARLIEST = "1800"
# A text's own date stands among its first lines: title, standfirst, byline, date.
TOP_LINES = 6


def iso_date(value: str) -> str | None:
    """Return the date part of an ISO 8601 date or date and time, None when it is neither.

    `2022`, `2022-03` and `2022-03-11` keep their precision; of a date and time the date stays, as
    written, whatever its time zone.
    """
    value = value.strip()
    if match := ISO_DATE.fullmatch(value):
        year, month, day = match.groups()
        return value if moment(int(year), int(month or 1), int(day or 1)) else None
    if not ISO_DATETIME.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return None


def believable(value: str) -> bool:
    """Whether an ISO date can be one of publication: not before newspapers, and not to come."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)  # it is that already east of here
    return value not in NO_DATES and EARLIEST <= value <= tomorrow.isoformat()


def date_in_url(url: str) -> str | None:
    """Return the date that a URL's path carries, such as /2022/mar/11/, or None.

    A path with only a year and a month gives a date of that precision.
    """
    for match in URL_DATE.finditer(urlsplit(url).path):
        month = match["month"] or match["dashed_month"] or match["run_month"]
        day = match["day"] or match["dashed_day"] or match["run_day"]
        number = int(month) if month.isdigit() else month_number(month)
        if found := moment(int(match["year"]), number, int(day) if day else None):
            return found.iso
    return None


def date_in_text(text: str) -> str | None:
    """Return the publication date that a text states near its top, or None.

    It is a line of its own ("Published: 11 March 2022", "March 11, 2022") or a dateline with a
    year ("KYIV, March 11, 2022 (Agency) - ..."). Dates in sentences are not publication dates.
    """
    lines = (" ".join(line.split()) for line in text[:5_000].split("\n"))
    for line in [line for line in lines if line][:TOP_LINES]:
        if found := stated_date(line):
            return found
        if (match := DATED.match(line)) and (found := _written_date(match)):
            return found
    return None


def stated_date(line: str) -> str | None:
    """Return the date of publication of a line that holds nothing else but a byline, or None.

    "Published 4 May 2022, updated 6 May 2022" and "By Jo Writer, 4 May 2022" are such lines.
    """
    if len(line) > LONGEST_BYLINE:
        return None
    alone = CHANGED_TOO.sub("", line)
    match = STATED_LINE.fullmatch(alone) or BYLINE.fullmatch(alone)
    if match is None and not is_sentence(line):
        match = PUBLISHED.search(line)
    return _written_date(match) if match else None


def _written_date(match: re.Match[str]) -> str | None:
    if match["iso"]:
        return iso_date(match["iso"])
    day, month, year = (match[name] or match[f"us_{name}"] for name in ("day", "month", "year"))
    found = moment(int(year), month_number(month), int(day))
    return found.iso if found else None
