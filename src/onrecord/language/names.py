"""How people's names are made: what may follow them, what small words stand in them, what leads."""

from __future__ import annotations

AFTER_NAME = frozenset({"jr", "sr", "ii", "iii", "iv"})
FAMILY_NAME_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "MAC", "PRK", "SGP", "TWN"})
"""Countries (ISO 3166-1 alpha-3) where most people's family name leads: Xi Jinping is Mr Xi."""
NAME_PARTICLES = frozenset(
    "al el bin ibn abu abd bint de da del der di dos du la le van von ben".split()
)
"""Small words inside a name that are neither the given nor the family name."""
