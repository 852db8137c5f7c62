"""Scoring pronouns against GAP's form, on records made by hand."""

from pathlib import Path

import pytest

from factories import make_article
from onrecord.errors import GoldError
from onrecord.evaluate import add_tallies, gap_error, gender_ratio, read_gap, refers, score_gap
from onrecord.evaluate.gap import GapText
from onrecord.records import Actor, Mention, Record, Span

COLUMNS = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()
ROW = ["t-1", "Ann met Eve. She left.", "She", "13", "Ann", "0", "TRUE", "Eve", "8", "FALSE", "u"]


def gold(tmp_path: Path, *rows: list[str]) -> Path:
    path = tmp_path / "gap.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in (COLUMNS, *rows)), "utf8")
    return path


def record_linking(text: str, *pairs: tuple[int, int, str]) -> Record:
    """A record whose mentions, given by start, end and actor, stand in a text."""
    ids = dict.fromkeys(actor for _, _, actor in pairs)
    return Record(
        article=make_article(text),
        actors=tuple(Actor(actor_id=i, name=i, kind="person", extractor="test") for i in ids),
        mentions=tuple(
            Mention(
                mention_id=f"m{start}-{end}",
                span=Span(start, end),
                actor_id=actor,
                form="name",
                extractor="test",
            )
            for start, end, actor in pairs
        ),
    )


@pytest.fixture
def text(tmp_path: Path) -> GapText:
    (one,) = read_gap(gold(tmp_path, ROW))
    return one


def test_a_row_is_read_with_its_offsets(text: GapText) -> None:
    assert text.feminine
    assert text.pronoun == Span(13, 16)
    assert [(name.span, name.meant) for name in text.names] == [
        (Span(0, 3), True),
        (Span(8, 11), False),
    ]


def test_a_pronoun_and_a_name_of_one_actor_are_a_right_link(text: GapText) -> None:
    record = record_linking(text.text, (0, 3, "ann"), (8, 11, "eve"), (13, 16, "ann"))
    assert refers(record, text.pronoun, text.names[0].span)
    names, feminine, masculine = score_gap(text, record)
    assert (names.right, names.predicted, names.gold) == (1, 1, 1)
    assert feminine.f1 == 1.0
    assert masculine.gold == 0
    assert gap_error(text, record) is None


def test_a_link_to_the_other_name_is_wrong_twice(text: GapText) -> None:
    record = record_linking(text.text, (0, 3, "ann"), (8, 11, "eve"), (13, 16, "eve"))
    names, _, _ = score_gap(text, record)
    assert (names.right, names.predicted, names.gold) == (0, 1, 1)
    assert gap_error(text, record) == "t-1: [A=! Ann] met [B≠! Eve]. >She< left."


def test_no_mention_is_no_link(text: GapText) -> None:
    names, _, _ = score_gap(text, record_linking(text.text, (0, 3, "ann")))
    assert (names.right, names.predicted, names.gold) == (0, 0, 1)


def test_the_mention_that_shares_most_with_the_name_counts(text: GapText) -> None:
    record = record_linking(text.text, (0, 11, "both"), (0, 3, "ann"), (13, 16, "ann"))
    assert refers(record, text.pronoun, Span(0, 3))


def test_the_ratio_is_of_feminine_to_masculine(tmp_path: Path) -> None:
    he = ["t-2", "Bob met Tim. He left.", "He", "13", "Bob", "0", "TRUE", "Tim", "8", "FALSE", "u"]
    first, second = read_gap(gold(tmp_path, ROW, he))
    right = record_linking(first.text, (0, 3, "ann"), (13, 16, "ann"))
    half = record_linking(second.text, (0, 3, "bob"), (8, 11, "bob"), (13, 15, "bob"))
    tallies = add_tallies([score_gap(first, right), score_gap(second, half)])
    assert gender_ratio(tallies) == pytest.approx(1.0 / (2 / 3))


@pytest.mark.parametrize("damage", [("3", "x"), ("6", "MAYBE")])
def test_a_malformed_row_is_named(tmp_path: Path, damage: tuple[str, str]) -> None:
    row = list(ROW)
    row[int(damage[0])] = damage[1]
    with pytest.raises(GoldError, match=r"gap\.tsv is not in GAP's form"):
        list(read_gap(gold(tmp_path, row)))
