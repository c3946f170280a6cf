"""No text is written below what stands on the map."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.geo.camera import Extent
from maps.geo.mercator import point_to_lonlat
from maps.labels.label import LabelStyle
from maps.labels.placed import PlacedLabels
from maps.layers.label_layer import LabelLayer


def names(canvas: MapCanvas) -> LabelLayer:
    """A name every 40 pixels of the view."""
    camera = canvas.camera
    spots = [(x, y) for x in range(0, camera.width, 40) for y in range(0, camera.height, 40)]
    lonlat = np.array([point_to_lonlat(*camera.to_world(x, y)) for x, y in spots])
    count = len(spots)
    return LabelLayer(
        id="names", title="地名", source="test", texts=("名",) * count,
        styles=(LabelStyle.PLACE,) * count, lonlat=lonlat,
        priorities=np.ones(count), text_zooms=np.tile([0.0, 30.0], (count, 1)),
    )  # fmt: skip


def placed(canvas: MapCanvas) -> PlacedLabels:
    return canvas._backdrop._labels.placed


def below(canvas: MapCanvas, part: QLabel) -> int:
    """How many names have their middle below a part."""
    box = part.geometry()
    spots = canvas.camera.points_to_screen(placed(canvas).spots).tolist()
    return sum(box.contains(round(x), round(y)) for x, y in spots)


@pytest.fixture
def part(canvas: MapCanvas) -> QLabel:
    """Covers the upper left quarter."""
    part = QLabel(canvas)
    part.setGeometry(0, 0, 200, 150)
    return part


def test_names_keep_clear_of_a_part_wherever_it_goes(
    qtbot: QtBot, canvas: MapCanvas, part: QLabel
) -> None:
    canvas.fit(Extent.of_degrees(117.0, 39.0, 117.2, 39.1))
    canvas.show()
    canvas.set_layers((names(canvas),))
    qtbot.waitUntil(lambda: below(canvas, part) > 5)
    canvas.keep_clear(part)
    qtbot.waitUntil(lambda: bool(placed(canvas).labels) and below(canvas, part) == 0)
    part.move(200, 100)
    qtbot.waitUntil(lambda: below(canvas, part) == 0 and len(placed(canvas).labels) > 10)
    part.hide()
    qtbot.waitUntil(lambda: below(canvas, part) > 5)


def test_attribution_and_scale_count_as_well(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.fit(Extent.of_degrees(117.0, 39.0, 117.2, 39.1))
    canvas.show()
    canvas.set_layers((names(canvas),))
    qtbot.waitUntil(lambda: len(placed(canvas).labels) > 20)
    spots = canvas.camera.points_to_screen(placed(canvas).spots)
    corner = (spots[:, 0] > 300) & (spots[:, 1] > 280)
    assert not (corner & (spots[:, 0] < 400) & (spots[:, 1] < 300)).any()


def test_a_map_is_settled_once_its_texts_are_there(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.fit(Extent.of_degrees(117.0, 39.0, 117.2, 39.1))
    assert not canvas.is_settled
    canvas.show()
    canvas.set_layers((names(canvas),))
    qtbot.waitUntil(lambda: canvas.is_settled and len(placed(canvas).labels) > 20)
    canvas.set_camera(canvas.camera.panned(300.0, 0.0))
    assert not canvas.is_settled
    qtbot.waitUntil(lambda: canvas.is_settled)
    assert placed(canvas).camera is not None


def test_a_layer_that_lets_through_has_texts_that_do(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.fit(Extent.of_degrees(117.0, 39.0, 117.2, 39.1))
    canvas.show()
    whole = names(canvas)
    canvas.set_layers((replace(whole, opacity=0.5),))
    qtbot.waitUntil(lambda: set(placed(canvas).opacity.tolist()) == {0.5})
    canvas.set_layers((replace(whole, opacity=0.0),))
    qtbot.waitUntil(lambda: not placed(canvas).labels)


class PaintCount(QObject):
    """How often a widget was painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_a_settled_map_is_not_painted_again(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.fit(Extent.of_degrees(117.0, 39.0, 117.2, 39.1))
    canvas.show()
    canvas.set_layers((names(canvas),))
    qtbot.waitUntil(lambda: canvas.is_settled and len(placed(canvas).labels) > 20)
    canvas.set_camera(canvas.camera.panned(300.0, 0.0))  # some come, some go
    qtbot.waitUntil(lambda: canvas.is_settled)
    qtbot.wait(50)
    paints = PaintCount(canvas)
    canvas.installEventFilter(paints)
    qtbot.wait(400)
    assert paints.count == 0


def test_a_map_without_layers_settles_too(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.show()
    qtbot.waitUntil(lambda: canvas.is_settled)
    assert placed(canvas).labels == ()
