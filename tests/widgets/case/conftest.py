"""A case panel on services whose server says yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.roles import Role
from app.selection import Ref
from app.services import Services
from tests.support.fake_services import running_services
from widgets.case.panel import CasePanel

type Open = Callable[[str], CasePanel]


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services(Role.SHIFT_CHIEF) as running:
        yield running


@pytest.fixture
def open_case(services: Services, qtbot: QtBot) -> Open:
    """Show the panel as the user sees it, with one case opened."""

    def opened(incident_id: str) -> CasePanel:
        panel = CasePanel(services)
        qtbot.addWidget(panel)
        panel.resize(440, 1000)
        shown(panel, qtbot)
        services.selection.open(Ref("incident", incident_id))
        return panel

    return opened


def shown(widget: QWidget, qtbot: QtBot) -> None:
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
