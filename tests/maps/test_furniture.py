"""What stands still on the map."""

from math import cos, pi, radians

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from maps.furniture import Furniture, scale_bar
from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.theme import DARK

EARTH_M = 6_378_137.0


def camera(lat: float, zoom: float) -> Camera:
    x, y = point_to_mercator(117.7, lat)
    return Camera(x=x, y=y, zoom=zoom, width=500, height=100)


@pytest.mark.parametrize(("lat", "zoom"), [(0.0, 3.0), (38.98, 12.5), (38.98, 17.0), (-60.0, 9.0)])
def test_the_scale_bar_is_as_long_as_it_says_on_the_ground(lat: float, zoom: float) -> None:
    bar = scale_bar(camera(lat, zoom))
    number, unit = bar.text.split()
    metres = float(number) * (1000.0 if unit == "km" else 1.0)
    ground = 2 * pi * EARTH_M * cos(radians(lat)) / (256 * 2**zoom)
    assert bar.pixels * ground == pytest.approx(metres, rel=0.001)
    assert 40.0 < bar.pixels <= 120.0


@pytest.mark.parametrize("zoom", [11.2, 15.95])
def test_north_stands_beside_the_scale_bar_within_its_box(qapp: QApplication, zoom: float) -> None:
    view, furniture = camera(38.98, zoom), Furniture(DARK, 1.0, "© somebody")
    image = QImage(500, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    furniture.paint(painter, view)
    painter.end()
    left, top, _, _ = furniture.box(view)
    shown = [
        (x, y) for x in range(500) for y in range(100) if image.pixelColor(x, y).alphaF() > 0.5
    ]
    west, north = min(x for x, _ in shown), min(y for _, y in shown)
    assert left <= west and top <= north
    column = {y for x, y in shown if x - west < 10}
    assert max(column) - min(column) >= 15  # a tip, and a letter below it


def test_a_map_without_room_for_all_has_the_attribution(qapp: QApplication) -> None:
    view, furniture = camera(38.98, 12.0), Furniture(DARK, 1.0, "© somebody")
    whole, small = furniture.box(view), furniture.box(view.resized(150, 100, 1.0))
    assert small[0] >= 0.0
    assert small[2] - small[0] < whole[2] - whole[0]
