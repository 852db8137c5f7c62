"""Events of an article: triggers with their parties, date, place, modality and voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.codebook import Codebook
from onrecord.codebook.plover import Plover
from onrecord.drafts import Draft, first_place
from onrecord.extraction.events.arguments import ArgumentFinder, Arguments
from onrecord.extraction.events.counting import Candidate, counts, is_told_of
from onrecord.extraction.events.figurative import as_meant
from onrecord.extraction.events.joining import joined
from onrecord.extraction.events.modality import modality_of
from onrecord.extraction.events.modes import mode_of
from onrecord.extraction.events.nominals import LIGHT_VERBS
from onrecord.extraction.events.parties import PartyFinder
from onrecord.extraction.events.tellings import completed
from onrecord.extraction.events.triggers import Triggered, find_triggers, means_nothing
from onrecord.extraction.events.unreal import is_undoing
from onrecord.extraction.events.weighing import EventSettings, calibrated
from onrecord.language import dependencies as deps
from onrecord.language import lexicon
from onrecord.language.adjuncts import dates_of
from onrecord.records import Event, Place, Span, TimeExpression, row_id

EXTRACTOR = "event-rules/2"
_SUFFERED = lexicon.words("deeds.suffered")
_DISASTER = 2  # words for a disaster that make an article one about it
_MEANWHILE = frozenset({"in", "at", "during", "by", "with"})
_LOCATIVE = lexicon.words("grammar.inside_links") | {"on"}


def extract_events(draft: Draft, book: Codebook, settings: EventSettings) -> tuple[Event, ...]:
    """Return the events of an article in text order; () where nothing political happens."""
    found = tuple(triggered(draft, book, settings))
    seen = [one for one in found if one[0].seen is not None]
    settled = [one for one in found if one[0].seen is None]  # no witness to other events' parties
    triggers, finder = [*seen, *settled], PartyFinder(draft, settings)
    parties = [*finder.find(seen), *finder.find(settled)]
    events = (
        event_of(draft, found, arguments, book, settings)
        for (found, _), arguments in zip(triggers, parties, strict=True)
    )
    distinct = {event.event_id: event for event in events}
    in_order = sorted(distinct.values(), key=lambda event: event.trigger[0])
    return completed(in_order, draft.cast)


def triggered(
    draft: Draft, book: Codebook, settings: EventSettings
) -> Iterator[tuple[Triggered, Arguments]]:
    """Yield the triggers of an article, each with what the grammar makes of its parties."""
    plover = book.plover
    rules = ArgumentFinder(draft.cast, book)
    of_nature = is_of_nature(draft, plover)

    def candidate(found: Triggered) -> Candidate:
        statement = draft.voices.at(found.span)
        cue = draft.article.cut(statement.cue[0]) if statement is not None and statement.cue else ""
        return Candidate(found, rules.find(found).known, statement, cue)

    listed = [
        found
        for found in find_triggers(draft.doc, plover)
        if counts(candidate(found), rules, plover, of_nature=of_nature)
    ]
    seen = list(joined(draft.doc, draft.reading, listed, plover, settings))
    meant = [
        one
        for found in seen
        if not means_nothing(found, plover)
        and (one := as_meant(found, plover)) is not None
        and not is_undoing(one, book)
    ]
    suffered = is_suffered(draft.doc, meant, plover)
    for one in meant:
        arguments = rules.find(one)
        done = arguments.known.actors and one.head.lemma_.lower() != "die"
        if suffered and is_casualty(one, plover) and not done:
            continue  # killed by nobody, in the story of an earthquake
        if is_told_of(candidate(one), plover):
            yield one, arguments


def is_of_nature(draft: Draft, plover: Plover) -> bool:
    """Whether an article is about a disaster of nature, in which nobody need kill."""
    return _perils(draft.doc, plover) >= _DISASTER


def is_suffered(doc: Doc, triggers: Sequence[Triggered], plover: Plover) -> bool:
    """Whether a disaster, and no attack, is what an article tells most of."""
    attacks = sum(
        one.trigger.event_type == "ASSAULT" and not is_casualty(one, plover) for one in triggers
    )
    return _perils(doc, plover) >= max(_DISASTER, attacks + 1)


def is_casualty(found: Triggered, plover: Plover) -> bool:
    """Whether a trigger of ASSAULT says that somebody is hurt or what hurt them, not who did it."""
    lemma = found.head.lemma_.lower()
    harm = lemma in _SUFFERED or lemma in plover.natural
    return found.trigger.event_type == "ASSAULT" and harm


def _perils(doc: Doc, plover: Plover) -> int:
    return sum(token.lemma_.lower() in plover.natural for token in doc)


def event_of(
    draft: Draft,
    found: Triggered,
    arguments: Arguments,
    book: Codebook,
    settings: EventSettings,
) -> Event:
    """Return the event at a trigger between parties, dated and placed by its own words."""
    trigger = found.trigger
    mode = mode_of(found, book.plover)
    info = book.plover.types[trigger.event_type]
    statement = draft.voices.at(found.span)
    time = _date(draft.times, found.head)
    return Event(
        event_id=row_id(draft.article, "event", found.span),
        event_type=trigger.event_type,
        mode=mode,
        contexts=book.contexts.of([word.lemma_.lower() for word in found.head.sent], mode),
        trigger=(found.span,),
        actors=arguments.actors,
        recipients=arguments.recipients,
        date=time.value if time is not None else None,
        date_span=time.span if time is not None else None,
        place=_place(draft.places, found.head),
        symmetric=trigger.symmetric and bool(arguments.actors),
        modality=modality_of(found, statement, book.modals),
        statement_id=statement.statement_id if statement is not None else None,
        goldstein=info.goldstein(mode),
        quad=info.quad,
        score=calibrated(found.seen.where.score, settings) if found.seen is not None else None,
        extractor=draft.reading.extractor if found.seen is not None else EXTRACTOR,
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
            if child.dep_ in deps.ADJUNCTS:
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
    through = noun.dep_ in deps.SUBJECTS or (
        noun.dep_ == deps.OBJECT and governor.lemma_ in LIGHT_VERBS
    )
    if noun.dep_ == deps.PREP_OBJECT and governor.lower_ in _MEANWHILE:
        governor, through = governor.head, True
    if through and governor.pos_ in {"VERB", "AUX"}:
        yield governor


def _place(places: Sequence[Place], head: Token) -> Place | None:
    phrases = (span for child, span in _adjuncts(head) if child.lower_ in _LOCATIVE)
    return first_place(places, phrases)
