"""What of a row a terminal shows, and what it leaves out where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.cli.layout import Column
from onrecord.cli.numbers import bounds, number

if TYPE_CHECKING:
    import pyarrow as pa

ID_LENGTH = 8  # of an article's id: enough for `show` to find it
TO_REVIEW = " to review"
NOT_TO_REVIEW = ("article_id", "voice", "kind", "identity")
SENTENCE = "sentence"
SHORT = frozenset({"trigger", "words"})  # running words that are seldom more than a few
PROSE = frozenset({"asks", "content", "if", SENTENCE, "then", "title", *SHORT})
DAY = len("2022-03-11")

Line: TypeAlias = Mapping[str, Any]

WHO = "who"  # of an event: its two sides in one column
NUMBER = "number"  # of a figure: its two bounds in one column
MADE_UP = frozenset({WHO, NUMBER})

LABELS = {
    **{"by": "by ", "of": "of ", "on": "on ", "used_by": "used by ", "voice": "voice: "},
    **dict.fromkeys((NUMBER, "words", "article_id"), ""),
}
"""What stands before a value where no heading says whose it is."""

# The columns of each kind of row, and of counts, that a terminal shows where it is wide enough; the
# other formats have all.
SHOWN = {
    "statements": ("speaker", "act", "kind", "said_on", "content", "voice", "article_id"),
    "events": (
        "event_type",
        WHO,
        "date",
        "place",
        "modality",
        "trigger",
        "voice",
        "article_id",
    ),
    "figures": (
        "measure",
        NUMBER,
        "unit",
        "denied",
        "words",
        "as_of",
        "place",
        "voice",
        "article_id",
    ),
    "conditions": ("kind", "by", "on", "if", "then", "voice", "article_id"),
    "demands": ("by", "of", "asks", "cue", "voice", "article_id"),
    "terms": (
        "concept",
        "term",
        "words",
        "term_voice",
        "avoided",
        "used_by",
        "voice",
        "article_id",
    ),
    "actors": ("name", "kind", "country", "sector", "mentions", "identity", "article_id"),
    "mentions": ("words", "actor", "form", "role", "role_country", "article_id"),
    "times": ("words", "value", "anchor", "article_id"),
    "places": ("words", "name", "country", "lat", "lon", "article_id"),
    "articles": (
        "article_id",
        "published",
        "publisher",
        "title",
        "statements",
        "events",
        "figures",
        "conditions",
        "demands",
    ),
    "counts": (
        "period",
        "actor_country",
        "recipient_country",
        "event_type",
        "quad",
        "happenings",
        "by_publication",
        "tellings",
        "goldstein",
        "unit",
    ),
}

# Where not all fit, these go one by one, in this order.
GOING = (
    *("conditions", "figures", "demands", "statements", "events", "lat", "lon"),
    *("unit", "tellings", "goldstein", "anchor", "role_country", "concept", "avoided", "identity"),
    *(
        "form",
        "cue",
        "kind",
        "place",
        "as_of",
        "voice",
        "publisher",
        "said_on",
        "sector",
        "article_id",
    ),
)


def shown_columns(kind: str, rows: pa.Table) -> tuple[Column, ...]:
    """Return the columns of a kind with what a terminal shows of each row."""
    lines = rows.to_pylist()
    has_sentence = SENTENCE in rows.column_names
    names = (*_columns(kind), SENTENCE) if has_sentence else _columns(kind)
    return tuple(
        Column(
            name.removesuffix("_id"),
            tuple(_cells(name, lines)),
            _goes(name),
            is_prose=name in PROSE and not (has_sentence and name in SHORT),
            label=LABELS.get(name),
            apart=name == SENTENCE,
        )
        for name in names
        if name in MADE_UP or name in rows.column_names
    )


def _columns(kind: str) -> tuple[str, ...]:
    """Return the columns of a kind; of rows to be reviewed the whole id and the score too."""
    if kind in SHOWN:
        return SHOWN[kind]
    of = kind.removesuffix(TO_REVIEW)
    rest = tuple(name for name in SHOWN[of] if name not in NOT_TO_REVIEW)
    return (f"{of.removesuffix('s')}_id", "score", *rest)


def _goes(name: str) -> int | None:
    return GOING.index(name) if name in GOING else None


def _cells(name: str, lines: list[dict[str, Any]]) -> Iterator[str]:
    read = _READERS.get(name)
    for line in lines:
        value = read(line) if read else line[name]
        yield "" if value is None else " ".join(_text(value).split())


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if not isinstance(value, float):
        return str(value)
    return number(value)


def _speaker(line: Line) -> object:
    """Return the speaker's name, else the words that stand for one."""
    return line["speaker"] or line["source"]


def _date(line: Line) -> object:
    """Return the date of an event; of one without, in brackets, when it was told."""
    told = line["published"]
    return line["date"] or (told and f"({told[:DAY]})")


def _as_of(line: Line) -> object:
    """Return of what date a figure is; of one that does not say, in brackets, when it was told."""
    told = line["published"]
    return line["as_of"] or (told and f"({told[:DAY]})")


def _who(line: Line) -> object:
    """Return who did it to whom; of what is done with each other, who takes part."""
    sides = (line["actors"], line["recipients"])
    if line["symmetric"]:
        return "; ".join(filter(None, sides)) or None
    return " → ".join(side or "?" for side in sides) if any(sides) else None


def _number(line: Line) -> object:
    """Return the bounds of a figure."""
    about = "about " if line["approx"] else ""
    return about + bounds(line["low"], line["high"])


def _score(line: Line) -> object:
    """Return a score as sure as it can be read."""
    return None if line["score"] is None else f"{line['score']:.2f}"


def _title(line: Line) -> object:
    """Return an article's title, else the name of the file it was read from."""
    return line["title"] or Path(line["source_path"] or "").name or None


def _short(name: str) -> Callable[[Line], object]:
    return lambda line: line[name] and line[name][:ID_LENGTH]


_READERS: dict[str, Callable[[Line], object]] = {
    "speaker": _speaker,
    "date": _date,
    "as_of": _as_of,
    WHO: _who,
    NUMBER: _number,
    "score": _score,
    "title": _title,
    "article_id": _short("article_id"),
    "identity": _short("identity"),
}
