"""onrecord in a spaCy pipeline."""

import pytest
import spacy
from spacy.language import Language

from onrecord.pipeline import extract
from onrecord.reading import article_from_text
from onrecord.records import KINDS

TEXT = (
    "Ukraine said that Russian forces had shelled Kharkiv on Thursday. "
    "“We will not leave until Russia withdraws its troops,” Mr. Zelensky said."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("onrecord")
    return pipeline


def test_a_doc_has_the_same_record_as_the_text(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.published = "2022-03-11"
    done = nlp(doc)
    record = extract(article_from_text(TEXT, published="2022-03-11"))
    assert done._.record == record
    for kind in KINDS:
        assert [found.row for found in done._.get(kind)] == list(getattr(record, kind))


def test_rows_have_the_spans_of_their_parts(nlp: Language) -> None:
    doc = nlp(TEXT)
    quoted = doc._.statements[-1]
    assert quoted.name("speaker") == "Zelensky"
    (content,) = quoted.spans["content"]
    assert content.text == "“We will not leave until Russia withdraws its troops,”"
    assert content in list(doc.spans["onrecord/statements"])
    (event,) = (found for found in doc._.events if found.row.event_type == "ASSAULT")
    assert [span.text for span in event.spans["trigger"]] == ["shelled"]
    assert [span.text for span in event.spans["actors"]] == ["Russian forces"]


def test_spans_are_those_of_the_text_as_spacy_has_it(nlp: Language) -> None:
    text = "\ufeff Mr.\u00ad Zelensky said:\r\n\r\n“We will not\u200b leave,” he said on Monday."
    for found in nlp(text)._.statements:
        for spans in found.spans.values():
            assert all(span.text.strip() for span in spans)


def test_a_text_with_nothing_to_read_has_no_record(nlp: Language) -> None:
    doc = nlp("  \n ")
    assert doc._.record is None
    assert doc._.statements == ()


def test_a_row_has_no_link_that_its_kind_has_not(nlp: Language) -> None:
    doc = nlp(TEXT)
    with pytest.raises(AttributeError, match="cause_id"):
        doc._.statements[0].name("cause")
