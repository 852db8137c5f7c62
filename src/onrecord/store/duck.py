"""DuckDB as a database for the store's queries: just what those need of it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.engine.default import DefaultDialect

from onrecord.store.ids import DUCKDB


class Duck(DefaultDialect):
    """Tells SQLAlchemy how DuckDB is spoken to: plain SQL, with question marks for values."""

    name = DUCKDB
    driver = "duckdb"
    default_paramstyle = "qmark"
    supports_statement_cache = True
    supports_native_boolean = True
    supports_alter = False

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        """Return the library."""
        import duckdb

        return duckdb

    def do_begin(self, dbapi_connection: Any) -> None:  # noqa: ANN401
        """Begin nothing: every question is answered from files that do not change."""

    def do_commit(self, dbapi_connection: Any) -> None:  # noqa: ANN401
        """Keep nothing."""

    def do_rollback(self, dbapi_connection: Any) -> None:  # noqa: ANN401
        """Undo nothing."""


def engine_for(database: Any) -> Engine:  # noqa: ANN401 - duckdb is an extra
    """Return an engine whose connections are all to one opened database."""
    registry.register("onrecord.duckdb", __name__, Duck.__name__)
    return create_engine("onrecord+duckdb://", creator=database.cursor)
