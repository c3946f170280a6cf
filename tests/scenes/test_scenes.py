"""Fixed scenes look as they did when somebody last looked at them and kept the picture."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.panels import Panel
from app.selection import Ref
from app.services import Services
from tests.scenes.conftest import Hold
from widgets import alarms, case, queue, report
from widgets.frame.login import LoginPage


def shown(qtbot: QtBot, panel: Panel, services: Services, width: int, height: int) -> QWidget:
    widget = panel.build(services)
    assert isinstance(widget, QWidget)
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_the_queue_looks_as_kept(qtbot: QtBot, services: Services, hold: Hold) -> None:
    hold(shown(qtbot, queue.PANEL, services, 372, 860), "queue")


def test_the_alarm_list_looks_as_kept(qtbot: QtBot, services: Services, hold: Hold) -> None:
    hold(shown(qtbot, alarms.PANEL, services, 372, 700), "alarms")


@pytest.mark.parametrize("state", ["NEW", "RESPONDING", "CLEARED"])
def test_the_case_page_looks_as_kept(
    qtbot: QtBot, services: Services, hold: Hold, state: str
) -> None:
    cases = services.store.all("incident").values()
    chosen = min((c.number, c.id) for c in cases if c.state == state)
    services.selection.open(Ref("incident", chosen[1]))
    hold(shown(qtbot, case.PANEL, services, 440, 1000), f"case-{state.lower()}")


def test_the_empty_case_page_looks_as_kept(qtbot: QtBot, services: Services, hold: Hold) -> None:
    hold(shown(qtbot, case.PANEL, services, 440, 1000), "case-empty")


def test_the_report_form_looks_as_kept(qtbot: QtBot, services: Services, hold: Hold) -> None:
    hold(shown(qtbot, report.PANEL, services, 440, 960), "report")


def test_the_login_page_looks_as_kept(qtbot: QtBot, services: Services, hold: Hold) -> None:
    page = LoginPage(services)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.start()
    with qtbot.waitExposed(page):
        page.show()
    hold(page, "login")
