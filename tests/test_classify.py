"""Types of events between parties whose spans are given."""

from pathlib import Path

import numpy as np
import pytest

import onrecord
from onrecord.errors import ModelError, SpanError
from onrecord.extraction.events.trained import ROOM, load_event_model, mark
from onrecord.onepass import load_onepass
from onrecord.records import Event, Span
from onrecord.settings import DEFAULTS

ONEPASS = load_onepass(DEFAULTS.model)
MODEL = load_event_model(ONEPASS)
SENTENCE = "Iran accused the European Union on Monday of arming the rebels."


def between(sentence: str, actor: str, recipient: str | None = None) -> Event:
    """The event between two parties, given by their words."""

    def span(words: str) -> Span:
        return Span(sentence.index(words), sentence.index(words) + len(words))

    return onrecord.classify_event(sentence, span(actor), span(recipient) if recipient else None)


def test_marks_stand_around_the_parties() -> None:
    marked = mark("Iran met the EU.", Span(0, 4), Span(9, 15), ONEPASS.split)
    names = {number: piece for piece, number in ONEPASS.split.vocabulary.items()}
    assert [names[int(piece)] for piece in marked.rows[0]] == [
        *("[CLS]", "[unused0]", "iran", "[unused1]", "met"),
        *("[unused2]", "the", "eu", "[unused3]", ".", "[SEP]"),
    ]
    assert [names[int(marked.rows[0][at])] for at in marked.starts] == "iran met the eu .".split()
    assert marked.roles.tolist() == [1, 0, 2, 2, 0]


def test_a_long_text_is_read_around_the_parties() -> None:
    text = "The talks went on. " * 200
    marked = mark(text, Span(1904, 1909), None, ONEPASS.split)
    assert marked.rows.shape[1] <= ROOM + 4
    assert {1} < set(marked.roles.tolist())
    assert marked.words[0].start < 1904 < marked.words[-1].end
    assert np.all(np.diff(marked.starts) > 0)


@pytest.mark.parametrize(
    ("sentence", "actor", "recipient", "wanted"),
    [
        (SENTENCE, "Iran", "the European Union", "ACCUSE"),
        ("Rebels shelled the town of Bor on Friday.", "Rebels", "the town of Bor", "ASSAULT"),
        ("Police arrested two reporters in Minsk.", "Police", "two reporters", "COERCE"),
        ("Kenya will send nurses to Malawi, it promised.", "Kenya", "Malawi", "AGREE"),
        ("The army freed ninety prisoners at dawn.", "The army", "ninety prisoners", "RETREAT"),
        ("The minister apologised to the widows.", "The minister", "the widows", "CONCEDE"),
        ("Thousands marched through Lima in anger at the cabinet.", "Thousands", None, "PROTEST"),
    ],
)
def test_a_type_is_found(sentence: str, actor: str, recipient: str | None, wanted: str) -> None:
    assert between(sentence, actor, recipient).event_type == wanted


def test_the_evidence_stands_in_the_sentence() -> None:
    event = between(SENTENCE, "Iran", "the European Union")
    (actor,), (recipient,), (trigger,) = event.actors, event.recipients, event.trigger
    cut = [SENTENCE[one.start : one.end] for one in (actor.span, recipient.span, trigger)]
    assert cut == ["Iran", "the European Union", "accused"]
    assert (event.quad, event.modality) == (3, "actual")
    assert event.goldstein is not None
    assert event.goldstein < 0
    assert event.score is not None
    assert 0.5 < event.score <= 1
    assert event.extractor == MODEL.label


def test_parties_exchanged_make_another_event() -> None:
    one, other = (
        onrecord.classify_event(SENTENCE, (0, 4), (13, 31)),
        onrecord.classify_event(SENTENCE, (13, 31), (0, 4)),
    )
    assert one.event_id != other.event_id
    assert one.actors == other.recipients


def test_modality_is_read_off_the_sentence() -> None:
    event = between("Mali has not expelled the French envoy.", "Mali", "the French envoy")
    assert event.modality == "negated"


@pytest.mark.parametrize("span", [(4, 4), (-1, 4), (0, 999), (4, 5), (9, 3)])
def test_a_span_that_cuts_no_words_is_named(span: tuple[int, int]) -> None:
    with pytest.raises(SpanError, match="actor_span"):
        onrecord.classify_event(SENTENCE, span)
    with pytest.raises(SpanError, match="recipient_span"):
        onrecord.classify_event(SENTENCE, (0, 4), span)


def test_another_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not type events upon the states of reader/"):
        load_event_model(ONEPASS, "reader")
    with pytest.raises(ModelError, match="is no model"):
        load_event_model(ONEPASS, str(tmp_path))
