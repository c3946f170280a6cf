"""The seat's live channels: after the cases, as the user who sits here, ended with the desk."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.domain.live import Head, LiveKind
from app.live import channel as channels
from app.live.channel import View
from app.live.frames import Columns
from app.live.live import Live
from tests.support.live import vehicles

CITY = View(west=116.0, south=38.0, east=119.0, north=41.0, zoom=10.0)
PATIENCE_S = 20.0


class FakeSync:
    """Answers every request with one frame that tells how often it was asked."""

    def __init__(self) -> None:
        self.api = self
        self.asked_for: list[dict[str, float]] = []
        self.left = threading.Event()

    def asked(self, request: Callable[[str], Any]) -> Any:
        return request("token")

    def live(self, token: str, kind: str, where: dict[str, float]) -> OneFrame:
        self.asked_for.append(where)
        return OneFrame(vehicles([], at=float(len(self.asked_for))))

    def leave(self) -> None:
        self.left.set()


class OneFrame:
    """Stays open until it is closed."""

    def __init__(self, frame: bytes) -> None:
        self._frame, self._closed = frame, threading.Event()

    def chunks(self) -> Iterator[bytes]:
        yield self._frame
        self._closed.wait()

    def close(self) -> None:
        self._closed.set()


class Seat:
    def __init__(self) -> None:
        self.sync, self.is_live = FakeSync(), True
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.shown: list[float] = []
        self.live = Live(
            self.sync,  # type: ignore[arg-type]  # what of it a channel needs
            lambda: self.is_live,
            self.calls.put,
            lambda code: None,
        )

    def follow(self) -> channels.Channel:
        return self.live.open(LiveKind.VEHICLES, CITY, time_of, self.shown.append)

    def next(self) -> float:
        """What is shown next."""
        self.calls.get(timeout=PATIENCE_S)()
        return self.shown[-1]


def time_of(head: Head, _columns: Columns) -> float:
    return head.server_time


@pytest.fixture
def seat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    monkeypatch.setattr(channels, "WAITS_S", (3600.0,))
    made = Seat()
    yield made
    made.live.shutdown()


def test_nothing_is_asked_for_before_the_seat_has_caught_up(seat: Seat) -> None:
    seat.is_live = False
    seat.follow()
    seat.live.wake()
    assert seat.sync.asked_for == []
    seat.is_live = True
    seat.live.wake()
    assert seat.next() == 1
    assert seat.sync.asked_for[0]["west"] == CITY.west


def test_a_word_of_the_link_does_not_disturb_a_stream_that_lives(seat: Seat) -> None:
    seat.follow()
    seat.next()
    seat.live.wake()
    assert len(seat.sync.asked_for) == 1


def test_somebody_else_at_the_seat_asks_anew(seat: Seat) -> None:
    seat.follow()
    assert seat.next() == 1
    seat.live.user_changed()
    seat.live.wake()
    assert seat.next() == 2


def test_two_readers_of_one_kind_have_their_own_streams(seat: Seat) -> None:
    first = seat.follow()
    assert seat.next() == 1
    seat.follow()
    assert seat.next() == 2
    first.close()
    first.join()
    assert seat.sync.left.is_set()


def test_the_end_of_the_desk_ends_every_thread(seat: Seat) -> None:
    running = [seat.follow(), seat.follow()]
    seat.live.shutdown()
    assert not any(channel.is_running for channel in running)
