"""Records with the events that grammar and word lists alone make, without what the model sees.

The model's answer drifts with its weights; the grammar's is part of what parties are weighed by.
"""

from dataclasses import replace

from onrecord.drafts import Draft
from onrecord.extraction.events.arguments import ArgumentFinder
from onrecord.extraction.events.counting import Candidate, counts
from onrecord.extraction.events.events import event_of, is_of_nature
from onrecord.extraction.events.triggers import find_triggers
from onrecord.pipeline import Tools, draft_of
from onrecord.records import Article, Event, Record
from onrecord.resolve.pruning import prune


def record_by_grammar(article: Article, tools: Tools) -> Record:
    """The statements, events, actors and mentions of an article, its events by grammar."""
    draft = draft_of(article, tools)
    record = Record(
        article=article,
        statements=draft.voices.statements,
        events=tuple(events_by_grammar(draft, tools)),
        actors=draft.cast.actors,
        mentions=draft.cast.mentions,
        times=draft.times,
        places=draft.places,
    )
    return prune(record, draft.cast.passing)


def events_by_grammar(draft: Draft, tools: Tools) -> list[Event]:
    """The events of a draft whose triggers are in the word lists, with the grammar's parties."""
    book = tools.codebook
    finder = ArgumentFinder(draft.cast, book)
    of_nature = is_of_nature(draft, book.plover)
    events: dict[str, Event] = {}
    for found in find_triggers(draft.doc, book.plover):
        statement = draft.voices.at(found.span)
        cue = draft.article.cut(statement.cue[0]) if statement is not None and statement.cue else ""
        arguments = finder.find(found)
        candidate = Candidate(found, arguments.known, statement, cue)
        if counts(candidate, finder, book.plover, of_nature=of_nature):
            event = event_of(draft, found, arguments, book, tools.events)
            events.setdefault(event.event_id, replace(event, score=None))
    return list(events.values())
