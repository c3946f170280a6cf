"""The measures of the benchmarks that are more than a clock."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from tests.bench.map_redraw import agreement
from tests.bench.map_soak import slope


def _line(row: int, columns: int = 40) -> npt.NDArray[np.bool_]:
    picture = np.zeros((30, 40), dtype=bool)
    picture[row, :columns] = True
    return picture


def test_lines_two_pixels_apart_agree_and_three_apart_do_not() -> None:
    assert agreement(_line(10), _line(12)) == 1.0
    assert agreement(_line(10), _line(13)) == 0.0


def test_agreement_is_that_of_the_worse_direction() -> None:
    whole, half = _line(10), _line(10, columns=20)
    assert agreement(whole, half) == agreement(half, whole) == pytest.approx(22 / 40)


def test_an_empty_picture_agrees_with_nothing() -> None:
    assert agreement(np.zeros((30, 40), dtype=bool), _line(10)) == 0.0


def test_a_steady_rise_is_told_without_error() -> None:
    assert slope([100.0, 102.0, 104.0, 106.0]) == pytest.approx((2.0, 0.0))


def test_noise_around_a_level_does_not_rise_beyond_its_error() -> None:
    noise = np.random.default_rng(1).normal(300.0, 2.0, 60)
    rise, error = slope(noise.tolist())
    assert abs(rise) < 3 * error
