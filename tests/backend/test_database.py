"""Schema, migrations and what the database itself guarantees."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, event, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from backend.adapters import database as adapter
from backend.adapters.database import SCHEMA, Database
from backend.adapters.tables import audit, metadata
from backend.context import Context, open_context
from backend.settings import Settings
from tests.backend.conftest import Clock, Desk


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    made.prepare()
    yield made
    made.close()


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_that_the_start_looks_for() -> None:
    config = Config()
    folder = adapter.__file__.replace("database.py", "migrations")
    config.set_main_option("script_location", folder)
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


def test_a_database_keeps_its_name_through_every_start(
    settings: Settings, clock: Clock, context: Context
) -> None:
    again = open_context(settings, clock)
    assert again.server_id == context.server_id
    assert again.signing_key == context.signing_key
    again.close()


def test_the_audit_can_only_grow(context: Context, desk: Desk) -> None:
    desk.report()
    for statement in (update(audit).values(user_id="nobody"), delete(audit)):
        with pytest.raises(DBAPIError, match="append-only"):
            context.database.transact(lambda c: c.execute(statement))  # noqa: B023 - runs at once


def test_a_commit_of_sqlite_is_on_the_disk(context: Context) -> None:
    if not context.database.is_sqlite:
        pytest.skip("SQLite's own settings")
    with context.database.read() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2


def test_secrets_belong_to_their_owner_alone(context: Context) -> None:
    key = context.settings.data_dir / "signing.key"
    assert key.stat().st_mode & 0o077 == 0


def test_a_database_that_is_away_is_told_as_such_and_logged(
    context: Context, http: httpx.Client, expect_log: Callable[[str], None]
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT 1", None, Exception("server closed the connection"))

    expect_log("the database failed")
    event.listen(context.database.engine, "before_cursor_execute", away)
    answer = http.get("/health")
    event.remove(context.database.engine, "before_cursor_execute", away)
    assert (answer.status_code, answer.json()["code"]) == (503, "BUSY")
    assert http.get("/health").status_code == 200
