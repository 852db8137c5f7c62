"""Who acts for a country, by kind and sector."""

from __future__ import annotations

from sqlalchemy import text

STATES = ("state", "government")
"""The kinds of who is a country."""

OFFICIAL = ("GOV", "MIL", "COP", "LEG", "JUD", "SPY")
"""The sectors that act for their country."""

ACTING = text(f"country IS NOT NULL AND (kind IN {STATES} OR sector IN {OFFICIAL})")
"""Of signatures of who acts for a country; an index is used where these very words are."""
