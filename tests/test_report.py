import base64
import hashlib
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from factories import make_actors, make_article, make_record, span_of
from onrecord.records import Article, Record, Span, Statement
from onrecord.report import render_report

FETCHING = {"src", "srcset", "poster", "background", "action", "formaction", "data"}
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """A page as a browser reads it: elements in order, ids, and the text of the story."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.text_of: dict[int, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            self.text_of[id(element)] = self.text_of.get(id(element), "") + data

    def all(self, tag: str, name: str = "") -> list[tuple[dict[str, str], str]]:
        """The elements with that tag and class: their attributes and their text."""
        return [
            (element[1], self.text_of.get(id(element), ""))
            for element in self.elements
            if element[0] == tag and (not name or name in element[1].get("class", "").split())
        ]


def page_of(record: Record) -> Page:
    return Page(render_report(record))


def test_the_story_is_the_text_paragraph_by_paragraph() -> None:
    article = make_article()
    page = page_of(make_record(article))
    shown = [text for attrs, text in page.all("p") if "data-number" in attrs]
    assert shown == [line for line in article.text.split("\n") if line]


def test_elements_are_closed_in_order_and_ids_are_used_once() -> None:
    page = page_of(make_record())
    assert page.open == []
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_has_a_target() -> None:
    page = page_of(make_record())
    ids = {attrs.get("id") for _, attrs in page.elements}
    for _, attrs in page.elements:
        if attrs.get("href", "").startswith("#"):
            assert attrs["href"][1:] in ids
        for label in attrs.get("aria-labelledby", "").split():
            assert label in ids


def test_every_row_has_a_card_and_marks_in_the_story() -> None:
    record = make_record()
    page = page_of(record)
    rows = len(
        record.statements
        + record.events
        + record.figures
        + record.conditions
        + record.demands
        + record.terms
        + record.times
        + record.places
    )
    cards = page.all("article", "card")
    assert len(cards) == rows
    covered = " ".join(attrs["data-rows"] for _, attrs in page.elements if "data-rows" in attrs)
    for attrs, _ in cards:
        assert re.search(rf"\b{attrs['id']}:(?!aside)", covered)
    backs = page.all("a", "back")
    assert len(backs) == rows


def test_words_in_doubt_ask_whom_they_mean_and_lead_from_each() -> None:
    page = page_of(make_record())
    (doubt,) = (attrs for _, attrs in page.elements if "data-rows" in attrs and "title" in attrs)
    assert doubt["title"] == "Russian officials: Russian officials or Government of Russia?"
    assert {"a10:mention", "a4:mention"} <= set(doubt["data-rows"].split())


def test_nothing_is_fetched() -> None:
    html = render_report(make_record())
    page = Page(html)
    for tag, attrs in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
        assert not FETCHING & set(attrs)
    (style,), (script,) = page.all("style"), page.all("script")
    assert not re.search(r"url\(|@import|https?:", style[1])
    assert not re.search(r"https?:|\bfetch\b|XMLHttpRequest|import\(", script[1])
    assert not [attrs for _, attrs in page.elements if any(name.startswith("on") for name in attrs)]


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else() -> None:
    page = page_of(make_record())
    (policy,) = (
        attrs["content"]
        for _, attrs in page.elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for tag in ("style", "script"):
        ((_, text),) = page.all(tag)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert not [attrs for _, attrs in page.elements if "style" in attrs]  # the policy refuses it


def test_markup_in_the_record_stays_text() -> None:
    nasty = '<script>alert("1")</script> & "quotes" \'single\' </style>'
    article = make_article(
        f"{nasty} said so.", title=nasty, byline=nasty, publisher=nasty, url=f"https://x/{nasty}"
    )
    actor = replace(make_actors()[0], name=nasty)
    statement = Statement(
        statement_id='s"><script>',
        source=(),
        cue=(span_of(article, "said"),),
        content=(Span(0, len(nasty)),),
        kind="indirect",
        act="assert",
        speaker_id=actor.actor_id,
        extractor=nasty,
    )
    record = Record(article=article, statements=(statement,), actors=(actor,))
    page = page_of(record)
    assert len(page.all("script")) == len(page.all("style")) == 1
    ((_, headline),) = page.all("h1")
    assert headline == nasty
    ((_, name),) = page.all("h4")
    assert name == f"{nasty} says"
    assert [text for attrs, text in page.all("p") if "data-number" in attrs] == [
        f"{nasty} said so."
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_an_address_a_browser_should_not_follow_is_text(url: str) -> None:
    page = page_of(make_record(make_article(url=url)))
    ((_, dateline),) = page.all("p", "dateline")
    assert url in dateline
    assert not [attrs for attrs, _ in page.all("a") if attrs["href"].startswith(url[:5])]


def test_a_web_address_is_a_link_that_tells_nobody_where_it_was_followed() -> None:
    page = page_of(make_record())
    (link,) = (attrs for attrs, _ in page.all("a") if attrs["href"].startswith("https:"))
    assert link["href"] == "https://news.example/leaders-meet"
    assert "noreferrer" in link["rel"]


def test_the_head_of_the_article_says_what_is_known_and_how() -> None:
    html = render_report(make_record())
    assert "The Example" in html
    assert "A. Reporter" in html
    assert "11 March 2022 (date as supplied by the user)" in html


def test_what_is_not_known_of_an_article_is_left_out_or_said() -> None:
    article = make_article(
        "He left.",
        title=None,
        publisher=None,
        byline=None,
        url=None,
        published=None,
        published_from=None,
        language=None,
    )
    page = page_of(Record(article=article))
    assert [text for _, text in page.all("h1")] == ["He left."]
    assert [text for _, text in page.all("p", "dateline")] == ["Date of publication not known"]
    assert not page.all("p", "byline")
    assert not page.all("p", "publisher")
    assert "lang" not in page.all("article", "story")[0][0]
    assert [text for _, text in page.all("p", "tally")] == ["Nothing found on record"]


def test_a_title_that_opens_the_text_is_marked_there_and_not_said_twice() -> None:
    article = make_article("Talks resume\n\nIt was said.", title="Talks resume")
    page = page_of(Record(article=article))
    assert [text for _, text in page.all("h1")] == ["Talks resume"]
    assert [text for attrs, text in page.all("p") if "data-number" in attrs] == ["It was said."]


def test_a_short_line_without_a_full_stop_is_set_as_a_subheading() -> None:
    article = make_article("It was said.\n\nWhat comes next\n\nNobody knows.", title="Talks")
    page = page_of(Record(article=article))
    assert [text for _, text in page.all("p", "subheading")] == ["What comes next"]


def test_the_article_keeps_its_own_language() -> None:
    page = page_of(make_record(make_article(language="de")))
    assert page.all("html")[0][0]["lang"] == "en"
    assert page.all("article", "story")[0][0]["lang"] == "de"


def test_landmarks_headings_and_skip_links() -> None:
    page = page_of(make_record())
    assert len(page.all("main")) == len(page.all("h1")) == 1
    assert all({"aria-label", "aria-labelledby"} & set(attrs) for attrs, _ in page.all("aside"))
    assert [text for _, text in page.all("p", "skip")] == ["Skip to the story Skip to the notes"]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_counts_beside_kinds_voices_and_actors() -> None:
    page = page_of(make_record())
    chips = {" ".join(text.split()) for _, text in page.all("label", "chip")}
    assert {"Statements 7", "Events 4", "Figures 2", "Terms 3", "Dates 2"} <= chips
    assert {"Dmitry Peskov 2", "Speaker not named 1"} <= chips
    actors = {
        attrs["data-actor"]: " ".join(text.split())
        for attrs, text in page.all("button")
        if "data-actor" in attrs
    }
    assert actors["a1"] == "Vladimir Putin 2person, Russia, government"


def test_equal_records_give_equal_pages() -> None:
    assert render_report(make_record()) == render_report(make_record())


def test_an_empty_text_is_a_page() -> None:
    assert "Nothing found on record" in render_report(Record(article=make_article("", title=None)))


def test_a_megabyte_is_rendered_in_seconds() -> None:
    line = "The minister said that talks would go on, and that nobody would leave the table.\n\n"
    count = 1_000_000 // len(line)
    article = make_article(line * count)
    record = Record(article=article, statements=tuple(_sayings(article, len(line), count)))
    began = time.perf_counter()
    html = render_report(record)
    assert time.perf_counter() - began < 20  # some 3 on a quiet machine
    assert html.count('class="card ') == count


def _sayings(article: Article, step: int, count: int) -> list[Statement]:
    source, cue = span_of(article, "The minister"), span_of(article, "said")
    content = span_of(article, "talks would go on, and that nobody would leave the table")

    def moved(span: Span, n: int) -> tuple[Span, ...]:
        return (Span(span.start + n * step, span.end + n * step),)

    return [
        Statement(
            statement_id=f"s{n}",
            source=moved(source, n),
            cue=moved(cue, n),
            content=moved(content, n),
            kind="indirect",
            act="assert",
            extractor="hand/1",
        )
        for n in range(count)
    ]
