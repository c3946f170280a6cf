"""How far behind, whatever the stream's clock says: packets in invented time."""

from dataclasses import dataclass, field, replace

import pytest

from app.video.lag import Lag, Pace
from app.video.limits import stream_limits

LIMITS = stream_limits().lag
FRAME_S = 0.04


@dataclass
class Camera:
    """Sends a frame each 40 ms, a key frame each second; `behind` is what we owe."""

    lag: Lag = field(default_factory=lambda: Lag(LIMITS))
    now: float = 100.0
    stream_s: float = 0.0
    count: int = 0
    paces: list[Pace] = field(default_factory=list)

    def send(self, seconds: float, *, every: float = FRAME_S, step: float = FRAME_S) -> list[Pace]:
        """Frames `every` so often in real time, `step` apart on the stream's clock."""
        paces = []
        for _ in range(round(seconds / every)):
            self.now += every
            self.stream_s += step
            paces.append(self.lag.packet(self.now, self.stream_s, key=self.count % 25 == 0))
            self.count += 1
        return paces

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def read_backlog(self, seconds: float) -> list[Pace]:
        """What piled up, read as fast as it goes."""
        return self.send(seconds / 40, every=0.001)


def test_a_punctual_stream_is_shown_and_not_behind() -> None:
    camera = Camera()
    assert set(camera.send(60)) == {Pace.SHOW}
    assert camera.lag.seconds < 0.05


def test_a_little_behind_only_a_few_pictures_are_made_of_it() -> None:
    camera = Camera()
    camera.send(2)
    camera.wait(0.5)
    paces = camera.send(2)
    assert camera.lag.seconds == pytest.approx(0.5, abs=0.02)
    assert paces.count(Pace.SHOW) == 4
    assert set(paces) == {Pace.SHOW, Pace.DECODE}


def test_far_behind_packets_are_dropped_up_to_a_key_frame_that_is_in_time() -> None:
    camera = Camera()
    camera.send(2)
    camera.wait(2.0)
    paces = camera.read_backlog(2.0) + camera.send(3)
    first = paces.index(Pace.SHOW, paces.index(Pace.DROP))
    assert paces[:first].count(Pace.DROP) > 20
    assert set(paces[first:]) == {Pace.SHOW}
    assert camera.lag.seconds < LIMITS.convert_s


def test_more_than_three_seconds_behind_the_stream_is_opened_anew() -> None:
    camera = Camera()
    camera.send(1)
    camera.wait(3.2)
    assert camera.send(FRAME_S) == [Pace.RECONNECT]
    camera.lag.forget()
    assert camera.send(FRAME_S) == [Pace.SHOW]


@pytest.mark.parametrize("step_s", [-3600.0, -0.5, 2.0, 95_443.0])
def test_a_step_of_the_streams_clock_is_no_lag(step_s: float) -> None:
    camera = Camera()
    camera.send(2)
    camera.stream_s += step_s
    assert set(camera.send(5)) == {Pace.SHOW}
    assert camera.lag.seconds < 0.1


def test_a_clock_that_runs_slow_by_a_quarter_of_a_thousandth_never_looks_like_lag() -> None:
    camera = Camera()
    assert set(camera.send(3600, step=FRAME_S * (1 - 0.00025))) == {Pace.SHOW}


def test_a_clock_that_runs_fast_never_looks_like_lag() -> None:
    camera = Camera()
    assert set(camera.send(3600, step=FRAME_S * 1.01)) == {Pace.SHOW}


def test_a_clock_that_runs_slow_by_a_hundredth_is_learned() -> None:
    camera = Camera()
    paces = camera.send(1800, step=FRAME_S * 0.99)
    assert Pace.RECONNECT not in paces
    assert set(paces[-25 * 600 :]) == {Pace.SHOW}, "after a few doubts it is believed"


def test_a_delay_that_dropping_does_not_mend_is_accepted() -> None:
    camera = Camera()
    camera.send(2)
    camera.wait(1.5)  # the camera itself is late from now on
    paces = camera.send(5)
    assert paces.count(Pace.DROP) < 50
    assert set(paces[-50:]) == {Pace.SHOW}


def test_a_machine_that_is_too_slow_falls_no_further_behind() -> None:
    """Decoding costs more than real time: only dropping keeps up."""
    camera, lags, sent = Camera(), [], 0.0
    for number in range(25 * 120):
        sent = max(sent, 100 + number * FRAME_S)
        camera.now = max(camera.now, sent)
        pace = camera.lag.packet(camera.now, number * FRAME_S, key=number % 25 == 0)
        camera.now += {Pace.SHOW: 0.06, Pace.DECODE: 0.045, Pace.DROP: 0.002}[pace]
        lags.append(camera.lag.seconds)
    assert max(lags) < 2.0
    assert camera.now - sent < 2.0, "what is measured is what is"


def test_without_time_stamps_nothing_is_said_about_lag() -> None:
    lag = Lag(LIMITS)
    paces = [lag.packet(100 + n * 0.3, None, key=False) for n in range(100)]
    assert set(paces) == {Pace.SHOW}
    assert lag.seconds == 0.0


def test_wild_time_stamps_do_not_stop_the_picture() -> None:
    lag = Lag(replace(LIMITS))
    paces = [
        lag.packet(100 + n * FRAME_S, (n * 7919) % 95_443, key=n % 25 == 0) for n in range(1000)
    ]
    assert paces.count(Pace.SHOW) > 900
