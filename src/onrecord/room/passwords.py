"""Passwords: kept as scrypt hashes, compared in constant time."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from onrecord.errors import RoomError

SHORTEST = 8  # characters
# As OWASP's cheat sheet on password storage recommends for scrypt (2024): 64 MiB a guess.
_N, _R, _P = 2**16, 8, 1
_MEMORY = 2 * 128 * _R * _N
_LENGTH = 32
_NAME = "scrypt"


def hashed(password: str) -> str:
    """Return what is kept of a password: the algorithm, its costs, a salt and the hash.

    Raises:
        RoomError: The password is too short.
    """
    if len(password) < SHORTEST:
        raise RoomError(f"A password needs at least {SHORTEST} characters; choose a longer one.")
    salt = secrets.token_bytes(16)
    parts = (str(_N), str(_R), str(_P), _text(salt), _text(_digest(password, salt, _N, _R, _P)))
    return "$".join((_NAME, *parts))


def is_right(password: str, kept: str) -> bool:
    """Whether a password is the one whose hash was kept; takes as long whether or not it is.

    Raises:
        RoomError: What was kept is no hash.
    """
    n, r, p, salt, digest = _parts(kept)
    return hmac.compare_digest(_digest(password, salt, n, r, p), digest)


class Known:
    """Passwords that were right before: programs send theirs with each request, and a hash is slow.

    What is kept of one means nothing outside this process.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(_LENGTH)
        self._right: bytes | None = None

    def has(self, password: str) -> bool:
        """Whether a password was the right one before."""
        return self._right is not None and hmac.compare_digest(self._mark(password), self._right)

    def add(self, password: str) -> None:
        """Remember a password that is the right one."""
        self._right = self._mark(password)

    def _mark(self, password: str) -> bytes:
        return hmac.digest(self._key, password.encode("utf-8", "surrogatepass"), "sha256")


def read_hash(path: Path) -> str:
    """Return the hash in a file that `write_hash` wrote.

    Raises:
        RoomError: It cannot be read, or holds something else.
    """
    try:
        kept = path.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise RoomError(
            f"{path} cannot be read ({error}); make it with `onrecord serve --set-password {path}`"
        ) from error
    try:
        _parts(kept)
    except RoomError as error:
        raise RoomError(
            f"{path} holds no hash of a password; make it with "
            f"`onrecord serve --set-password {path}`"
        ) from error
    return kept


def write_hash(path: Path, password: str) -> None:
    """Write the hash of a password to a file that only its owner can read.

    Raises:
        RoomError: The password is too short, or the file cannot be written.
    """
    kept = hashed(password)
    try:
        partial = path.with_name(f"{path.name}.part")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(f"{kept}\n")
        partial.replace(path)
    except OSError as error:
        raise RoomError(f"{path} cannot be written ({error.strerror}); check its folder") from error


def _digest(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=_LENGTH)


def _parts(kept: str) -> tuple[int, int, int, bytes, bytes]:
    name, *parts = kept.split("$")
    if name != _NAME or len(parts) != 5 or not all(map(str.isdigit, parts[:3])):
        raise RoomError("what is kept of the password is no hash; set the password again")
    n, r, p = map(int, parts[:3])
    if (n, r, p) != (_N, _R, _P):
        raise RoomError("the hash of the password has other costs; set the password again")
    try:
        return n, r, p, _bytes(parts[3]), _bytes(parts[4])
    except binascii.Error as error:
        raise RoomError("what is kept of the password is damaged; set it again") from error


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)


def made_up() -> str:
    """Return a password that nobody can guess."""
    return secrets.token_urlsafe(18)
