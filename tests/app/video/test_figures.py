"""Frames a second and loss."""

import pytest

from app.video.figures import Figures

FRAME_S = 0.04


def played(seconds: float, lost: frozenset[int] = frozenset(), start: int = 0) -> Figures:
    figures = Figures(300)
    play(figures, seconds, lost, start)
    return figures


def play(figures: Figures, seconds: float, lost: frozenset[int], start: int = 0) -> None:
    for n in range(start, start + round(seconds / FRAME_S)):
        if n not in lost:
            figures.frame(n * FRAME_S, n * FRAME_S)


def test_a_whole_stream_has_no_loss() -> None:
    figures = played(20)
    assert figures.loss == 0.0
    assert figures.fps(20) == pytest.approx(25, abs=0.6)


def test_loss_tells_how_far_it_looks_back() -> None:
    assert Figures(300).looks_back_s(5.0) == 0.0
    assert played(20).looks_back_s(20.0) == pytest.approx(20.0)
    assert played(400).looks_back_s(400.0) == pytest.approx(300.0)


def test_nothing_is_known_before_the_first_frame() -> None:
    assert Figures(300).loss is None
    assert Figures(300).fps(1.0) == 0.0


def test_gaps_count_as_the_frames_that_should_have_been_there() -> None:
    lost = frozenset(range(100, 500, 10))
    assert played(20, lost).loss == pytest.approx(40 / 500, abs=0.005)


def test_a_time_without_a_stream_counts_at_the_usual_rate() -> None:
    figures = played(10)
    figures.away(20.0, 10.0)
    play(figures, 10, frozenset(), start=500)
    assert figures.loss == pytest.approx(1 / 3, abs=0.01)


def test_a_clock_that_is_set_right_with_the_second_frame_is_no_loss() -> None:
    figures = Figures(300)
    figures.new_connection()
    figures.frame(0.0, 0.0)
    for n in range(1, 100):
        figures.frame(n * FRAME_S, 0.3 + n * FRAME_S)
    assert figures.loss == 0.0


def test_another_frame_rate_is_no_loss_for_long() -> None:
    figures = played(20)
    for n in range(1, 500):
        figures.frame(20 + n * 0.1, 20 + n * 0.1)
    assert (figures.loss or 0.0) < 0.04


def test_damaged_frames_count_as_missing() -> None:
    figures = played(4)
    for n in range(100, 200):
        figures.frame(n * FRAME_S, n * FRAME_S, damaged=True)
    assert figures.loss == pytest.approx(0.5, abs=0.01)


def test_after_five_minutes_an_old_loss_is_forgotten() -> None:
    figures = played(5)
    figures.away(10.0, 5.0)
    play(figures, 320, frozenset(), start=250)
    assert figures.loss == 0.0


def test_the_rate_falls_to_nothing_when_nothing_comes() -> None:
    figures = played(10)
    assert figures.fps(13.0) == 0.0


def test_streams_without_time_stamps_lose_nothing_that_could_be_known() -> None:
    figures = Figures(300)
    for n in range(100):
        figures.frame(n * FRAME_S, None)
    assert figures.loss == 0.0
