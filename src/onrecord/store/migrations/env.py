"""How Alembic runs the migrations: on the connection it is given, in that one's transaction."""

from alembic import context

from onrecord.store.schema import REVISION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=REVISION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
