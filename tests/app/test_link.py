from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import Clock
from app.sync.link import Link, LinkState, LinkTracker


class Monotonic:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Monotonic:
    clock = Monotonic()
    monkeypatch.setattr("app.sync.link.elapsed", clock)
    return clock


@pytest.fixture
def told(seconds: Monotonic) -> list[Link]:
    return []


@pytest.fixture
def tracker(told: list[Link]) -> LinkTracker:
    return LinkTracker(Clock(), told.append)


def test_silence_makes_a_live_link_lag_and_a_word_heals_it(
    tracker: LinkTracker, told: list[Link], seconds: Monotonic
) -> None:
    tracker.live()
    seconds.now += 1.5
    tracker.tick()
    assert told[-1].state == LinkState.LIVE
    seconds.now += 1.7
    tracker.tick()
    assert (told[-1].state, told[-1].lag_s) == (LinkState.LAGGING, 3.0)
    tracker.word(0)
    assert (told[-1].state, told[-1].lag_s) == (LinkState.LIVE, 0.0)


def test_a_seat_that_stays_behind_the_head_lags_although_the_server_speaks(
    tracker: LinkTracker, told: list[Link], seconds: Monotonic
) -> None:
    tracker.reached(10, 10)
    tracker.live()
    for _ in range(5):
        tracker.word(15)
        seconds.now += 1
    tracker.tick()
    assert told[-1].state == LinkState.LAGGING
    tracker.reached(15, 15)
    assert [link.state for link in told[-1:]] == [LinkState.LIVE]


def test_tries_that_fail_do_not_change_since_when_the_seat_is_offline(
    tracker: LinkTracker, told: list[Link]
) -> None:
    tracker.connecting()
    tracker.lost("UNREACHABLE")
    since = told[-1].since
    tracker.connecting()
    tracker.lost("TIMEOUT")
    assert (told[-1].state, told[-1].since) == (LinkState.OFFLINE, since)
    assert told[-1].detail == "TIMEOUT"


def test_a_backend_that_is_still_starting_is_no_lost_link(
    tracker: LinkTracker, told: list[Link]
) -> None:
    tracker.connecting()
    tracker.lost("NO_BACKEND")
    assert told[-1].state == LinkState.CONNECTING


def test_a_long_synchronisation_says_how_far_it_is(tracker: LinkTracker, told: list[Link]) -> None:
    tracker.connecting()
    tracker.reached(250, 1000)
    tracker.tick()
    assert (told[-1].state, told[-1].done_share) == (LinkState.CONNECTING, 0.25)
    tracker.reached(1000, 1000)
    tracker.live()
    assert (told[-1].state, told[-1].done_share) == (LinkState.LIVE, None)


def test_the_quickest_word_tells_the_time_and_a_slow_line_does_not_turn_it_back(
    seconds: Monotonic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("app.clock.elapsed", seconds)
    tracker = LinkTracker(clock, lambda link: None)
    server = clock.now() + timedelta(hours=3)
    tracker.word(0, server)
    quick = clock.now()
    tracker.word(0, server - timedelta(seconds=2))
    assert clock.now() == quick


def test_a_seat_whose_screen_has_not_caught_up_yet_is_not_called_live(
    seconds: Monotonic, told: list[Link]
) -> None:
    waits = 5.0
    tracker = LinkTracker(Clock(), told.append, lambda: waits)
    tracker.live()
    tracker.tick()
    assert (told[-1].state, told[-1].lag_s) == (LinkState.LAGGING, 5.0)
    waits = 0.0
    tracker.tick()
    assert told[-1].lag_s == 0.0
