"""From bytes to text, or a sentence on why they are not text."""

from __future__ import annotations

import codecs
import logging
import re

from onrecord.errors import NotReadError, ReadError

logging.getLogger("charset_normalizer").addHandler(logging.NullHandler())

BYTE_ORDER_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF", "Save its text as a .txt file and read that."),
    (b"PK\x03\x04", "a zip archive or an office document", "Unpack it, or save its text as .txt."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", "Save its text as .txt."),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "Give the article's text instead."),
    (b"\xff\xd8\xff", "a JPEG image", "Give the article's text instead."),
    (b"RIFF", "a picture, sound or film", "Give the article's text instead."),
    (b"ID3", "a sound recording", "Give the article's text instead."),
    (b"GIF87a", "a GIF image", "Give the article's text instead."),
    (b"GIF89a", "a GIF image", "Give the article's text instead."),
    (b"\x7fELF", "a program", "Give an article's text instead."),
    (b"SQLite format 3\0", "an SQLite database", "Give it as a store, not as an article."),
    (b"BZh91AY&SY", "a bzip2 archive", "Unpack it, or compress it with gzip."),
    (b"\xfd7zXZ\0", "an xz archive", "Unpack it, or compress it with gzip."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it, or compress it with gzip."),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "Unpack it, or compress it with gzip."),
)
TAR, TAR_AT = b"ustar", 257
# Control characters that text does not have, NUL among them; a few are an accident.
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
FEWEST_CONTROLS = 8
MOST_CONTROLS = 0.1  # of the bytes looked at; UTF-16 without its mark has some 0.5

DECLARED = re.compile(
    rb"""<(?:meta[^>]+?charset|\?xml[^>]+?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
DECLARED_WITHIN = 4_096  # bytes; browsers look at 1,024
# Where at most this share of the characters beyond ASCII is damaged UTF-8, it is still UTF-8.
MOST_DAMAGED = 0.05
# English with a rare "ï" or "£" fits cp1250 by a hair better than the cp1252 it is in: some 0.01 of
# coherence, where Polish and Czech in cp1250 fit that by 0.02 and more.
COMMONEST, CLOSE = "cp1252", 0.02


def mark_encoding(head: bytes) -> str | None:
    """Return the encoding that a byte order mark states, or None."""
    return next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), None)


def refuse_binary(head: bytes) -> None:
    """Let the beginning of a file pass if it may be text.

    Raises:
        NotReadError: It is something else; the message says what it seems to be.
    """
    for signature, kind, advice in SIGNATURES:
        if head.startswith(signature):
            raise NotReadError(f"It seems to be {kind}, not text. {advice}")
    if head[TAR_AT:].startswith(TAR):
        raise NotReadError("It seems to be a tar archive, not text. Unpack it, or zip it.")
    if mark_encoding(head):
        return
    controls = len(CONTROLS.findall(head))
    if controls >= FEWEST_CONTROLS and controls > MOST_CONTROLS * len(head):
        raise NotReadError(
            "It seems to be binary data, not text. Give a text, a page or another kind of input "
            "that is read; if it is text in UTF-16, name the encoding."
        )


def require_encoding(name: str) -> str:
    """Return the name of an encoding that Python knows.

    Raises:
        ReadError: There is no such text encoding.
    """
    try:
        b"a".decode(name, "replace")
    except LookupError as error:
        raise ReadError(
            f"{name!r} is not an encoding: name one such as utf-8, cp1252 or utf-16."
        ) from error
    return name


def decode(data: bytes, *, encoding: str | None = None, is_page: bool = False) -> str:
    """Return the text of bytes.

    The encoding is the one given, else what a byte order mark states, else UTF-8 if that fits,
    else what a page declares, else what the bytes look most like.

    Raises:
        ReadError: They are not text in the encoding given, or in none that can be told.
    """
    if encoding or (encoding := mark_encoding(data)):
        return _decode_as(data, encoding)
    declared = _declared_encoding(data) if is_page else None
    # A page whose bytes are all ASCII may be in an encoding that switches by escapes; any other
    # that is valid UTF-8 is UTF-8, whatever it declares.
    for name in (declared, "utf-8") if data.isascii() else ("utf-8", declared):
        if name and (text := _try(data, name)) is not None:
            return text
    return _mended(data) or _guessed(data)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"It is not text in {encoding} (byte {error.start} does not fit): "
            "name its encoding, or save it as UTF-8."
        ) from error


def _declared_encoding(data: bytes) -> str | None:
    match = DECLARED.search(data[:DECLARED_WITHIN])
    if match is None:
        return None
    name = match[1].decode("ascii", "replace").lower()
    # As browsers do: pages that say Latin-1 mean Windows' own superset of it.
    return "cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"} else name


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _mended(data: bytes) -> str | None:
    """Return UTF-8 with a few damaged characters as U+FFFD, None when it is not that."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    beyond_ascii = sum(1 for char in text if char > "\x7f")
    return text if damaged <= MOST_DAMAGED * beyond_ascii else None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    guesses = from_bytes(data)
    best = guesses.best()
    if best is None:
        raise ReadError(
            "Its encoding cannot be told: name the encoding, or save the file as UTF-8."
        )
    for guess in guesses:
        if guess.encoding == COMMONEST and guess.chaos == best.chaos:
            return str(guess if guess.coherence > best.coherence - CLOSE else best)
    return str(best)
