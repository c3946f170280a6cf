"""Whatever loses the hand stops the camera."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.ptz import Move
from app.link import Link, LinkState
from tests.support.fake_commands import FakeCommands
from tests.support.fake_services import NOW, FakeClock, FakeLink, FakeSession
from tests.widgets.video.ptz.conftest import CHIEF, DISPATCHER, RIGHT, Desk


def test_another_field_that_takes_the_keys_stops_the_camera(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.elsewhere.setFocus()
    assert desk.said == [RIGHT, "stop"]


def test_a_window_that_is_left_stops_the_camera(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    QApplication.sendEvent(desk.pad, QEvent(QEvent.Type.WindowDeactivate))
    assert desk.said == [RIGHT, "stop"]


def test_an_application_that_is_left_stops_the_camera(desk: Desk, qapp: QApplication) -> None:
    desk.press(Qt.Key.Key_Right)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert desk.said == [RIGHT, "stop"]


def test_a_button_that_is_held_while_the_keys_go_elsewhere_stops(desk: Desk, qtbot: QtBot) -> None:
    desk.pad.closer.setFocus()
    QTest.keyPress(desk.pad.closer, Qt.Key.Key_Space)
    desk.elsewhere.setFocus()
    assert desk.said == [Move(zoom=0.5), "stop"]


def test_a_lock_that_runs_out_stops_the_camera(desk: Desk, qtbot: QtBot) -> None:
    desk.press(Qt.Key.Key_Right)
    assert isinstance(desk.services.commands, FakeCommands)
    desk.services.commands.online = False  # nothing renews it
    assert isinstance(desk.services.clock, FakeClock)
    desk.services.clock.advance(seconds=61)
    qtbot.waitUntil(lambda: desk.said[:3] == [RIGHT, "stop", "close"], timeout=3000)


def test_a_higher_rank_that_takes_over_stops_the_camera_and_is_named(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.hold(CHIEF, 3, taken_from=DISPATCHER.id)
    assert desk.said == [RIGHT, "stop", "close"]
    assert desk.news == ["陈立 已接管云台,您的操作已停止"]
    assert not desk.pad.ways[1, 0].isEnabled()
    desk.press(Qt.Key.Key_Up)
    assert len(desk.drivers) == 1


def test_another_camera_stops_the_one_before_and_gives_it_back(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.pad.show_camera("cam-2")
    assert desk.said == [RIGHT, "stop", "close"]
    assert desk.fired == ["TAKE_PTZ", "RELEASE_PTZ"]


def test_a_lost_link_stops_the_camera_and_is_told(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    assert isinstance(desk.services.link, FakeLink)
    desk.services.link.now = Link(state=LinkState.OFFLINE, since=NOW)
    desk.services.link.changed.emit(desk.services.link.now)
    assert desk.said == [RIGHT, "stop"]
    assert desk.pad.why.text() == "网络中断,云台暂不可用"
    assert not desk.pad.ways[1, 0].isEnabled()


def test_a_seat_that_is_locked_stops_the_camera_and_gives_it_back(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.services.session.lock()
    assert desk.said == [RIGHT, "stop", "close"]
    assert desk.fired[-1] == "RELEASE_PTZ"


def test_a_user_who_signs_out_stops_the_camera(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    assert isinstance(desk.services.session, FakeSession)
    desk.services.session.sign_out()
    assert desk.said == [RIGHT, "stop", "close"]


def test_a_pad_that_is_hidden_stops_the_camera(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.pad.hide()
    assert desk.said == [RIGHT, "stop", "close"]


def test_a_pad_that_is_gone_has_let_go(desk: Desk, qtbot: QtBot) -> None:
    desk.press(Qt.Key.Key_Right)
    with qtbot.waitSignal(desk.pad.destroyed):
        desk.pad.deleteLater()
    assert desk.said[-1] == "close"
