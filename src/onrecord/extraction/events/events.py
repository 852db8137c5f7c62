"""Events of an article: triggers with their parties, date, place, modality and voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.drafts import Cast, Voices
from onrecord.extraction.events.arguments import ArgumentFinder, Arguments
from onrecord.extraction.events.modality import modality_of
from onrecord.extraction.events.modes import mode_of
from onrecord.extraction.events.triggers import Triggered, find_triggers
from onrecord.language.syntax import agent_of, children, is_passive, subject_of
from onrecord.records import Article, Event, Place, Span, TimeExpression, row_id

EXTRACTOR = "event-rules/1"
_ALONE = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "RETREAT", "MOBILIZE"})  # need no named party
_DISASTER = 2  # words for a disaster that make an article one about it
_LOCATIVE = frozenset({"in", "at", "near", "on", "outside", "inside", "across"})


def extract_events(
    article: Article,
    doc: Doc,
    cast: Cast,
    voices: Voices,
    times: Sequence[TimeExpression],
    places: Sequence[Place],
    book: Codebook,
) -> tuple[Event, ...]:
    """Return the events of an article in text order; () where nothing political happens."""
    plover = book.plover
    finder = ArgumentFinder(cast, plover)
    of_nature = sum(token.lemma_.lower() in plover.natural for token in doc) >= _DISASTER
    events: dict[str, Event] = {}
    for found in find_triggers(doc, plover):
        arguments = finder.find(found)
        if not _counts(found, arguments, finder) or (of_nature and _is_nobodys(found, arguments)):
            continue
        if not arguments.actors and _is_matter(found.head, plover.topics):
            continue
        if _is_own_claim(article, found, arguments, voices):
            continue
        event = _event(article, found, arguments, voices, times, places, book)
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
        return finder.is_political(arguments) or (found.trigger.crowds and _is_crowd(found))
    if found.trigger.agent and _is_led(found) and not finder.is_political(arguments):
        return False
    named = bool(arguments.actors or arguments.recipients)
    return named or not found.is_verb or found.trigger.event_type in _ALONE


def _is_led(found: Triggered) -> bool:
    """Whether the words name a doer, whoever that is."""
    named = agent_of(found.head) if is_passive(found.head) else subject_of(found.head)
    return named is not None and named.pos_ != "PRON"


def _is_own_claim(
    article: Article, found: Triggered, arguments: Arguments, voices: Voices
) -> bool:
    """Whether somebody claims an attack of their own: a statement, and no event on record."""
    statement = voices.at(found.span)
    if found.trigger.event_type != "ASSAULT" or not found.is_verb or statement is None:
        return False
    subject = subject_of(found.head)
    if subject is None or subject.pos_ != "PRON" or not statement.cue:
        return False
    own = {party.actor_id for party in arguments.actors} <= {statement.speaker_id}
    return own and article.cut(statement.cue[0]).lower().endswith(("claim", "claims", "claimed"))


def _is_crowd(found: Triggered) -> bool:
    """Whether many people do it, or workers: "thousands marched", "nurses will strike"."""
    if not found.is_verb:
        return True
    subject = subject_of(found.head)
    return subject is not None and subject.tag_ in {"NNS", "NNPS"}


def _is_matter(token: Token, topics: frozenset[str]) -> bool:
    """Whether an event is only what somebody feels about or marks: "condolences for the attack"."""
    for above in token.ancestors:
        if above.pos_ == "NOUN" and above.lemma_.lower() in topics:
            return True
        objects = children(above, "dobj")
        if any(word.lemma_.lower() in topics for one in objects for word in (one, *one.lefts)):
            return not any(one.i == token.i for one in objects)
        if above.dep_ in {"ccomp", "conj"}:
            return False
    return False


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
    book: Codebook,
) -> Event:
    trigger = found.trigger
    mode = mode_of(found, book.plover)
    info = book.plover.types[trigger.event_type]
    statement = voices.at(found.span)
    time = _near(times, found.head)
    return Event(
        event_id=row_id(article, "event", found.span),
        event_type=trigger.event_type,
        mode=mode,
        contexts=book.contexts.of([word.lemma_.lower() for word in found.head.sent], mode),
        trigger=(found.span,),
        actors=arguments.actors,
        recipients=arguments.recipients,
        date=time.value if time is not None else None,
        date_span=time.span if time is not None else None,
        place=_place(places, found.head),
        symmetric=trigger.symmetric and bool(arguments.actors),
        modality=modality_of(found, statement, book.modals),
        statement_id=statement.statement_id if statement is not None else None,
        goldstein=info.goldstein(mode),
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


def _near(times: Sequence[TimeExpression], head: Token) -> TimeExpression | None:
    for child, _ in _adjuncts(head):
        heads = [child.idx, *(inner.idx for inner in children(child, "pobj"))]
        for time in times:
            if time.value is not None and any(time.span.start <= i < time.span.end for i in heads):
                return time
    return None


def _place(places: Sequence[Place], head: Token) -> Place | None:
    for child, span in _adjuncts(head):
        if child.lower_ not in _LOCATIVE:
            continue
        for place in places:
            if span.contains(place.span):
                return place
    return None
