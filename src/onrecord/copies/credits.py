"""Whose text an article prints: the news agency that its byline, site, dateline or last line names.

A mention in the text is no credit ("he told Reuters"), and neither is a line under a picture
or an agency that only contributed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from onrecord.records import Article, Span

CreditFrom: TypeAlias = Literal["site", "byline", "dateline", "credit line"]

HEAD = 400  # characters in which the dateline stands
TAIL = 400  # characters in which a text is credited at its end


@dataclass(frozen=True, slots=True)
class Credit:
    """The agency an article is credited to, and by what."""

    agency: str
    by: CreditFrom
    span: Span | None  # of the words in the text; None: they are no part of it


@dataclass(frozen=True, slots=True)
class _Agency:
    name: str
    byline: re.Pattern[str]
    dateline: re.Pattern[str]
    closing: re.Pattern[str]
    sites: tuple[str, ...]


def credit_of(article: Article) -> Credit | None:
    """Return the agency an article is credited to, None when it is to none or to several."""
    for found in (_by_site, _by_byline, _by_dateline, _by_last_line):
        credits = {credit.agency: credit for credit in found(article)}
        if credits:
            return next(iter(credits.values())) if len(credits) == 1 else None
    return None


@cache
def _agencies() -> tuple[_Agency, ...]:
    table = tomllib.loads(files("onrecord").joinpath("data/agencies.toml").read_text("utf8"))
    return tuple(_agency(one) for one in table["agency"])


def _agency(one: dict[str, list[str]]) -> _Agency:
    names = "|".join(re.escape(name) for name in [*one["names"], *one["tags"]])
    tags = "|".join(re.escape(tag) for tag in one["tags"])
    full = "|".join(re.escape(name) for name in one["names"])
    apart = r"(?![\w-])"
    return _Agency(
        name=str(one["name"]),
        byline=re.compile(rf"(?<![\w-])(?:{names}){apart}"),
        # "MOSCOW (AP) - ", "WARSAW, March 3 (PAP) – ", "(Reuters) - "
        dateline=re.compile(rf"^[^\n()]{{0,60}}\((?:{tags})(?:/[A-Z]+)?\)\s*[-–—:.]", re.MULTILINE),
        # "© 2022 AFP", "Copyright 2018 The Associated Press", "(PAP)", "/Interfax/", "Source: PAP"
        closing=re.compile(
            rf"(?:(?:©|\([cC]\)|[Cc]opyright)(?:\s*©)?\s*(?:\d{{4}}(?:[-–]\d{{4}})?,?\s+)?"
            rf"(?:[Tt]he\s+|by\s+)*(?:{names}){apart}"
            rf"|^\W*(?:{full})[.,]?\s+All rights reserved"
            rf"|(?:^|\s)[(/\[](?:[^()\n/]{{0,20}}[,;/]\s*)?(?:{tags})"
            rf"(?:[,;/]\s*[^()\n/]{{0,20}})?[)/\]]\W*$"
            rf"|^\W*(?:Source|SOURCE|Źródło|via)\s*:?\s*(?:{names})\W*$"
            rf"|^\W*(?:{names})\W*$)",
            re.MULTILINE,
        ),
        sites=tuple(one["sites"]),
    )


def _by_site(article: Article) -> Iterator[Credit]:
    hosts = {(urlsplit(article.url or "").hostname or ""), (article.publisher or "").lower()}
    for agency in _agencies():
        if any(
            host == site or host.endswith(f".{site}") for host in hosts for site in agency.sites
        ):
            yield Credit(agency.name, "site", None)


def _by_byline(article: Article) -> Iterator[Credit]:
    found = [
        (agency, match)
        for agency in _agencies()
        if (match := agency.byline.search(article.byline or ""))
    ]
    yield from (Credit(agency.name, "byline", None) for agency, _ in found)


def _by_dateline(article: Article) -> Iterator[Credit]:
    for agency in _agencies():
        if match := agency.dateline.search(article.text, 0, HEAD):
            yield Credit(agency.name, "dateline", Span(*match.span()))


def _by_last_line(article: Article) -> Iterator[Credit]:
    start = max(0, len(article.text) - TAIL)
    for agency in _agencies():
        if match := agency.closing.search(article.text, start):
            yield Credit(agency.name, "credit line", Span(*match.span()))
