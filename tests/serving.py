"""A web server on loopback for tests: a site whose pages, rules and refusals are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic

HTML = "text/html; charset=utf-8"


@dataclass
class Answer:
    """What a path answers."""

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": HTML})


@dataclass
class Site:
    """A site's answers by path, where it is, and what it was asked for and when."""

    answers: dict[str, Answer]
    base: str = ""
    asked: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


@contextmanager
def serving(answers: dict[str, Answer]) -> Iterator[Site]:
    """Run a site; a path it does not have answers 404, an ETag that is known 304."""
    site = Site(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.times.append(monotonic())
            answer = site.answers.get(self.path, Answer(status=404))
            etag = answer.headers.get("ETag")
            unchanged = etag is not None and self.headers.get("If-None-Match") == etag
            self.send_response(304 if unchanged else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            content = b"" if unchanged else answer.content
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.base = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
