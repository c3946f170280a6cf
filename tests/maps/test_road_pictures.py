"""What roads look like, whatever the level of detail makes of their links."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.geo.mercator import point_to_mercator
from maps.layers.network_layer import NetworkLayer
from maps.theme import DARK
from tests.maps import roads, test_canvas
from tests.maps.test_canvas import CENTRE, colour

LON, LAT = CENTRE


def show(
    qtbot: QtBot, canvas: MapCanvas, folder: Path, zoom: float, lines: list[roads.Line]
) -> QImage:
    network = roads.network(folder, roads.segments(lines))
    layer = NetworkLayer(id="roads", title="", source="test", network=network)
    test_canvas.show(qtbot, canvas, zoom, layer)
    qtbot.waitUntil(lambda: canvas.is_crisp)
    return canvas.grab().toImage()


def road_of(points: int, bend: float) -> roads.Line:
    """Through the middle from south-west to north-east, 4° long."""
    along = np.linspace(-2.0, 2.0, points)
    return [(LON + t, LAT + 0.6 * t + bend * float(np.sin(3 * t))) for t in along.tolist()]


def greys(image: QImage) -> npt.NDArray[np.float64]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:240, : grey.width()].astype(np.float64)  # without scale and attribution


@pytest.mark.parametrize("bend", [0.0, 0.1])
@pytest.mark.parametrize("zoom", [7.0, 8.4, 10.0])
def test_a_road_of_many_links_looks_like_one_of_a_single_link(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path, zoom: float, bend: float
) -> None:
    line = road_of(3000, bend)
    whole = greys(show(qtbot, canvas, tmp_path, zoom, [line]))
    parts = greys(show(qtbot, canvas, tmp_path, zoom, [[a, b] for a, b in pairwise(line)]))
    assert whole.max() - whole.min() > 60.0, "there is a road to be seen"
    assert np.abs(whole - parts).mean() < 0.5
    assert abs(whole.sum() / parts.sum() - 1.0) < 0.01
    inside = whole > whole.min() + 0.9 * (whole.max() - whole.min())
    assert (parts[inside] > whole.min() + 30.0).all(), "a gap"


def test_both_halves_of_a_road_across_the_antimeridian_are_seen(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    packed = roads.segments([[(170.0, 10.0), (-170.0, 10.0)]])
    layer = NetworkLayer(
        id="roads", title="", source="test", network=roads.network(tmp_path, packed)
    )
    canvas.resize(1024, 300)
    canvas.show()
    canvas.set_layers((layer,))
    canvas.set_camera(replace(canvas.camera, x=0.0, y=0.0, zoom=2.0))
    qtbot.waitUntil(lambda: canvas.is_crisp)
    image = canvas.grab().toImage()
    y = int(canvas.camera.to_screen(*point_to_mercator(0.0, 10.0))[1])
    row = [colour(image, x, y) != DARK.land for x in range(1024)]
    assert any(row[2:25])
    assert any(row[-25:-2])
    assert not any(row[60:-60])
