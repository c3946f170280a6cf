"""A cable with the faults of real lines: silent, slow, lossy, cut in the middle of an answer."""

from __future__ import annotations

import math
import random
import socket
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from widgets.tour.cable import Cable

PACKET = 1460
NO_TARGET = 9
"""A port on which nobody listens: the line leads nowhere before `lead_to`."""


@dataclass
class Quality:
    """Each packet comes `delay_s` later; one of `1 / loss` has to be sent twice. A connection
    carries `bytes_per_s` in each direction."""

    delay_s: float = 0.0
    loss: float = 0.0
    bytes_per_s: float = math.inf
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    lost: int = 0

    def wait_s(self) -> float:
        if self.loss and self.dice.random() < self.loss:
            self.lost += 1
            return 3 * self.delay_s  # noticed after a round trip, then sent again
        return self.delay_s


class Line(Cable):
    """`pull` cuts it with a click, `hold` lets it fall silent: nothing comes, nothing closes."""

    def __init__(self, quality: Quality | None = None) -> None:
        self.quality = quality or Quality()
        self._flowing = threading.Event()
        self._flowing.set()
        self._awaited = b""
        self._asked: set[socket.socket] = set()
        self.answer_lost = threading.Event()
        super().__init__()
        self.target = NO_TARGET

    def hold(self) -> None:
        self._flowing.clear()

    def release(self) -> None:
        """What was held comes now, late."""
        self._flowing.set()

    def lose_answer(self, request: bytes) -> None:
        """Pull the plug when the server answers the next request that begins so."""
        self.answer_lost.clear()
        self._awaited = request

    def close(self) -> None:
        self._flowing.set()
        super().close()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        """This thread delivers; another one takes in, so that a delay is no bottleneck."""
        way = _Way()
        intake = threading.Thread(target=way.take_in, args=(source,), name="tocc-line")
        intake.start()
        with suppress(OSError):
            due = 0.0
            while (packet := way.next()) is not None:
                due += len(packet[1]) / self.quality.bytes_per_s
                due = max(due, packet[0] + self.quality.wait_s())
                way.pause(due - time.monotonic())
                self._flowing.wait()
                if self._is_lost(source, sink, packet[1]):
                    self.pull()
                    self.answer_lost.set()
                    break
                sink.sendall(packet[1])
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        intake.join()

    def _is_lost(self, source: socket.socket, sink: socket.socket, packet: bytes) -> bool:
        if self._awaited and packet.startswith(self._awaited):
            self._awaited = b""
            self._asked.add(sink)
            return False
        return source in self._asked


class _Way:
    """Packets on their way in one direction, with the moment in which they were sent."""

    def __init__(self) -> None:
        self._packets: deque[tuple[float, bytes] | None] = deque()
        self._changed = threading.Condition()

    def take_in(self, source: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(PACKET):
                self._put((time.monotonic(), data))
        self._put(None)

    def _put(self, packet: tuple[float, bytes] | None) -> None:
        with self._changed:
            self._packets.append(packet)
            self._changed.notify()

    def next(self) -> tuple[float, bytes] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._packets)
            return self._packets.popleft()

    @staticmethod
    def pause(seconds: float) -> None:
        if seconds > 0:
            threading.Event().wait(seconds)
