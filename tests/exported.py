"""Two articles for the tests of exports: the hand-made one, and one whose lines break in parts."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from factories import EXTRACTOR, make_article, make_record, span_of
from onrecord.exports import FORMS, Told, without_text
from onrecord.records import Actor, Event, Figure, Participant, Place, Record, Statement, row_id

BROKEN = """The 🔴 envoy said:
the talks\tfailed.
“No one came,
\u2028and no one will.” At least nothing was signed.

=Rebels= shelled the port of Aden on 3 May, killing 12 sailors, "officials" said."""
"""Parts of it run over line ends, one of them none but Unicode's; a cell of it is a formula."""


def make_broken() -> Record:
    """The record of `BROKEN`: statements over two lines and in pieces that touch, an assault."""
    article = make_article(BROKEN, article_id="b" * 16, title='The "port", shelled', url=None)
    over = span_of(article, "the talks\tfailed.\n“No one came")
    pieces = (span_of(article, "No one came,"), span_of(article, "\u2028and no one will."))
    rebels, aden = span_of(article, "=Rebels="), span_of(article, "Aden")
    envoy = span_of(article, "envoy")
    by = Actor(
        actor_id="rebels",
        name="=Rebels=",
        kind="armed_group",
        country="YEM",
        sector="REB",
        extractor=EXTRACTOR,
    )
    place = Place(
        place_id=row_id(article, "place", aden),
        span=aden,
        name="Aden",
        country="YEM",
        lat=12.77944,
        lon=45.03667,
        geonames_id=415189,
        extractor=EXTRACTOR,
    )

    def statement(*content: object) -> Statement:
        return Statement(
            statement_id=row_id(article, "statement", *content),  # type: ignore[arg-type]
            source=(envoy,),
            cue=(span_of(article, "said:\n"),),
            content=content,  # type: ignore[arg-type]
            kind="mixed",
            act="assert",
            extractor=EXTRACTOR,
        )

    shelled = span_of(article, "shelled")
    assault = Event(
        event_id=row_id(article, "event", shelled),
        event_type="ASSAULT",
        mode="heavy-weapons",
        trigger=(shelled,),
        actors=(Participant(span=rebels, actor_id="rebels"),),
        recipients=(Participant(span=span_of(article, "sailors"), actor_id=None),),
        date="2015-05-03",
        date_span=span_of(article, "3 May"),
        place=place,
        modality="actual",
        goldstein=-9.5,
        quad=4,
        extractor=EXTRACTOR,
    )
    twelve = span_of(article, "12")
    figure = Figure(
        figure_id=row_id(article, "figure", twelve),
        span=twelve,
        measure="killed",
        low=12,
        high=12,
        unit="people",
        place=place,
        cause_id="rebels",
        extractor=EXTRACTOR,
    )
    return Record(
        article=article,
        statements=(statement(over), statement(*pieces)),
        events=(assault,),
        figures=(figure,),
        actors=(by,),
        places=(place,),
    )


def records() -> list[Record]:
    """Both records."""
    return [make_record(), make_broken()]


def told(*, withheld: bool = False) -> list[Told]:
    """Both records as exports take them, without their text if wanted."""
    return [Told(without_text(one) if withheld else one) for one in records()]


def texts() -> dict[str, str]:
    """Both texts by their SHA-256."""
    known = (one.article.text for one in records())
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in known}


def exported(name: str, folder: Path, *, withheld: bool = False) -> Path:
    """Both records in a form, at that name in a folder."""
    path = folder / f"{name}{'.withheld' if withheld else ''}"
    FORMS[name].write(told(withheld=withheld), path)
    return path


def contents(path: Path) -> Iterator[str]:
    """Everything an export holds, as text."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.suffix == ".parquet":
            yield json.dumps(pq.read_table(file).to_pylist(), ensure_ascii=False)
        elif file.is_file():
            yield file.read_text("utf8")
