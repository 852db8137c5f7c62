"""Answers to programs when something goes wrong, as RFC 9457 has them."""

from __future__ import annotations

from http import HTTPStatus

PROBLEM = "application/problem+json"

NEXT = {
    400: "Mend the address: /api/v1/openapi.json says what it takes.",
    401: "Send the room's password with the request: Authorization: Bearer PASSWORD.",
    403: "Send it from a program, or from a page of this room.",
    404: "Take an id or an address that a search gives; /api/v1/openapi.json lists the addresses.",
    405: "/api/v1/openapi.json says what each address takes; nothing can be changed here.",
    413: "Send less: one article at a time.",
    421: "Ask for this host by the address that `onrecord serve` names.",
    422: "Mend what is sent: /api/v1/openapi.json says what it must be.",
    429: "Wait as long as retry-after says, then try again.",
    500: "The reason is in the log of the program that serves this.",
    503: "Wait as long as retry-after says, then try again.",
}
"""What to do about each status."""


def problem(status: int, detail: str) -> dict[str, str | int]:
    """Return what a program is told: the status, what is wrong with what, and the next step."""
    return {
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "next": NEXT.get(status, NEXT[500 if status >= 500 else 400]),
    }
