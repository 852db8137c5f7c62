"""Promises that hold for any text: exact spans, links to rows that exist, the same rows again."""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from onrecord import Article, Record, Span, article_from_text, extract, extract_many, open_store
from onrecord.clean import clean, storable
from onrecord.drafts import Nesting
from onrecord.errors import ReadError
from onrecord.pipeline import Tools
from onrecord.reading.mending import DAMAGED, WINDOWS_MARKS
from onrecord.records import KINDS, Event, Spans, id_of, spans_of
from onrecord.store import Store

SENTENCES = [
    "Ukraine said that Russian forces had shelled Kharkiv on Thursday.",
    "“We will not leave until Russia withdraws its troops,” Mr. Zelensky said.",
    "According to the Pentagon, more than 40 people were killed in Mariupol.",
    "Peskov told reporters that Putin had promised to meet Erdogan in Ankara next week.",
    "The European Union imposed sanctions on Russia after the invasion of Ukraine.",
    "“They are ‘terrorists’,” he added, “and they will pay",
    "Russia calls it a “special military operation”.",
    "She urged Iran to release the hostages, or else.",
    "If the West lifts its sanctions, the fighting will stop, said Lukashenko.",
    "MR. PESKOV: We will not leave. He told us that he is ready.",
    "Q: When?",
    "«They call it ‹a gift› to the rich», Ms May said.",
    "HE SAID THE MINISTER, ACCORDING TO AIDES, WAS SURE THAT IT WOULD RAIN.",
    "Share This:",
    "Leave a Comment",
    "Putin sees progress in talks",
    "ISTANBUL, July 22, 2022 — Russia and Ukraine signed a deal",
]
FRAGMENTS = [
    *("said", "told", "he", "Our", "its", "the", "Russia", "U.S.", "10,000 people", "$10bn", "Tue"),
    *("‹", "›"),
    *("“", "”", "\"", "‘", "’", "„", "«", "»", "``", "''", "'", "(", ")", "—", "…", ".", ",", ":"),
    *("Anto\u0301nio Guterres", "cafe\u0301", "q\u0323\u0307", "\u1100\u1161\u11a8", "\u00ad"),
    *("😀", "👩‍👩‍👧", "🇺🇦", "\U0001d518kraine", "ﬁghting", "Ⅷ", "١٢", "北京", "Москва"),
    *("\u200f", "\u202eabc\u202c", "\u200b", "\ufeff", "\0", "\ud800", "\udfff", "\u0301"),
]  # fmt: skip
GAPS = ["", " ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\t", "\u00a0", "\u2028", "\x0b"]
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(SENTENCES) | st.sampled_from(FRAGMENTS) | st.text(max_size=4),
        st.sampled_from(GAPS),
    ),
    min_size=1,
    max_size=9,
).map(lambda parts: "".join(words + gap for words, gap in parts))
MESSY = "\ufeff“Ukraine”\r\n\r\nAnto\u0301nio\0 said: “We \ud800won’t.\r\n\r\n“Never,” he said 😀."

any_text = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
some_texts = settings(any_text, max_examples=60)


def article_of(text: str) -> Article:
    """The article of a text; an example with nothing to read in it is passed over."""
    try:
        return article_from_text(text, published="2022-03-11")
    except ReadError:
        assume(False)
        raise


def normalised(text: str) -> str:
    """What cleaning makes of characters, when it leaves none out."""
    lines = storable(text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines)


def lettered(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


@given(text=TEXTS)
@example(text=MESSY)
@example(text="Russia shelled Kharkiv on Thursday.0Î\xa0")
@any_text
def test_every_span_cuts_its_own_words(text: str, tools: Tools) -> None:
    article = article_of(text)
    for row in extract(article, tools=tools).rows():
        for span in spans_of(row):
            words = article.cut(span)
            assert len(words) == len(span)
            assert words.strip(), f"{row} rests on blank space"
            there = article.input_span(span)
            given_words = text[there.start : there.end]
            # What was left out between the first word and the last is cleaned away once more. Marks
            # of direction go, and between sentences without a space one was put in. What was read
            # in a wrong encoding has other letters.
            there_too = {normalised(given_words), clean(given_words).text}
            mended = DAMAGED.search(given_words) or WINDOWS_MARKS.search(given_words)
            assert mended or lettered(words) in {lettered(one) for one in there_too}


@given(text=TEXTS)
@example(text=MESSY)
@any_text
def test_every_link_leads_to_a_row(text: str, tools: Tools) -> None:
    record = extract(article_of(text), tools=tools)
    ids = {kind: {id_of(row) for row in getattr(record, kind)} for kind in KINDS}
    assert sum(map(len, ids.values())) == len(list(record.rows()))
    assert {*actor_links(record)} - {None} <= ids["actors"]
    assert {*statement_links(record)} - {None} <= ids["statements"]
    for statement in record.statements:
        assert statement.said_on is None or statement.said_on in record.times
        assert statement.said_at is None or statement.said_at in record.places
    for event in record.events:
        assert event.place is None or event.place in record.places
        assert (event.date, event.date_span) == (None, None) or any(
            (time.value, time.span) == (event.date, event.date_span) for time in record.times
        )
    assert all(figure.place is None or figure.place in record.places for figure in record.figures)
    assert {time.anchor for time in record.times} - {None, "published"} <= ids["times"]


def actor_links(record: Record) -> Iterator[str | None]:
    for statement in record.statements:
        yield from (statement.speaker_id, statement.addressee_id)
    for event in record.events:
        yield from (party.actor_id for party in (*event.actors, *event.recipients))
    yield from (figure.cause_id for figure in record.figures)
    for asked in record.conditions:
        yield from (asked.by_id, asked.on_id)
    for demand in record.demands:
        yield from (demand.by_id, demand.of_id)
    yield from (term.used_by_id for term in record.terms)
    yield from (mention.actor_id for mention in record.mentions)


def statement_links(record: Record) -> Iterator[str | None]:
    yield from (statement.parent_id for statement in record.statements)
    for kind in ("events", "figures", "conditions", "demands", "terms"):
        yield from (row.statement_id for row in getattr(record, kind))


@given(text=TEXTS)
@example(text="Peskov said that Putin had said that Lukashenko had promised that he would say so.")
@some_texts
def test_what_contains_a_statement_is_around_it(text: str, tools: Tools) -> None:
    record = extract(article_of(text), tools=tools)
    for statement in record.statements:
        chain = record.voice_chain(statement.statement_id)
        assert chain[-1].parent_id is None, "parents go in a circle"
        if parent := record.statement(statement.parent_id):
            own = (statement.cue or statement.content)[0]
            assert any(piece.contains(own) for piece in parent.content)


@given(text=TEXTS)
@some_texts
def test_every_statement_says_something_and_is_kept_once(text: str, tools: Tools) -> None:
    statements = extract(article_of(text), tools=tools).statements
    assert len({one.statement_id for one in statements}) == len(statements)
    for one in statements:
        assert one.content
        assert one.cue or one.kind == "direct"
        assert one.score is None or 0 <= one.score <= 1


@given(text=TEXTS)
@some_texts
def test_known_parties_of_an_event_are_mentions(text: str, tools: Tools) -> None:
    record = extract(article_of(text), tools=tools)
    named = {(mention.span, mention.actor_id) for mention in record.mentions}
    for event in record.events:
        known = {(span, actor_id) for span, actor_id in parties(event) if actor_id is not None}
        assert known <= named  # the others are words that stand for no actor


def parties(event: Event) -> Iterator[tuple[Span, str | None]]:
    for party in (*event.actors, *event.recipients):
        yield party.span, party.actor_id


@given(texts=st.lists(TEXTS, min_size=2, max_size=4))
@some_texts
def test_the_order_of_articles_changes_nothing(texts: list[str], tools: Tools) -> None:
    articles = [article_of(text) for text in texts]
    alone = [extract(article, tools=tools) for article in articles]
    assert [*extract_many(articles[::-1], tools=tools)] == alone[::-1]


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 12)).map(lambda at: Span(at[0], sum(at)))


@given(st.lists(st.lists(SPANS, max_size=3).map(tuple), max_size=6), SPANS, st.integers(0, 9))
@any_text
def test_the_innermost_content_is_the_shortest_around(
    contents: list[Spans], span: Span, over: int
) -> None:
    lengths = [sum(map(len, content)) for content in contents]
    around = [at for at, one in enumerate(contents) if any(piece.contains(span) for piece in one)]
    nesting = Nesting(contents)
    assert {*nesting.around(span)} == {*around}
    for skip in (None, *around):
        left = [(lengths[at], at) for at in around if at != skip and lengths[at] > over]
        found = nesting.innermost(span, skip=skip, over=over)
        assert found == (min(left)[1] if left else None)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("properties") / "record.db") as opened:
        yield opened


@given(text=TEXTS)
@example(text=MESSY)
@some_texts
def test_a_stored_record_comes_back_the_same(text: str, tools: Tools, store: Store) -> None:
    record = extract(store.versioned(article_of(text)), tools=tools)
    store.save(record, tools.extractor)
    back = store.record(record.article.article_id)
    assert replace(back, article=record.article) == record
    alone = replace(back.article, fetched_at=None, story_id=None, copy_of=None)  # others aside
    assert alone == record.article


LONG_LINE = """
import json, resource, sys, time
from onrecord import article_from_text, extract
from onrecord.pipeline import load_tools
words = sys.stdin.read()
article = article_from_text(words * (1_000_000 // len(words) + 1))
tools, start = load_tools(), time.perf_counter()
record = extract(article, tools=tools)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
measured = {"seconds": time.perf_counter() - start, "gigabytes": memory}
print(json.dumps(measured | {"statements": len(record.statements), "length": len(article.text)}))
"""


@pytest.mark.slow
def test_a_line_of_a_megabyte_is_read_in_bounded_time_and_memory(
    record_property: Callable[[str, object], None],
) -> None:
    """The bounds only catch what grows with the square of the text; see the properties."""
    sentences = [one for one in SENTENCES if one.endswith((".", ". "))]
    done = subprocess.run(
        [sys.executable, "-c", LONG_LINE],
        input=" ".join(sentences) + " ",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    for name, value in measured.items():
        record_property(name, value)
    assert measured["length"] > 1_000_000 - 1
    assert measured["statements"] > 1000
    assert measured["seconds"] < 300
    assert measured["gigabytes"] < 8
