import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_article, make_record, span_of
from onrecord.records import Mention, Span
from onrecord.report.segments import (
    Cover,
    Part,
    Piece,
    covers_of,
    paragraphs,
    split_text,
)


def cover(start: int, end: int, row_id: str, role: str = "words") -> Cover:
    return Cover(Span(start, end), row_id, "term", role)  # type: ignore[arg-type]  # a real role


def rows_of(piece: Piece) -> tuple[str, ...]:
    return tuple(part.row_id for part in piece.parts)


def test_nested_and_crossing_spans_are_cut_at_every_edge() -> None:
    pieces = split_text(
        "abcdefgh", [cover(0, 6, "wide"), cover(2, 4, "inner"), cover(3, 8, "late")]
    )
    assert [(piece.text, set(rows_of(piece))) for piece in pieces] == [
        ("ab", {"wide"}),
        ("c", {"wide", "inner"}),
        ("d", {"wide", "inner", "late"}),
        ("ef", {"wide", "late"}),
        ("gh", {"late"}),
    ]


def test_the_closest_fitting_row_comes_first() -> None:
    (_, middle, _) = split_text("abcd", [cover(0, 4, "wide"), cover(1, 3, "close")])
    assert rows_of(middle) == ("close", "wide")


def test_words_a_row_marks_outrank_words_it_draws_on() -> None:
    spans = [cover(0, 2, "event", "aside"), cover(0, 4, "statement", "content")]
    assert rows_of(split_text("abcd", spans)[0]) == ("statement", "event")


def test_a_row_that_covers_a_piece_twice_counts_once_by_its_shortest_part() -> None:
    spans = [cover(0, 4, "row", "content"), cover(1, 2, "row", "cue")]
    assert split_text("abcd", spans)[1].parts == (Part("row", "term", "cue"),)


def test_text_without_rows_is_one_piece_a_line() -> None:
    assert [piece.text for piece in split_text("one\n\ntwo", [])] == ["one", "\n\n", "two"]
    assert split_text("", []) == ()


def test_a_span_past_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="reaches past the text"):
        split_text("abc", [cover(1, 4, "row")])


def test_paragraphs_leave_out_line_breaks_and_blank_lines() -> None:
    lines = paragraphs(split_text("one\n \n\ntwo\n", [cover(0, 2, "row"), cover(1, 8, "across")]))
    assert ["".join(piece.text for piece in line) for line in lines] == ["one", "two"]
    assert rows_of(lines[1][0]) == ("across",)


def test_a_character_outside_the_basic_plane_does_not_shift_the_pieces() -> None:
    article = make_article()
    record = make_record(article)
    pieces = split_text(article.text, covers_of(record))
    (met,) = (row for row in record.events if article.cut(row.trigger[0]) == "met")
    marking = [
        piece.text
        for piece in pieces
        for part in piece.parts
        if part.row_id == met.event_id and part.role == "trigger"
    ]
    assert marking == ["met"]


def test_every_row_of_a_record_has_pieces_that_spell_its_words() -> None:
    article = make_article()
    record = make_record(article)
    pieces = split_text(article.text, covers_of(record))
    for statement in record.statements:
        covered = "".join(p.text for p in pieces if statement.statement_id in rows_of(p))
        for span in (*statement.source, *statement.cue, *statement.content):
            assert article.cut(span) in covered


def test_a_mention_of_nobody_listed_is_not_marked() -> None:
    article = make_article()
    stray = Mention(
        mention_id="m1",
        span=span_of(article, "Moscow"),
        actor_id="nobody",
        form="name",
        extractor="hand/1",
    )
    record = make_record(article, mentions=(stray,))
    assert not [cover for cover in covers_of(record) if cover.kind == "mention"]


@st.composite
def covered_texts(draw: st.DrawFn) -> tuple[str, list[Cover]]:
    text = draw(st.text(alphabet="ab \n🔴é", min_size=1, max_size=60))
    edges = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edges, edges).filter(lambda pair: pair[0] < pair[1])))
    return text, [cover(start, end, f"row{n}") for n, (start, end) in enumerate(pairs)]


@given(covered_texts())
def test_pieces_are_the_text_and_each_knows_just_the_rows_over_it(
    drawn: tuple[str, list[Cover]],
) -> None:
    text, covers = drawn
    pieces = split_text(text, covers)
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        here = Span(at, at + len(piece.text))
        assert set(rows_of(piece)) == {c.row_id for c in covers if c.span.overlaps(here)}
        assert all(c.span.contains(here) for c in covers if c.span.overlaps(here))
        at = here.end
