"""What reaches a camera, and what never does: stop before all, nothing late, nothing twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from app.domain.ptz import Move
from app.ptz.device import EXPIRED, UNAUTHORIZED, UNREACHABLE, PtzError
from app.ptz.driver import STOP_UNHEARD, Driver
from app.ptz.limits import Limits, load_limits

RIGHT, LEFT, UP = Move(pan=1.0), Move(pan=-1.0), Move(tilt=1.0)
STOP = "stop"
QUICK = replace(
    load_limits(), gap_s=0.02, late_s=0.15, silence_s=0.3, stop_for_s=3.0, closing_s=0.1
)
PATIENCE_S = 5.0


@dataclass
class Head:
    """A camera's head that notes what it hears. `gate` closed: an act blocks in it. `errors`
    are raised one by one, before anything is noted."""

    heard: list[object] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    errors: list[PtzError] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    entered: threading.Event = field(default_factory=threading.Event)
    closed: bool = False
    news: threading.Condition = field(default_factory=threading.Condition)

    def _hear(self, what: object) -> None:
        self.entered.set()
        assert self.gate.wait(PATIENCE_S)
        with self.news:
            if self.errors:
                error = self.errors.pop(0)
                self.news.notify_all()
                raise error
            self.heard.append(what)
            self.at.append(time.monotonic())
            self.news.notify_all()

    def move(self, move: Move) -> None:
        self._hear(move)

    def stop(self) -> None:
        self._hear(STOP)

    def go_to(self, number: int) -> None:
        self._hear(number)

    def set_preset(self, number: int, name: str) -> None:
        self._hear((number, name))

    def remove_preset(self, number: int) -> None:
        self._hear(-number)

    def close(self) -> None:
        self.closed = True

    def wait_for(self, *heard: object) -> None:
        with self.news:
            done = self.news.wait_for(lambda: self.heard == list(heard), PATIENCE_S)
        assert done, f"heard {self.heard}"


@dataclass
class Hand:
    """The driver, and what it said."""

    driver: Driver = field(init=False)
    told: list[str] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def post(self, call: Callable[[], None]) -> None:
        with self.news:
            call()
            self.news.notify_all()

    def wait_for(self, *told: str) -> None:
        with self.news:
            assert self.news.wait_for(lambda: self.told == list(told), PATIENCE_S), self.told


@contextmanager
def steering(
    head: Head, limits: Limits = QUICK, opening: Callable[[], None] = lambda: None
) -> Iterator[Hand]:
    def open_device() -> Head:
        opening()
        return head

    hand = Hand()
    driver = hand.driver = Driver("cam", open_device, limits, hand.told.append, hand.post)
    driver.start()
    try:
        yield hand
    finally:
        head.gate.set()
        driver.close()
        driver.join()


@pytest.fixture
def head() -> Head:
    made = Head()
    made.gate.set()
    return made


def test_a_stop_follows_a_move(head: Head) -> None:
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT)
        hand.driver.stop()
        head.wait_for(RIGHT, STOP)


def test_a_stop_is_not_sent_to_a_camera_that_was_not_moved(head: Head) -> None:
    with steering(head) as hand:
        hand.driver.stop()
        hand.driver.do(lambda device: device.go_to(4), hand.told.append)
        head.wait_for(4)


def test_the_newest_move_wins_and_the_others_are_never_sent(head: Head) -> None:
    head.gate.clear()
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        assert head.entered.wait(PATIENCE_S)
        for move in (LEFT, Move(pan=0.1), UP):
            hand.driver.move(move)
        head.gate.set()
        head.wait_for(RIGHT, UP)


def test_a_stop_takes_the_place_of_what_waits(head: Head) -> None:
    head.gate.clear()
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        assert head.entered.wait(PATIENCE_S)
        hand.driver.move(LEFT)
        hand.driver.stop()
        head.gate.set()
        head.wait_for(RIGHT, STOP)
    assert head.heard == [RIGHT, STOP]


def test_a_stop_goes_before_the_move_that_follows_it(head: Head) -> None:
    head.gate.clear()
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        assert head.entered.wait(PATIENCE_S)
        hand.driver.stop()
        hand.driver.move(LEFT)
        head.gate.set()
        head.wait_for(RIGHT, STOP, LEFT)


def test_moves_are_sent_no_faster_than_the_rule_says(head: Head) -> None:
    limits = replace(QUICK, gap_s=0.1, late_s=60.0, silence_s=60.0)
    with steering(head, limits) as hand:
        for step in range(1, 4):
            hand.driver.move(Move(pan=step / 10))
            head.wait_for(*(Move(pan=done / 10) for done in range(1, step + 1)))
    gaps = [later - earlier for earlier, later in zip(head.at[:3], head.at[1:3], strict=False)]
    assert min(gaps) >= 0.095


def test_a_move_that_waited_too_long_is_dropped(head: Head) -> None:
    head.gate.clear()
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        assert head.entered.wait(PATIENCE_S)
        hand.driver.move(LEFT)
        threading.Event().wait(QUICK.late_s * 1.5)
        head.gate.set()
        head.wait_for(RIGHT, STOP)
    assert LEFT not in head.heard


def test_a_move_is_not_sent_to_a_device_that_took_too_long_to_open(head: Head) -> None:
    opened = threading.Event()

    def opening() -> None:
        too_slow()
        opened.set()

    with steering(head, opening=opening) as hand:
        hand.driver.move(RIGHT)
        assert opened.wait(PATIENCE_S)
        hand.driver.move(UP)
        head.wait_for(UP)


def too_slow() -> None:
    threading.Event().wait(QUICK.late_s * 1.5)


def test_a_preset_that_waited_too_long_is_not_gone_to_and_says_so(head: Head) -> None:
    with steering(head, opening=too_slow) as hand:
        hand.driver.do(lambda device: device.go_to(1), hand.told.append)
        hand.wait_for(EXPIRED)
    assert head.heard == []


def test_without_a_word_of_the_hand_the_camera_is_stopped(head: Head) -> None:
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT, STOP)
    assert head.at[1] - head.at[0] == pytest.approx(QUICK.silence_s, abs=0.2)


def test_a_stop_without_an_answer_is_sent_again(head: Head) -> None:
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT)
        head.errors = [PtzError(UNREACHABLE), PtzError(UNREACHABLE)]
        hand.driver.stop()
        head.wait_for(RIGHT, STOP)
        assert hand.told == []


def test_a_stop_is_sent_after_a_move_of_which_nobody_knows_whether_it_arrived(head: Head) -> None:
    head.errors = [PtzError(UNREACHABLE)]
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        hand.wait_for(UNREACHABLE)
        hand.driver.stop()
        head.wait_for(STOP)


def test_a_stop_that_nobody_hears_is_told(head: Head) -> None:
    with steering(head, replace(QUICK, stop_for_s=0.2)) as hand:
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT)
        head.errors = [PtzError(UNREACHABLE)] * 5
        hand.driver.stop()
        hand.wait_for(STOP_UNHEARD)
        head.errors = []


def test_closing_stops_the_camera_and_ends_the_thread(head: Head) -> None:
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT)
        hand.driver.close()
        hand.driver.join()
    assert head.heard == [RIGHT, STOP]
    assert head.closed


def test_closing_does_not_wait_long_for_a_dead_camera(head: Head) -> None:
    with steering(head) as hand:
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT)
        head.errors = [PtzError(UNREACHABLE)] * 20
        before = time.monotonic()
        hand.driver.close()
        hand.driver.join()
        assert time.monotonic() - before < 1.0


def test_a_dead_camera_is_not_hammered_with_the_last_stop(head: Head) -> None:
    with steering(head, replace(QUICK, closing_s=1.2)) as hand:
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT)
        head.errors = [PtzError(UNREACHABLE)] * 100
        hand.driver.close()
        hand.driver.join()
    assert 100 - len(head.errors) in (2, 3)


def test_after_closing_nothing_is_sent_and_nothing_told(head: Head) -> None:
    with steering(head) as hand:
        hand.driver.close()
        hand.driver.move(RIGHT)
        hand.driver.do(lambda device: device.go_to(1), hand.told.append)
        hand.driver.join()
        assert head.heard == []
        assert hand.told == []


def test_a_device_that_refuses_the_login_is_opened_anew(head: Head) -> None:
    opened: list[int] = []
    with steering(head, opening=lambda: opened.append(1)) as hand:
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT)
        head.errors = [PtzError(UNAUTHORIZED)]
        hand.driver.stop()
        head.wait_for(RIGHT, STOP)
    assert len(opened) == 2


def test_a_defect_in_the_device_is_told_and_the_hand_goes_on(
    head: Head, expect_log: Callable[[str], None]
) -> None:
    expect_log("a camera cannot be steered")

    def broken(_device: object) -> None:
        raise ZeroDivisionError

    with steering(head) as hand:
        hand.driver.do(broken, hand.told.append)
        hand.wait_for("DEVICE_FAULT")
        hand.driver.move(RIGHT)
        head.wait_for(RIGHT)
