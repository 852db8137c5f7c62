"""INCEpTION: UIMA CAS JSON, an article a file with the record beside it, and back into a record.

Each kind of row is a span layer of its own; a row's other pieces and parts are annotations of the
layer `Part`, tied to it by links. UIMA counts UTF-16 code units, so places are reckoned over.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.exports.marks import Mark, marks_of, remarked
from onrecord.exports.parts import LAYOUTS, Part
from onrecord.exports.references import whole_text
from onrecord.exports.rows import record_from, record_json
from onrecord.exports.told import Told
from onrecord.records import Record, Span

Json = dict[str, Any]

MAKER = "inception"
CAS, RECORD = ".json", ".record.json"
TYPES = "typesystem.xml"

_PREFIX = "webanno.custom.Onrecord"  # where INCEpTION looks for layers that a project defines
_PART, _LINK = f"{_PREFIX}Part", f"{_PREFIX}PartLink"
_ANNOTATION, _TOP, _STRING = "uima.tcas.Annotation", "uima.cas.TOP", "uima.cas.String"
_SOFA_ID = 1
_LAYER_OF = {kind: f"{_PREFIX}{layout.label}" for kind, layout in LAYOUTS.items()}
_KIND_OF = {layer: kind for kind, layer in _LAYER_OF.items()}
_ROW, _ROLE, _PARTS, _TARGET = "row", "role", "parts", "target"


def files(told: Told) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file for one article."""
    name = told.article.article_id
    yield f"{name}{CAS}", json.dumps(cas(told.record), ensure_ascii=False, indent=1)
    yield f"{name}{RECORD}", record_json(told.record)


def cas(record: Record) -> Json:
    """Return a record as UIMA CAS JSON, ready for `json.dumps`."""
    article = record.article
    units = Units(article.text)
    structures = _Structures(units)
    for mark in marks_of(record):
        structures.add(mark)
    sofa = {
        "%ID": _SOFA_ID,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": "_InitialView",
        "mimeType": "text",
        "sofaString": whole_text(article),
    }
    view = {"%SOFA": _SOFA_ID, "%MEMBERS": structures.members}
    return {
        "%TYPES": _types(),
        "%FEATURE_STRUCTURES": [sofa, *structures.listed],
        "%VIEWS": {"_InitialView": view},
    }


@dataclass(slots=True)
class _Structures:
    """The feature structures of one article, numbered as they are added."""

    units: Units
    listed: list[Json] = field(default_factory=list)
    members: list[int] = field(default_factory=list)

    def add(self, mark: Mark) -> None:
        first, *pieces = [(part, span) for part in mark.parts for span in part.spans]
        links = [
            self.put(_LINK, {_ROLE: part.role, f"@{_TARGET}": self.annotation(_PART, part, span)})
            for part, span in pieces
        ]
        features: Json = {_ROW: mark.row_id, **mark.attributes}
        if links:
            features[f"@{_PARTS}"] = self.put("uima.cas.FSArray", {"%ELEMENTS": links})
        self.annotation(_LAYER_OF[mark.kind], *first, features=features)

    def annotation(self, layer: str, part: Part, span: Span, features: Json | None = None) -> int:
        place = {"begin": self.units.of(span.start), "end": self.units.of(span.end)}
        own = {_ROLE: part.role} if features is None else features
        number = self.put(layer, {"@sofa": _SOFA_ID, **place, **own})
        self.members.append(number)
        return number

    def put(self, type_: str, features: Json) -> int:
        number = _SOFA_ID + 1 + len(self.listed)
        self.listed.append({"%ID": number, "%TYPE": type_, **features})
        return number


class Units:
    """Reckons places in a text from code points to UTF-16 code units, and back."""

    def __init__(self, text: str) -> None:
        # the code points that take two units, and the units at which their second half stands
        self._wide = [at for at, letter in enumerate(text) if ord(letter) > 0xFFFF]
        self._halves = [at + number + 1 for number, at in enumerate(self._wide)]

    def of(self, place: int) -> int:
        """Return a place in code points as one in code units."""
        return place + bisect_left(self._wide, place)

    def back(self, place: int) -> int:
        """Return a place in code units as one in code points."""
        return place - bisect_left(self._halves, place)


def _types() -> Json:
    def feature(name: str, range_: str = _STRING) -> Json:
        return {"%NAME": name, "%RANGE": range_}

    def type_(name: str, above: str, *features: Json) -> Json:
        return {"%NAME": name, "%SUPER_TYPE": above} | {one["%NAME"]: one for one in features}

    layers = [
        type_(
            _LAYER_OF[kind],
            _ANNOTATION,
            feature(_ROW),
            *map(feature, layout.shown.values()),
            feature(_PARTS, f"{_LINK}[]"),
        )
        for kind, layout in LAYOUTS.items()
    ]
    link = type_(_LINK, _TOP, feature(_ROLE), feature(_TARGET, _PART))
    return {one["%NAME"]: one for one in (type_(_PART, _ANNOTATION, feature(_ROLE)), link, *layers)}


def type_system() -> str:
    """Return the layers as a UIMA type system, which an INCEpTION project takes in once."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<types>\n{''.join(map(_type_xml, _types().values()))}</types>\n"
        "</typeSystemDescription>\n"
    )


def _type_xml(type_: Json) -> str:
    features = "".join(_feature_xml(one) for key, one in type_.items() if not key.startswith("%"))
    return (
        f"<typeDescription><name>{type_['%NAME']}</name><description/>"
        f"<supertypeName>{type_['%SUPER_TYPE']}</supertypeName>"
        f"<features>{features}</features></typeDescription>\n"
    )


def _feature_xml(feature: Json) -> str:
    range_ = feature["%RANGE"]
    element = range_.removesuffix("[]")
    kind = (
        f"<rangeTypeName>{range_}</rangeTypeName>"
        if element == range_
        else f"<rangeTypeName>uima.cas.FSArray</rangeTypeName><elementType>{element}</elementType>"
    )
    return (
        f"<featureDescription><name>{feature['%NAME']}</name><description/>"
        f"{kind}</featureDescription>"
    )


def record_of(written: str, record: str) -> Record:
    """Return the record that a CAS and the record beside it make.

    Raises:
        ValueError: It is no CAS with a text, or a mark lacks what its row needs.
    """
    try:
        held = json.loads(written)
        by_id = {one["%ID"]: one for one in held["%FEATURE_STRUCTURES"]}
        text = next(one["sofaString"] for one in by_id.values() if "sofaString" in one)
    except (KeyError, TypeError, StopIteration) as error:
        raise ValueError("this is no CAS with a text") from error
    units = Units(text)
    rows = (one for one in by_id.values() if one["%TYPE"] in _KIND_OF)
    marks = [_mark(one, by_id, units) for one in rows]
    return remarked(record_from(record, text), marks, MAKER)


def _mark(row: Json, by_id: Mapping[int, Json], units: Units) -> Mark:
    kind = _KIND_OF[row["%TYPE"]]
    layout = LAYOUTS[kind]
    array = by_id.get(row.get(f"@{_PARTS}", 0), {"%ELEMENTS": []})
    links = [by_id[number] for number in array["%ELEMENTS"]]
    fields = {role: name for name, role in layout.parts.items()} | {layout.label: layout.anchor}
    pieces = [Part(layout.anchor, layout.label, (_span(row, units),))]
    pieces += [
        Part(fields[link[_ROLE]], link[_ROLE], (_span(by_id[link[f"@{_TARGET}"]], units),))
        for link in links
    ]
    shown = {name: row[name] for name in layout.shown.values() if row.get(name) is not None}
    return Mark(kind, row.get(_ROW), tuple(pieces), shown)


def _span(annotation: Json, units: Units) -> Span:
    return Span(units.back(annotation["begin"]), units.back(annotation["end"]))
