"""The way of news from worker threads to the store: in slices that never hold up the screen."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer

from app.domain.changes import Change
from app.domain.outbox import OutboxItem
from app.store import Store
from app.tasks import TaskRunner

SLICE_S = 0.006
PAUSE_MS, SHORT_PAUSE_MS = 80, 6
"""While much waits and more keeps coming (a first synchronisation), reading and keeping it goes
before showing it; else the pause leaves room for input and paint, and a call waits for none."""
COMING_S = 1.0
FEWEST, MOST = 50, 2000


@dataclass(frozen=True, slots=True)
class _Parcel:
    changes: Sequence[Change]
    items: Sequence[OutboxItem]
    then: Callable[[], None] | None
    since: float  # monotonic seconds


class Feed(QObject):
    """Parcels reach the store in the order of `put`, several at once; only one with very many
    changes is cut. One post to the GUI thread is under way at a time."""

    def __init__(self, store: Store, tasks: TaskRunner) -> None:
        super().__init__()
        self._store = store
        self._tasks = tasks
        self._lock = threading.Lock()
        self._parcels: deque[_Parcel] = deque()
        self._posted = False
        self._put_at = 0.0
        self._limit = 500
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_turn)

    def put(
        self,
        changes: Sequence[Change] = (),
        items: Sequence[OutboxItem] = (),
        then: Callable[[], None] | None = None,
    ) -> None:
        """From any thread: apply these soon, then call `then` on the GUI thread."""
        if not changes and not items and then is None:
            return
        with self._lock:
            self._put_at = time.monotonic()
            self._parcels.append(_Parcel(changes, items, then, self._put_at))
            if self._posted:
                return
            self._posted = True
        self._tasks.post(self._on_turn)

    def drop_changes(self) -> None:
        """Forget facts that are still under way: another user's sight begins."""
        with self._lock:
            kept = [replace(p, changes=()) for p in self._parcels if p.items or p.then]
            self._parcels = deque(kept)

    def age_s(self) -> float:
        """How long the oldest parcel has waited: so much older is what the screen shows."""
        with self._lock:
            return time.monotonic() - self._parcels[0].since if self._parcels else 0.0

    def _on_turn(self) -> None:
        changes, items, calls = self._slice()
        began = time.perf_counter()
        self._store.apply(changes, items)
        for call in calls:
            call()
        if len(changes) == self._limit:
            self._adapt(time.perf_counter() - began)
        with self._lock:
            self._posted = bool(self._parcels)
            coming = time.monotonic() - self._put_at < COMING_S
            much = coming and sum(len(parcel.changes) for parcel in self._parcels) > MOST
        if self._posted:
            self._timer.start(PAUSE_MS if much else SHORT_PAUSE_MS if changes else 0)

    def _slice(self) -> tuple[list[Change], list[OutboxItem], list[Callable[[], None]]]:
        changes: list[Change] = []
        items: list[OutboxItem] = []
        calls: list[Callable[[], None]] = []
        with self._lock:
            while self._parcels and len(changes) < self._limit:
                parcel = self._parcels.popleft()
                room = self._limit - len(changes)
                changes += parcel.changes[:room]
                rest = parcel.changes[room:]
                if rest:
                    self._parcels.appendleft(replace(parcel, changes=rest))
                    break
                items += parcel.items
                if parcel.then is not None:
                    calls.append(parcel.then)
                    break  # what comes later is not there yet when it is called
        return changes, items, calls

    def _adapt(self, took_s: float) -> None:
        """Full slices shall take SLICE_S with whatever views are listening."""
        wanted = self._limit * SLICE_S / max(took_s, 1e-6)
        self._limit = int(min(MOST, max(FEWEST, (self._limit + wanted) / 2)))
