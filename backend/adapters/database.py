"""The engine of either database: read and write transactions, migrations at the start."""

import random
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from backend.adapters.tables import counter, meta

SCHEMA = "0002"
"""The newest migration in migrations/versions."""

_SERVER_ID = select(meta.c.value).where(meta.c.name == "server_id")
_TRIES = 5
_MIGRATION_LOCK = 0x70CC
_RACES = frozenset({"40001", "40P01"})  # serialization failure, deadlock


class Database:
    """`read()` and `transact()` are all that anybody needs. Safe to use from any thread."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite has one writer; waiting here is fairer than its busy handler
        self._writer = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.engine.connect() as connection, connection.begin():
            yield connection

    def transact[T](self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one write transaction; again if it lost a race against another."""
        for left in reversed(range(_TRIES)):
            try:
                return self._once(work)
            except DBAPIError as error:
                if left == 0 or not _lost_a_race(error):
                    raise
                time.sleep(random.uniform(0.001, 0.02))
        raise AssertionError("unreachable")

    def _once[T](self, work: Callable[[Connection], T]) -> T:
        if not self.is_sqlite:
            with self.engine.begin() as connection:
                return work(connection)
        with self._writer, self.engine.connect() as connection:
            connection = connection.execution_options(write=True)
            with connection.begin():
                return work(connection)

    def prepare(self) -> str:
        """Bring the schema up to date. Returns the id of this database."""
        if self._schema() != SCHEMA:
            self._migrate()
        with self.read() as connection:
            found: str | None = connection.scalar(_SERVER_ID)
        return found if found is not None else self.transact(_name)

    def _schema(self) -> str | None:
        with self.read() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))

        def upgrade(connection: Connection) -> None:
            if not self.is_sqlite:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

        self.transact(upgrade)

    def head(self) -> int:
        """The newest revision."""
        with self.read() as connection:
            return read_head(connection)

    def close(self) -> None:
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        self.engine.dispose()


def read_head(connection: Connection) -> int:
    return connection.scalar(select(counter.c.value).where(counter.c.name == "rev")) or 0


def _name(connection: Connection) -> str:
    found: str | None = connection.scalar(_SERVER_ID)
    if found is not None:
        return found
    server_id = str(uuid.uuid4())
    connection.execute(insert(meta).values(name="server_id", value=server_id))
    return server_id


def _lost_a_race(error: DBAPIError) -> bool:
    """A row that another transaction made first, a deadlock, or a busy file: try again."""
    if isinstance(error, IntegrityError):
        return True
    code = getattr(error.orig, "sqlstate", None)
    return code in _RACES or (isinstance(error, OperationalError) and "locked" in str(error.orig))


def _engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=40)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=10000",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
