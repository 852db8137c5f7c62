"""The pieces that patterns of dates are made of, and what their words stand for."""

from __future__ import annotations

import re

from onrecord.language import lexicon
from onrecord.language.calendar import WEEKDAYS, month_words

_TO_NINETEEN = lexicon.series("figures.to_nineteen")
_ONES, _TEENS = _TO_NINETEEN[:9], _TO_NINETEEN[9:]
_TENS = lexicon.series("figures.tens")

NUMBERS = (
    {word: number for number, word in enumerate(_TO_NINETEEN, 1)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "half a dozen": 6, "a dozen": 12}
)
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    "last": -1, "final": -1,
}  # fmt: skip
DECADES = {
    f"{word[:-1]}ies": 10 * number for number, word in enumerate(_TENS, 2) if word != "twenty"
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first months
YEARS_IN = {"year": 1, "decade": 10, "century": 100, "centurie": 100}
DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
PARTS_OF_DAY = "morning|afternoon|evening|night"

# What every date of some kind has in it: a word that is found fast.
OF_MONTH = re.compile(month_words(ignore_case=False))
OF_SMALL_MONTH = re.compile(month_words(ignore_case=True))
OF_YEAR = re.compile(r"[12]\d\d\d")
OF_WEEKDAY = re.compile("|".join(name.capitalize() for name in WEEKDAYS))
OF_DAY_OR_MONTH = re.compile(f"{OF_WEEKDAY.pattern}|{OF_MONTH.pattern}")
OF_UNIT = re.compile(
    r"\b(?:days?|nights?|week(?:end)?s?|fortnights?|months?|years?|decades?|century|centuries|hours|"
    rf"date|{PARTS_OF_DAY}|{'|'.join(SEASONS)})\b"
)
OF_NAME = re.compile(
    r"\b(?:[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Oo]vernight|Christmas|Easter|Boxing|New"
    r"|Valentine|Halloween|Good|July|September|[3-9]0s|9/11|night|morning|afternoon|evening"
    rf"|(?i:{'|'.join(DECADES)}))"
)

MONTH = f"(?P<month>{month_words(ignore_case=False)})"
DAY = r"(?P<day>[0-2]?\d|3[01])(?:st|nd|rd|th)?"
UNTIL_DAY = r"(?P<untilday>[0-2]?\d|3[01])(?:st|nd|rd|th)?"
YEAR_NUMBER = r"(?:1[89]|20)\d\d"
YEAR = rf"(?P<year>{YEAR_NUMBER})(?![\d,]*\d)"
WEEKDAY = "(?P<weekday>" + "|".join(name.capitalize() for name in WEEKDAYS) + ")"
SEASON = "(?P<season>" + "|".join(SEASONS) + ")"
PART = rf"(?:\s+(?:{PARTS_OF_DAY}))?"
COUNT = (
    r"(?<![\d,.])(?P<count>(?i:\[?(?:\d{1,3}|half a dozen|a dozen|(?:a )?couple of|an?|"
    + "|".join([f"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?", *reversed(_TEENS), *_ONES])
    + r")\]?))"
)
AND_A_HALF = r"(?P<half>[\s-]and[\s-]a[\s-]half)"
UNIT = r"(?P<unit>day|week|fortnight|month|year|decade|centur(?:y|ie(?=s)))"
ROUGH = r"(?:(?:[Tt]he\s+)?(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-](?:in\s+)?)?"
DASH = r"\s*[–—-]\s*"

# Words behind a number that make it a count, not a year or a day of the month.
COUNTED = rf"(?!\s+(?:{lexicon.alternation('calendar.counted')})\b)"

# What may follow a bare number that ends a date: the end of a clause, or a small word.
AT_END = (
    r"(?=\s*(?:$|[;:!?)\]—–”]|[.,](?!\d))"
    rf"|\s+(?:{lexicon.alternation('grammar.behind_dates')})\b)"
)


def after(*words: str) -> str:
    """Return a pattern for a place behind one of some words, with a small letter or a capital."""
    return "(?:" + "|".join(rf"(?<=\b{word}\s)" for word in _cased(words)) + ")"


def not_after(*words: str) -> str:
    """Return a pattern for a place behind none of some words, with a small letter or a capital."""
    return "".join(rf"(?<!\b{word}\s)" for word in _cased(words))


def _cased(words: tuple[str, ...]) -> list[str]:
    return [f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words]


# "Every Friday" and "each year in August" are no dates; nor is "one Friday".
ONCE = not_after(
    "every", "each", "on a", "one", "every year in", "each year in", "every year on", "each year on"
)
# Words before a number that make it a count or a name.
NO_YEAR_AFTER = r"(?:(?<=\b1[89]\d\d[–-])|(?<=\b20\d\d[–-])|(?<![\d,.$£€#–-]))" + not_after(
    "than", "least", "nearly", "almost", "some", "up to", "roughly", "another",
    "no", r"no\.", "resolution", "resolutions", "flight", "article", "case", "room", "route",
)  # fmt: skip


def number_of(words: str | None) -> int:
    """Return what a count says, in digits or words; brackets around it are left out.

    Raises:
        KeyError: It is no count.
    """
    text = (words or "").lower().strip("[]")
    if text.isdecimal():
        return int(text)
    if text in NUMBERS:
        return NUMBERS[text]
    tens, _, ones = text.replace("-", " ").partition(" ")
    return NUMBERS[tens] + NUMBERS[ones]
