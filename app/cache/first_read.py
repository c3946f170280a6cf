"""Plain reading of the cache: the first picture and an opened case wait for no library.

Importing SQLAlchemy takes half a second, a third of what the first picture may take.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

SCHEMA = 2
"""Version of app.cache.entities.MIGRATIONS that these queries read."""

type Body = tuple[str, bytes]

_PEOPLE = "SELECT kind, body FROM entity WHERE kind IN ('user', 'org')"
_OPEN = (
    "SELECT kind, body FROM entity WHERE kind = 'incident' AND is_open"
    " UNION ALL SELECT kind, body FROM entity WHERE incident_id IN"
    " (SELECT id FROM entity WHERE kind = 'incident' AND is_open)"
)
_PLACES = (
    "SELECT kind, body FROM entity"
    " WHERE incident_id IS NULL AND kind NOT IN ('user', 'org', 'incident')"
)
_ENDED = (
    "SELECT kind, body FROM entity WHERE kind = 'incident' AND NOT is_open"
    " UNION ALL SELECT kind, body FROM entity WHERE kind = 'alarm' AND incident_id NOT IN"
    " (SELECT id FROM entity WHERE kind = 'incident' AND is_open)"
)
_AHEAD = (
    "SELECT kind, body FROM entity WHERE incident_id IN"
    " (SELECT incident_id FROM entity WHERE incident_id IS NOT NULL"
    " EXCEPT SELECT id FROM entity WHERE kind = 'incident')"
)
"""What came before its case: the log names a case again, later, each time it changes."""
_CASE = (
    "SELECT kind, body FROM entity WHERE kind = 'incident' AND id = :id"
    " UNION ALL SELECT kind, body FROM entity WHERE incident_id = :id"
)


FIRST = (_PEOPLE, _OPEN, _PLACES)
"""What the first picture shows."""
REST = (_ENDED, _AHEAD)


def first_read(
    path: Path, schema: int, queries: Sequence[str] = FIRST + REST, size: int = 1000
) -> Iterator[list[Body]]:
    """Kind and raw body of all that the store holds: people, open cases, places, ended cases.

    Nothing for a missing file or another schema. Raises sqlite3.DatabaseError when damaged.
    """
    if not path.exists():
        return
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
        (known,) = connection.execute("PRAGMA user_version").fetchone()
        if known != schema:
            return
        for query in queries:
            rows = connection.execute(query)
            while batch := rows.fetchmany(size):
                yield batch


def case_read(path: Path, incident_id: str) -> list[Body]:
    """Kind and raw body of a case and of all that belongs to it."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
        return connection.execute(_CASE, {"id": incident_id}).fetchall()
