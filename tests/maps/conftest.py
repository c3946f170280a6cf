"""What the map tests share."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[MapCanvas]:
    """A canvas of 400 × 300 pixels that is closed after the test."""
    canvas = MapCanvas()
    canvas.resize(400, 300)
    yield canvas
    canvas.close()
    canvas.deleteLater()
