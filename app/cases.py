"""Open cases: whole in memory while somebody looks at them, and who else does."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.api.codec import Seen, Unmasked
from app.api.errors import ApiError, OfflineError
from app.clock import Clock
from app.domain.changes import Change
from app.store import Store
from app.sync.sync import Sync
from app.tasks import TaskRunner
from app.text import language

log = logging.getLogger(__name__)

PRESENCE_MS = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Somebody else who has a case open; the lease ends at `until`."""

    incident_id: str
    user_id: str
    name: str
    seat: str
    until: datetime


class Cases(QObject):
    """Signals: presence_changed(str incident_id)."""

    presence_changed = Signal(str)

    def __init__(
        self,
        store: Store,
        tasks: TaskRunner,
        clock: Clock,
        sync: Sync,
        show: Callable[[Sequence[Change]], None],
    ) -> None:
        super().__init__()
        self._store = store
        self._tasks = tasks
        self._clock = clock
        self._sync = sync
        self._show = show
        self._open: Counter[str] = Counter()
        self._others: dict[str, list[Viewer]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(PRESENCE_MS)
        self._timer.timeout.connect(self._on_presence_due)

    def open(self, incident_id: str) -> None:
        """Load facts and timeline into the store and keep them. Calls may nest."""
        self._open[incident_id] += 1
        if self._open[incident_id] > 1:
            return
        self._sync.kept.add(incident_id)
        self._store.keep(incident_id)
        self._tasks.run(
            self._sync.read_case, incident_id, done=self._show, failed=self._on_unreadable
        )
        self._timer.start()
        self._on_presence_due()

    def close(self, incident_id: str) -> None:
        self._open[incident_id] -= 1
        if self._open[incident_id] > 0:
            return
        del self._open[incident_id]
        self._sync.kept.discard(incident_id)
        self._store.release(incident_id)
        self._others.pop(incident_id, None)
        self._on_presence_due()
        if not self._open:
            self._timer.stop()

    def others(self, incident_id: str) -> list[Viewer]:
        now = self._clock.now()
        return [viewer for viewer in self._others.get(incident_id, ()) if viewer.until > now]

    def search(self, text: str, done: Callable[[list[str]], None]) -> None:
        """Full-text search in the cache; `done(incident ids, newest first)` on the GUI thread."""
        self._tasks.run(self._search, text, done=done)

    def unmask(self, incident_id: str, done: Callable[[str | None, str | None, str], None]) -> None:
        """Ask the server for the caller: `done(caller, number, sentence)`; logged there."""

        def told(answer: Unmasked) -> None:
            done(answer.caller, answer.caller_number, "")

        def failed(error: Exception) -> None:
            done(None, None, self._sentence(error))

        self._tasks.run(
            lambda: self._sync.asked(lambda token: self._sync.api.unmask(token, incident_id)),
            done=told,
            failed=failed,
        )

    def shutdown(self) -> None:
        self._timer.stop()

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, ApiError) and not isinstance(error, OfflineError):
            return error.sentence(language())
        return self.tr("现在连不上服务器")

    def _search(self, text: str) -> list[str]:
        cache = self._sync.cache
        return cache.search(text) if cache is not None else []

    def _on_unreadable(self, error: Exception) -> None:
        """The writer finds out by itself and begins a new file."""
        if not isinstance(error, sqlite3.DatabaseError):
            raise error
        log.warning("a case cannot be read from the cache: %s", error)

    def _on_presence_due(self) -> None:
        if self._sync.user_id is None:
            return
        ids = list(self._open)[:50]
        self._tasks.run(
            lambda: self._sync.asked(lambda token: self._sync.api.presence(token, ids)),
            done=self._on_presence,
            failed=self._on_presence_unknown,
        )

    def _on_presence(self, seen: Sequence[Seen]) -> None:
        now: dict[str, list[Viewer]] = {incident_id: [] for incident_id in self._open}
        for other in seen:
            viewer = Viewer(
                incident_id=other.incident_id,
                user_id=other.user_id,
                name=other.name,
                seat=other.seat,
                until=other.until,
            )
            now.setdefault(other.incident_id, []).append(viewer)
        before, self._others = self._others, now
        for incident_id, viewers in now.items():
            if _who(before.get(incident_id, ())) != _who(viewers):
                self.presence_changed.emit(incident_id)

    def _on_presence_unknown(self, error: Exception) -> None:
        if not isinstance(error, ApiError):
            raise error
        log.debug("presence unknown: %s", error.code)


def _who(viewers: Sequence[Viewer]) -> set[tuple[str, str]]:
    return {(viewer.user_id, viewer.seat) for viewer in viewers}
