"""Which addresses may be connected to, checked at the moment of connecting.

Checking a name first and connecting later would let a name lead elsewhere the second time; so the
address that was checked is the address that is connected to.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx

from onrecord.errors import ReadError

FAULTS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only, unless private ones are allowed."""

    def __init__(self, *, allow_private: bool) -> None:
        self._sockets = httpcore.SyncBackend()
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of a host.

        Raises:
            ReadError: One of its addresses is private and none may be.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not known: {error}") from error
        addresses = [str(one[4][0]).partition("%")[0] for one in found]
        if not self._allow_private and not all(map(is_public, addresses)):
            raise ReadError(
                f"{host} is an address of this machine or of a private network, which pages on "
                "the web may not send a reader to: allow it with --allow-private."
            )
        return self._sockets.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Refuse: no page is read from a socket of this machine."""
        raise httpcore.UnsupportedProtocol(f"{path} is a socket of this machine")


def is_public(address: str) -> bool:
    """Whether an IP address is one that the whole internet can reach."""
    found = ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return found.is_global and not found.is_multicast


@contextmanager
def _told_as_httpx() -> Iterator[None]:
    """Raise what goes wrong with a connection as the error that httpx has for it."""
    try:
        yield
    except FAULTS as error:
        raise httpx.TransportError(str(error) or type(error).__name__) from error


class GuardedTransport(httpx.BaseTransport):
    """Carries requests over guarded connections."""

    def __init__(self, *, allow_private: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=4,
            network_backend=GuardedBackend(allow_private=allow_private),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return the response, its content still to be read."""
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _told_as_httpx():
            response = self._pool.handle_request(asked)
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Content(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Content(httpx.SyncByteStream):
    """The content of a response, as it arrives."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _told_as_httpx():
            yield from self._response.iter_stream()

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()
