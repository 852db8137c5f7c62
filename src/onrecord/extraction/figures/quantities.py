"""Quantities in words and digits: their value, bounds and unit, from the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import Span

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: number for number, word in enumerate(_ONES, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_SCALES = {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_CURRENCIES = {
    "$": "USD", "US$": "USD",
    "EUR": "EUR", "USD": "USD", "GBP": "GBP", "RUB": "RUB",
    "£": "GBP", "€": "EUR", "A$": "AUD", "C$": "CAD", "¥": "JPY",
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "rouble": "RUB", "ruble": "RUB", "yen": "JPY",
    "lira": "TRY", "yuan": "CNY", "hryvnia": "UAH", "rupee": "INR",
}  # fmt: skip
_SYMBOL = r"(?:US|A|C)?\$|£|€|¥|EUR|USD|GBP|RUB"
_VAGUE = {
    "tens of thousands": 2e4, "hundreds of thousands": 2e5, "tens of millions": 2e7,
    "hundreds of millions": 2e8, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2e3,
    "millions": 2e6, "billions": 2e9, "several hundred": 200, "several thousand": 2e3,
    "several million": 2e6, "several dozen": 24, "a few hundred": 200, "a few thousand": 2e3,
    "a few dozen": 24,
}  # fmt: skip
_WORD_NUMBER = (
    r"(?:"
    + "|".join(_TENS)
    + r")(?:[-\s](?:"
    + "|".join(_ONES[:9])
    + r"))?|"
    + "|".join(sorted(_ONES, key=len, reverse=True))
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_SCALED = rf"(?:{_DIGITS}|{_WORD_NUMBER}|an?)(?:[\s-]+{_SCALE})+"
_NUMBER = (
    rf"(?:half\s+an?\s+{_SCALE}|(?:{_DIGITS})\s?(?:bn|mn|tn|m|k|b)\b"
    rf"|{_SCALED}(?:(?:,?\s+and|,)?\s+(?:{_SCALED}|{_WORD_NUMBER}))*"
    rf"|{_DIGITS}|{_WORD_NUMBER}|a\s+dozen)"
)
_LOWER = (
    "more than|at least|over|upwards? of|no fewer than|no less than|as few as|in excess of|above|"
    "a minimum of|not less than"
)
_UPPER = (
    "up to|as many as|as much as|fewer than|less than|no more than|at most|under|below|"
    "a maximum of|not more than"
)
_ABOUT = (
    "about|around|roughly|approximately|some|an estimated|estimated|nearly|almost|close to|circa|"
    "perhaps|possibly|in the region of|or so"
)


def _spaced(pattern: str) -> str:
    """Return a pattern whose plain spaces hold in a verbose regular expression."""
    return pattern.replace(" ", r"\s+")


_QUANTITY = re.compile(
    rf"""(?<![\w.,$£€-])
    (?P<between>\b(?:between|from)\s+)?
    (?P<bounds>(?:(?:{_spaced(_LOWER)}|{_spaced(_UPPER)}|{_spaced(_ABOUT)}|an?\s+(?:further|additional|total\s+of)|another|only|just|the)\s+)*)
    (?:
      (?P<vague>{_spaced("|".join(sorted(_VAGUE, key=len, reverse=True)))})
     |(?P<currency>{_SYMBOL})?\s?(?P<first>{_NUMBER})
      (?:\s*(?:-|–|—|\bto\b|(?(between)\band\b|\bor\b))\s*(?P<currency2>{_SYMBOL})?(?P<second>{_NUMBER}))?
      (?:\s?(?P<percent>%|per\s?cent\b|percent\b))?
    )(?![\w%]|,\d|\.\d|-\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_MONEY_NOUN = re.compile(
    r"(?:\s+of)?(?:\s+(?:US|American|Canadian|Australian|Turkish|Russian))?\s+(?P<unit>dollar|euro|pound|rouble|ruble|yen|lira|yuan|hryvnia|rupee)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text, with what bounds it."""

    span: Span  # bounding words and number, without the noun counted
    number: Span
    low: float | None
    high: float | None
    approx: bool
    unit: str | None  # a currency code or "%"; None: what is counted is a noun
    vague: bool  # "dozens", "thousands"


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities of a text in order, whatever they count.

    "more than N" and "thousands" have no high, "up to N" no low; "about N" has both and is marked
    as approximate.
    """
    for match in _QUANTITY.finditer(text):
        quantity = _read(text, match)
        if quantity is not None:
            yield quantity


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    bounds = re.sub(r"\s+", " ", match["bounds"].lower())
    low, high = _values(match)
    if low is None and high is None:
        return None
    start = match.start("bounds") if _keeps_bounds(bounds) else _number_start(match)
    end = match.end()
    unit = _unit(match)
    if unit is None and (money := _MONEY_NOUN.match(text, end)):
        unit, end = _CURRENCIES[money["unit"].lower()], money.end()
    if match["second"] and match["between"]:
        start = match.start("between")
    elif _bounds(_LOWER, bounds):
        high = None
    elif _bounds(_UPPER, bounds):
        low = None
    approx = re.search(rf"\b(?:{_ABOUT})\b", bounds) is not None
    number = Span(_number_start(match), match.end())
    return Quantity(Span(start, end), number, low, high, approx, unit, bool(match["vague"]))


def _bounds(kind: str, words: str) -> bool:
    """Whether words bound a number from that side; "no more than" is not "more than"."""
    return re.search(rf"(?<!no )(?<!not )\b(?:{kind})\b", words) is not None


def _keeps_bounds(bounds: str) -> bool:
    return re.search(rf"\b(?:{_LOWER}|{_UPPER}|{_ABOUT})\b|\ban? ", bounds) is not None


def _number_start(match: re.Match[str]) -> int:
    for group in ("vague", "currency", "first"):
        if match[group]:
            return match.start(group)
    raise AssertionError("a quantity has a number")


def _values(match: re.Match[str]) -> tuple[float | None, float | None]:
    if match["vague"]:
        words = re.sub(r"\s+", " ", match["vague"].lower())
        return float(_VAGUE[words]), None
    first = _value(match["first"])
    if first is None or not match["second"]:
        return first, first
    second = _value(match["second"])
    if second is None:
        return first, first
    if first < second and (scale := _scale_of(match["second"])) and not _scale_of(match["first"]):
        first = first * scale if first * scale <= second else first  # "2 to 3 million"
    return (first, second) if first <= second else (first, first)


def _scale_of(words: str) -> float | None:
    found = re.search(rf"{_SCALE}|(?<=\d)\s?(?:bn|mn|tn|m|k)$", words.lower())
    if found is None:
        return None
    word = found.group().strip()
    return _SCALES.get(word) or _SHORT.get(word)


def _value(words: str) -> float | None:
    """Return the number that digits, words and scales make up, None when they make none."""
    text = re.sub(r"[\s-]+|,\s", " ", words.lower().strip())
    if text == "a dozen":
        return 12.0
    if text.startswith("half a"):
        return 0.5 * _SCALES[text.split()[-1]]
    if short := re.fullmatch(r"([\d,.]+) ?(bn|mn|tn|m|k|b)", text):
        return round(float(short[1].replace(",", "")) * _SHORT[short[2]], 6)
    total, part = 0.0, None
    for word in text.replace(" and ", " ").split():
        if word in _SCALES:
            part = (1.0 if part is None else part) * _SCALES[word]
            if word != "hundred":
                total, part = total + part, None
        elif word in {"a", "an"}:
            part = 1.0
        elif word in _WORDS:
            part = (part or 0.0) + _WORDS[word]
        else:
            part = float(word.replace(",", ""))
    return round(total + (part or 0.0), 6)


def _unit(match: re.Match[str]) -> str | None:
    if match["percent"]:
        return "%"
    symbol = match["currency"] or match["currency2"]
    return _CURRENCIES[symbol.upper()] if symbol else None
