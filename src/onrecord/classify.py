"""Events between parties whose spans are known: the trained model gives the type."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate import annotate, load_english
from onrecord.codebook import Codebook, load_codebook
from onrecord.codebook.plover import Plover, Trigger
from onrecord.errors import SpanError
from onrecord.extraction.events.modality import modality_of
from onrecord.extraction.events.modes import mode_of
from onrecord.extraction.events.trained import EventModel, Typed, load_event_model
from onrecord.extraction.events.triggers import Triggered, find_triggers
from onrecord.onepass import load_onepass
from onrecord.records import Article, Event, InputMap, Participant, Segment, Span, row_id
from onrecord.settings import DEFAULTS

_TELLING = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})  # parts of speech


@dataclass(frozen=True, slots=True)
class _Tools:
    """What a classification needs, loaded once."""

    model: EventModel
    nlp: Language
    codebook: Codebook


@cache
def _load() -> _Tools:
    onepass = load_onepass(DEFAULTS.model)
    return _Tools(load_event_model(onepass), load_english(), load_codebook())


def classify_event(
    sentence: str,
    actor_span: Span | tuple[int, int],
    recipient_span: Span | tuple[int, int] | None = None,
) -> Event:
    """Return what one party of a sentence does to the other, with its PLOVER type.

    The type is what PLOVER's manual makes of the sentence as a whole: "will visit", "is willing
    to send troops" are AGREE. `score` is the calibrated probability of the type, 0 to 1. The
    trigger is the word that tells of the event; modality and mode are read off a parse. Spans
    count into `sentence`. Date, place and statement stay unknown.

    Args:
        sentence: One sentence; of a longer text only the words around the parties are read.
        actor_span: Where who does it stands.
        recipient_span: Where whom it is done to stands, None where the sentence does not say.

    Raises:
        SpanError: A span is empty, holds no word or reaches past the sentence.
        ModelError: A model is missing or cannot be run.
    """
    actor = _checked(sentence, actor_span, "actor_span")
    recipient = None
    if recipient_span is not None:
        recipient = _checked(sentence, recipient_span, "recipient_span")
    tools = _load()
    plover = tools.codebook.plover
    typed = tools.model.type_of(sentence, actor, recipient)
    doc = annotate(sentence, tools.model.onepass.read(sentence), tools.nlp)
    found = _trigger(doc, typed, plover)
    mode = mode_of(found, plover)
    info = plover.types[typed.event_type]
    return Event(
        event_id=row_id(_article(sentence), "event", found.span, actor),
        event_type=typed.event_type,
        mode=mode,
        contexts=tools.codebook.contexts.of([word.lemma_.lower() for word in doc], mode),
        trigger=(found.span,),
        actors=(Participant(span=actor),),
        recipients=() if recipient is None else (Participant(span=recipient),),
        symmetric=found.trigger.symmetric and recipient is not None,
        modality=modality_of(found, None, tools.codebook.modals),
        goldstein=info.goldstein(mode),
        quad=info.quad,
        score=typed.score,
        extractor=tools.model.label,
    )


def _checked(sentence: str, given: Span | tuple[int, int], name: str) -> Span:
    start, end = (given.start, given.end) if isinstance(given, Span) else given
    if not 0 <= start < end <= len(sentence):
        raise SpanError(
            f"{name} ({start}, {end}) is no stretch of the sentence, which has {len(sentence)} "
            "characters: give the offsets of its first character and of the one behind its last"
        )
    if not any(character.isalnum() for character in sentence[start:end]):
        raise SpanError(
            f"{name} ({start}, {end}) holds no word, only {sentence[start:end]!r}: give the "
            "offsets of a name or a noun phrase"
        )
    return Span(start, end)


def _trigger(doc: Doc, typed: Typed, plover: Plover) -> Triggered:
    """Return the trigger by rule that has the model's type, else the word it looked at.

    Of several that have the type, the one on that word comes first. A word that names nothing
    ("unless", "with") stands for the verb or noun it hangs on.
    """
    fitting = [
        found
        for found in find_triggers(doc, plover)
        if found.trigger.event_type == typed.event_type
    ]
    if fitting:
        return next((found for found in fitting if found.span.overlaps(typed.word)), fitting[0])
    head = next(token for token in doc if typed.word.start < token.idx + len(token))
    while head.pos_ not in _TELLING and head.head.i != head.i:
        head = head.head
    span = Span(head.idx, head.idx + len(head))
    return Triggered(head, span, Trigger(typed.event_type), head.pos_ in {"VERB", "AUX"})


def _article(sentence: str) -> Article:
    """Return the sentence as an article, so that its rows have ids."""
    digest = hashlib.sha256(sentence.encode()).hexdigest()
    whole = Span(0, len(sentence))
    return Article(
        article_id=digest[:16],
        text=sentence,
        sha256=digest,
        input_map=InputMap((Segment(whole, whole),)),
    )
