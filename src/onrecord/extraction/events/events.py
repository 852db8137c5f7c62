"""Events of an article: triggers with their parties, date, place, modality and voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook.plover import Plover
from onrecord.drafts import Cast, Voices
from onrecord.extraction.events.arguments import LIGHT_VERBS, ArgumentFinder, Arguments
from onrecord.extraction.events.modality import modality_of
from onrecord.extraction.events.triggers import Triggered, find_triggers
from onrecord.language.adjuncts import dates_of
from onrecord.language.syntax import SUBJECTS, children
from onrecord.records import Article, Event, Place, Span, TimeExpression, row_id

EXTRACTOR = "event-rules/1"
_ALONE = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "RETREAT"})  # need no named party
_DISASTER = 2  # words for a disaster that make an article one about it
_MEANWHILE = frozenset({"in", "at", "during", "by", "with"})
_LOCATIVE = frozenset({"in", "at", "near", "on", "outside", "inside", "across"})


def extract_events(
    article: Article,
    doc: Doc,
    cast: Cast,
    voices: Voices,
    times: Sequence[TimeExpression],
    places: Sequence[Place],
    plover: Plover,
) -> tuple[Event, ...]:
    """Return the events of an article in text order; () where nothing political happens."""
    finder = ArgumentFinder(cast, plover)
    of_nature = sum(token.lemma_.lower() in plover.natural for token in doc) >= _DISASTER
    events: dict[str, Event] = {}
    for found in find_triggers(doc, plover):
        arguments = finder.find(found)
        if not _counts(found, arguments, finder) or (of_nature and _is_nobodys(found, arguments)):
            continue
        event = _event(article, found, arguments, voices, times, places, plover)
        events.setdefault(event.event_id, event)
    return tuple(events.values())


def _counts(found: Triggered, arguments: Arguments, finder: ArgumentFinder) -> bool:
    """Whether a trigger makes an event: some need a political actor, a recipient, or any party."""
    meets_nobody = found.is_verb and found.trigger.symmetric and not arguments.recipients
    if meets_nobody and children(found.head, "dobj"):  # "meet demands", "discuss a plan"
        return False
    if found.trigger.directed:
        return bool(arguments.recipients)
    if found.trigger.guarded:
        return finder.is_political(arguments)
    named = bool(arguments.actors or arguments.recipients)
    return named or not found.is_verb or found.trigger.event_type in _ALONE


def _is_nobodys(found: Triggered, arguments: Arguments) -> bool:
    """Whether a killing has no doer: in the story of an earthquake it is no ASSAULT."""
    return found.trigger.event_type == "ASSAULT" and not arguments.actors


def _event(
    article: Article,
    found: Triggered,
    arguments: Arguments,
    voices: Voices,
    times: Sequence[TimeExpression],
    places: Sequence[Place],
    plover: Plover,
) -> Event:
    trigger = found.trigger
    info = plover.types[trigger.event_type]
    statement = voices.at(found.span)
    time = _date(times, found.head)
    return Event(
        event_id=row_id(article, "event", found.span),
        event_type=trigger.event_type,
        mode=trigger.mode,
        trigger=(found.span,),
        actors=arguments.actors,
        recipients=arguments.recipients,
        date=time.value if time is not None else None,
        date_span=time.span if time is not None else None,
        place=_place(places, found.head),
        symmetric=trigger.symmetric and bool(arguments.actors),
        modality=modality_of(found, statement),
        statement_id=statement.statement_id if statement is not None else None,
        goldstein=info.goldstein(trigger.mode),
        quad=info.quad,
        extractor=EXTRACTOR,
    )


def _scopes(head: Token) -> Iterator[Token]:
    """Yield the words whose phrases may date or place an event: itself, then its verb."""
    yield head
    if head.pos_ in {"NOUN", "PROPN"}:
        governor = head.head
        while governor.pos_ == "ADP" and governor.head.i != governor.i:
            governor = governor.head
        if governor.pos_ in {"VERB", "AUX"} and governor.i != head.i:
            yield governor


def _adjuncts(head: Token) -> Iterator[tuple[Token, Span]]:
    for scope in _scopes(head):
        for child in scope.children:
            if child.dep_ in {"prep", "npadvmod", "advmod", "nmod", "pobj"}:
                edges = scope.doc[child.left_edge.i : child.right_edge.i + 1]
                yield child, Span(edges.start_char, edges.end_char)


def _date(times: Sequence[TimeExpression], head: Token) -> TimeExpression | None:
    """Return the resolved date of an event: its word's, else that of the verb it happens with."""
    for word in (head, *_happening(head)):
        for time in dates_of(word, times):
            if time.value is not None:
                return time
    return None


def _happening(noun: Token) -> Iterator[Token]:
    """Yield the verb that tells that what a noun names takes place; "condemned the attack" not."""
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return
    governor = noun.head
    through = noun.dep_ in SUBJECTS or (noun.dep_ == "dobj" and governor.lemma_ in LIGHT_VERBS)
    if noun.dep_ == "pobj" and governor.lower_ in _MEANWHILE:
        governor, through = governor.head, True
    if through and governor.pos_ in {"VERB", "AUX"}:
        yield governor


def _place(places: Sequence[Place], head: Token) -> Place | None:
    for child, span in _adjuncts(head):
        if child.lower_ not in _LOCATIVE:
            continue
        for place in places:
            if span.contains(place.span):
                return place
    return None
