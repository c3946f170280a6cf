"""Pauses between attempts."""

import pytest

from app.video.limits import stream_limits
from app.video.retry import is_lasting, pause_s
from app.video.status import Fault

LIMITS = stream_limits().retry


def pauses(fault: Fault, *, visible: bool, luck: float = 0.0) -> list[float]:
    """Rounded to the steps of the handbook, of which each is a little shorter."""
    return [
        round(pause_s(LIMITS, fault, n, visible=visible, luck=luck) / 0.9, 6) for n in range(1, 7)
    ]


def test_a_tile_in_sight_tries_after_1_then_every_2_seconds() -> None:
    assert pauses(Fault.LOST, visible=True) == [1, 2, 2, 2, 2, 2]


def test_a_hidden_one_backs_off_to_15_seconds() -> None:
    assert pauses(Fault.LOST, visible=False) == [1, 2, 2, 15, 15, 15]


@pytest.mark.parametrize("fault", sorted(LIMITS.lasting))
def test_a_fault_that_lasts_is_tried_again_after_a_minute(fault: Fault) -> None:
    assert is_lasting(LIMITS, fault)
    assert set(pauses(fault, visible=True)) == {60}


def test_luck_shortens_the_pauses_by_up_to_a_third() -> None:
    for luck, expected in ((0.0, [0.9, 1.8]), (1.0, [0.7, 1.4])):
        given = [pause_s(LIMITS, Fault.REFUSED, n, visible=True, luck=luck) for n in (1, 2)]
        assert given == pytest.approx(expected)


def test_the_first_loss_after_a_long_life_waits_one_second() -> None:
    assert pause_s(LIMITS, Fault.LOST, 0, visible=True, luck=0.0) == pytest.approx(0.9)
