"""The user's copy of what the server told: entities with the revision they stand for."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    tuple_,
)
from sqlalchemy.dialects.sqlite import dialect, insert
from sqlalchemy.exc import DatabaseError

from app.cache.database import open_database, translated
from app.cache.position import Position
from app.cache.search import Search

log = logging.getLogger(__name__)

metadata = MetaData()
entity = Table(
    "entity",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("rev", Integer, nullable=False),
    # which synchronisation from 0 saw the row; older ones are out of sight
    Column("generation", Integer, nullable=False),
    # the case that the row belongs to, empty for the case itself
    Column("incident_id", String),
    Column("is_open", Boolean, nullable=False),
    # as the server sent it: fields that this client does not know included
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("kind", "id"),
)
Index(
    "entity_of_incident",
    entity.c.incident_id,
    sqlite_where=entity.c.incident_id.is_not(None),
)
Index("entity_by_rev", entity.c.rev)
Index("entity_open", entity.c.kind, sqlite_where=entity.c.is_open)
meta = Table("meta", metadata, Column("name", String, primary_key=True), Column("value", String))


class Stored(NamedTuple):
    """One row as it is kept; `body` is raw JSON."""

    kind: str
    id: str
    version: int
    rev: int
    incident_id: str | None
    is_open: bool
    body: bytes


_new = insert(entity)
_UPSERT = _new.on_conflict_do_update(
    index_elements=["kind", "id"],
    set_={
        name: _new.excluded[name]
        for name in ("version", "rev", "generation", "incident_id", "is_open", "body")
    },
    where=(_new.excluded.version > entity.c.version)
    | (_new.excluded.generation > entity.c.generation),
)
_COLUMNS = ("kind", "id", "version", "rev", "generation", "incident_id", "is_open", "body")
_UPSERT_SQL = str(
    _UPSERT.values({name: bindparam(name) for name in _COLUMNS}).compile(dialect=dialect())
)
"""Compiled once, for plain tuples: a first synchronisation writes a hundred thousand rows."""
_DROP = delete(entity).where(entity.c.kind == bindparam("k"), entity.c.id == bindparam("i"))
_new_meta = insert(meta)
_SET_META = _new_meta.on_conflict_do_update(
    index_elements=["name"], set_={"value": _new_meta.excluded.value}
)


def _first_schema(connection: Connection) -> None:
    metadata.create_all(connection)
    Search.create(connection)


def _search_by_kind(connection: Connection) -> None:
    Search().start_again(connection)


MIGRATIONS = (_first_schema, _search_by_kind)
BULK = ("cache_size=-16000", "wal_autocheckpoint=8000")
"""16 MB of pages in memory and a log of 32 MB: a first synchronisation writes a page once."""


class Cache:
    """One file, one writing thread; reading is safe from any thread.

    Raises DamagedError, DiskError; then nothing of the call was kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.engine = open_database(path, MIGRATIONS, durable=False, pragmas=BULK)
        self._search = Search()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise translated(error) from error

    # writing: the writer's thread only

    def write(
        self,
        rows: Sequence[Stored],
        drops: Sequence[tuple[str, str]],
        generation: int,
        position: Position | None = None,
    ) -> None:
        """Keep rows and the position they lead to in one transaction."""
        with self._transaction() as connection:
            if rows:
                connection.exec_driver_sql(_UPSERT_SQL, [_values(row, generation) for row in rows])
            if drops:
                self._search.forget(connection, drops)
                connection.execute(_DROP, [{"k": kind, "i": key} for kind, key in drops])
            if position is not None:
                _save(connection, position)

    def restart(self, position: Position) -> None:
        """Begin a synchronisation from 0 under a new generation; the rows stay until swept."""
        with self._transaction() as connection:
            self._search.start_again(connection)
            _save(connection, position)

    def newer_than(self, rows: Sequence[Stored]) -> set[tuple[str, str]]:
        """Which of these are kept in a newer version than given (the server was set back)."""
        versions = {(row.kind, row.id): row.version for row in rows}
        query = select(entity.c.kind, entity.c.id, entity.c.version).where(
            tuple_(entity.c.kind, entity.c.id).in_(list(versions))
        )
        with self._transaction() as connection:
            known = connection.execute(query).all()
        return {(kind, key) for kind, key, version in known if version > versions[kind, key]}

    def sweep(self, position: Position) -> list[tuple[str, str]]:
        """Forget what the present generation did not see, and return it."""
        old = entity.c.generation < position.generation
        with self._transaction() as connection:
            keys = [
                (kind, key)
                for kind, key in connection.execute(select(entity.c.kind, entity.c.id).where(old))
            ]
            if keys:
                self._search.forget(connection, keys)
                connection.execute(delete(entity).where(old))
            _save(connection, position)
        return keys

    def index_some(self, limit: int = 200) -> int:
        """Bring up to `limit` rows into the search index; returns how many there were."""
        with self._transaction() as connection:
            return self._search.index_some(connection, limit)

    def checkpoint(self) -> None:
        """Move the log into the file, as far as no reader stands in the way, and let the
        pages go that a large load has left in memory."""
        with self._transaction() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
            connection.exec_driver_sql("PRAGMA shrink_memory")

    # reading

    def position(self) -> Position:
        with self._transaction() as connection:
            return Position.of(dict(map(tuple, connection.execute(select(meta)))))

    def search(self, text: str, limit: int = 5000) -> list[str]:
        """Ids of the cases in which every word of `text` occurs, the newest first."""
        with self._transaction() as connection:
            return self._search.find(connection, text, limit)

    def counts(self) -> dict[str, int]:
        query = select(entity.c.kind, func.count()).group_by(entity.c.kind)
        with self._transaction() as connection:
            return dict(map(tuple, connection.execute(query)))

    def close(self) -> None:
        self.engine.dispose()


def _values(row: Stored, generation: int) -> tuple[object, ...]:
    """In the order of _COLUMNS."""
    return (
        row.kind,
        row.id,
        row.version,
        row.rev,
        generation,
        row.incident_id,
        row.is_open,
        row.body,
    )


def _save(connection: Connection, position: Position) -> None:
    values = [{"name": name, "value": value} for name, value in position.texts().items()]
    connection.execute(_SET_META, values)
