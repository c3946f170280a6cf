"""Tiles in device pixels, the next one that way, and the pace of painting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from app.video.wall_rules import load_wall_rules
from widgets.video.rects import fitted, neighbour, tile_rects
from widgets.video.rhythm import FAST_MS, SLOW_MS, Rhythm

LAYOUTS = load_wall_rules().layouts


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", [(1331, 979), (640, 480)])
def test_tiles_keep_their_gap_and_reach_every_edge(layout: str, size: tuple[int, int]) -> None:
    rects = tile_rects(LAYOUTS[layout], *size, 3)
    for i, one in enumerate(rects):
        for other in rects[i + 1 :]:
            assert not one.adjusted(-1, -1, 1, 1).intersects(other.adjusted(-1, -1, 1, 1))
    assert max(r.right() for r in rects) + 1 == size[0]
    assert max(r.bottom() for r in rects) + 1 == size[1]
    assert min(r.left() for r in rects) == min(r.top() for r in rects) == 0


def test_a_picture_is_never_stretched() -> None:
    inner = fitted(QRect(10, 10, 400, 100), (704, 576))
    assert abs(inner.width() / inner.height() - 704 / 576) < 0.02
    assert inner.height() == 100
    assert QRect(10, 10, 400, 100).contains(inner)
    assert fitted(QRect(0, 0, 40, 30), None) == QRect(0, 0, 40, 30)


@pytest.mark.parametrize(
    ("layout", "index", "step", "found"),
    [
        ("4", 0, (1, 0), 1),
        ("4", 0, (0, 1), 2),
        ("4", 1, (1, 0), 1),
        ("1+5", 0, (1, 0), 1),
        ("1+5", 5, (0, -1), 2),
        ("1+12", 0, (0, -1), 2),
        ("1+12", 5, (1, 0), 0),
    ],
)
def test_arrows_go_to_the_tile_that_the_eye_meets_first(
    layout: str, index: int, step: tuple[int, int], found: int
) -> None:
    rects = tile_rects(LAYOUTS[layout], 1200, 900, 3)
    assert neighbour(rects, index, *step) == found


def ticks(rhythm: Rhythm, start: float, seconds: float, gap: float) -> float:
    """Tick for so long, `gap` seconds apart; returns the time after."""
    now = start
    while now < start + seconds:
        rhythm.tick(now)
        now += gap
    return now


def test_painting_slows_down_while_it_is_late_and_recovers_after_ten_easy_seconds() -> None:
    rhythm = Rhythm()
    now = ticks(rhythm, 0.0, 3.0, 0.04)
    assert rhythm.interval_ms == FAST_MS
    now = ticks(rhythm, now, 2.5, 0.09)
    assert rhythm.interval_ms == SLOW_MS
    assert rhythm.late_p95_s == pytest.approx(0.01, abs=0.045)
    now = ticks(rhythm, now, 8.0, 0.08)
    assert rhythm.interval_ms == SLOW_MS
    ticks(rhythm, now, 6.5, 0.08)
    assert rhythm.interval_ms == FAST_MS


def test_a_wall_that_was_hidden_is_not_late() -> None:
    rhythm = Rhythm()
    ticks(rhythm, 0.0, 0.9, 0.04)
    rhythm.rest()
    ticks(rhythm, 500.0, 1.1, 0.04)
    assert rhythm.interval_ms == FAST_MS
