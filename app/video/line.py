"""What a player and its workers share: the line to one camera."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.video.address import Address, Quality
from app.video.gate import Gate
from app.video.limits import Limits
from app.video.report import Report
from app.video.ring import Ring
from app.video.slot import Slot
from app.video.states import StreamEvent
from app.video.status import Fault, Mode
from app.video.way import DIRECT, Way

if TYPE_CHECKING:
    from app.video.snapshot import Snapshot

type Ask = Callable[[str, Quality], Address]
"""The address of a camera's stream by its id; blocks. Raises NoAddressError."""

SNAPSHOT_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the tile wants. `hidden_at`: monotonic, if nobody looks. `steered`: somebody has the
    camera's head in hand, so that its view may change at any time."""

    visible: bool = False
    hidden_at: float = 0.0
    width: int = 0
    height: int = 0
    focused: bool = False
    incident: bool = False
    steered: bool = False
    quality: Quality = Quality.SUB
    granted: Quality = Quality.SUB
    mode: Mode = Mode.FULL


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody waits for a snapshot until `until`."""

    done: "Callable[[Snapshot | None], None]"
    until: float


class Line:
    """The wish is read by the worker whenever it likes and replaced as a whole."""

    def __init__(
        self,
        camera_id: str,
        code: str,
        ask: Ask,
        gate: Gate,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        leave: Callable[[], None] = lambda: None,
        way: Way = DIRECT,
    ) -> None:
        self.camera_id, self.code, self.way = camera_id, code, way
        self.ask, self.gate, self.limits, self.clock, self.leave = ask, gate, limits, clock, leave
        self.slot, self.ring, self.report = Slot(), Ring(), Report(limits, clock)
        self.wish = Wish(hidden_at=clock())
        self.wake = threading.Event()
        self.hurry = False
        """Somebody asked for an attempt by hand."""
        self.generation = 0
        self.active = False
        """The worker of this generation is at work."""
        self._lock = threading.RLock()
        self._requests: deque[Request] = deque()

    def change(self, **fields: Any) -> Wish:
        with self._lock:
            self.wish = replace(self.wish, **fields)
        self.wake.set()
        return self.wish

    def begin(self) -> int | None:
        """The number of a new worker, None if there is one at work."""
        with self._lock:
            if self.active:
                return None
            self.active = True
            self.generation += 1
            return self.generation

    def end(self, event: StreamEvent, generation: int | None = None) -> bool:
        """No worker from now on. False if that one is late, or somebody looks again."""
        with self._lock:
            if generation not in (None, self.generation):
                return False
            if event is StreamEvent.HIDE and self.wish.visible:
                return False
            self.active = False
            self.generation += 1
            self.report.tell(event)
        self.wake.set()
        return True

    def tell(self, generation: int, event: StreamEvent, fault: Fault = Fault.NONE) -> None:
        """What a late worker says is ignored."""
        with self._lock:
            if not self.is_late(generation):
                self.report.tell(event, fault)

    def is_late(self, generation: int) -> bool:
        return generation != self.generation

    @property
    def nobody_looks(self) -> bool:
        """For so long that the line is to be given up."""
        wish = self.wish
        return not wish.visible and self.clock() - wish.hidden_at > self.limits.live.hidden_s

    def request(self, done: "Callable[[Snapshot | None], None]") -> None:
        with self._lock:
            if self.active:
                self._requests.append(Request(done, self.clock() + SNAPSHOT_S))
                return
        done(None)

    @property
    def is_asked(self) -> bool:
        return bool(self._requests)

    def answer(self, snapshot: "Callable[[], Snapshot | None]") -> None:
        """Give it to everybody who waits; if it cannot be made, they still wait."""
        made = snapshot()
        with self._lock:
            waiting, self._requests = self._requests, deque()
        for request in waiting:
            request.done(made)

    def answer_late(self) -> None:
        """Nothing for those who waited too long, or for whom nobody is at work."""
        with self._lock:
            now = self.clock()
            late = [r for r in self._requests if r.until < now or not self.active]
            self._requests = deque(r for r in self._requests if r not in late)
        for request in late:
            request.done(None)
