"""Numbers in digits and words: the pattern that finds them, and their values."""

from __future__ import annotations

import re

from onrecord.language import lexicon

_ONES = lexicon.series("figures.to_nineteen")
_TENS = lexicon.series("figures.tens")
_WORDS = {word: number for number, word in enumerate(_ONES, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_SCALES = {
    "hundred": 100, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "mln": 1e6, "crore": 1e7,
    "billion": 1e9, "bln": 1e9, "trillion": 1e12, "dozen": 12,
}  # fmt: skip
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "half": 0.5, "quarter": 0.25, "quarters": 0.75}
_BLANK = " \u00a0\u2009\u202f"  # what may stand between groups of three digits

SCALE = f"(?:{'|'.join(_SCALES)})"
UNIT_WORD = "(?:" + "|".join(_ONES[:9]) + ")"
_WORD = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[-\s]{UNIT_WORD})?|"
    + "|".join(sorted(_ONES, key=len, reverse=True))
    + ")"
)
_MAGNITUDE = rf"(?:\s?(?:bn|mn|tn|m|k|b|%)\b|[\s-]?{SCALE}\b|\s?%|\s?per\s?cent)"
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|\d{1,2}(?:,\d\d)+,\d{3}"  # 12,00,000
    r"|\d{1,3}(?:[’']\d{3})+"
    rf"|[1-9]\d{{0,2}}(?:[{_BLANK}]\d{{3}})+(?!\d)"
    rf"|(?<![$£])[1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,\d\d?)?(?!\d|{_MAGNITUDE})"  # 10.000
    rf"|\d{{1,3}},\d\d?(?={_MAGNITUDE})"  # 1,5 million
    r"|\d+\s[1-9]/[2-9](?!\d)|\d*[½¼¾]"
    r"|\d+(?:\.\d+)?)"
)
_PLAIN = rf"(?:{_DIGITS}|{_WORD})"
_SCALED = rf"(?:{_PLAIN}|an?)(?:[\s-]+{SCALE})+"
_AND_PART = r"[\s-]+and[\s-]+(?:a[\s-]+half|a[\s-]+quarter|three[-\s]quarters)"
NUMBER = (
    rf"(?:{_PLAIN}{_AND_PART}[\s-]+{SCALE}|an?\s+{SCALE}{_AND_PART}"
    rf"|(?:an?\s+)?half[-\s](?:an?[-\s])?{SCALE}"
    rf"|(?:a\s+quarter|three[-\s]quarters)\s+of\s+an?\s+{SCALE}"
    rf"|{_DIGITS}\s?(?:bn|mn|tn|m|k|b)\b"
    rf"|{_SCALED}(?:(?:,?\s+and|,)?\s+(?:{_SCALED}|{_WORD}))*"
    rf"|{_PLAIN})"
)
"""Matches a number, in a verbose pattern that ignores case."""

_MANY = r"(?:several|many|an?\s+few|few|a\s+couple(?:\s+of)?|untold|countless)"
_PLURAL = r"(?:tens|dozens|scores|hundreds|thousands|lakhs|crores|millions|billions)"
VAGUE = (
    rf"(?:(?:{_MANY}\s+)?{_PLURAL}(?:\s+(?:and|upon)\s+{_PLURAL})?"
    rf"(?:\s+of\s+(?:hundreds|thousands|millions|billions)\b)?|{_MANY}\s+{SCALE}\b)"
)
"""Matches "tens of thousands", "several dozen", "hundreds and hundreds"."""

_LEAST = {"tens": 20, "dozens": 24, "scores": 40}  # the others: twice what they count


def value_of(words: str) -> float | None:
    """Return the number that digits, words and scales make up, None when they make none."""
    text = re.sub(rf"[\s{_BLANK}]+", " ", words.lower().strip())
    if short := re.fullmatch(r"([\d,.’' ]+?) ?(bn|mn|tn|m|k|b)", text):
        return round(_digits(short[1]) * _SHORT[short[2]], 6)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d\d?)?", text):
        return float(text.replace(".", "").replace(",", "."))
    parts: list[float] = []
    held: float | None = None  # what no scale has raised yet
    raised = False
    for word in _pieces(text):
        if word in _SCALES:
            if held is None and raised:  # "lakh crore"
                parts[-1] *= _SCALES[word]
            elif word in {"hundred", "dozen"}:
                held = (1.0 if held is None else held) * _SCALES[word]
            else:
                parts.append((1.0 if held is None else held) * _SCALES[word])
                held, raised = None, True
            continue
        value = _FRACTIONS.get(word) or _WORDS.get(word) or _digits(word)
        held, raised = (held or 0.0) + value, False
    return round(sum(parts) + (held or 0.0), 6) or None


def _pieces(text: str) -> list[str]:
    """Return the words that count, in the order in which they multiply and add up."""
    if found := re.fullmatch(rf"an? ({SCALE}) and .*(half|quarters?)", text):
        return ["1", found[2], found[1]]  # "a million and a half"
    text = re.sub(r"three[- ]quarters", "quarters", text)
    if not re.search(r"\d ", text) or re.search(r"[a-z]", text):
        text = re.sub(r"-|,(?= )", " ", text)
    text = re.sub(rf"(?<=\d)[{_BLANK}](?=\d{{3}})", "", text)
    text = re.sub(r"(\d) ?([½¼¾])", r"\1 \2", text)
    return [word for word in text.split() if word not in {"and", "a", "an", "of"}]


def _digits(text: str) -> float:
    if "/" in text:
        above, below = text.split("/")
        return int(above) / int(below)
    text = re.sub(rf"[’'{_BLANK}]", "", text)
    if re.fullmatch(r"\d{1,3},\d\d?", text):
        return float(text.replace(",", "."))
    return float(text.replace(",", ""))


def scale_of(words: str) -> float | None:
    """Return the scale that a number ends in, "million" or "bn", None without one."""
    found = re.search(rf"{SCALE}|(?<=\d)\s?(?:bn|mn|tn|m|k)$", words.lower())
    if found is None:
        return None
    word = found.group().strip()
    return _SCALES.get(word) or _SHORT.get(word)


def least_of(words: str) -> float:
    """Return the least that words matching `VAGUE` can mean: "dozens" 24, "several million" 2e6."""
    counted = re.sub(r"\s+(?:and|upon)\s+\w+", "", words.lower()).split()
    values = [word for word in counted if word in _LEAST or word.rstrip("s") in _SCALES]
    first, *further = values
    least = _LEAST.get(first) or 2 * _SCALES[first.rstrip("s")]
    for word in further:
        least *= _SCALES[word.rstrip("s")]
    return float(least)
