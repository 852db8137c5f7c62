"""Scoring place names against ReLocaR's form, on records made by hand."""

from pathlib import Path

import pytest

from factories import make_article, span_of
from onrecord.errors import GoldError
from onrecord.evaluate import (
    MarkedName,
    read_relocar,
    score_name,
    sense_at,
    sense_lines,
    sense_tallies,
)
from onrecord.records import Mention, Place, Record

ARTICLE = make_article("France & Co. sent men to the Gulf of Oman.")
OMAN = span_of(ARTICLE, "Gulf of Oman")


def place(words: str) -> Place:
    span = span_of(ARTICLE, words)
    return Place(place_id=words, span=span, name=words, extractor="hand")


def metonym(words: str) -> Mention:
    span = span_of(ARTICLE, words)
    return Mention(mention_id=words, span=span, actor_id=None, form="metonym", extractor="hand")


def test_a_sample_is_read_with_the_offsets_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "names.xml"
    path.write_text(
        '<data><sample number="1"><loc reading="met">France</loc> &amp; Co. left.\n</sample>'
        '<sample number="2">Men in <loc reading="lit">Oman</loc>\n</sample></data>',
        "utf8",
    )
    first, second = read_relocar(path)
    assert first.text == "France & Co. left."
    assert (first.span.start, first.span.end, first.sense) == (0, 6, "metonymic")
    assert second.text[second.span.start : second.span.end] == "Oman"
    assert second.sense == "literal"


def test_a_file_without_marked_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.xml"
    path.write_text("<data></data>", "utf8")
    with pytest.raises(GoldError, match="ReLocaR"):
        list(read_relocar(path))


def test_a_place_makes_a_name_literal_and_a_metonym_makes_it_metonymic() -> None:
    assert sense_at(Record(article=ARTICLE, places=(place("Gulf of Oman"),)), OMAN) == "literal"
    assert sense_at(Record(article=ARTICLE, mentions=(metonym("Oman"),)), OMAN) is None
    whole = Record(article=ARTICLE, mentions=(metonym("Gulf of Oman"),))
    assert sense_at(whole, OMAN) == "metonymic"


def test_unread_names_count_against_accuracy_and_coverage() -> None:
    marked = MarkedName(ARTICLE.text, OMAN, "literal")
    found = Record(article=ARTICLE, places=(place("Gulf of Oman"),))
    scores = [score_name(marked, found), score_name(marked, Record(article=ARTICLE))]
    names, literal, metonymic = sense_tallies(scores)
    assert (names.right, names.predicted, names.gold) == (1, 1, 2)
    assert (literal.recall, metonymic.gold) == (0.5, 0)
    head, *errors = sense_lines(scores, detail=True)
    assert head == "accuracy 50.00 (of all 2 names), coverage 50.00"
    assert errors == ["literal, read as neither: France & Co. sent men to the [Gulf of Oman]."]
