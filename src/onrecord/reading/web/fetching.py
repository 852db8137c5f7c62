"""One request after another, each within limits, none that a site does not want."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from onrecord.errors import NotReadError, ReadError
from onrecord.reading.extras import needed
from onrecord.reading.web.visits import Visit, Visits

if TYPE_CHECKING:
    import httpx

AGENT = "onrecord"
LARGEST_PAGE = 20_000_000  # bytes, unpacked
LARGEST_ROBOTS = 512_000  # bytes; more need not be read (RFC 9309, 2.5)
SECONDS_A_STEP = 20.0  # to connect, and between one piece of an answer and the next
SECONDS_A_PAGE = 60.0
MOST_REDIRECTS = 5
LONGEST_CRAWL_DELAY = 60.0  # seconds; what a robots.txt asks beyond it is not waited for
OK, NOT_MODIFIED = 200, 304
REDIRECTS = frozenset({301, 302, 303, 307, 308})
WEB_ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent."""

    url: str  # where redirects led
    content: BytesIO
    media_type: str  # "text/html"
    charset: str | None
    fetched_at: str  # ISO 8601, UTC


@dataclass(slots=True, kw_only=True)
class Web:
    """Fetches pages: asks robots.txt, waits between requests to a host, keeps within limits."""

    delay: float = 1.0  # seconds between two requests to a host
    allow_private: bool = False
    visits: Visits = field(default_factory=Visits)
    _client: Any = None
    _robots: dict[str, Any] = field(default_factory=dict)
    _free_at: dict[str, float] = field(default_factory=dict)  # when each host may be asked again

    def fetch(self, url: str) -> Fetched | None:
        """Return what a URL leads to, None if that is as it was when it was last stored.

        Raises:
            NotReadError: The site does not want it to be fetched by a program.
            ReadError: It cannot be fetched.
        """
        httpx = _httpx()
        known = self.visits.known.get(url)
        place = url
        for _ in range(MOST_REDIRECTS + 1):
            self._require_welcome(place)
            try:
                with self._response(place, _conditions(known)) as response:
                    if response.status_code in REDIRECTS and "location" in response.headers:
                        place = urljoin(place, response.headers["location"])
                        continue
                    return self._taken(response, url, place)
            except httpx.HTTPError as error:
                raise ReadError(_reason(error)) from error
        raise ReadError(f"It leads on more than {MOST_REDIRECTS} times: give the last URL.")

    def _taken(self, response: httpx.Response, url: str, place: str) -> Fetched | None:
        if response.status_code == NOT_MODIFIED:
            return None
        if response.status_code != OK:
            raise ReadError(
                f"The server answered {response.status_code} {response.reason_phrase}: "
                "check the URL, or try again later."
            )
        content = _content(response, LARGEST_PAGE)
        headers = response.headers
        etag, modified = headers.get("etag"), headers.get("last-modified")
        if etag or modified:
            self.visits.note(Visit(url=url, found_at=place, etag=etag, last_modified=modified))
        return Fetched(
            url=place,
            content=BytesIO(content),
            media_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=response.charset_encoding,
            fetched_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    @contextmanager
    def _response(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Send a request when the host's time has come, and lend the response."""
        if self._client is None:
            self._client = _client(allow_private=self.allow_private)
        host = _site(url)
        time.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                yield response
        finally:
            self._free_at[host] = time.monotonic() + self._pause(host)

    def _pause(self, host: str) -> float:
        robots = self._robots.get(host)
        asked = robots.crawl_delay(AGENT) if robots is not None else None
        return max(self.delay, min(asked or 0.0, LONGEST_CRAWL_DELAY))

    def _require_welcome(self, url: str) -> None:
        """Let a URL pass that its site lets robots read.

        Raises:
            NotReadError: It does not.
            ReadError: It is no web address, or the site's robots.txt cannot be had.
        """
        if not url.startswith(WEB_ADDRESSES) or not urlsplit(url).hostname:
            raise ReadError(f"{url!r} is no web address: give one with http:// or https://.")
        site = _site(url)
        if site not in self._robots:
            self._robots[site] = self._robots_of(site)
            self._free_at[site] = time.monotonic() + self._pause(site)
        if not self._robots[site].can_fetch(url, AGENT):
            raise NotReadError("The site's robots.txt asks programs not to read it.")

    def _robots_of(self, site: str) -> Any:  # noqa: ANN401 - Protego's own type is not exported
        """Return the rules of a site: all may be read where it has none (RFC 9309, 2.3.1)."""
        httpx = _httpx()
        protego = needed("protego", extra="web", kind="pages and feeds from the web")
        place = f"{site}/robots.txt"
        try:
            for _ in range(MOST_REDIRECTS + 1):
                with self._response(place, {}) as response:
                    if response.status_code in REDIRECTS and "location" in response.headers:
                        place = urljoin(place, response.headers["location"])
                        continue
                    if response.status_code >= 500:
                        raise ReadError(
                            f"{site} does not say whether it may be read (its robots.txt answers "
                            f"{response.status_code}): try again later."
                        )
                    rules = _beginning(response) if response.status_code == OK else ""
                    return protego.Protego.parse(rules)
        except httpx.HTTPError as error:
            raise ReadError(_reason(error)) from error
        return protego.Protego.parse("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """What may be fetched from the web, and how: the same for all that is read in one run."""

    web: Web = field(default_factory=Web)
    follow: bool = False  # whether the page that each entry of a feed links to is read
    is_known: Callable[[str], bool] = lambda _url: False  # of such a page: whether to pass it over


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _conditions(known: Visit | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it has changed."""
    if known is None:
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value}


def _content(response: httpx.Response, largest: int) -> bytes:
    """Return the content of a response.

    Raises:
        ReadError: It is too large, or takes too long.
    """
    deadline = time.monotonic() + SECONDS_A_PAGE
    pieces, size = [], 0
    for piece in response.iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > largest:
            raise ReadError(f"It is larger than {largest // 1_000_000} MB: give another URL.")
        if time.monotonic() > deadline:
            raise ReadError(f"It took longer than {SECONDS_A_PAGE:.0f} s: try again later.")
    return b"".join(pieces)


def _beginning(response: httpx.Response) -> str:
    """Return as much of a robots.txt as has to be read."""
    pieces, size = [], 0
    for piece in response.iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ROBOTS:
            break
    return b"".join(pieces)[:LARGEST_ROBOTS].decode("utf-8", "replace")


def _reason(error: Exception) -> str:
    return f"It cannot be fetched ({error or type(error).__name__}): check the URL, or try later."


def _client(*, allow_private: bool) -> httpx.Client:
    from onrecord.reading.web.guarding import GuardedTransport

    client: httpx.Client = _httpx().Client(
        transport=GuardedTransport(allow_private=allow_private),
        timeout=SECONDS_A_STEP,
        follow_redirects=False,
        headers={"User-Agent": f"{AGENT}/{version('onrecord')}", "Accept-Encoding": "gzip"},
    )
    return client


def _httpx() -> Any:  # noqa: ANN401 - it is a module
    return needed("httpx", extra="web", kind="pages and feeds from the web")
