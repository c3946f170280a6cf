"""Labels come and go softly, and make way for each other while the camera moves away."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from maps.geo.camera import Camera
from maps.geo.mercator import Floats
from maps.labels.apart import apart_from
from maps.labels.label import Label, LabelStyle
from maps.labels.place import Box
from maps.labels.placed import PlacedLabels
from maps.overlay import FADE_S, LabelPainter

CAMERA = Camera(x=0.0, y=0.0, zoom=14.0, width=200, height=100)
INK = QColor(255, 255, 255)
SPOTS = {1: (50, 50), 2: (150, 50), 3: (100, 20), 4: (100, 50)}  # the last in the middle


def placed(*numbers: int) -> PlacedLabels:
    """White squares at places of their own."""
    sprite = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
    sprite.fill(INK)
    metres = [CAMERA.to_world(*SPOTS[number]) for number in numbers]
    labels = [
        Label(("t", number), "名", LabelStyle.PLACE, *spot, priority=1.0)
        for number, spot in zip(numbers, metres, strict=True)
    ]
    return PlacedLabels(
        labels=tuple(labels),
        sprites=(sprite,) * len(labels),
        spots=np.array(metres).reshape(-1, 2),
        boxes=np.tile([-10.0, -10.0, 10.0, 10.0], (len(labels), 1)),
        apart_from=np.full(len(labels), -np.inf),
        opacity=np.ones(len(labels)),
        camera=CAMERA,
    )


def strength(
    painter: LabelPainter,
    number: int,
    now: float,
    obstacles: tuple[Box, ...] = (),
    camera: Camera = CAMERA,
) -> float:
    """How strongly a label is painted, 0 to 1."""
    image = QImage(CAMERA.width, CAMERA.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    brush = QPainter(image)
    painter.paint(brush, camera, obstacles, now)
    brush.end()
    return image.pixelColor(*SPOTS[number]).alphaF()


@pytest.fixture
def painter(qapp: object) -> LabelPainter:
    """Shows the first label since long ago."""
    painter = LabelPainter()
    painter.take(placed(1), 0.0)
    return painter


def test_the_first_labels_are_there_at_once(painter: LabelPainter) -> None:
    assert strength(painter, 1, 0.0) == 1.0
    assert not painter.fades(0.0)


def test_a_new_label_comes_softly_and_the_old_one_stays_as_it_is(painter: LabelPainter) -> None:
    painter.take(placed(1, 2), 10.0)
    seen = [strength(painter, 2, 10.0 + FADE_S * part) for part in (0.0, 0.5, 1.0)]
    assert seen == pytest.approx([0.0, 0.5, 1.0], abs=0.02)
    assert strength(painter, 1, 10.0) == 1.0


def test_a_label_that_is_left_out_goes_softly(painter: LabelPainter) -> None:
    painter.take(placed(1, 2), 10.0)
    painter.take(placed(2), 11.0)
    seen = [strength(painter, 1, 11.0 + FADE_S * part) for part in (0.0, 0.5, 1.0)]
    assert seen == pytest.approx([1.0, 0.5, 0.0], abs=0.02)


def test_what_comes_waits_until_what_goes_is_gone(painter: LabelPainter) -> None:
    painter.take(placed(1, 2), 10.0)
    painter.take(placed(1, 3), 11.0)
    went, came = [
        [strength(painter, number, 11.0 + FADE_S * part) for part in (0.5, 1.0, 1.5, 2.0)]
        for number in (2, 3)
    ]
    assert went == pytest.approx([0.5, 0.0, 0.0, 0.0], abs=0.02)
    assert came == pytest.approx([0.0, 0.0, 0.5, 1.0], abs=0.02)


def test_a_label_that_waits_does_not_wait_again(painter: LabelPainter) -> None:
    painter.take(placed(1, 2), 10.0)
    painter.take(placed(1, 3), 11.0)
    painter.take(placed(1, 3), 11.0 + FADE_S / 2)
    assert strength(painter, 3, 11.0 + 1.5 * FADE_S) == pytest.approx(0.5, abs=0.02)


def test_what_gave_way_comes_softly_when_the_other_is_gone(painter: LabelPainter) -> None:
    both = replace(placed(1, 4), apart_from=np.array([-np.inf, 13.8]))
    painter.take(both, 1.0)
    away = replace(CAMERA, zoom=13.7)
    assert strength(painter, 4, 2.0, camera=away) == 0.0
    painter.take(replace(placed(4, 2), camera=away), 2.0)
    seen = [strength(painter, 4, 2.0 + FADE_S * part, camera=away) for part in (0.5, 1.5, 2.0)]
    assert seen == pytest.approx([0.0, 0.5, 1.0], abs=0.02)


def test_a_fade_ends(painter: LabelPainter) -> None:
    painter.take(placed(1, 2), 10.0)
    assert painter.fades(10.0 + 0.9 * FADE_S)
    assert not painter.fades(10.0 + 1.01 * FADE_S)


def test_a_label_that_turns_back_goes_on_from_where_it_is(painter: LabelPainter) -> None:
    painter.take(placed(1, 2), 10.0)
    half = 10.0 + FADE_S / 2
    painter.take(placed(1), half)
    assert strength(painter, 2, half) == pytest.approx(0.5, abs=0.02)
    painter.take(placed(1, 2), half)
    assert strength(painter, 2, half) == pytest.approx(0.5, abs=0.02)


def test_another_place_altogether_shows_its_labels_at_once(painter: LabelPainter) -> None:
    painter.take(placed(2, 3), 10.0)
    assert strength(painter, 2, 10.0) == 1.0
    assert strength(painter, 1, 10.0) == 0.0


def test_the_same_labels_once_more_change_nothing(painter: LabelPainter) -> None:
    painter.take(placed(1), 10.0)
    assert not painter.fades(10.0)
    assert strength(painter, 1, 10.0) == 1.0


def test_towards_an_obstacle_a_label_fades_and_below_it_there_is_none(
    painter: LabelPainter,
) -> None:
    right = [strength(painter, 1, 1.0, ((left, 0.0, 200.0, 100.0),)) for left in (70, 63, 60, 40)]
    assert right == pytest.approx([1.0, 0.5, 0.0, 0.0], abs=0.02)


def test_a_label_gives_way_softly_while_the_camera_moves_away(painter: LabelPainter) -> None:
    painter.take(replace(placed(4), apart_from=np.array([13.8])), 1.0)
    away = [replace(CAMERA, zoom=zoom) for zoom in (14.0, 13.9, 13.84, 13.8, 13.0)]
    seen = [strength(painter, 4, 1.0, camera=camera) for camera in away]
    assert seen == pytest.approx([1.0, 1.0, 0.5, 0.0, 0.0], abs=0.02)


def test_a_label_is_as_strong_as_its_layer(painter: LabelPainter) -> None:
    painter.take(replace(placed(4), opacity=np.array([0.4])), 1.0)
    assert strength(painter, 4, 1.0) == pytest.approx(0.4, abs=0.02)


BOXES = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400)), min_size=1, max_size=30)


@given(BOXES, st.floats(0.26, 0.99))
def test_no_two_labels_touch_while_the_camera_moves_away(
    places: list[tuple[float, float]], factor: float
) -> None:
    spots = np.array(places)
    boxes = np.tile([-20.0, -8.0, 20.0, 8.0], (len(spots), 1))
    zooms = apart_from(boxes, np.arange(len(spots)), spots, 12.0)
    shown = np.flatnonzero(zooms <= 12.0 + np.log2(factor))
    moved: Floats = spots[shown] * factor
    for first in range(len(moved)):
        away = np.abs(moved[:first] - moved[first])
        assert not ((away[:, 0] < 40.0 - 1e-6) & (away[:, 1] < 16.0 - 1e-6)).any()
    assert 0 in shown, "the most important one makes way for nobody"


def test_who_is_hidden_hides_nobody() -> None:
    boxes = np.tile([-20.0, -8.0, 20.0, 8.0], (3, 1))
    spots = np.array([(0.0, 0.0), (50.0, 0.0), (120.0, 0.0)])  # the last meets only the second
    zooms = apart_from(boxes, np.arange(3), spots, 12.0)
    assert zooms[1] == pytest.approx(12.0 + np.log2(40 / 50))
    assert zooms[2] == pytest.approx(12.0 + np.log2(40 / 120)), "it meets the first, later"


def test_texts_that_only_touch_on_the_way_make_way_there() -> None:
    boxes = np.array([(-20.0, -8.0, 20.0, 8.0), (-20.0, 22.0, 20.0, 38.0)])  # one hangs lower
    spots = np.array([(0.0, 0.0), (0.0, -70.0)])
    assert apart_from(boxes, np.arange(2), spots, 12.0)[1] == pytest.approx(12.0 + np.log2(46 / 70))


def test_a_text_makes_way_for_a_symbol() -> None:
    boxes, spots = np.array([(-20.0, -8.0, 20.0, 8.0)]), np.array([(100.0, 0.0)])
    symbol = np.array([(-10.0, -10.0, 10.0, 10.0)])
    zooms = apart_from(boxes, np.zeros(1, dtype=np.int64), spots, 12.0, symbol)
    assert zooms == pytest.approx([12.0 + np.log2(30 / 100)])
