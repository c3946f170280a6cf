"""Alembic runs on the connection that the backend hands it."""

from alembic import context

from backend.adapters.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
