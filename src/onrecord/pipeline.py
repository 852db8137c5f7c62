"""The pipeline: the only place that calls one stage after another."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import cache

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
from onrecord.extraction.statements import Surroundings, build_statements
from onrecord.extraction.terms import extract_terms
from onrecord.happenings import with_happenings, wording_of
from onrecord.language.foreign import may_be_english, without_foreign
from onrecord.language.quotes import QuotationIndex, find_quotations
from onrecord.onepass import OnePass, load_onepass
from onrecord.provenance import extractor_of
from onrecord.records import Article, Failure, Record
from onrecord.resolve.actors import (
    AntecedentModel,
    Means,
    Ranker,
    SideModel,
    Text,
    load_antecedent_model,
    load_ranker,
    load_side_model,
    resolve_actors,
)
from onrecord.resolve.actors.named import find_named
from onrecord.resolve.dates import resolve_times
from onrecord.resolve.gazetteer import Gazetteer, load_gazetteer
from onrecord.resolve.homonyms import without_homonyms
from onrecord.resolve.metonymy import (
    MetonymyModel,
    PlaceMeans,
    find_place_names,
    load_metonymy_model,
)
from onrecord.resolve.places import resolve_places, with_countries
from onrecord.resolve.pruning import prune
from onrecord.settings import DEFAULTS, Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tools:
    """What an extraction needs, loaded once: words, model, codebook and settings."""

    nlp: Language
    onepass: OnePass
    decodings: Decodings
    events: EventSettings
    ranker: Ranker
    antecedents: AntecedentModel
    sides: SideModel
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
        load_antecedent_model(),
        load_side_model(),
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
    book, text = tools.codebook, _english_of(article)
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
    means = PlaceMeans(book, tools.gazetteer, tools.metonymy)
    names = find_place_names(doc, named, means, reading.states)
    places = resolve_places(article, doc, names, named, tools.gazetteer)
    names = with_countries(doc, names, places, meant.elsewhere)
    if meant.elsewhere:
        found = {doc[name.start : name.end].text: name.country for name in names if name.country}
        others = tuple((name, found.get(name, of)) for name, of in sorted(meant.elsewhere.items()))
        book = replace(book, parties=parties_elsewhere(book.parties, others))
    seen = reading.states if _know_states(tools) else None
    told = Text(doc, index, named, names, reading, seen)
    weighed = Means(book, tools.ranker, tools.antecedents, tools.sides)
    cast = resolve_actors(article, told, attributions, weighed)
    statements = build_statements(article, doc, attributions, cast, Surroundings(times, places))
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


def _know_states(tools: Tools) -> bool:
    """Whether all that goes on from the encoder's states was trained upon this encoder's."""
    models = tools.ranker.encoder, tools.antecedents.weigher.encoder, tools.sides.weigher.encoder
    return set(models) == {tools.onepass.encoder}


def _english_of(article: Article) -> str:
    """Return the text with its foreign sentences blanked; of an article in another language all."""
    if may_be_english(article.language):
        return without_foreign(article.text)
    return article.text


def _check_length(article: Article, settings: Settings) -> None:
    if len(article.text) > settings.longest_article:
        raise ReadError(
            f"The text has {len(article.text):,} characters, more than the "
            f"{settings.longest_article:,} of the longest article: cut it into its articles, "
            "one a file or one a JSON line."
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
