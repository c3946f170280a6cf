"""The one writer of the cache: stores what came, then shows it, in batches."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from msgspec import Raw
from sqlalchemy.exc import SQLAlchemyError

from app.api.codec import Row, read_rows
from app.cache.database import set_aside
from app.cache.entities import Cache, Stored
from app.cache.errors import DamagedError, DiskError, DiskTrouble, disk_trouble
from app.cache.position import Position
from app.domain.changes import DROP, PUT, Change
from app.domain.incident import Incident
from app.sync.slim import slim

log = logging.getLogger(__name__)

_FAILURES = (DamagedError, DiskError, SQLAlchemyError, OSError)
GATHER_S = 0.05
MOST_ROWS = 2000
RETRY_S = 10.0
IDLE_S = 0.2

type Show = Callable[[Sequence[Change]], None]
type Pair = tuple[Row, Change | None]
type Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Rows and the position that they lead to (None: an answer beside the stream).

    `raw` rows are decoded by the writer, while the reader asks for the next page.

    `era` is that of the writer when the reader asked for them: what it had asked for before
    a rewind is shown, but not kept, since rows before it are missing.
    """

    rows: Sequence[Pair] = ()
    raw: Sequence[Raw] = ()
    position: Position | None = None
    era: int = 0
    restart: bool = False
    sweep: bool = False

    @property
    def is_plain(self) -> bool:
        return not (self.restart or self.sweep)

    @property
    def size(self) -> int:
        return len(self.rows) + len(self.raw)

    def pairs(self) -> list[Pair]:
        return [*self.rows, *read_rows(self.raw, "changes")]


class Writer:
    """`show` gets what changed after it is on disk. `trouble` gets CACHE_DAMAGED, DISK_OK or
    DISK_ with a DiskTrouble; `rewind` the position from which the reader must go on after such trouble, and
    the writer's new era.

    Ended cases that are not in `kept` (somebody has them open) go on without their detail.
    `take` blocks while too much waits, so that a fast server does not fill the memory.
    """

    def __init__(
        self,
        path: Path,
        kept: Container[str],
        show: Show,
        trouble: Callable[[str], None],
        rewind: Callable[[Position, int], None],
    ) -> None:
        self._path = path
        self._kept = kept
        self._show = show
        self._trouble = trouble
        self._rewind = rewind
        self._queue: deque[Batch] = deque()
        self._rows = 0
        self._changed = threading.Condition()
        self._closed = False
        self.era = 0
        self._ailing: DiskTrouble | None = None
        self._tried_at = 0.0
        self._open()
        self._thread: threading.Thread | None = None

    def _open(self) -> None:
        try:
            self._read()
        except DamagedError:
            set_aside(self._path)
            self._trouble("CACHE_DAMAGED")
            self._read()

    def _read(self) -> None:
        self.cache = Cache(self._path)
        try:
            self.position = self.cache.position()
        except Exception:
            self.cache.close()
            raise

    def start(self, first: Callable[[], None]) -> None:
        """Do `first` on the writer's thread, then write what waits."""
        self._thread = threading.Thread(target=self._run, args=(first,), name="tocc-writer")
        self._thread.start()

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        self.cache.close()

    def take(self, batch: Batch) -> None:
        with self._changed:
            while self._rows > 2 * MOST_ROWS and not self._closed and self._thread:
                self._changed.wait()
            self._queue.append(batch)
            self._rows += batch.size
            self._changed.notify_all()

    def _run(self, first: Callable[[], None]) -> None:
        first()
        while True:
            batches = self._next()
            if batches:
                self.write(batches)
            elif self._closed:
                return

    def _next(self) -> list[Batch]:
        """What waits, gathered for a moment; nothing when closed or after a look at the index."""
        with self._changed:
            if not self._queue and not self._closed:
                self._changed.wait(IDLE_S)
            if self._queue and self._rows < MOST_ROWS and not self._closed:
                self._changed.wait_for(self._is_full, GATHER_S)
            batches = self._taken()
        if not batches:
            self._idle()
        return batches

    def _taken(self) -> list[Batch]:
        batches = list(self._queue)
        self._queue.clear()
        self._rows = 0
        self._changed.notify_all()
        return batches

    def _is_full(self) -> bool:
        return self._closed or self._rows >= MOST_ROWS

    def _idle(self) -> None:
        try:
            if self._ailing is not None:
                self._try_disk()
            worked = False
            while not self._queue and not self._closed and self.cache.index_some():
                worked = True
            if worked:
                self.cache.checkpoint()
        except _FAILURES as error:
            self._fail(error)

    def drain(self) -> None:
        """Write all that waits on the calling thread (for callers without a writer's thread)."""
        with self._changed:
            batches = self._taken()
        self.write(batches)

    def write(self, batches: Iterable[Batch]) -> None:
        """Keep and show; neighbours without a turn between them go in one transaction."""
        plain: list[Batch] = []
        for batch in batches:
            if batch.is_plain:
                plain.append(batch)
                continue
            self._put(plain)
            plain = []
            self._turn(batch)
        self._put(plain)

    def _turn(self, batch: Batch) -> None:
        assert batch.position is not None
        if batch.era != self.era:
            return
        try:
            if batch.restart:
                self.cache.restart(batch.position)
            else:
                gone = self.cache.sweep(batch.position)
                self._show([Change(rev=0, op=DROP, kind=kind, id=key) for kind, key in gone])
            self.position = batch.position
        except _FAILURES as error:
            self._fail(error)

    def _put(self, batches: Sequence[Batch]) -> None:
        read = [(batch, batch.pairs()) for batch in batches]
        changes = [change for _, pairs in read for _, change in pairs if change is not None]
        valid = [(batch, pairs) for batch, pairs in read if batch.era == self.era]
        try:
            if valid:
                newer = self._keep(valid)
                changes = _with_steps_back(changes, newer)
        except _FAILURES as error:
            self._fail(error)
        if changes:
            slim(changes, self._kept)
            self._show(changes)

    def _keep(self, batches: Sequence[tuple[Batch, list[Pair]]]) -> set[Key]:
        """Store the batches; returns what was kept in a newer version than the server's."""
        pairs = [pair for _, pairs in batches for pair in pairs]
        position = next((b.position for b, _ in reversed(batches) if b.position), None)
        stored = [_stored(row, change) for row, change in pairs if row.op == PUT]
        drops = [(row.kind, row.id) for row, _ in pairs if row.op == DROP]
        repeats = 0 < self.position.swept < self.position.generation
        newer = self.cache.newer_than(stored) if repeats else set()
        self.cache.write(stored, drops, self.position.generation, position)
        self.position = position or self.position
        if self._ailing is not None and stored:
            self._ailing = None
            self._trouble("DISK_OK")
        return newer

    def _try_disk(self) -> None:
        """Once there is room again, the reader repeats what was not kept."""
        now = time.monotonic()
        if now - self._tried_at < RETRY_S:
            return
        self._tried_at = now
        kept = self.cache.position()
        self.cache.write((), (), kept.generation, kept)
        self.position = kept
        self._rewind(kept, self.era)

    def _fail(self, error: Exception) -> None:
        """The screen goes on with what came; the file is left alone or begun anew."""
        log.error("the cache cannot be written: %s", error)
        self.era += 1
        if not isinstance(error, DamagedError):
            self._tried_at = time.monotonic()
            trouble = disk_trouble(error) or DiskTrouble.BROKEN
            if trouble != self._ailing:
                self._ailing = trouble
                self._trouble(f"DISK_{trouble}")
            return
        self.cache.close()
        set_aside(self._path)
        self.cache = Cache(self._path)
        self.position = Position()
        self._trouble("CACHE_DAMAGED")
        self._rewind(self.position, self.era)


def _stored(row: Row, change: Change | None) -> Stored:
    entity: Any = change.entity if change else None
    incident = isinstance(entity, Incident)
    return Stored(
        kind=row.kind,
        id=row.id,
        version=row.rev if entity is None else entity.version,
        rev=row.rev,
        incident_id=None if incident else getattr(entity, "incident_id", None),
        is_open=incident and entity.is_open,
        body=row.body or b"null",
    )


def _with_steps_back(changes: list[Change], newer: set[Key]) -> list[Change]:
    """The server was set back: what the screen holds is newer and must go first."""
    if not newer:
        return changes
    steps: list[Change] = []
    for change in changes:
        if (change.kind, change.id) in newer:
            steps.append(replace(change, op=DROP, entity=None))
        steps.append(change)
    return steps
