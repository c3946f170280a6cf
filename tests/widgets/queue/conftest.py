"""A queue of four cases on services whose server says yes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services import Services
from tests.support.fake_services import incident, put, running_services
from widgets.queue.panel import QueuePanel

Key = Qt.Key


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services() as built:
        built.store.apply(
            put(
                incident(1, state="NEW", title="路面积水"),
                incident(2, state="VERIFYING", title="三车追尾", owner_id="user-shift_chief"),
                incident(3, state="CONFIRMED", title="抛洒物", severity="III", type="OBS"),
                incident(4, state="CLOSED", title="货车抛锚"),
            )
        )
        yield built


@pytest.fixture
def panel(services: Services, qtbot: QtBot) -> QueuePanel:
    made = QueuePanel(services)
    qtbot.addWidget(made)
    made.resize(375, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made
