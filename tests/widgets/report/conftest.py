"""A report panel as the user sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.roles import Role
from app.services import Services
from tests.support.fake_services import running_services
from widgets.report.panel import ReportPanel

type Begin = Callable[[], ReportPanel]


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services(Role.DISPATCHER) as running:
        yield running


@pytest.fixture
def begin(services: Services, qtbot: QtBot) -> Begin:
    """Build the panel on the services and press F2."""

    def begun() -> ReportPanel:
        panel = ReportPanel(services)
        qtbot.addWidget(panel)
        panel.resize(440, 1000)
        with qtbot.waitExposed(panel):
            panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        panel.begin()
        return panel

    return begun
