from pathlib import Path

import pytest

from factories import make_record, span_of
from onrecord.errors import GoldError
from onrecord.evaluate import (
    Tally,
    attributions_of,
    matched_contents,
    read_corpus,
    score_attributions,
)
from onrecord.evaluate.attribution import AttributedText, Attribution
from onrecord.records import Span

TEXT = 'Ann said that it rained. "We are very happy," Bob told us. It may snow, officials warned.'


def cut(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


def attribution(source: str, cue: str, content: str) -> Attribution:
    return Attribution(
        source=cut(source) if source else (),
        cue=cut(cue) if cue else (),
        content=cut(content) if content else (),
    )


GOLD = AttributedText(
    name="weather",
    text=TEXT,
    attributions=(
        attribution("Ann", "said", "that it rained"),
        attribution("Bob", "told us", '"We are very happy,"'),
        attribution("", "warned", "It may snow"),
    ),
)


def tallies(*predicted: Attribution) -> dict[str, Tally]:
    return {tally.name: tally for tally in score_attributions(GOLD, predicted)}


def test_the_gold_agrees_with_itself() -> None:
    found = tallies(*GOLD.attributions)
    assert all(tally.right == tally.gold for tally in found.values())
    assert found["content"] == Tally("content", 3, 3, 3)
    assert found["content, direct and mixed"] == Tally("content, direct and mixed", 1, None, 1)
    assert found["content+source, indirect"].gold == 2


def test_partly_right_predictions() -> None:
    found = tallies(
        attribution("Ann", "said", "it rained"),  # two words of three
        attribution("Ann", "told", "We are very happy"),  # exact; another source
        attribution("officials", "warned", "snow"),  # one word of three
        attribution("Ann", "", ""),  # no content: not matched at all
    )
    assert found["content"] == Tally("content", 2, 3, 3)
    assert found["content exact"].right == 1
    assert found["content+source"].right == 1
    assert found["content, indirect"].right == 1
    assert found["content+source, direct and mixed"].right == 0
    assert found["content words"] == Tally("content words", 7, 7, 10)
    assert found["source words"] == Tally("source words", 1, 2, 2)
    assert found["source pieces"] == Tally("source pieces", 1, 2, 2)


def test_which_contents_are_right_is_told_by_place() -> None:
    wrong, right = attribution("", "", "Ann said"), attribution("", "", "that it rained")
    assert matched_contents(GOLD, [wrong, right, right]) in ({1}, {2})
    assert matched_contents(GOLD, []) == frozenset()


def test_any_source_is_right_where_the_gold_has_none() -> None:
    assert tallies(attribution("officials", "", "It may snow"))["content+source"].right == 1


def test_a_gold_attribution_is_found_once() -> None:
    same = attribution("Ann", "said", "that it rained")
    assert tallies(same, same)["content"] == Tally("content", 1, 2, 3)


def test_statements_inside_statements_are_not_attributions_of_their_own() -> None:
    record = make_record()
    nested = [row for row in record.statements if row.parent_id]
    found = attributions_of(record)
    assert len(nested) == 1
    assert len(found) == len(record.statements) - 1
    assert span_of(record.article, "Kremlin spokesman Dmitry Peskov") in found[0].source


def write_corpus(folder: Path) -> None:
    (folder / "text").mkdir()
    (folder / "attributions").mkdir()
    (folder / "text" / "rain.txt").write_text("Ann said,\r\nat last, that it rained.", newline="")
    (folder / "text" / "unmarked.txt").write_text("Nothing.")
    (folder / "attributions" / "rain_b2.ann").write_text("")
    (folder / "attributions" / "rain_a1.ann").write_text(
        "T1\tSource 0 3\tAnn\n"
        "T2\tCue 4 8\tsaid\n"
        "T3\tContent 20 27;28 34\tthat it rained\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
        "E2\tSomething:T2 Source:T1\n"
        "#1\tAnnotatorNotes T1\tnone\n"
    )


def test_a_corpus_is_read_as_its_first_annotator_marked_it(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    (text,) = read_corpus(tmp_path)
    assert text.name == "rain"
    assert text.text[9:11] == "\r\n"  # offsets count the line ends as they are
    assert text.attributions == (
        Attribution(source=(Span(0, 3),), cue=(Span(4, 8),), content=(Span(20, 27), Span(28, 34))),
    )


def test_a_folder_without_annotated_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="attributions"):
        list(read_corpus(tmp_path))
