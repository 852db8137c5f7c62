"""A store has views with names in place of ids; `onrecord.store.readable` makes them."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Change no table: views are made anew when all migrations ran."""
