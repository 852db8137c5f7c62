"""Letting in who gives the password, as often as passwords may be tried."""

from __future__ import annotations

import logging
import math

from fastapi import HTTPException, Request

from onrecord.room.passwords import is_right
from onrecord.room.state import Room

LONGEST = 1024  # characters of a password

log = logging.getLogger(__name__)


def is_password(request: Request, room: Room, given: str) -> bool:
    """Whether what was given is the room's password; False where it has none.

    Raises:
        HTTPException: The address it comes from gave too many wrong ones in the last minute.
    """
    if room.settings.password is None:
        return False
    address = request.client.host if request.client else ""
    if wait := room.attempts.wait_for(address):
        log.warning("refused: too many wrong passwords from %s", address)
        raise HTTPException(429, headers={"retry-after": str(math.ceil(wait))})
    if len(given) > LONGEST or not is_right(given, room.settings.password):
        log.warning("refused: a wrong password from %s", address)
        return False
    room.attempts.forgive(address)
    return True
