"""Which item of the outbox goes when: in order per entity, words and photos side by side."""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from app.clock import Clock
from app.domain.outbox import OutboxItem, OutboxState
from app.sync.lane import TROUBLE_S, Lane
from app.sync.sender import Sender

if TYPE_CHECKING:
    from app.cache.outbox import Outbox

log = logging.getLogger(__name__)

IDLE_S = 60.0
SENDABLE = (OutboxState.QUEUED, OutboxState.RETRY_WAIT)


class Pusher:
    """A thread of its own calls `run`, which never waits for the line; tests call `step`, and
    what it sends is then sent at once. Photos have a lane of their own: they may take minutes.
    """

    def __init__(self, sender: Sender, outbox: "Outbox", clock: Clock) -> None:
        self._sender = sender
        self._outbox = outbox
        self._clock = clock
        self._wake = threading.Event()
        self._stop = False
        self._words = Lane("words", self._wake.set)
        self._photos = Lane("photos", self._wake.set)
        self._lanes = (self._words, self._photos)
        self._returned_at = -1.0
        self._tried_at: dict[str, float] = {}
        self._ends: dict[str, float] = {}
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        for lane in self._lanes:
            lane.start()
        self._thread = threading.Thread(target=self.run, name="tocc-pusher")
        self._thread.start()

    def close(self) -> None:
        """The command on its way is let finish, its answer is kept; a photo on its way is not."""
        self._stop = True
        self._sender.stop()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        for lane in self._lanes:
            lane.close()

    def wake(self) -> None:
        """There is something new to send."""
        self._wake.set()

    def link_returned(self) -> None:
        """Do not wait for the next try: the server is there again."""
        self._returned_at = time.monotonic()
        for lane in self._lanes:
            lane.link_returned()
        self._wake.set()

    def author_returned(self, user_id: str) -> None:
        self._sender.absent.discard(user_id)
        self.link_returned()

    def run(self) -> None:
        while not self._stop:
            try:
                wait_s = self.step()
            except Exception:
                log.exception("sending failed; it goes on in a moment")
                wait_s = TROUBLE_S
            if wait_s > 0 and not self._stop:
                self._wake.wait(wait_s)
                self._wake.clear()

    def step(self) -> float:
        """Expire what is too late and let one command go that may.

        Returns the seconds until there may be more to do, 0 for at once.
        """
        now = self._clock.now()
        self._drop_orphans()
        self._expire(now)
        self._settle()
        pending = self._outbox.pending()
        times = [t for item in pending for t in (item.next_at, item.command.expires_at) if t]
        waits = [(t - now).total_seconds() for t in times if t > now]
        ready = [item for item in self._in_turn(pending) if self._is_due(item, now)]
        for lane in self._lanes:
            mine = [item for item in ready if self._lane_of(item) is lane]
            if mine and lane.item is None:
                if not lane.quiet_s:
                    self._send(mine[0], lane)
                    return 0.0
                waits.append(lane.quiet_s)
        return max(0.01, min([*waits, IDLE_S]))

    def _lane_of(self, item: OutboxItem) -> Lane:
        return self._photos if item.command.event == "ADD_ATTACHMENT" else self._words

    def _send(self, item: OutboxItem, lane: Lane) -> None:
        sending = self._sender.move(item.id, "SEND", attempts=item.attempts + 1, next_at=None)
        if sending is not None:
            self._tried_at[item.id] = time.monotonic()
            lane.take(sending, self._sender.send)

    def _in_turn(self, pending: Iterable[OutboxItem]) -> Iterator[OutboxItem]:
        """Items that nothing stands before: the first of each entity, with what it needs done."""
        taken = {_entity(lane.item) for lane in self._lanes if lane.item is not None}
        for item in pending:
            first = _entity(item) not in taken
            taken.add(_entity(item))
            here = item.command.author_id not in self._sender.absent
            if first and here and item.state in SENDABLE and self._is_met(item.command.depends_on):
                yield item

    def _is_met(self, key: str | None) -> bool:
        needed = self._outbox.get(key) if key else None
        return needed is None or needed.state == OutboxState.ACKED

    def _is_due(self, item: OutboxItem, now: datetime) -> bool:
        """Its pause is over, or the link has come back since it was tried."""
        paused = item.next_at is not None and item.next_at > now
        return not paused or self._tried_at.get(item.id, 0.0) <= self._returned_at

    def _drop_orphans(self) -> None:
        """What needs an act that will never be done is taken back with it."""
        for item in self._outbox.pending():
            needed = self._outbox.get(item.command.depends_on or "")
            if needed and needed.state in (OutboxState.CANCELLED, OutboxState.EXPIRED):
                self._sender.move(item.id, "CANCEL", cancel_reason="DEPENDENCY")

    def _expire(self, now: datetime) -> None:
        """Also what is on its way: the line may be silent for longer than it may wait."""
        for item in self._outbox.pending():
            if self._is_late(item, now):
                self._sender.move(item.id, "EXPIRE")

    def _is_late(self, item: OutboxItem, now: datetime) -> bool:
        """By the corrected clock, or because its time has passed on ours since it was made."""
        command = item.command
        if command.expires_at is None:
            return False
        lasts = (command.expires_at - command.issued_at).total_seconds()
        end = self._ends.setdefault(item.id, time.monotonic() + lasts)
        return command.expires_at <= now or end <= time.monotonic()

    def _settle(self) -> None:
        """What was being sent when the disk refused its outcome is sent again, same key."""
        flying = {lane.item.id for lane in self._lanes if lane.item is not None}
        for item in self._outbox.pending():
            if item.state == OutboxState.SENDING and item.id not in flying:
                self._sender.move(item.id, "LOST", next_at=None)


def _entity(item: OutboxItem) -> tuple[str, str]:
    return item.command.kind, item.command.entity_id
