"""Edits of a text, and the way back through several of them to what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.clean import Cleaned
from onrecord.records import InputMap, Segment, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text and what stands in its place; an empty text cuts it."""

    start: int
    end: int
    text: str = ""


def unedited(text: str) -> Cleaned:
    """Return a text as it is, with the map that leads from each character to itself."""
    whole = Span(0, len(text)) if text else None
    return Cleaned(text, InputMap((Segment(whole, whole),) if whole else ()))


def edited(text: str, edits: Iterable[Edit]) -> Cleaned:
    """Return a text with edits made, which are in order and lie apart."""
    parts: list[str] = []
    segments: list[Segment] = []
    at = length = 0
    for edit in (*edits, Edit(len(text), len(text))):
        for part, start, end in ((text[at : edit.start], at, edit.start), (edit.text, *_of(edit))):
            if part:
                made = Span(length, length + len(part))
                segments.append(Segment(made, Span(start, end)))
                parts.append(part)
                length = made.end
        at = edit.end
    return Cleaned("".join(parts), InputMap(tuple(_joined(segments))))


def then(first: Cleaned, second: Cleaned) -> Cleaned:
    """Return what two steps made one after the other, with the way back to before the first."""
    inner = first.input_map.segments
    if len(inner) == 1 and inner[0].text == inner[0].input:
        return second
    segments = [piece for outer in second.input_map.segments for piece in _traced(outer, inner)]
    return Cleaned(second.text, InputMap(tuple(_joined(segments))))


def _of(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _traced(outer: Segment, inner: tuple[Segment, ...]) -> Iterator[Segment]:
    """Yield the pieces of a segment of the second map as they stood before the first."""
    if not outer.is_literal:
        yield Segment(outer.text, InputMap(inner).input_span(outer.input))
        return
    shift = outer.text.start - outer.input.start
    for segment in inner:
        start = max(segment.text.start, outer.input.start)
        end = min(segment.text.end, outer.input.end)
        if start >= end:
            continue
        made = Span(start + shift, end + shift)
        if segment.is_literal:
            moved = segment.input.start - segment.text.start
            yield Segment(made, Span(start + moved, end + moved))
        elif len(made) != len(segment.input):
            yield Segment(made, segment.input)
        else:  # equal lengths would claim that the characters correspond
            yield Segment(Span(made.start, made.start + 1), segment.input)
            yield Segment(Span(made.start + 1, made.end), segment.input)


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield segments with neighbours joined where both run on."""
    run: Segment | None = None  # the first of those that run on
    last: Segment | None = None
    for segment in segments:
        if (
            last
            and last.is_literal
            and segment.is_literal
            and last.input.end == segment.input.start
        ):
            last = segment
            continue
        if run and last:
            yield _from_to(run, last)
        run = last = segment
    if run and last:
        yield _from_to(run, last)


def _from_to(first: Segment, last: Segment) -> Segment:
    if first is last:
        return first
    text = Span(first.text.start, last.text.end)
    return Segment(text, Span(first.input.start, last.input.end))
