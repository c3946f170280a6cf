"""Short movements of the camera."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.motion import CameraMotion


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QObject]:
    parent = QObject()
    yield parent
    parent.deleteLater()


def test_a_glide_takes_the_short_way_round_the_world(qtbot: QtBot, parent: QObject) -> None:
    west = Camera(x=0.0, y=0.0, zoom=10.0, width=400, height=300)
    seen = [west.centred(*point_to_mercator(179.95, 10.0))]
    motion = CameraMotion(lambda: seen[-1], seen.append, parent)
    motion.fly_to(west.centred(*point_to_mercator(-179.95, 10.0)))
    qtbot.waitUntil(lambda: seen[-1].lonlat == pytest.approx((-179.95, 10.0)))
    assert min(abs(camera.lonlat[0]) for camera in seen) > 179.9
