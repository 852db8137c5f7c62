"""Quantities in words and digits: their value, bounds and unit, from the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.extraction.figures.numerals import (
    NUMBER,
    UNIT_WORD,
    VAGUE,
    least_of,
    scale_of,
    value_of,
)
from onrecord.language import lexicon
from onrecord.records import Span

_SYMBOLS = {
    "$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "£": "GBP", "€": "EUR", "¥": "JPY",
    "₽": "RUB", "₴": "UAH", "₹": "INR", "RS": "INR", "₪": "ILS", "₺": "TRY",
    "EUR": "EUR", "USD": "USD", "GBP": "GBP", "RUB": "RUB",
}  # fmt: skip
_SYMBOL = r"(?:US|A|C)?\$|[£€¥₽₴₹₪₺]|EUR|USD|GBP|RUB|Rs\.?(?=\s?\d)"
_CURRENCIES = lexicon.pairs("figures.currencies")
_OF_WHOM = lexicon.pairs("figures.pounds_and_dollars_of")
_SHARED = lexicon.pairs("figures.currencies_of_states")
_LOWER = lexicon.alternation("figures.at_least")
_UPPER = lexicon.alternation("figures.at_most")
_ABOUT = lexicon.alternation("figures.about")
_DEGREE = lexicon.alternation("figures.degrees")
_WITH_PARTICLE = re.compile(  # "handed over 5 soldiers" hands over, and five of them
    r"\b(?:hand|turn|run|rak|tak|sign|driv|roll|presid|rul|fight|knock|fly|flew|ran|took|"
    r"drove|fought)(?:s|ed|ing|en|ning|e|es)?\s+$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:r[io]se|risen|rising|f[ae]ll(?:s|en|ing)?|gr[eo]wn?|growing|jump|climb|drop|increas|"
    r"declin|doubl|tripl|swell|swol|shr[aiu]nk|soar|up|down|cut|reduc|expand|rais)\w*\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    rf"""(?<![\w.,$£€/+=-])
    (?P<between>\b(?:between|from)\s+)?
    (?P<bounds>(?:(?:(?:{_DEGREE})(?=\s+(?:{_LOWER}|{_UPPER}))|{_LOWER}|{_UPPER}|{_ABOUT}|an?\s+(?:further|additional|total\s+of)|another|only|just|the|all)\s+)*)
    (?:
      (?P<vague>{VAGUE})
     |(?P<or>(?:{UNIT_WORD},\s+)+)?
      (?P<currency>{_SYMBOL})?\s?(?P<first>{NUMBER})(?:\s?%(?=\s?[-‑–—]))?
      (?:\s*(?:-|‑|–|—|\bto\b|(?(between)\band\b|\bor\b))\s*(?P<currency2>{_SYMBOL})?(?P<second>{NUMBER}))?
      (?:\s?(?P<percent>%|per\s?cent\b|percent\b))?
    )
    (?P<after>\s+or\s+(?:more|so|fewer|less)\b|\+|[-\s]plus\b|-odd\b)?
    (?![\w%]|,\d|\.\d|/\d|-(?!(?:strong|member|man|person)\b)\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_MONEY_NOUN = re.compile(
    rf"(?:\s+of)?\s+(?:(?P<shared>{'|'.join(_SHARED)})"
    rf"|(?:(?P<whose>[A-Z]\w+)\s+)?(?P<unit>{'|'.join(_CURRENCIES)}))s?\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\s+(?:in|out\s+of)\s+(?P<every>every\s+)?(?P<whole>[\w,]+)\s+(?P<noun>\w+)")
_LARGEST_SHARE = 1000


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
    as approximate. "One in five" is a share and no quantity.
    """
    past = 0
    for match in _QUANTITY.finditer(text):
        if match.start() < past:
            continue
        if share := _share(text, match):
            past = share
        elif _is_change(text, match):
            yield from _both(text, match)
        elif (quantity := _read(text, match)) is not None:
            yield quantity


def _share(text: str, match: re.Match[str]) -> int | None:
    """Return where a share ends: "one in five", "two out of every three"; None for no share."""
    found = _SHARE.match(text, match.end())
    if found is None or match["vague"] or match["second"] or match["percent"]:
        return None
    try:
        part, whole = value_of(match["first"]), value_of(found["whole"])
    except ValueError:  # no number follows
        return None
    starts = part == 1 or match["first"][0].isupper()  # not in "killed two in five attacks"
    plain = found["every"] or "out" in found[0] or (starts and found["noun"].endswith(("s", "n")))
    if part and whole and part < whole <= _LARGEST_SHARE and plain:
        return found.end("whole")
    return None


def _is_change(text: str, match: re.Match[str]) -> bool:
    """Whether a range is two values, before and after: "rose from 12 to 15"."""
    from_to = (match["between"] or "").lower().startswith("from") and match["second"]
    return bool(from_to and _CHANGE.search(text, max(0, match.start() - 80), match.start()))


def _both(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    for group in ("first", "second"):
        value = value_of(match[group])
        currency = match["currency"] or match["currency2"]
        unit = "%" if match["percent"] else currency and _SYMBOLS[currency.upper().rstrip(".")]
        span = Span(*match.span(group))
        if value is not None:
            yield Quantity(span, span, value, value, False, unit, False)


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    bounds = re.sub(r"\s+", " ", match["bounds"].lower())
    bounds_at = match.start("bounds")
    if bounds.startswith("over ") and _WITH_PARTICLE.search(text, 0, bounds_at):
        bounds, bounds_at = bounds.removeprefix("over "), bounds_at + len("over ")
    after = (match["after"] or "").lower()
    low, high = _values(match)
    if low is None and high is None:
        return None
    start = bounds_at if _keeps_bounds(bounds) else _number_start(match)
    end = match.end()
    unit = _unit(match)
    if unit is None and (money := _MONEY_NOUN.match(text, end)):
        unit, end = _currency(money), money.end()
    if match["second"] and match["between"]:
        start = match.start("between")
    elif _bounds(_LOWER, bounds) or after.endswith(("more", "+", "plus")):
        high = None
    elif (_bounds(_UPPER, bounds) or after.endswith(("fewer", "less"))) and high is not None:
        low = None
    approx = re.search(rf"\b(?:{_ABOUT})\b", bounds) is not None or after.endswith(("so", "odd"))
    number = Span(_number_start(match), match.end())
    return Quantity(Span(start, end), number, low, high, approx, unit, bool(match["vague"]))


def _bounds(kind: str, words: str) -> bool:
    """Whether words bound a number from that side; "no more than" is not "more than"."""
    return re.search(rf"(?<!no )(?<!not )\b(?:{kind})\b", words) is not None


def _keeps_bounds(bounds: str) -> bool:
    return re.search(rf"\b(?:{_LOWER}|{_UPPER}|{_ABOUT})\b|\banother\b", bounds) is not None


def _number_start(match: re.Match[str]) -> int:
    return next(match.start(name) for name in ("vague", "or", "currency", "first") if match[name])


def _values(match: re.Match[str]) -> tuple[float | None, float | None]:
    if match["vague"]:
        return least_of(match["vague"]), None
    first = value_of(match["first"])
    if first is None or match["or"]:
        return _alternatives(match, first)
    if not match["second"]:
        ends = _ends(match) if match["between"] else None
        return ends or (first, first)
    second = value_of(match["second"])
    if second is None:
        return first, first
    if first < second and (scale := scale_of(match["second"])) and not scale_of(match["first"]):
        first = first * scale if first * scale <= second else first  # "2 to 3 million"
    if first > second and not (match["between"] or match["bounds"]):
        return None, None  # "won 3-1"
    return (first, second) if first <= second else (first, first)


def _ends(match: re.Match[str]) -> tuple[float, float] | None:
    """Read "between 2 million and 3 million", whose two numbers look like one."""
    before, link, after = match["first"].rpartition(" and ")
    low, high = (value_of(before), value_of(after)) if link else (None, None)
    return (low, high) if low and high and low < high else None


def _alternatives(match: re.Match[str], last: float | None) -> tuple[float | None, float | None]:
    """Read "three, four, 500 drivers": all have the last one's scale, where they lead up to it."""
    if last is None:
        return None, None
    first = value_of((match["or"] or "").split(",")[0])
    scale = 10 ** (len(str(int(last))) - 1)
    low = (first or 0) * scale
    return (low, last) if 0 < low < last else (last, last)


def _unit(match: re.Match[str]) -> str | None:
    if match["percent"]:
        return "%"
    symbol = match["currency"] or match["currency2"]
    return _SYMBOLS[symbol.upper().rstrip(".")] if symbol else None


def _currency(money: re.Match[str]) -> str:
    if shared := money["shared"]:
        return _SHARED[" ".join(shared.lower().split())]
    whose = (money["whose"] or "").lower()
    return _OF_WHOM.get(whose) or _CURRENCIES[money["unit"].lower()]
