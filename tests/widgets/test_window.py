"""The window with the real panels over fake services."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services import Services
from tests.support.fake_services import fake_services, incident, put
from widgets.window import LEAST, MainWindow


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    services: Services = fake_services(None)
    services.store.apply(put(incident(7)))
    made = MainWindow(services, "0.1.0")
    qtbot.addWidget(made)
    made.resize(*LEAST)
    made.show()
    qtbot.waitExposed(made)
    services.session.sign_in("shift_chief", "", lambda _: None)
    yield made
    made.close()
    services.tasks.shutdown()


def test_everything_fits_on_the_smallest_screen(window: MainWindow) -> None:
    for layout in ("situation", "incidents"):
        window.show_layout(layout)
        least = window.minimumSizeHint()
        assert (least.width() <= LEAST[0], least.height() <= LEAST[1]) == (True, True)
        assert (window.width(), window.height()) == LEAST


def test_every_action_without_a_question_runs(window: MainWindow, qtbot: QtBot) -> None:
    asking = {"layout.save_as", "diagnostics.export", "window.quit"}
    leaving = {"seat.change_user", "seat.lock", "window.full_screen"}
    for action_id in window._actions.keys() - asking - leaving:
        window.fire(action_id)
    assert window.workspace is not None
    assert window.workspace.isVisible()
