"""Opening a local SQLite file through SQLAlchemy: pragmas, schema version, damage."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from app.cache.errors import DamagedError, DiskError, DiskTrouble

log = logging.getLogger(__name__)

type Migration = Callable[[Connection], None]
_DISK = {
    sqlite3.SQLITE_FULL: DiskTrouble.FULL,
    sqlite3.SQLITE_READONLY: DiskTrouble.READ_ONLY,
    sqlite3.SQLITE_PERM: DiskTrouble.NO_ACCESS,
    sqlite3.SQLITE_CANTOPEN: DiskTrouble.NO_ACCESS,
    sqlite3.SQLITE_IOERR: DiskTrouble.BROKEN,
}
_SIDE_FILES = ("", "-wal", "-shm")


def open_database(
    path: Path, migrations: Sequence[Migration], *, durable: bool, pragmas: Sequence[str] = ()
) -> Engine:
    """Open or make the file at the newest schema version (kept in user_version).

    WAL; each commit is on disk before it returns if `durable`. Raises DamagedError, DiskError.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": 10},
    )
    synchronous = "FULL" if durable else "NORMAL"
    wanted = ("journal_mode=WAL", f"synchronous={synchronous}", "temp_store=MEMORY", *pragmas)
    _set_pragmas(engine, wanted)
    try:
        with engine.begin() as connection:
            _migrate(connection, migrations)
    except DatabaseError as error:
        engine.dispose()
        raise translated(error) from error
    return engine


def _set_pragmas(engine: Engine, pragmas: Sequence[str]) -> None:
    def _on_connect(connection: sqlite3.Connection, record: Any) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", _on_connect)


def _migrate(connection: Connection, migrations: Sequence[Migration]) -> None:
    known: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if known > len(migrations):
        raise DamagedError(f"made by a newer version ({known})")
    for migrate in migrations[known:]:
        migrate(connection)
    if known < len(migrations):
        connection.exec_driver_sql(f"PRAGMA user_version={len(migrations)}")


def translated(error: DatabaseError) -> Exception:
    """The same error in our words: damaged, the disk, or as it was (locked, a defect)."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in _DISK:
        return DiskError(str(error.orig), _DISK[code])
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedError(str(error.orig))
    return error


def set_aside(path: Path) -> Path:
    """Rename a damaged file, so that a new one can take its place and somebody can look."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    kept = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    for side in _SIDE_FILES:
        file = Path(f"{path}{side}")
        if file.exists():
            file.replace(f"{kept}{side}")
    log.error("damaged database set aside: %s", kept.name)
    return kept
