"""Exports of news databases (LexisNexis, Factiva): as text, web page, RTF or Word document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.errors import ReadError
from onrecord.reading.articles import make_article
from onrecord.reading.exports import factiva, nexis
from onrecord.reading.exports.document import Document
from onrecord.reading.sources.markup import shown_text
from onrecord.reading.sources.pages import is_page, read_page
from onrecord.reading.sources.source import Found, Input, Options, Source, require_no_url
from onrecord.records import Failure

IN_MARKUP = re.compile(
    r"\b\d+ of \d+ DOCUMENTS\b|class=[\"'][^\"']*\b\w*Article\b|<title>\s*(?:Dow Jones )?Factiva",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: how it is told, parted into documents, and how a document is read."""

    fits: Callable[[str], bool]
    documents: Callable[[str], Iterator[str]]
    document: Callable[[str], Document]


FORMS = (
    Form(nexis.is_old, nexis.old_documents, nexis.old_document),
    Form(nexis.is_new, nexis.new_documents, nexis.new_document),
    Form(factiva.is_coded, factiva.documents, factiva.coded_document),
    Form(factiva.is_ordered, factiva.documents, factiva.ordered_document),
)


def form_of(text: str) -> Form | None:
    """Return the form of export that a text has, None where it is none."""
    return next((form for form in FORMS if form.fits(text)), None)


def is_page_export(found: Input, options: Options) -> bool:
    """Whether an input is a page with an export in it."""
    beginning = found.beginning(options)
    return is_page(found, options) and IN_MARKUP.search(beginning) is not None


def read_page_export(found: Input, options: Options) -> Iterator[Found]:
    """Yield the documents of an export in a page; a page that is none goes on as a page."""
    markup = found.text(options, is_page=True)
    text = shown_text(markup)
    form = form_of(text)
    if form is None:
        found.stream.seek(0)
        yield from read_page(found, options)
        return
    require_no_url(options)
    yield from _articles(form, text, found)


def is_text_export(found: Input, options: Options) -> bool:
    """Whether an input is a text with an export in it."""
    return form_of(found.beginning(options)) is not None


def read_text_export(found: Input, options: Options) -> Iterator[Found]:
    """Yield the documents of an export, and a failure for each that cannot be made out."""
    text = found.text(options)
    form = form_of(text)
    if form is None:
        raise ReadError("It begins like an export of a news database and is none: export it again.")
    yield from _articles(form, text, found)


def _articles(form: Form, text: str, found: Input) -> Iterator[Found]:
    for number, piece in enumerate(form.documents(text), start=1):
        try:
            document = form.document(piece)
            yield make_article(document.text, document.details(found.known))
        except ReadError as error:
            name = f"{found.name}, document {number}"
            yield Failure(source=name, reason=str(error), error=type(error).__name__)


PAGE_EXPORT = Source(
    name="LexisNexis or Factiva export in HTML",
    recognises=is_page_export,
    read=read_page_export,
    is_many=False,  # it may turn out to be a page
)
TEXT_EXPORT = Source(
    name="LexisNexis or Factiva export", recognises=is_text_export, read=read_text_export
)
