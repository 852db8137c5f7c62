"""Cleaning a text: one form for every character, and the way back to what was read.

Offsets count into the cleaned text, so nothing after this module may alter it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import combining, is_normalized, normalize

from onrecord.errors import CodebookError
from onrecord.records import InputMap, Segment, Span

FURNITURE_FILE = "data/furniture.toml"

BYTE_ORDER_MARK = "\ufeff"
# Every character str.isspace() knows lies below U+3001.
EDGE = "".join(filter(str.isspace, map(chr, range(0x3001)))) + BYTE_ORDER_MARK
EDGE_SET = frozenset(EDGE)
# Marks that show nothing; they stay in the text and only keep out of comparisons.
UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)

# PostgreSQL refuses NUL, UTF-8 lone surrogates, and a terminal obeys the other control characters.
UNSTORABLE = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
LONE_RETURN = re.compile(r"\r(?!\n)")
LINE = re.compile(r"[^\r\n]+")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
CLOSING = r"[ :.…!]*"
LONGEST_FURNITURE = 400  # code points; above what any pattern of the data file can match

# Below U+0300 every character is its own NFC and none joins the one before it, so a text can be
# taken apart there; the second branch is the stretch round others, with its possible base.
STRETCH = re.compile(
    "(?:[\0-\u02ff](?![\u0300-\U0010ffff]))+|[\0-\u02ff]?[\u0300-\U0010ffff]+",
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and where each of its characters stood in the input."""

    text: str
    input_map: InputMap


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of the input that is left out."""

    start: int
    end: int


def clean(text: str) -> Cleaned:
    r"""Return the text in NFC with `\n` line ends, without page furniture and outer blank space.

    Control characters and lone surrogates become U+FFFD. A byte order mark at either end goes;
    non-breaking spaces and zero-width and direction marks stay here. Cleaning a cleaned text
    changes nothing. The text is empty when the input holds only blank space and furniture.
    """
    # From here to the cuts every character stands where it stood in the input.
    placed = LONE_RETURN.sub("\n", storable(text))
    builder = _Builder()
    at = 0
    for cut in _merged([*_edge_cuts(placed), *_furniture_cuts(placed), *_return_cuts(placed)]):
        builder.add(placed[at : cut.start], at)
        at = cut.end
    builder.add(placed[at:], at)
    return builder.cleaned()


def storable(text: str) -> str:
    """Return the text with the characters no store can hold replaced by U+FFFD, one for one."""
    return UNSTORABLE.sub("\ufffd", text)


def is_furniture(line: str) -> bool:
    """Whether a whole line is the page's own and not the story's."""
    if len(line) > LONGEST_FURNITURE:
        return False
    words = normalize("NFC", line).strip(EDGE + UNSEEN).split()
    return bool(words) and furniture_pattern().fullmatch(" ".join(words)) is not None


@cache
def furniture_pattern() -> re.Pattern[str]:
    """Return the pattern of furniture lines that comes with the package.

    Raises:
        CodebookError: The data file has an unknown key or a pattern that does not compile.
    """
    return parse_furniture(files("onrecord").joinpath(FURNITURE_FILE).read_text("utf-8"))


def parse_furniture(toml: str) -> re.Pattern[str]:
    """Return the pattern that a furniture file describes, to be matched with whole lines.

    Raises:
        CodebookError: It is not TOML, has an unknown key, or a pattern that does not compile.
    """
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{FURNITURE_FILE} is not TOML ({error}); mend it there") from error
    if unknown := set(data) - {"lines", "patterns"}:
        names = ", ".join(sorted(unknown))
        raise CodebookError(
            f"{FURNITURE_FILE} has the unknown key {names}; the keys are lines and patterns"
        )
    choices = [re.escape(line) for line in data.get("lines", ())]
    for pattern in data.get("patterns", ()):
        try:
            re.compile(pattern)
        except re.error as error:
            raise CodebookError(
                f"{FURNITURE_FILE}: {pattern!r} is not a regular expression ({error}); mend it"
            ) from error
        choices.append(f"(?:{pattern})")
    if not choices:
        raise CodebookError(f"{FURNITURE_FILE} names no furniture; give it lines or patterns")
    return re.compile(f"(?:{'|'.join(choices)}){CLOSING}", re.IGNORECASE)


def _edge_cuts(placed: str) -> Iterator[_Cut]:
    """Yield the blank space at either end."""
    yield _Cut(0, len(placed) - len(placed.lstrip(EDGE)))
    yield _Cut(len(placed.rstrip(EDGE)), len(placed))


def _return_cuts(placed: str) -> Iterator[_Cut]:
    r"""Yield the carriage returns of `\r\n`."""
    return (_Cut(match.start(), match.end()) for match in re.finditer("\r", placed))


def _furniture_cuts(placed: str) -> Iterator[_Cut]:
    """Yield what to leave out for each group of furniture lines.

    A group is lines with only blank space between them. The lines of the story round it stay on
    lines of their own, with one blank line between them if there was any.
    """
    before = 0  # the end of what the last group covers
    for line in LINE.finditer(placed):
        if line.start() < before or not is_furniture(line[0]):
            continue
        start, end = _furniture_group(placed, line.start(), line.end())
        before = end
        if start == 0 or end == len(placed):
            yield _Cut(start, end)
            continue
        first, last = placed.index("\n", start), placed.rindex("\n", start, end)
        keeps_blank = BLANK_LINE.search(placed, start, end) is not None
        yield _Cut(first + 1, last if keeps_blank else last + 1)


def _furniture_group(placed: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a furniture line with the furniture after it and blanks around."""
    while start > 0 and placed[start - 1] in EDGE_SET:
        start -= 1
    while True:
        while end < len(placed) and placed[end] in EDGE_SET:
            end += 1
        following = LINE.match(placed, end)
        if following is None or not is_furniture(following[0]):
            return start, end
        end = following.end()


def _merged(cuts: Iterable[_Cut]) -> Iterator[_Cut]:
    """Yield the cuts in order, those that overlap as one, without empty ones."""
    current: _Cut | None = None
    for cut in sorted(cuts, key=lambda cut: cut.start):
        if cut.start == cut.end:
            continue
        if current is None:
            current = cut
        elif cut.start <= current.end:
            current = _Cut(current.start, max(current.end, cut.end))
        else:
            yield current
            current = cut
    if current is not None:
        yield current


class _Builder:
    """Puts the cleaned text together, run by run, and keeps the map small."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._length = 0
        # The literal run that is still growing: where it starts in the text and in the input.
        self._run_text = 0
        self._run_input = 0

    def add(self, run: str, at: int) -> None:
        """Add a run of the input that starts at `at` there."""
        if not run:
            return
        if is_normalized("NFC", run):
            self._add_literal(run, at)
            return
        for stretch in STRETCH.finditer(run):
            if is_normalized("NFC", stretch[0]):
                self._add_literal(stretch[0], at + stretch.start())
                continue
            start = at + stretch.start()
            for unit in _units(stretch[0]):
                self._add_unit(unit, start)
                start += len(unit)

    def cleaned(self) -> Cleaned:
        """Return all that was added."""
        self._close_run()
        return Cleaned("".join(self._parts), InputMap(tuple(self._segments)))

    def _add_literal(self, run: str, at: int) -> None:
        if at - self._run_input != self._length - self._run_text:
            self._close_run()
            self._run_input = at
        elif self._run_text == self._length:
            self._run_input = at
        self._parts.append(run)
        self._length += len(run)

    def _add_unit(self, unit: str, at: int) -> None:
        made = normalize("NFC", unit)
        if len(made) != len(unit):
            self._add_whole(made, at, len(unit))
        elif made == unit or all(map(_becomes, unit, made)):
            self._add_literal(made, at)
        else:
            # Marks that changed places: equal lengths would claim that they did not, so each
            # part points at the whole.
            self._add_whole(made[:1], at, len(unit))
            self._add_whole(made[1:], at, len(unit))

    def _add_whole(self, made: str, at: int, input_length: int) -> None:
        self._close_run()
        end = self._length + len(made)
        self._segments.append(Segment(Span(self._length, end), Span(at, at + input_length)))
        self._parts.append(made)
        self._length = self._run_text = end
        self._run_input = at + input_length

    def _close_run(self) -> None:
        length = self._length - self._run_text
        if length:
            self._segments.append(
                Segment(
                    Span(self._run_text, self._length),
                    Span(self._run_input, self._run_input + length),
                )
            )
        self._run_text = self._length


def _becomes(old: str, new: str) -> bool:
    """Whether one character alone is the NFC form of another."""
    return normalize("NFC", old) == new


def _units(stretch: str) -> Iterator[str]:
    """Yield the shortest pieces of a stretch whose NFC forms make up the NFC form of the whole."""
    start = 0
    for at in range(1, len(stretch)):
        if _begins_unit(stretch[start:at], stretch[at]):
            yield stretch[start:at]
            start = at
    yield stretch[start:]


@lru_cache(maxsize=4096)
def _begins_unit(unit: str, char: str) -> bool:
    """Whether a character after a unit neither joins it nor lets a later mark reach it."""
    if combining(char) or combining(normalize("NFD", char)[0]):
        return False
    return normalize("NFC", unit + char) == normalize("NFC", unit) + normalize("NFC", char)
