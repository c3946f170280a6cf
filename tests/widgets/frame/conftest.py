"""A window with plain panels over fake services."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.people import Org
from app.panels import Area, Panel
from app.services import Services
from tests.support.fake_services import fake_services, incident, put
from widgets.shared.theme import load_theme
from widgets.window import MainWindow


def _panel(panel_id: str, title: str, area: Area, roles: frozenset[str] = frozenset()) -> Panel:
    return Panel(id=panel_id, title=title, area=area, build=lambda _: QLabel(title), roles=roles)


PANELS = (
    Panel(id="queue", title="事件队列", area=Area.LEFT, build=lambda _: QLineEdit()),
    _panel("map", "地图", Area.CENTRE),
    _panel("case", "事件", Area.RIGHT),
    _panel("alarms", "告警", Area.LEFT),
    _panel("outbox", "待发", Area.RIGHT, frozenset({"SHIFT_CHIEF", "DISPATCHER"})),
    _panel("video-health", "视频健康", Area.BOTTOM),
)

type Open = Callable[[Services], MainWindow]


@pytest.fixture
def services(qapp: QApplication) -> Iterator[Services]:
    """Nobody is signed in; one case is there."""
    made = fake_services(None)
    made.store.apply(put(incident(7), Org(id="tocc", version=1, name="滨海新区指挥中心")))
    yield made
    made.tasks.shutdown()


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, services: Services) -> Iterator[Open]:
    """Windows are closed before the services end."""
    opened: list[MainWindow] = []

    def open_one(services: Services) -> MainWindow:
        load_theme("dark").wear(qapp)
        window = MainWindow(services, "0.1.0", PANELS)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        opened.append(window)
        return window

    yield open_one
    for window in opened:
        window.close()


@pytest.fixture
def window(open_window: Open, services: Services) -> MainWindow:
    """The shift chief has signed in."""
    window = open_window(services)
    services.session.sign_in("shift_chief", "", lambda _: None)
    return window
