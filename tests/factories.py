"""A small article made by hand and its record, with rows of every kind, for any test to use.

`make_record()` gives the whole record; `make_record(make_article(title="Other"))` the same rows for
another article with the same text; `make_record(events=())` leaves a kind out. The text has a
character outside the basic plane, so that an offset counted in UTF-16 units cuts the wrong words.
"""

import hashlib
from typing import Any

from onrecord.records import (
    Actor,
    Article,
    Condition,
    Demand,
    Event,
    Figure,
    Ground,
    InputMap,
    Mention,
    Participant,
    Place,
    Record,
    Segment,
    Span,
    Statement,
    Term,
    TimeExpression,
    row_id,
)

EXTRACTOR = "hand/1"

TEXT = """🔴 Live: leaders meet in Moscow

On Friday, Russian President Vladimir Putin met Alexander Lukashenko in Moscow. “Our negotiators,” \
Kremlin spokesman Dmitry Peskov said, “report some progress.” Peskov told reporters that Putin had \
promised that the fighting would stop if the West lifted its sanctions.

Ukraine demanded that Russia withdraw its troops. According to the Ukrainian military, Russian \
forces shelled Kharkiv on 7 March, killing between 30 and 35 civilians. More than 2 million people \
have fled. Russian officials avoid the word “invasion” and speak of a “special military \
operation”. Mr Putin did not call off the assault."""


def identity_map(text: str) -> InputMap:
    """The map of a text that stands as it was given."""
    whole = Span(0, len(text)) if text else None
    return InputMap((Segment(whole, whole),) if whole else ())


def make_article(text: str = TEXT, **overrides: Any) -> Article:  # noqa: ANN401 - any field
    """An article with that text; any field can be given."""
    values: dict[str, Any] = {
        "article_id": "0f3a9c1d2b4e5f60",
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "input_map": identity_map(text),
        "url": "https://news.example/leaders-meet",
        "publisher": "The Example",
        "title": "Leaders meet in Moscow",
        "byline": "A. Reporter",
        "published": "2022-03-11",
        "published_from": "given",
        "language": "en",
        "source_path": "/articles/leaders-meet.txt",
        "fetched_at": "2022-03-12T08:00:00Z",
    }
    return Article(**(values | overrides))


def span_of(article: Article, words: str, nth: int = 0) -> Span:
    """Where those words stand in the article: the first time, or the nth counted from 0."""
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return Span(start, start + len(words))


def make_actors() -> tuple[Actor, ...]:
    """Ten actors: persons, governments, an armed force, a bloc and unnamed groups."""
    rows = (
        ("putin", "Vladimir Putin", "person", "RUS", "GOV", "Q7747"),
        ("lukashenko", "Alexander Lukashenko", "person", "BLR", "GOV", "Q2866"),
        ("peskov", "Dmitry Peskov", "person", "RUS", "GOV", None),
        ("russia", "Government of Russia", "government", "RUS", "GOV", None),
        ("ukraine", "Government of Ukraine", "government", "UKR", "GOV", None),
        ("ukr-military", "Ukrainian military", "organisation", "UKR", "MIL", None),
        ("rus-forces", "Russian forces", "organisation", "RUS", "MIL", None),
        ("west", "the West", "bloc", None, None, None),
        ("reporters", "reporters", "group", None, "MED", None),
        ("rus-officials", "Russian officials", "group", "RUS", "GOV", None),
    )
    return tuple(
        Actor(
            actor_id=actor_id,
            name=name,
            kind=kind,  # type: ignore[arg-type]  # the literals above
            country=country,
            sector=sector,
            wikidata=wikidata,
            grounds=(Ground("name", "name", Span(2, 6)), Ground("kind", "table", None)),
            extractor=EXTRACTOR,
        )
        for actor_id, name, kind, country, sector, wikidata in rows
    )


def make_mentions(article: Article) -> tuple[Mention, ...]:
    """Mentions by name, title and nominal, the last but one undecided between two candidates."""
    rows = (
        ("Russian President Vladimir Putin", 0, "putin", "name", "President", "RUS"),
        ("Alexander Lukashenko", 0, "lukashenko", "name", None, None),
        ("Kremlin spokesman Dmitry Peskov", 0, "peskov", "name", "spokesman", "RUS"),
        ("Peskov", 1, "peskov", "name", None, None),
        ("reporters", 0, "reporters", "nominal", None, None),
        ("Ukraine", 0, "ukraine", "name", None, None),
        ("the Ukrainian military", 0, "ukr-military", "nominal", None, None),
        ("Russian officials", 0, None, "nominal", None, None),
        ("Mr Putin", 0, "putin", "title", None, None),
    )
    mentions = []
    for words, nth, actor_id, form, role, role_country in rows:
        span = span_of(article, words, nth)
        mentions.append(
            Mention(
                mention_id=row_id(article, "mention", span),
                span=span,
                actor_id=actor_id,
                form=form,  # type: ignore[arg-type]  # the literals above
                role=role,
                role_country=role_country,
                candidates=() if actor_id else ("rus-officials", "russia"),
                extractor=EXTRACTOR,
            )
        )
    return tuple(mentions)


def make_times(article: Article) -> tuple[TimeExpression, ...]:
    """Two dates: one counted from the day of publication, one from the first."""
    friday, march = span_of(article, "Friday"), span_of(article, "7 March")
    first = TimeExpression(
        time_id=row_id(article, "time", friday),
        span=friday,
        value="2022-03-11",
        anchor="published",
        extractor=EXTRACTOR,
    )
    second = TimeExpression(
        time_id=row_id(article, "time", march),
        span=march,
        value="2022-03-07",
        anchor=first.time_id,
        extractor=EXTRACTOR,
    )
    return (first, second)


def make_places(article: Article) -> tuple[Place, ...]:
    """Moscow, decided, and Kharkiv, with two candidates left."""
    moscow, kharkiv = span_of(article, "Moscow", 1), span_of(article, "Kharkiv")
    return (
        Place(
            place_id=row_id(article, "place", moscow),
            span=moscow,
            name="Moscow",
            country="RUS",
            lat=55.75222,
            lon=37.61556,
            geonames_id=524901,
            candidates=(524901,),
            extractor=EXTRACTOR,
        ),
        Place(
            place_id=row_id(article, "place", kharkiv),
            span=kharkiv,
            name="Kharkiv",
            country="UKR",
            candidates=(706483, 706482),
            extractor=EXTRACTOR,
        ),
    )


def _statement(article: Article, *content: str, values: dict[str, Any]) -> Statement:
    """A statement with those words; source, cue and occasion are words and which of them."""
    spans = tuple(span_of(article, words) for words in content)
    parts = {part: values.get(part, ()) for part in ("source", "cue", "occasion")}
    cut = {part: tuple(span_of(article, *words) for words in parts[part]) for part in parts}
    return Statement(
        statement_id=row_id(article, "statement", *spans),
        content=spans,
        extractor=EXTRACTOR,
        **(values | cut),
    )


def _peskov_says(article: Article) -> tuple[Statement, ...]:
    """A split quotation, and a promise inside what the same man tells reporters."""
    split = {
        "source": [("Kremlin spokesman Dmitry Peskov",)],
        "cue": [("said",)],
        "kind": "direct",
        "act": "assert",
        "speaker_id": "peskov",
        "said_on": make_times(article)[0],
        "said_at": make_places(article)[0],
        "score": 0.75,
    }
    told = {
        "source": [("Peskov", 1)],
        "cue": [("told",)],
        "kind": "indirect",
        "act": "assert",
        "speaker_id": "peskov",
        "addressee_id": "reporters",
    }
    outer = _statement(
        article,
        "Putin had promised that the fighting would stop if the West lifted its sanctions",
        values=told,
    )
    promise = {
        "source": [("Putin", 1)],
        "cue": [("promised",)],
        "kind": "indirect",
        "act": "promise",
        "speaker_id": "putin",
        "parent_id": outer.statement_id,
    }
    words = "the fighting would stop if the West lifted its sanctions"
    return (
        _statement(article, "Our negotiators", "report some progress", values=split),
        outer,
        _statement(article, words, values=promise),
    )


def make_statements(article: Article) -> tuple[Statement, ...]:
    """Seven statements; the first is a split quotation, the third is inside the second."""
    demand = {
        "source": [("Ukraine",)],
        "cue": [("demanded",)],
        "kind": "indirect",
        "act": "demand",
        "speaker_id": "ukraine",
        "addressee_id": "russia",
    }
    military = {
        "source": [("the Ukrainian military",)],
        "cue": [("According to",)],
        "kind": "indirect",
        "act": "accuse",
        "speaker_id": "ukr-military",
        "score": 0.5,
    }
    officials = {
        "source": [("Russian officials",)],
        "cue": [("speak",)],
        "occasion": [("leaders meet",)],
        "kind": "mixed",
        "act": "assert",
        "speaker_id": "rus-officials",
    }
    unnamed = {"kind": "indirect", "act": "believe"}
    shelled = "Russian forces shelled Kharkiv on 7 March, killing between 30 and 35 civilians"
    return (
        *_peskov_says(article),
        _statement(article, "Russia withdraw its troops", values=demand),
        _statement(article, shelled, values=military),
        _statement(article, "“special military operation”", values=officials),
        _statement(article, "call off the assault", values=unnamed),
    )


def _event(article: Article, *trigger: str, values: dict[str, Any]) -> Event:
    """An event with those words; actors and recipients are words and actor ids."""
    spans = tuple(span_of(article, words) for words in trigger)
    parties = {
        part: tuple(
            Participant(span=span_of(article, words), actor_id=actor_id)
            for words, actor_id in values.get(part, ())
        )
        for part in ("actors", "recipients")
    }
    return Event(
        event_id=row_id(article, "event", *spans),
        trigger=spans,
        extractor=EXTRACTOR,
        **(values | parties),
    )


def make_events(article: Article) -> tuple[Event, ...]:
    """A meeting (symmetric), a shelling in a statement's voice, a condition, a thing not done."""
    statements, (moscow, kharkiv) = make_statements(article), make_places(article)
    meeting = {
        "event_type": "CONSULT",
        "mode": "visit",
        "contexts": ("diplomatic", "military"),
        "actors": [("Russian President Vladimir Putin", "putin")],
        "recipients": [("Alexander Lukashenko", "lukashenko")],
        "date": "2022-03-11",
        "date_span": span_of(article, "Friday"),
        "place": moscow,
        "symmetric": True,
        "modality": "actual",
        "goldstein": 1.0,
        "quad": 1,
        "happening_id": "happening-1",
        "score": 0.875,
    }
    shelling = {
        "event_type": "ASSAULT",
        "mode": "heavy-weapons",
        "actors": [("Russian forces", "rus-forces")],
        "recipients": [("Kharkiv", None), ("civilians", None)],
        "date": "2022-03-07",
        "date_span": span_of(article, "7 March"),
        "place": kharkiv,
        "modality": "actual",
        "statement_id": statements[4].statement_id,
        "goldstein": -10.0,
        "quad": 4,
    }
    lifting = {
        "event_type": "CONCEDE",
        "actors": [("the West", "west")],
        "modality": "conditional",
        "statement_id": statements[2].statement_id,
    }
    retreat = {
        "event_type": "RETREAT",
        "actors": [("Mr Putin", "putin")],
        "modality": "negated",
    }
    return (
        _event(article, "met", values=meeting),
        _event(article, "shelled", values=shelling),
        _event(article, "lifted", "sanctions", values=lifting),
        _event(article, "call off", values=retreat),
    )


def make_figures(article: Article) -> tuple[Figure, ...]:
    """A range in a statement's voice, and an open number in the article's own."""
    killed, fled = span_of(article, "between 30 and 35"), span_of(article, "More than 2 million")
    return (
        Figure(
            figure_id=row_id(article, "figure", killed),
            span=killed,
            measure="killed",
            low=30,
            high=35,
            unit="people",
            whom=span_of(article, "civilians"),
            place=make_places(article)[1],
            as_of="2022-03-07",
            cause_id="rus-forces",
            statement_id=make_statements(article)[4].statement_id,
            score=0.625,
            extractor=EXTRACTOR,
        ),
        Figure(
            figure_id=row_id(article, "figure", fled),
            span=fled,
            measure="refugees",
            low=2_000_000,
            high=None,
            approx=True,
            unit="people",
            whom=span_of(article, "people"),
            extractor=EXTRACTOR,
        ),
    )


def make_conditions(article: Article) -> tuple[Condition, ...]:
    """What would stop the fighting, two voices deep."""
    if_ = (span_of(article, "the West lifted its sanctions"),)
    return (
        Condition(
            condition_id=row_id(article, "condition", *if_),
            if_=if_,
            then=(span_of(article, "the fighting would stop"),),
            connective=(span_of(article, "if"),),
            kind="offer",
            by_id="putin",
            on_id="west",
            statement_id=make_statements(article)[2].statement_id,
            extractor=EXTRACTOR,
        ),
    )


def make_demands(article: Article) -> tuple[Demand, ...]:
    """What Ukraine asks of Russia."""
    asks = span_of(article, "Russia withdraw its troops")
    return (
        Demand(
            demand_id=row_id(article, "demand", asks),
            cue=(span_of(article, "demanded"),),
            asks=asks,
            by_id="ukraine",
            of_id="russia",
            statement_id=make_statements(article)[3].statement_id,
            extractor=EXTRACTOR,
        ),
    )


def make_terms(article: Article) -> tuple[Term, ...]:
    """A word avoided, the word used in its place, and the article's own."""
    officials = make_statements(article)[5].statement_id
    rows: tuple[tuple[str, str, bool, str | None, str | None], ...] = (
        ("invasion", "scare", True, "rus-officials", None),
        ("special military operation", "quoted", False, "rus-officials", officials),
        ("assault", "own", False, None, None),
    )
    terms = []
    for term, voice, avoided, used_by, statement in rows:
        span = span_of(article, term)
        terms.append(
            Term(
                term_id=row_id(article, "term", span),
                span=span,
                concept="war",
                term=term,
                voice=voice,  # type: ignore[arg-type]  # the literals above
                avoided=avoided,
                used_by_id=used_by,
                statement_id=statement,
                extractor=EXTRACTOR,
            )
        )
    return tuple(terms)


def make_record(
    article: Article | None = None,
    **overrides: Any,  # noqa: ANN401 - any kind
) -> Record:
    """The whole record of an article with `TEXT`; a kind can be given in place of its rows."""
    article = article or make_article()
    values: dict[str, Any] = {
        "statements": make_statements(article),
        "events": make_events(article),
        "figures": make_figures(article),
        "conditions": make_conditions(article),
        "demands": make_demands(article),
        "terms": make_terms(article),
        "actors": make_actors(),
        "mentions": make_mentions(article),
        "times": make_times(article),
        "places": make_places(article),
    }
    return Record(article=article, **(values | overrides))
