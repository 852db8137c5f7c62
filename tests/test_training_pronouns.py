"""What the ranker of pronouns is trained on: marked passages, and copies with other people."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.tokens import Doc
from training.pronoun_examples import (
    Lesson,
    annotated_examples,
    example_of,
    lesson_of,
    read_own,
    scene_of,
)
from training.renaming import Names, names_in, renamed

from onrecord.annotate import annotate
from onrecord.pipeline import load_tools

TEXT = "Mr. Oskar Brandvold met his brother Egil Holm in Oslo. Holm said that he was an actor."
NAMES = Names({"female": ["Vera", "Nora", "Olga"], "male": ["Hugo", "Karl", "Ivan"]}, ["Pitt"])


def read(text: str) -> Doc:
    tools = load_tools()
    return annotate(text, tools.onepass.read(text), tools.nlp)


@pytest.fixture(scope="module")
def doc() -> Doc:
    return read(TEXT)


def copies(doc: Doc) -> Iterator[str]:
    tools = load_tools()
    scene = scene_of(doc, tools)
    for seed in range(8):
        yield renamed(doc, scene, NAMES, tools.codebook, seed).text


def test_a_copy_has_other_names_in_the_same_places(doc: Doc) -> None:
    for text in copies(doc):
        assert "Oskar" not in text or "Egil" not in text
        assert "Oslo" in text
        assert len(text.split()) == len(TEXT.split())


def test_some_copies_are_mirrored_as_a_whole(doc: Doc) -> None:
    mirrored = [text for text in copies(doc) if " she " in text]
    assert 0 < len(mirrored) < 8
    for text in mirrored:
        assert "her sister" in text
        assert "actress" in text
        assert not {"his", "brother", "he", "Hugo", "Karl", "Ivan"} & set(text.split())


def test_names_come_from_texts(doc: Doc) -> None:
    names = names_in([doc], load_tools().codebook)
    assert "Oskar" in names.given["male"]
    assert "Brandvold" in names.surnames


def passage(path: Path, answer: str) -> Lesson:
    text = "[A Ann Lee] met [B Mary Dunn] when [P she] was ill."
    path.write_text(json.dumps({"answer": answer, "text": text}) + "\n", "utf8")
    (gold,) = read_own(path)
    lesson = lesson_of(gold, read(gold.text))
    assert lesson is not None
    return lesson


@pytest.mark.parametrize(("answer", "meant"), [("A", "Ann Lee"), ("B", "Mary Dunn")])
def test_a_marked_passage_becomes_an_example(tmp_path: Path, answer: str, meant: str) -> None:
    lesson = passage(tmp_path / "own.jsonl", answer)
    assert lesson.doc.text == "Ann Lee met Mary Dunn when she was ill."
    example = example_of(lesson, load_tools())
    assert example is not None
    scene = scene_of(lesson.doc, load_tools())
    names = [lesson.doc[found.start : found.end].text for found in scene.candidates]
    assert [name for name, right in zip(names, example.meant, strict=True) if right] == [meant]
    assert not example.nobody
    assert example.pronoun == 6
    assert example.heads.tolist() == [1, 4]
    assert example.openings.tolist() == [0, 3]


def test_neither_may_be_meant(tmp_path: Path) -> None:
    example = example_of(passage(tmp_path / "own.jsonl", "N"), load_tools())
    assert example is not None
    assert example.nobody
    assert not example.meant.any()


def test_a_passage_without_its_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"answer": "A", "text": "[A Ann] met [B Eve]."}\n', "utf8")
    with pytest.raises(ValueError, match=r"own\.jsonl:1"):
        list(read_own(path))


def test_an_annotated_article_gives_its_pronouns_with_whom_they_name() -> None:
    text = "Ann Lee met Mary Dunn on Monday. She praised her."
    she, her = text.index("She"), text.index("her.")
    event = {"actors": [{"span": [she, she + 3], "name": "Ann Lee"}],
             "recipients": [{"span": [her, her + 3], "name": "Mary Dunn"}]}  # fmt: skip
    gold = {"id": "a", "statements": [], "events": [event]}
    examples = list(annotated_examples({"text": text}, gold, load_tools()))
    assert [one.pronoun for one in examples] == [8, 10]
    assert [one.meant.tolist() for one in examples] == [[True, False], [False, True]]


def test_a_pronoun_for_somebody_the_text_does_not_name_is_no_example() -> None:
    text = "Ann Lee met Mary Dunn. She praised her."
    she = text.index("She")
    event = {"actors": [{"span": [she, she + 3], "name": "Eve Fox"}], "recipients": []}
    gold = {"id": "a", "statements": [], "events": [event]}
    assert not list(annotated_examples({"text": text}, gold, load_tools()))
