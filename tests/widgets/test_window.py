"""The window with the real panels over fake services."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.services import Services
from tests.support.fake_services import fake_services, incident, put
from widgets.frame.language import use_language
from widgets.window import LEAST, MainWindow


@pytest.fixture
def services(qapp: QApplication) -> Iterator[Services]:
    made = fake_services(None)
    made.store.apply(put(incident(7)))
    yield made
    made.tasks.shutdown()


@pytest.fixture
def window(services: Services, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(services, "0.1.0")
    qtbot.addWidget(made)
    made.resize(*LEAST)
    made.show()
    qtbot.waitExposed(made)
    services.session.sign_in("shift_chief", "", lambda _: None)
    yield made
    made.close()


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


CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
NAME = "王芳"


def words_on(window: MainWindow) -> set[str]:
    """What stands on the visible labels and buttons."""
    seen: list[QLabel | QAbstractButton] = [
        *window.findChildren(QLabel), *window.findChildren(QAbstractButton)
    ]  # fmt: skip
    return {widget.text() for widget in seen if widget.isVisible()} - {""}


@pytest.fixture
def _chinese_again() -> Iterator[None]:
    yield
    use_language("zh")


@pytest.mark.usefixtures("_chinese_again")
def test_each_user_finds_the_desk_in_the_own_language(
    services: Services, window: MainWindow, qtbot: QtBot
) -> None:
    first = window.workspace
    assert first is not None
    first.docks.docks["alarms"].toggleView(True)
    first.docks.docks["alarms"].setFloating()
    services.preferences.set("language", "en")
    assert "席位 A-03" in words_on(window)
    services.session.sign_out()
    with qtbot.waitSignal(first.destroyed):
        services.session.sign_in("dispatcher", "", lambda _: None)
    words = words_on(window)
    assert {"Seat A-03", "Report F2", "No case open"} <= words
    assert [text for text in words if CHINESE.search(text.replace(NAME, ""))] == []
    services.session.lock()
    assert "Seat locked" in words_on(window)
    services.session.sign_out()
    assert "Sign in" in words_on(window)
    services.preferences.set("language", "zh")
    services.session.sign_in("shift_chief", "", lambda _: None)
    assert {"席位 A-03", "接报 F2", "没有打开的事件"} <= words_on(window)


def test_a_panel_asks_for_an_act_of_the_desk_and_is_left_again(
    window: MainWindow, services: Services
) -> None:
    assert window.workspace is not None
    docks = window.workspace.docks.docks
    services.selection.act_asked.emit("report.new")
    assert not docks["report"].isClosed()
    services.selection.left.emit("report")
    assert docks["report"].isClosed()
