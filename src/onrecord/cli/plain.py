"""Text on its way to a terminal, where a control character is a command."""

from __future__ import annotations

import re

CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return a text with U+FFFD for each control character but tabs and line ends."""
    return CONTROLS.sub("\ufffd", text)
