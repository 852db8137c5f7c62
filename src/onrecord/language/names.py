"""How people's names are made: what may follow them, what small words stand in them, what leads."""

from __future__ import annotations

from onrecord.language import lexicon

AFTER_NAME = lexicon.words("names.behind")
FAMILY_NAME_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "MAC", "PRK", "SGP", "TWN"})
"""Countries (ISO 3166-1 alpha-3) where most people's family name leads: Xi Jinping is Mr Xi."""
NAME_PARTICLES = lexicon.words("names.particles")
"""Small words inside a name that are neither the given nor the family name."""
SURNAME_PARTICLES = lexicon.words("names.surname_particles")
"""Small words that begin a family name, or stand before a father's."""
ARTICLES = lexicon.words("names.articles")
"""What begins a name before a hyphen: "al-Sisi", "ez-Zor"."""
COURTESIES = lexicon.words("names.courtesies")
"""What stands before a person's name and never before a place's."""
GROUND_BEFORE = lexicon.words("places.ground_before")
"""What begins the name of a piece of ground: "Lake Chad"."""
