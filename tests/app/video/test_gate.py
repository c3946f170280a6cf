"""About eight openings side by side; dead cameras delay nobody."""

import threading
import time
from dataclasses import replace

from app.video.gate import Gate
from app.video.limits import stream_limits

LIMITS = stream_limits().open


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_no_more_than_eight_at_once() -> None:
    gate = Gate(LIMITS, Clock())
    inside = [gate.opening() for _ in range(LIMITS.at_once)]
    for one in inside:
        assert not gate.is_full
        one.__enter__()
    assert gate.is_full
    inside[0].__exit__(None, None, None)
    assert not gate.is_full


def test_an_opening_that_hangs_makes_room_after_a_second() -> None:
    clock = Clock()
    gate = Gate(LIMITS, clock)
    inside = [gate.opening() for _ in range(LIMITS.at_once)]
    for one in inside:
        one.__enter__()
    assert gate.is_full
    clock.now += LIMITS.slow_s
    assert not gate.is_full


def test_who_waits_comes_in_when_somebody_leaves() -> None:
    gate = Gate(replace(LIMITS, at_once=1))
    came_in = threading.Event()

    def wait() -> None:
        with gate.opening():
            came_in.set()

    with gate.opening():
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not came_in.wait(0.05)
    assert came_in.wait(5)
    waiting.join()


def test_one_host_is_asked_with_a_little_distance() -> None:
    gate = Gate(replace(LIMITS, host_spacing_s=0.05))
    begun = time.monotonic()
    for _ in range(4):
        gate.keep_distance("gateway")
    assert time.monotonic() - begun >= 0.15
