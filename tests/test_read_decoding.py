"""From bytes to text."""

import codecs

import pytest

from onrecord.errors import ReadError
from onrecord.reading.decoding import decode, refuse_binary, require_encoding

WORDS = "Le café “naïf” – 5 €. Шёл дождь."
WESTERN = "The minister’s aide said the “naïve” plan for the café would cost £5 million."
RUSSIAN = "Министр заявил, что переговоры с делегацией продолжатся в пятницу утром."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_told_by_itself_or_its_mark(encoding: str) -> None:
    assert decode(WORDS.encode(encoding)) == WORDS


def test_big_endian_text_is_told_by_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be")) == WORDS


@pytest.mark.parametrize(("text", "encoding"), [(WESTERN, "cp1252"), (RUSSIAN, "cp1251")])
def test_other_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">', "koi8-r"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
        ('<meta charset="iso-2022-jp">', "iso-2022-jp"),
    ],
)
def test_a_page_s_declared_encoding_is_used(head: str, encoding: str) -> None:
    markup = f"{head}<p>Шёл</p>"
    assert decode(markup.encode(encoding), is_page=True) == markup


def test_a_page_that_says_latin_1_means_windows_quotation_marks_too() -> None:
    markup = '<meta charset="iso-8859-1"><p>“Yes”</p>'
    assert decode(markup.encode("cp1252"), is_page=True) == markup


def test_utf_8_outranks_a_false_declaration() -> None:
    markup = f'<meta charset="iso-8859-1"><p>{WORDS}</p>'
    assert decode(markup.encode(), is_page=True) == markup


def test_a_declared_encoding_that_does_not_exist_is_passed_over() -> None:
    markup = f'<meta charset="klingon"><p>{WORDS}</p>'
    assert decode(markup.encode(), is_page=True) == markup


def test_one_damaged_character_does_not_cost_the_others() -> None:
    data = (WORDS * 10).encode() + b"\xff end"
    assert decode(data) == WORDS * 10 + "\ufffd end"


def test_a_given_encoding_is_used() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), encoding="koi8-r") == RUSSIAN


def test_a_given_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ReadError, match="not text in ascii"):
        decode(WORDS.encode(), encoding="ascii")


def test_bytes_that_are_no_text_are_refused() -> None:
    noise = bytes((index * 73 + index**2 * 31) % 256 for index in range(3_000))
    with pytest.raises(ReadError, match="encoding cannot be told"):
        decode(noise)


@pytest.mark.parametrize("name", ["klingon", "rot13", "hex"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(ReadError, match="is not an encoding"):
        require_encoding(name)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"PK\x03\x04", "a zip archive"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (bytes(64), "binary data"),
        ("no mark".encode("utf-16-le") * 9, "binary data"),
    ],
)
def test_binary_files_are_told_apart(head: bytes, kind: str) -> None:
    with pytest.raises(ReadError, match=f"seems to be {kind}"):
        refuse_binary(head)


@pytest.mark.parametrize("head", [b"A text with\0 three\0 accidents\0.", "é".encode("utf-16"), b""])
def test_text_passes_for_text(head: bytes) -> None:
    refuse_binary(head)
