"""The pipeline: the only place that calls one stage after another."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from spacy.language import Language

from onrecord.annotate import annotate, load_english
from onrecord.codebook import Codebook, codebook_with, load_codebook, load_concepts
from onrecord.codebook.parties import parties_elsewhere
from onrecord.drafts import Draft, Voices
from onrecord.errors import ReadError
from onrecord.extraction.attribution import (
    Decodings,
    decodings_of,
    extract_attributions,
    inner_proposals,
    proposals_of,
)
from onrecord.extraction.conditions import extract_conditions
from onrecord.extraction.demands import extract_demands
from onrecord.extraction.events import EventSettings, event_settings_of, extract_events
from onrecord.extraction.figures import extract_figures
from onrecord.extraction.statements import build_statements
from onrecord.extraction.terms import extract_terms
from onrecord.happenings import with_happenings, wording_of
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.onepass import OnePass, load_onepass
from onrecord.provenance import extractor_of
from onrecord.records import Article, Failure, Record
from onrecord.resolve.actors import Ranker, load_ranker, resolve_actors
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.dates import resolve_times
from onrecord.resolve.gazetteer import Gazetteer, load_gazetteer
from onrecord.resolve.homonyms import without_homonyms
from onrecord.resolve.metonymy import MetonymyModel, find_place_names, load_metonymy_model
from onrecord.resolve.places import resolve_places, with_countries
from onrecord.resolve.pruning import prune
from onrecord.settings import DEFAULTS, Settings

_log = logging.getLogger(__name__)
_AHEAD = 4  # articles handed to each worker before its results are collected


@dataclass(frozen=True, slots=True)
class Tools:
    """What an extraction needs, loaded once: words, model, codebook and settings."""

    nlp: Language
    onepass: OnePass
    decodings: Decodings
    events: EventSettings
    ranker: Ranker
    codebook: Codebook
    metonymy: MetonymyModel
    gazetteer: Gazetteer
    settings: Settings
    extractor: str  # what makes the rows: changes with anything that does


def load_tools(settings: Settings = DEFAULTS) -> Tools:
    """Return the tools for some settings; they are loaded once a process.

    Raises:
        ModelError: The parser or the model that the settings name cannot be used.
        CodebookError: A data file has something unknown in it.
    """
    return _loaded(settings)


@cache
def load_own_codebook(settings: Settings) -> Codebook:
    """Return the codebook with the tables of actors and terms that some settings name.

    Raises:
        CodebookError: One of the tables cannot be read or has something unknown in it.
    """
    codebook = codebook_with(settings.actors) if settings.actors else load_codebook()
    if settings.terms is None:
        return codebook
    return replace(codebook, concepts=(*load_concepts(settings.terms), *codebook.concepts))


@cache
def _loaded(settings: Settings) -> Tools:
    codebook = load_own_codebook(settings)
    onepass = load_onepass(settings.model, threads=settings.threads)
    return Tools(
        load_english(),
        onepass,
        decodings_of(onepass.model.config),
        event_settings_of(onepass.model.config),
        load_ranker(threads=settings.threads),
        codebook,
        load_metonymy_model(),
        load_gazetteer(),
        settings,
        extractor_of(onepass.label, settings),
    )


def extract(article: Article, *, tools: Tools | None = None) -> Record:
    """Return all that an article puts on record. With `tools`, nothing is read but the article.

    Raises:
        ReadError: The text is longer than `settings.longest_article`.
        ModelError: No `tools` are given and the default ones cannot be loaded.
    """
    tools = tools or load_tools()
    _check_length(article, tools.settings)
    draft = draft_of(article, tools)
    book, cast = tools.codebook, draft.cast
    record = prune(
        Record(
            article=article,
            statements=draft.voices.statements,
            events=extract_events(draft, book, tools.events),
            figures=extract_figures(draft, book),
            conditions=extract_conditions(draft),
            demands=extract_demands(draft),
            terms=extract_terms(draft, draft.quotations, book.concepts),
            actors=cast.actors,
            mentions=cast.mentions,
            times=draft.times,
            places=draft.places,
        ),
        cast.passing,
    )
    wordings = {event.event_id: wording_of(draft.doc, event) for event in record.events}
    return with_happenings(record, wordings)


def draft_of(article: Article, tools: Tools) -> Draft:
    """Return an article as far as all kinds of rows need it: read, parsed, with who speaks."""
    book, text = tools.codebook, article.text
    reading = tools.onepass.read(text)
    doc = annotate(text, reading, tools.nlp)
    quotations = find_quotations(text)
    index = QuotationIndex(quotations)
    proposals = proposals_of(reading, tools.decodings.outer)
    inner = inner_proposals(reading, proposals, tools.decodings.inner)
    attributions = extract_attributions(doc, quotations, book.cues, proposals, inner)
    times = resolve_times(article, doc, attributions)
    meant = without_homonyms(doc, find_named(doc, book.parties), tools.gazetteer)
    named = meant.named
    names = find_place_names(doc, named, book, tools.gazetteer, tools.metonymy, reading.states)
    places = resolve_places(article, doc, names, named, tools.gazetteer)
    names = with_countries(doc, names, places, meant.elsewhere)
    if meant.elsewhere:
        found = {doc[name.start : name.end].text: name.country for name in names if name.country}
        others = tuple((name, found.get(name, of)) for name, of in sorted(meant.elsewhere.items()))
        book = replace(book, parties=parties_elsewhere(book.parties, others))
    seen = reading.states if tools.onepass.label == tools.ranker.encoder else None
    cast = resolve_actors(
        article, doc, attributions, index, book, named, names, tools.ranker, seen, reading
    )
    statements = build_statements(article, doc, attributions, cast, times, places)
    return Draft(
        article=article,
        doc=doc,
        reading=reading,
        quotations=index,
        cast=cast,
        voices=Voices(statements),
        times=times,
        places=places,
    )


def _check_length(article: Article, settings: Settings) -> None:
    if len(article.text) > settings.longest_article:
        raise ReadError(
            f"The text has {len(article.text):,} characters, more than the "
            f"{settings.longest_article:,} of the longest article: cut it into its articles, "
            "one a file or one a JSON line."
        )


def extract_many(
    articles: Iterable[Article | Failure], *, workers: int = 1, tools: Tools | None = None
) -> Iterator[Record | Failure]:
    """Yield the record of each article in order; a failure stands for one that gave none.

    Failures among the articles are passed on. With more than one worker the articles go to that
    many processes; the records are the same.

    Raises:
        ValueError: `workers` is below 1, or above it with tools other than `load_tools` returns.
        ModelError: The parser or the model cannot be loaded.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, got {workers}")
    tools = tools or load_tools()
    if workers > 1 and tools is not load_tools(tools.settings):
        raise ValueError("several workers need tools that load_tools(settings) returned")
    if workers == 1:
        for article in articles:
            yield article if isinstance(article, Failure) else attempt(article, tools)
        return
    waiting = iter(articles)
    while batch := list(islice(waiting, workers * _AHEAD)):
        yield from _in_workers(batch, waiting, workers, tools.settings)


def _in_workers(
    batch: list[Article | Failure],
    waiting: Iterator[Article | Failure],
    workers: int,
    settings: Settings,
) -> Iterator[Record | Failure]:
    """Yield records from one pool of processes until the articles end or a process dies."""
    with ProcessPoolExecutor(workers, initializer=load_tools, initargs=(settings,)) as pool:
        while batch:
            done = 0
            try:
                for result in pool.map(_attempt_in_worker, batch, [settings] * len(batch)):
                    done += 1
                    yield result
            except BrokenProcessPool as error:
                for article in batch[done:]:
                    yield article if isinstance(article, Failure) else _lost(article, error)
                return
            batch = list(islice(waiting, workers * _AHEAD))


def _lost(article: Article, error: BrokenProcessPool) -> Failure:
    return Failure(
        source=article.source_path or article.article_id,
        reason=(
            f"the process that read it, or one beside it, was ended ({error}); "
            "read it again with one worker"
        ),
        error=type(error).__name__,
    )


def attempt(article: Article, tools: Tools) -> Record | Failure:
    """Return an article's record, or the failure that says why there is none."""
    try:
        return extract(article, tools=tools)
    except ReadError as error:
        source = article.source_path or article.article_id
        return Failure(source=source, reason=str(error), error=type(error).__name__)
    except Exception as error:  # noqa: BLE001 - the only one: a batch outlives one bad article
        _log.exception("no record of %s", article.article_id)
        return Failure(
            source=article.source_path or article.article_id,
            reason=f"nothing could be extracted: {error}; please report this with the text",
            error=type(error).__name__,
        )


def _attempt_in_worker(article: Article | Failure, settings: Settings) -> Record | Failure:
    if isinstance(article, Failure):
        return article
    return attempt(article, load_tools(settings))
