"""How people's names are made: what may follow them, what small words stand in them, what leads."""

from __future__ import annotations

AFTER_NAME = frozenset({"jr", "sr", "ii", "iii", "iv"})
FAMILY_NAME_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "MAC", "PRK", "SGP", "TWN"})
"""Countries (ISO 3166-1 alpha-3) where most people's family name leads: Xi Jinping is Mr Xi."""
NAME_PARTICLES = frozenset(
    "al el bin ibn abu abd bint de da del der di dos du la le van von ben".split()
)
"""Small words inside a name that are neither the given nor the family name."""
SURNAME_PARTICLES = frozenset(
    "von van der den de del della di da do dos das du la le ter ten bin ibn bint zu zum af".split()
)
"""Small words that begin a family name, or stand before a father's."""
ARTICLES = frozenset("al el an ar as ash ad at az ed er es ez ul".split())
"""What begins a name before a hyphen: "al-Sisi", "ez-Zor"."""
COURTESIES = frozenset("mr mrs ms mx dr sir lord lady baroness".split())
"""What stands before a person's name and never before a place's."""
GROUND_BEFORE = frozenset({"lake", "mount", "mt", "mt.", "cape"})
"""What begins the name of a piece of ground: "Lake Chad"."""
