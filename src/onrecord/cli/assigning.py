"""What a user assigns to the fields of a row: FIELD=VALUE, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, get_args, get_origin

import click

from onrecord.records import Record, Span
from onrecord.reviews.applying import LINKS, SIDES
from onrecord.reviews.corrections import TYPES
from onrecord.reviews.values import Value, field_types

_SPAN = re.compile(r"(\d+)-(\d+)")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}


def assigned(
    kind: str, values: Iterable[str], record: Record, new_actor: str | None
) -> dict[str, Value]:
    """Return right values by field, plain ones, from what a user wrote.

    Args:
        kind: The kind of row.
        values: "FIELD=VALUE"; nothing behind the sign is unknown.
        record: The article's record, which has the actors.
        new_actor: What an actor is whom the article has not; None where there may be none.

    Raises:
        click.UsageError: There is no such field, or what stands behind the sign is no value for it.
    """
    types = field_types(TYPES[kind])
    found: dict[str, Value] = {}
    for one in values:
        name, sign, text = one.partition("=")
        field = next((able for able in (name, f"{name}_id", f"{name}_") if able in types), None)
        if not sign or field is None or field in _OWN:
            able = ", ".join(sorted(_shown(able) for able in types if able not in _OWN))
            raise click.UsageError(f"{one!r} is not FIELD=VALUE with a field of {kind}: {able}")
        found[field] = _value(field, types[field], text.strip(), (record, new_actor))
    return found


_OWN = {"extractor", "score", "grounds", "happening_id", "place", "said_on", "said_at"} | {
    next(iter(field_types(row_type))) for row_type in TYPES.values() if row_type.__name__ != "Actor"
}


def _shown(field: str) -> str:
    return field.removesuffix("_id").removesuffix("_")


def _value(field: str, hint: Any, text: str, known: tuple[Record, str | None]) -> Value:  # noqa: ANN401
    if LINKS.get(field) == "actors":
        return _actor(text, *known) if text else None
    if field in SIDES:
        return [_party(one.strip(), known) for one in text.split(";") if one.strip()]
    if hint == tuple[Span, ...]:
        return [_span(one) for one in text.split(",") if one.strip()]
    if not text:
        return None
    kinds = {hint, *get_args(hint)} if get_origin(hint) is not None else {hint}
    if Span in kinds:
        return _span(text)
    if float in kinds or int in kinds:
        return _number(text)
    if bool in kinds:
        return _truth(text)
    return text


def _actor(name: str, record: Record, new_actor: str | None) -> Value:
    """Return who is meant by a name: an actor of the article, or a new one."""
    named = [one for one in record.actors if one.name.casefold() == name.casefold()]
    if not named and new_actor is None:
        raise click.UsageError(
            f"the article has no actor {name!r}: give the name as it lists it, or say what a new "
            "one is with --new-actor"
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
        raise click.UsageError(f"{text!r} is no part of the text: give START-END, such as 120-127")
    return [int(found[1]), int(found[2])]


def _number(text: str) -> Value:
    try:
        return float(text.replace(",", ""))
    except ValueError as error:
        raise click.UsageError(f"{text!r} is not a number") from error


def _truth(text: str) -> Value:
    if text.casefold() not in _TRUTH:
        raise click.UsageError(f"{text!r} is neither yes nor no")
    return _TRUTH[text.casefold()]
