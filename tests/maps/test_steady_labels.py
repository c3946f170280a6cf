"""Texts neither flicker nor touch while the camera moves: from one placing to the next, and between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_lonlat
from maps.labels.label import LabelStyle
from maps.labels.placed import Keys, PlacedLabels
from maps.layers.label_layer import LabelLayer
from maps.render.labelling import REST_S, Labelling
from maps.render.request import Picture, RenderRequest
from maps.theme import LIGHT

CAMERA = Camera(x=13_000_000.0, y=4_700_000.0, zoom=14.0, width=900, height=700)
STEP = 0.04  # zoom levels from one placing to the next

AIR = 2.5  # pixels: kept free around the letters


def names(seed: int, count: int = 600) -> LabelLayer:
    """Many texts of all lengths and ranks around the camera, some above their places."""
    random = np.random.default_rng(seed)
    reach = np.array([CAMERA.width, CAMERA.height]) / CAMERA.scale * 3
    spots = np.array((CAMERA.x, CAMERA.y)) + random.uniform(-reach, reach, (count, 2))
    return LabelLayer(
        id="names",
        title="names",
        source="invented",
        texts=tuple(
            f"{'地名' * length}{row}" for row, length in enumerate(random.integers(1, 4, count))
        ),
        styles=(LabelStyle.PLACE,) * count,
        lonlat=np.array([point_to_lonlat(x, y) for x, y in spots.tolist()]),
        priorities=random.uniform(0.0, 60.0, count),
        text_zooms=np.column_stack((random.uniform(9.0, 14.0, count), np.full(count, 30.0))),
        shifts=tuple(random.choice((-18.0, 0.0, 18.0), count).tolist()),
    )


def placings(layer: LabelLayer, way: Callable[[int], Camera]) -> Iterator[PlacedLabels]:
    labelling = Labelling()
    for step in range(75):
        camera = way(step)
        request = RenderRequest(camera, (layer,), LIGHT)
        yield labelling.place(Picture(QImage(), camera, request))


def inwards(step: int) -> Camera:
    return CAMERA.zoomed(CAMERA.zoom + STEP * step, 400.0, 300.0)


def outwards(step: int) -> Camera:
    return CAMERA.zoomed(CAMERA.zoom - STEP * step, 400.0, 300.0)


def aside(step: int) -> Camera:
    return CAMERA.panned(-7.3 * step, 3.9 * step)


def seen(placed: PlacedLabels, zoom: float) -> Keys:
    """What is painted of them."""
    return placed.chosen(np.flatnonzero(placed.apart_from < zoom)).keys


@pytest.mark.parametrize("way", [inwards, outwards, aside])
@pytest.mark.parametrize("seed", range(3))
def test_what_goes_while_the_camera_moves_on_does_not_come_again(
    qtbot: QtBot, way: Callable[[int], Camera], seed: int
) -> None:
    gone: set[tuple[str, int]] = set()
    before: Keys = frozenset()
    for step, placed in enumerate(placings(names(seed), way)):
        for ahead in (0.0, STEP if way is outwards else 0.0):  # the view is ahead of the texts
            now = seen(placed, way(step).zoom - ahead)
            gone |= before - now
            assert not gone & now
            before = now
    assert gone or way is inwards


@pytest.mark.parametrize("seed", range(3))
def test_no_two_texts_touch_on_the_way_outwards(qtbot: QtBot, seed: int) -> None:
    for step, placed in enumerate(placings(names(seed), outwards)):
        for ahead in (0.0, STEP, 3 * STEP):
            camera = replace(outwards(step), zoom=outwards(step).zoom - ahead)
            rows = np.flatnonzero(placed.apart_from <= camera.zoom)
            boxes = placed.boxes[rows] + np.tile(camera.points_to_screen(placed.spots[rows]), 2)
            low, high = boxes[:, None, :2], boxes[:, None, 2:]
            shared = np.minimum(high, high.swapaxes(0, 1)) - np.maximum(low, low.swapaxes(0, 1))
            touch = shared.min(axis=2) > AIR
            assert touch.sum() == len(rows), "each touches itself alone"


def test_what_was_held_back_comes_when_the_camera_rests(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer, labelling, now = names(1), Labelling(), 100.0
    monkeypatch.setattr("maps.render.labelling.time.monotonic", lambda: now)
    cameras = [outwards(step) for step in range(40)]
    pictures = [Picture(QImage(), one, RenderRequest(one, (layer,), LIGHT)) for one in cameras]
    moving = [labelling.place(picture) for picture in pictures][-1]
    assert labelling.holds_back
    now += 2.0 * REST_S
    resting = labelling.place(pictures[-1])
    assert moving.keys < resting.keys
    assert not labelling.holds_back
