"""The seat's clock between two words of the server."""

import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from app.clock import Clock


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the monotonic clock never stops")
def test_the_hours_that_the_machine_slept_have_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    clock.set_server_time(datetime(2026, 5, 1, 8, tzinfo=UTC))
    awake = time.clock_gettime
    monkeypatch.setattr(time, "clock_gettime", lambda which: awake(which) + 3600.0)
    assert clock.now() - datetime(2026, 5, 1, 9, tzinfo=UTC) < timedelta(seconds=30)
    assert clock.now() >= datetime(2026, 5, 1, 9, tzinfo=UTC)


def test_setting_the_time_of_the_machine_moves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    before, real = clock.now(), time.time
    monkeypatch.setattr(time, "time", lambda: real() - 3600.0)
    assert timedelta() <= clock.now() - before < timedelta(seconds=30)
