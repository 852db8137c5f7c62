"""Libraries that are not part of the base install."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from onrecord.errors import ReadError


def needed(module: str, *, extra: str, kind: str) -> Any:  # noqa: ANN401 - it is a module
    """Return a module of a library that is not part of the base install.

    Raises:
        ReadError: It is not installed; the message names the extra that has it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ReadError(
            f"To read {kind}, install it: pip install 'onrecord[{extra}]' ({error})."
        ) from error
