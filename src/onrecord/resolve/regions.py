"""Names of lands, waters and quarters that no town or division of that name is meant by."""

from __future__ import annotations

from collections.abc import Iterable

# Lands and waters that reach over borders: a division or town of that name is not what is meant.
_WIDE = frozenset(
    "africa asia europe eurasia america oceania antarctica scandinavia siberia caucasus balkans "
    "sahel sahara maghreb levant mesopotamia kurdistan kashmir donbas donbass sinai anatolia "
    "balochistan caribbean arctic antarctic mediterranean atlantic pacific baltic himalayas "
    "alps".split()
) | frozenset(
    {
        "middle east",
        "near east",
        "far east",
        "central asia",
        "south asia",
        "southeast asia",
        "east asia",
        "north africa",
        "west africa",
        "east africa",
        "central africa",
        "southern africa",
        "horn of africa",
        "latin america",
        "north america",
        "south america",
        "central america",
        "eastern europe",
        "western europe",
        "central europe",
        "sub-saharan africa",
        "arabian peninsula",
        "korean peninsula",
        "sinai peninsula",
        "black sea",
        "red sea",
        "dead sea",
        "caspian sea",
        "baltic sea",
        "north sea",
        "mediterranean sea",
        "aegean sea",
        "sea of azov",
        "south china sea",
        "east china sea",
        "arabian sea",
        "indian ocean",
        "atlantic ocean",
        "pacific ocean",
        "arctic ocean",
        "persian gulf",
        "gulf of aden",
        "gulf of oman",
        "suez canal",
        "strait of hormuz",
        "bosphorus",
    }
)
# Words that describe a place rather than name one; a town may still be called by them alone.
_COMMON = frozenset(
    "east west north south eastern western northern southern central centre center middle upper "
    "lower old new great greater inner outer of the and city town village capital district region "
    "province county state union port bay coast border valley island islands river lake park "
    "square market bridge green zone airport university downtown quarter".split()
)


def is_wide(name: str) -> bool:
    """Whether a name is that of a land or water that reaches over borders."""
    words = name.lower().removeprefix("the ")
    return words in _WIDE


def is_common(words: Iterable[str]) -> bool:
    """Whether a name is made of words that describe a place alone: "Old City", "the Centre"."""
    return all(word in _COMMON for word in words)
