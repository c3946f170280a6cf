"""The thread of one stream: connect, play, wait, again."""

import logging
import os
import random
import threading
import traceback

from app.video.address import NoAddressError, Quality
from app.video.lag import Lag
from app.video.line import Line
from app.video.retry import is_lasting, pause_s
from app.video.source import SourceError, open_source
from app.video.states import StreamEvent
from app.video.status import Fault

log = logging.getLogger(__name__)

NICE = 10
"""A tenth of the GUI thread's share: a wall that is too much for the machine never holds it up."""


class Worker:
    """Ends by itself as soon as its generation is not the line's any more.

    FFmpeg cannot be interrupted while it waits for a silent server: such a worker ends late,
    and what it brings then is ignored. Hence a daemon: the desk need not wait for it.
    """

    def __init__(self, line: Line, generation: int) -> None:
        self._line, self._generation = line, generation
        self._lag = Lag(line.limits.lag)
        self._chance = random.Random()
        self._last_fault = Fault.NONE
        self._asked = Quality.SUB
        self._without_main = False  # it is missing: the sub-stream is shown instead
        name = f"tocc-video-{line.camera_id}-{generation}"
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def _is_late(self) -> bool:
        return self._line.is_late(self._generation)

    def _run(self) -> None:
        _stand_back()
        try:
            while not self._is_late:
                fault = self._attempt()
                if fault is not Fault.NONE and not self._is_late:
                    self._fail(fault)
        finally:
            self._line.answer_late()
            self._line.leave()

    def _attempt(self) -> Fault:
        """One connection from its address to its end."""
        try:
            return self._connect_and_play()
        except (NoAddressError, SourceError) as error:
            return error.fault
        except Exception as error:  # noqa: BLE001  # what a stream holds must not end its thread
            # none of its words: they may hold the address
            frame = traceback.extract_tb(error.__traceback__)[-1]
            name = type(error).__name__
            log.error(
                "camera %s: %s at %s", self._line.camera_id, name, f"{frame.name}:{frame.lineno}"
            )
            return Fault.BAD_STREAM

    def _connect_and_play(self) -> Fault:
        from app.video.playback import Playback  # brings FFmpeg with it

        line = self._line
        with line.gate.opening():
            if self._is_late:
                return Fault.NONE
            line.hurry = False
            granted = line.wish.granted  # now, not before it had to wait
            quality = self._asked = Quality.SUB if self._without_main else granted
            line.tell(self._generation, StreamEvent.OPEN)
            address = line.ask(line.camera_id, quality)
            line.gate.keep_distance(address.host)
            source = open_source(address, line.code, line.limits.open, line.way)
        with source:
            if self._is_late:
                return Fault.NONE
            line.report.opened(address.quality, demo=address.demo)
            playback = Playback(line, self._generation, source, address, granted, self._lag)
            return playback.run()

    def _fail(self, fault: Fault) -> None:
        """Say so, then wait for the next attempt."""
        line, limits = self._line, self._line.limits.retry
        event = StreamEvent.REFUSED if is_lasting(limits, fault) else StreamEvent.LOST
        line.tell(self._generation, event, fault)
        if line.report.attempt <= 1 or fault is not self._last_fault:  # not every two seconds
            log.info("camera %s: %s", line.camera_id, fault)
        self._last_fault = fault
        self._without_main = self._asked is Quality.MAIN and fault in limits.other_quality
        if self._without_main:
            return
        begun, luck = line.clock(), self._chance.random()
        while not (self._is_late or line.hurry):
            line.answer_late()
            if line.nobody_looks and line.end(StreamEvent.HIDE, self._generation):
                return
            visible, attempt = line.wish.visible, line.report.attempt
            pause = pause_s(limits, fault, attempt, visible=visible, luck=luck)
            left = begun + pause - line.clock()
            if left <= 0:
                return
            line.wake.wait(min(left, 1.0))
            line.wake.clear()


def _stand_back() -> None:
    """Lower this thread's priority."""
    if hasattr(os, "setpriority"):
        own = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(own + NICE, 19))
