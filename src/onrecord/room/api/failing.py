"""What goes wrong, as RFC 9457 has it: the thing, and the next step."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException

from onrecord.errors import OnrecordError, ReadError, StoreError
from onrecord.room.problems import PROBLEM, problem

log = logging.getLogger(__name__)


def add_failures(api: FastAPI) -> None:
    """Give an application its answers to what goes wrong."""
    api.add_exception_handler(StarletteHTTPException, _refused)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(OnrecordError, _unmet)
    api.add_exception_handler(Exception, _broken)


@contextmanager
def wrong_values() -> Iterator[None]:
    """Turn a value that means nothing into the answer 400.

    Raises:
        HTTPException: There was one.
    """
    try:
        yield
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


def _answer(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    given = dict(headers or {})
    if status == HTTPStatus.UNAUTHORIZED:
        given["www-authenticate"] = "Bearer"
    return JSONResponse(problem(status, detail), status, given, media_type=PROBLEM)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    detail = str(error.detail)
    if detail == HTTPStatus(error.status_code).phrase:
        detail = f"{request.method} {request.url.path}"
    return _answer(error.status_code, detail, error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = (
        f"{'.'.join(map(str, one['loc'][1:])) or one['loc'][0]}: {one['msg']}"
        for one in error.errors()
    )
    return _answer(422, "; ".join(wrong))


def _unmet(request: Request, error: Exception) -> Response:
    log.info("%s: %s", request.url.path, error)
    if isinstance(error, ReadError):
        return _answer(422, str(error))
    return _answer(404 if isinstance(error, StoreError) else 500, str(error))


def _broken(request: Request, error: Exception) -> Response:
    log.error("%s failed", request.url.path, exc_info=error)
    return _answer(500, f"{request.method} {request.url.path} failed")
