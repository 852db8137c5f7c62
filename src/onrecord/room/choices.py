"""What can be chosen about the reading room."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from onrecord.errors import RoomError

LARGEST_BODY = 256 * 1024  # bytes of what a browser sends: forms, which are small
HOME = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """How the room is served.

    Raises:
        RoomError: Others could reach it and no password is asked for.
    """

    host: str = HOME
    """The address to listen at; any but this machine's own needs a password."""

    port: int = 8765
    """The port; 0 is any that is free."""

    password: str | None = None
    """The hash of the password that is asked for, as `onrecord.room.passwords.hashed` makes it."""

    read_only: bool = False
    """Whether nothing can be changed or saved through the room."""

    searches: Path | None = None
    """The file of saved searches; None: none can be saved."""

    largest_body: int = LARGEST_BODY
    """The most bytes that a request may send."""

    def __post_init__(self) -> None:
        if self.password is None and not is_loopback(self.host):
            raise RoomError(
                f"At {self.host} others can reach the room: choose a password with "
                f"`onrecord serve --set-password FILE` and serve with --password-file FILE, or "
                f"have one made up with --token"
            )


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
