"""The lines "Name: value" that messages, saved pages and exports begin with."""

from __future__ import annotations

import re

HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]?(.*)")


def beginning_headers(text: str) -> dict[str, str]:
    """Return the headers that a text begins with, by name in lower case; empty if it has none.

    Of a name that comes twice the first value stays. Lines that begin with a blank go on.
    """
    headers: dict[str, str] = {}
    name = None
    for line in text.splitlines():
        if line[:1] in (" ", "\t") and name and line.strip():
            headers[name] += f" {line.strip()}"
        elif match := HEADER.match(line):
            name = match[1].lower()
            headers.setdefault(name, match[2].strip())
        else:
            return headers if not line.strip() else {}
    return headers
