"""The one table of defaults."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be chosen about a run."""

    model: str = "reader"
    """The model that reads the text: one of the package's own, or a folder."""

    longest_article: int = 5_000_000
    """The longest text taken for one article, in code points; beyond it hours would go by."""

    terms: Path | None = None
    """A TOML file of concepts, in the form of data/terms.toml, that stand before the own ones."""

    actors: Path | None = None
    """A CSV or TOML table of actors that extends the package's own and overrides it."""

    threads: int = 1
    """How many threads the model may use; it does not change any result."""


DEFAULTS = Settings()
