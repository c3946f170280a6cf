"""A map panel over the real base data, on the virtual screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.services import Services
from tests.support.fake_services import running_services
from widgets.map.panel import MapPanel


@pytest.fixture
def services(qapp: object) -> Iterator[Services]:
    with running_services() as made:
        yield made


@pytest.fixture
def panel(qtbot: QtBot, services: Services) -> Iterator[MapPanel]:
    """Shown, with its base layers read and drawn."""
    made = MapPanel(services)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitUntil(lambda: made.stack.get("roads") is not None, timeout=20_000)
    with qtbot.waitSignal(made.canvas.picture_shown, timeout=30_000):
        made.canvas.update()
    yield made
    made.close()
