"""How values are put to a reader: dates, bounds, codes and quoted words."""

from __future__ import annotations

import re
from functools import cache

from onrecord.codebook.strict import read_table
from onrecord.language.calendar import MONTHS
from onrecord.records import Article, Figure, Place, Span, Spans

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2}).*)?")
_TITLE_LENGTH = 90  # characters of a text that stand for its title
_LEMMA_LENGTH = 110  # characters: about two lines of a card

ACTS = {
    "assert": "says",
    "deny": "denies",
    "accuse": "accuses",
    "demand": "demands",
    "request": "requests",
    "offer": "offers",
    "promise": "promises",
    "threaten": "threatens",
    "agree": "agrees",
    "reject": "rejects",
    "ask": "asks",
    "praise": "praises",
    "predict": "predicts",
    "believe": "believes",
    "want": "wants",
    "perceive": "sees",
}

EVENTS = {
    "AGREE": "Agreement",
    "CONSULT": "Meeting or talks",
    "SUPPORT": "Support",
    "CONCEDE": "Concession",
    "COOPERATE": "Cooperation",
    "AID": "Aid",
    "RETREAT": "Retreat",
    "REQUEST": "Request",
    "ACCUSE": "Accusation",
    "REJECT": "Refusal",
    "THREATEN": "Threat",
    "PROTEST": "Protest",
    "SANCTION": "Sanction",
    "MOBILIZE": "Mobilisation",
    "COERCE": "Coercion",
    "ASSAULT": "Attack",
}

ACTOR_KINDS = {
    "person": "person",
    "state": "state",
    "government": "government",
    "igo": "international organisation",
    "ngo": "non-governmental organisation",
    "armed_group": "armed group",
    "bloc": "bloc",
    "organisation": "organisation",
    "group": "unnamed group",
}

SECTORS = {
    "GOV": "government",
    "MIL": "military",
    "COP": "police",
    "JUD": "courts",
    "LEG": "legislature",
    "OPP": "opposition",
    "PTY": "political party",
    "REB": "rebels",
    "UAF": "unidentified armed force",
    "SPY": "intelligence",
    "MED": "media",
    "BUS": "business",
    "EDU": "education",
    "CVL": "civilians",
    "CRM": "crime",
    "LAB": "labour",
    "AGR": "agriculture",
    "ELI": "elites",
    "REF": "refugees",
    "IMG": "international armed group",
    "JRN": "journalists",
    "MNC": "multinational company",
    "REL": "religious body",
    "UNO": "United Nations",
    "NGO": "non-governmental organisation",
    "IGO": "international organisation",
}

PUBLISHED_FROM = {
    "given": "date as supplied by the user",
    "metadata": "date from the page’s metadata",
    "url": "date from the address",
    "text": "date found in the text",
}


def date_words(value: str) -> str:
    """Return an ISO 8601 date or interval in words, "10 March 2022"; other text as it stands."""
    if "/" in value:
        start, _, end = value.partition("/")
        return f"{date_words(start)} to {date_words(end)}"
    found = _ISO_DATE.fullmatch(value)
    if found is None:
        return value
    year, month, day, clock = found.groups()
    if month is not None and not 1 <= int(month) <= len(MONTHS):
        return value
    parts = [str(int(day))] if day else []
    parts += [MONTHS[int(month) - 1].capitalize()] if month else []
    parts.append(year)
    return " ".join(parts) + (f", {clock}" if clock else "")


def bounds_words(figure: Figure) -> str:
    """Return a figure's bounds, "at least 2,000,000 people, denied"; rough ones begin "about"."""
    return _bounds(figure) + (", denied" if figure.denied else "")


def _bounds(figure: Figure) -> str:
    low, high = figure.low, figure.high
    about = "about " if figure.approx else ""
    if low is None and high is None:
        return "no number given"
    if high is None and low is not None:
        words = f"at least {about}{_number(low)}"
    elif low is None and high is not None:
        words = f"at most {about}{_number(high)}"
    elif low is not None and high is not None and low != high:
        words = f"{about}{_number(low)} to {_number(high)}"
    else:
        words = f"{about}{_number(low or 0)}"
    if figure.unit is None:
        return words
    return words + (figure.unit if figure.unit == "%" else f" {figure.unit}")


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def quoted_words(article: Article, spans: Spans) -> str:
    """Return the words of a part, its pieces joined by dots; long ones lose their middle."""
    words = " … ".join(" ".join(article.cut(span).split()) for span in spans)
    if len(words) <= _LEMMA_LENGTH:
        return words
    head = words[: _LEMMA_LENGTH * 2 // 3].rsplit(" ", 1)[0]
    tail = words[-_LEMMA_LENGTH // 3 :].split(" ", 1)[-1]
    return f"{head} … {tail}"


def span_words(article: Article, span: Span | None) -> str | None:
    """Return the words of a span on one line, None for None."""
    return None if span is None else " ".join(article.cut(span).split())


def title_words(title: str | None, text: str) -> str:
    """Return an article's title, else how its text begins."""
    if title and title.strip():
        return title
    line = next((one.strip() for one in text.split("\n") if one.strip()), "Untitled article")
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def sentence_case(words: str) -> str:
    """Return words with a capital first letter, the rest as it stands."""
    return words[:1].upper() + words[1:]


def place_words(place: Place | None) -> str | None:
    """Return a place and its country, None for None."""
    if place is None:
        return None
    country = country_words(place.country)
    return place.name if country in (None, place.name) else f"{place.name}, {country}"


def country_words(code: str | None) -> str | None:
    """Return a country's name by its ISO 3166-1 alpha-3 code, an unknown code as it stands."""
    return None if code is None else _country_names().get(code, code)


@cache
def _country_names() -> dict[str, str]:
    table = read_table(None, "countries.toml")
    return {entry.text("code"): entry.text("name") for entry in table.tables("country")}
