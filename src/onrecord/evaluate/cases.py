"""Short annotated texts: the statements of each, those inside another indented under it.

A file is TOML, a table `[[case]]` a text:

    [[case]]
    about = "verb in verb"
    half = "check"
    text = "Peskov said that Putin believed in peace."
    statements = '''
    assert | Peskov | said | that Putin believed in peace
      believe | Putin | believed in | peace
    '''

A line is one statement: acts, source, cue, content. An indent of two spaces puts it inside the one
above. "-" is a part the text does not give, "/" stands between acts that are right alike, " … "
between the pieces of a part, "?" before a statement that is neither rewarded nor punished. Words
stand once in the text, or in square brackets within words that do: "that [he] said".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from onrecord.errors import GoldError
from onrecord.evaluate.gold import read_case_tables
from onrecord.records import Act, Span, Spans

CHECK = "check"  # the half that nothing is tuned on
TUNE = "tune"
_MISSING = "-"
_LINE = re.compile(r"(?P<indent> *)(?P<optional>\? )?(?P<acts>[a-z/]+)(?P<parts>( \| .+?){3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatement:
    """One annotated statement of a case."""

    acts: tuple[str, ...]  # all that are right
    source: Spans
    cue: Spans
    content: Spans
    parent: int | None  # its place among the statements of the case
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A short text with its statements, in the order in which they are written down."""

    about: str
    half: str  # TUNE or CHECK
    text: str
    statements: tuple[CaseStatement, ...]


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file.

    Raises:
        GoldError: The file cannot be read or is not in the form above.
    """
    return tuple(_case(table, where) for where, table in read_case_tables(path))


def _case(table: Mapping[str, object], where: str) -> Case:
    about, half = table.get("about", ""), table.get("half", TUNE)
    text, lines = table.get("text"), table.get("statements")
    if not isinstance(about, str) or not isinstance(text, str) or not isinstance(lines, str):
        raise GoldError(f"{where}: about, text and statements must be strings")
    if half not in {TUNE, CHECK}:
        raise GoldError(f"{where}: half is {TUNE!r} or {CHECK!r}, not {half!r}")
    where = f"{where} ({about})"
    written = [line for line in lines.split("\n") if line.strip()]
    statements = tuple(_statements(written, text, where))
    return Case(about=about, half=str(half), text=text, statements=statements)


def _statements(lines: Sequence[str], text: str, where: str) -> Iterator[CaseStatement]:
    open_at: list[int] = []  # the statement last met at each depth
    for number, line in enumerate(lines):
        match = _LINE.fullmatch(line)
        if match is None:
            raise GoldError(f"{where}: write acts | source | cue | content, not {line.strip()!r}")
        depth, rest = divmod(len(match["indent"]), 2)
        if rest or depth > len(open_at):
            raise GoldError(f"{where}: indent by two spaces under a statement: {line.strip()!r}")
        acts = tuple(match["acts"].split("/"))
        if unknown := set(acts) - set(get_args(Act)):
            raise GoldError(f"{where}: unknown act {', '.join(sorted(unknown))}")
        source, cue, content = (_spans(part, text, where) for part in _parts(match["parts"]))
        yield CaseStatement(
            acts=acts,
            source=source,
            cue=cue,
            content=content,
            parent=open_at[depth - 1] if depth else None,
            optional=match["optional"] is not None,
        )
        open_at[depth:] = [number]


def _parts(written: str) -> list[str]:
    return [part.strip() for part in written.split(" | ")[1:]]


def _spans(part: str, text: str, where: str) -> Spans:
    if part == _MISSING:
        return ()
    return tuple(_span(piece, text, where) for piece in part.split(" … "))


def _span(piece: str, text: str, where: str) -> Span:
    """Return where words stand that the text has once, or those in brackets among such words."""
    before, bracket, rest = piece.partition("[")
    words, _, after = rest.partition("]") if bracket else (piece, "", "")
    around = f"{before}{words}{after}" if bracket else words
    if len(re.findall(rf"(?=(?<!\w){re.escape(around)}(?!\w))", text)) != 1:
        raise GoldError(
            f"{where}: {around!r} must stand in the text once; put words around it, and it in "
            "square brackets"
        )
    match = re.search(rf"(?<!\w){re.escape(around)}(?!\w)", text)
    start = (match.start() if match else 0) + (len(before) if bracket else 0)
    return Span(start, start + len(words))
