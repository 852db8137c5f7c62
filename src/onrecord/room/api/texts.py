"""Records of texts that are sent: read and answered, never stored."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal, TypeAlias

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from onrecord.language.foreign import may_be_english
from onrecord.reading import article_from_text
from onrecord.records import Record
from onrecord.room.api.articles import kinds_of
from onrecord.room.api.failing import wrong_values
from onrecord.room.api.schemas import answers, ref
from onrecord.room.api.values import record_of

LONGEST = 60_000  # code points, some 10,000 words: it is read in a few seconds
MOST_WAITING = 8  # texts that are read or wait for it
SHORTLY = "5"  # seconds after which to come again

router = APIRouter(tags=["texts"])


class Posted(BaseModel):
    """A text and what is known of it."""

    model_config = ConfigDict(extra="forbid", title="Posted")

    text: str = Field(max_length=LONGEST, description="The text of one article.")
    title: str | None = None
    published: str | None = Field(None, description="ISO 8601; without it “Friday” has no date.")
    publisher: str | None = None
    url: str | None = None
    language: Literal["en", "any"] = Field("en", description="any: also what is not English.")
    kinds: list[str] | None = Field(None, description="The kinds of row wanted, all by default.")


class Texts:
    """Reads one text at a time: more at once would each take longer, and the room's pages too."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(MOST_WAITING)
        self._reading = threading.Lock()

    def record(self, posted: Posted) -> Record:
        """Return the record of a text.

        Raises:
            HTTPException: Too many wait already, or it is not in English.
            ReadError: It holds nothing to read, or a date or an address that is none.
        """
        article = article_from_text(
            posted.text,
            title=posted.title,
            published=posted.published,
            url=posted.url,
            publisher=posted.publisher,
        )
        if posted.language == "en" and not may_be_english(article.language):
            raise HTTPException(
                422, f'it is not in English ({article.language}): "language": "any" reads it'
            )
        from onrecord.pipeline import extract, load_tools  # here: a room of pages needs no parser

        with self._place(), self._reading:
            return extract(article, tools=load_tools())

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise HTTPException(
                503, f"{MOST_WAITING} texts are being read", headers={"retry-after": SHORTLY}
            )
        try:
            yield
        finally:
            self._places.release()


def _texts_of(request: Request) -> Texts:
    texts: Texts = request.app.state.texts
    return texts


TextsOf: TypeAlias = Annotated[Texts, Depends(_texts_of)]


@router.post(
    "/records",
    summary="Put a text on record",
    response_model=None,
    responses=answers(ref("Record"), "The text as it was read, and its rows."),
)
def records(texts: TextsOf, posted: Posted) -> Response:
    """Return the record of a text; nothing is stored.

    Offsets count into the text that comes back: what is sent is normalised, and cleared of what a
    page has around its text.
    """
    with wrong_values():
        kinds = kinds_of(posted.kinds)
    return JSONResponse(record_of(texts.record(posted), kinds, linked=False))
