"""One camera in one tile."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.video.address import Quality
from app.video.line import Line
from app.video.slot import Picture
from app.video.states import StreamEvent
from app.video.status import Mode, Status
from app.video.worker import Worker

if TYPE_CHECKING:
    from app.video.line import Wish
    from app.video.snapshot import Snapshot


class Player:
    """Every call returns at once, whatever the network does. Safe from any thread.

    `number` is its own among the players of this seat; `ring` holds the last half minute.
    """

    def __init__(self, line: Line, number: int) -> None:
        self.camera_id, self.code, self.ring = line.camera_id, line.code, line.ring
        self.number = number
        self._line = line
        self._threads: list[threading.Thread] = []
        self._closed = False

    @property
    def wish(self) -> "Wish":
        return self._line.wish

    @property
    def status(self) -> Status:
        return self._line.report.status

    def show(self, width: int, height: int) -> None:
        """The tile is on the screen, so many device pixels; a paused stream starts again."""
        before = self._line.wish
        if (before.width, before.height) != (width, height):
            self._line.slot.clear()
        if (before.visible, before.width, before.height) != (True, width, height):
            self._line.change(visible=True, width=width, height=height)
        self._work()

    def hide(self) -> None:
        """Nobody looks: read on for a while, then let go of the line. A player that never was
        shown opens its line, so that its picture is there when its turn comes."""
        if self._line.wish.visible or not self._threads:
            self._line.slot.clear()
            self._line.change(visible=False, hidden_at=self._line.clock())
            self._work()

    def prefer(
        self, *, focused: bool = False, incident: bool = False, quality: Quality = Quality.SUB
    ) -> None:
        """The quality counts until the ladder says otherwise."""
        wish = self._line.wish
        granted = quality if quality is not wish.quality else wish.granted
        wanted = {"focused": focused, "incident": incident, "quality": quality, "granted": granted}
        if any(getattr(wish, name) != value for name, value in wanted.items()):
            self._line.change(**wanted)

    def steered(self, steered: bool) -> None:
        """Somebody has the camera's head in hand: until he lets go its picture is not judged."""
        if self._line.wish.steered is not steered:
            self._line.change(steered=steered)

    def order(self, quality: Quality, mode: Mode) -> None:
        """What the ladder grants."""
        self._line.change(granted=quality, mode=mode)
        self._line.report.granted(mode)

    def take(self) -> Picture | None:
        """The newest picture that was not taken yet."""
        return self._line.slot.take()

    def retry(self) -> None:
        """Somebody asks for another attempt now."""
        self._line.hurry = True
        self._line.wake.set()
        self._work()

    def renew(self) -> None:
        """Let go of the line and of what it brought; ask anew where the stream is to be had."""
        if self._line.active and self._line.end(StreamEvent.CLOSE):
            self._line.slot.clear()
            self.ring.clear()
            self._work()

    def snapshot(self, done: "Callable[[Snapshot | None], None]") -> None:
        """Call `done`, on the player's thread, with the next frame at full size.

        None if none comes within two seconds; at once, on this thread, if there is no stream.
        """
        self._line.request(done)

    def close(self) -> None:
        """No more pictures; the thread ends by itself."""
        self._closed = True
        self._line.end(StreamEvent.CLOSE)
        self._line.slot.clear()

    def join(self, seconds: float) -> None:
        """Wait for its threads, but no longer."""
        until = self._line.clock() + seconds
        for thread in self._threads:
            thread.join(max(until - self._line.clock(), 0.0))

    @property
    def is_closed(self) -> bool:
        return self._closed

    @property
    def is_running(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        if self._closed or (generation := self._line.begin()) is None:
            return
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        worker = Worker(self._line, generation)
        self._threads.append(worker.thread)
        worker.thread.start()
