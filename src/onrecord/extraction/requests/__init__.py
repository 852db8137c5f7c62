"""Requests: who asks what of whom, found once for events, demands and statements."""

from onrecord.extraction.requests.parties import Party
from onrecord.extraction.requests.requests import Request, find_requests

__all__ = ["Party", "Request", "find_requests"]
