"""URLs: one form for each, so that an article has one id however it was linked to."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

# Query keys that tell a site where a reader came from and never choose another article.
TRACKING_KEYS = frozenset(
    {
        "at_campaign",
        "at_medium",
        "cmpid",
        "dclid",
        "fbclid",
        "ftag",
        "gclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "msclkid",
        "ocid",
        "ref_src",
        "smid",
        "taid",
        "twclid",
        "yclid",
    }
)
TRACKING_PREFIX = "utm_"
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def canonical_url(url: str) -> str:
    """Return a URL with a lower-case host and no fragment, default port or tracking query.

    Raises:
        ValueError: It cannot be taken apart as a URL.
    """
    parts = urlsplit(url.strip())
    user, at, host = parts.netloc.rpartition("@")
    host = host.lower().removesuffix(DEFAULT_PORTS.get(parts.scheme, "no port"))
    kept = [piece for piece in parts.query.split("&") if piece and not _is_tracking(piece)]
    return urlunsplit((parts.scheme, user + at + host, parts.path, "&".join(kept), ""))


def names_one_page(url: str) -> bool:
    """Whether a canonical URL leads to a page of its own rather than to a site's front page."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def _is_tracking(piece: str) -> bool:
    key = piece.partition("=")[0].lower()
    return key in TRACKING_KEYS or key.startswith(TRACKING_PREFIX)
