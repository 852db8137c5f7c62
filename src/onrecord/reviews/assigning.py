"""What people assign to the fields of a row, in writing: somebody's name, 120-127, yes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from onrecord.records import Participant, Record, Row, Span
from onrecord.reviews.applying import LINKS, SIDES
from onrecord.reviews.corrections import TYPES
from onrecord.reviews.values import Value, field_types

_SPAN = re.compile(r"(\d+)-(\d+)")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}
_KEPT = {"extractor", "score", "grounds", "happening_id", "place", "said_on", "said_at"}


def fields_of(kind: str) -> dict[str, Any]:
    """Return the fields of a kind of row that people can set, with their types."""
    types = field_types(TYPES[kind])
    own_id = next(iter(types))
    return {name: hint for name, hint in types.items() if name not in _KEPT and name != own_id}


def shown_name(field: str) -> str:
    """Return what a field is called where people set it: "speaker" for `speaker_id`."""
    return field.removesuffix("_id").removesuffix("_")


def assigned(
    kind: str, values: Mapping[str, str], record: Record, new_actor: str | None
) -> dict[str, Value]:
    """Return right values by field, plain ones, from what somebody wrote.

    Args:
        kind: The kind of row.
        values: What was written, by the names that fields are shown with; "" is unknown.
        record: The article's record, which has the actors.
        new_actor: What an actor is whom the article has not; None where there may be none.

    Raises:
        ValueError: There is no such field, or what was written is no value for it.
    """
    types = fields_of(kind)
    found: dict[str, Value] = {}
    for name, text in values.items():
        field = next((able for able in (name, f"{name}_id", f"{name}_") if able in types), None)
        if field is None:
            able = ", ".join(sorted(map(shown_name, types)))
            raise ValueError(f"{name!r} is no field of {kind} that can be set, only {able}")
        found[field] = _value(field, types[field], text.strip(), (record, new_actor))
    return found


def _value(field: str, hint: Any, text: str, known: tuple[Record, str | None]) -> Value:  # noqa: ANN401
    if field in LINKS:
        return _linked(field, text, known) if text else None
    if field in SIDES:
        return [_party(one.strip(), known) for one in text.split(";") if one.strip()]
    if get_origin(hint) is tuple:
        parts = [one.strip() for one in text.split(",") if one.strip()]
        return [_span(one) for one in parts] if Span in get_args(hint) else parts
    if not text:
        return None
    kinds = {hint, *get_args(hint)} if get_origin(hint) is not None else {hint}
    if Span in kinds:
        return _span(text)
    if float in kinds or int in kinds:
        return _number(text, whole=float not in kinds)
    if bool in kinds:
        return _truth(text)
    return text


def _linked(field: str, text: str, known: tuple[Record, str | None]) -> Value:
    if LINKS[field] == "actors":
        return _actor(text, *known)
    if known[0].statement(text) is None:
        raise ValueError(f"the article has no statement {text!r}")
    return text


def _actor(name: str, record: Record, new_actor: str | None) -> Value:
    """Return who is meant by a name: an actor of the article, or a new one."""
    named = [one for one in record.actors if one.name.casefold() == name.casefold()]
    if not named and new_actor is None:
        raise ValueError(
            f"the article has no actor {name!r}: give the name as it lists it, or say what a new "
            "one is"
        )
    if named:
        return {"id": named[0].actor_id, "name": named[0].name, "kind": named[0].kind}
    return {"id": None, "name": name, "kind": new_actor}


def _party(text: str, known: tuple[Record, str | None]) -> Value:
    name, _, place = text.rpartition("@")
    return {"span": _span(place), "actor": _actor(name.strip(), *known) if name.strip() else None}


def _span(text: str) -> Value:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no part of the text: give START-END, such as 120-127")
    return [int(found[1]), int(found[2])]


def _number(text: str, *, whole: bool) -> Value:
    try:
        return int(text) if whole else float(text.replace(",", ""))
    except ValueError as error:
        raise ValueError(f"{text!r} is not a {'whole ' if whole else ''}number") from error


def _truth(text: str) -> Value:
    if text.casefold() not in _TRUTH:
        raise ValueError(f"{text!r} is neither yes nor no")
    return _TRUTH[text.casefold()]


# The other way


def written(row: Row, kind: str, record: Record) -> dict[str, str]:
    """Return the fields of a row that can be set, by their shown names, as people write them."""
    names = {one.actor_id: one.name for one in record.actors}
    fields = fields_of(kind)
    return {shown_name(one): _text(one, getattr(row, one), names) for one in fields}


def _text(field: str, value: object, names: Mapping[str, str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{int(value) if value.is_integer() else value}"
        case Span(start=start, end=end):
            return f"{start}-{end}"
        case Participant(span=span, actor_id=actor_id):
            return f"{names.get(actor_id or '', '')}@{span.start}-{span.end}"
        case tuple():
            joined = "; " if field in SIDES else ", "
            return joined.join(_text(field, one, names) for one in value)
        case str() if LINKS.get(field) == "actors":
            return names.get(value, "")
        case _:
            return str(value)
