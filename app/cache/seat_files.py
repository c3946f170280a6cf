"""Attachments that nobody needs any more leave the seat; the server keeps them all."""

import logging
import re
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from app.paths import SeatFolder

log = logging.getLogger(__name__)

PLACING = threading.Lock()
"""Held where a file is put in its place, so that none is removed at that moment."""
_HASH = re.compile(rb'"sha256"\s*:\s*"([0-9a-f]{64})"')
_OUTBOX = "SELECT CAST(item AS BLOB) FROM item"
_ENTRIES = "SELECT CAST(body AS BLOB) FROM entity WHERE kind = 'entry' AND instr(body, 'sha256')"


def tidy(folder: SeatFolder, kept: timedelta) -> list[str]:
    """Remove what is older than that and named in no outbox and no cache; returns the names.

    While a damaged outbox lies beside, nothing goes: somebody may still rescue its acts.
    """
    if any(folder.root.glob(f"{folder.outbox.stem}.damaged-*")):
        return []
    before = time.time() - kept.total_seconds()
    old = [path for path in folder.blobs.glob("*") if path.stat().st_mtime < before]
    if not old:
        return []
    try:
        needed = _named(folder.outbox, _OUTBOX)
        for cache in folder.root.glob("users/*/cache.sqlite3"):
            needed |= _named(cache, _ENTRIES)
    except sqlite3.DatabaseError as error:
        log.warning("nobody knows which attachments are needed: %s", error)
        return []
    gone = [path.name for path in old if path.name not in needed and _remove(path, before)]
    log.info("%s old attachments removed", len(gone))
    return gone


def _named(path: Path, query: str) -> set[str]:
    """Hashes that a database speaks of, whatever version wrote it."""
    if not path.exists():
        return set()
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
        return {
            match.decode() for (body,) in connection.execute(query) for match in _HASH.findall(body)
        }


def _remove(path: Path, before: float) -> bool:
    with PLACING:
        if path.stat().st_mtime >= before:
            return False  # taken anew meanwhile
        path.unlink()
    return True
