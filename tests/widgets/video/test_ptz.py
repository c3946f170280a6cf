"""A camera in hand: taken by use, stopped by whatever loses the hand, never steered by another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, Health, Preset, PtzLink, PtzLock
from app.domain.ptz import Move
from app.domain.roles import Role
from app.link import Link, LinkState
from app.messages import Message
from app.services import Services
from tests.support.fake_ptz import FakeDriver, FakePtz
from tests.support.fake_services import (
    NOW,
    USERS,
    FakeClock,
    FakeCommands,
    FakeFiles,
    FakeLink,
    FakeSession,
    put,
    running_services,
)
from tests.widgets.video.cameras import camera
from widgets.video.ptz.mouse import PtzMouse
from widgets.video.ptz.pad import PtzPad
from widgets.video.ptz.state import Hold

PRESETS = (
    Preset(number=1, name="收费站方向", picture="a" * 64),
    Preset(number=2, name="下行应急车道"),
)
HEAD = camera(1, ptz=PtzLink.GATEWAY, presets=PRESETS)
OTHER = camera(2, ptz=PtzLink.ONVIF)
FIXED = camera(3)
DISPATCHER, CHIEF, VIDEO_OP = (
    USERS[role] for role in (Role.DISPATCHER, Role.SHIFT_CHIEF, Role.VIDEO_OP)
)
RIGHT, UP = Move(pan=0.5), Move(tilt=0.5)


class Desk:
    """A pad in a window with another field beside it."""

    def __init__(self, services: Services, qtbot: QtBot) -> None:
        self.services, self.qtbot = services, qtbot
        self.window, self.elsewhere = QWidget(), QLineEdit()
        self.pad = PtzPad(services)
        column = QVBoxLayout(self.window)
        column.addWidget(self.pad)
        column.addWidget(self.elsewhere)
        qtbot.addWidget(self.window)
        self.window.resize(280, 760)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.news: list[str] = []
        services.messages.posted.connect(self._on_posted)

    def _on_posted(self, message: Message) -> None:
        self.news.append(message.text)

    @property
    def drivers(self) -> list[FakeDriver]:
        assert isinstance(self.services.ptz, FakePtz)
        return self.services.ptz.drivers

    @property
    def said(self) -> list[Move | str]:
        """Moves and stops, repetitions left out."""
        said = self.drivers[-1].said if self.drivers else []
        return [word for place, word in enumerate(said) if place == 0 or word != said[place - 1]]

    @property
    def fired(self) -> list[str]:
        assert isinstance(self.services.commands, FakeCommands)
        return [command.event for command in self.services.commands.fired]

    def camera(self, number: int = 1) -> Camera:
        found: Camera | None = self.services.store.server("camera", f"cam-{number}")
        assert found is not None
        return found

    def tell(self, number: int = 1, **values: Any) -> None:
        """The server has something new about a camera."""
        known = self.camera(number)
        self.services.store.apply(put(replace(known, version=known.version + 1, **values)))

    def hold(self, user: Any, rank: int, number: int = 1, **values: Any) -> None:
        until = self.services.clock.now() + timedelta(seconds=60)
        self.tell(number, lock=PtzLock(user_id=user.id, rank=rank, until=until, **values))

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.pad.setFocus()
        QTest.keyPress(self.pad, key, modifier)

    def release(self, key: Qt.Key) -> None:
        QTest.keyRelease(self.pad, key)


@pytest.fixture
def role() -> Role:
    return Role.DISPATCHER


@pytest.fixture
def desk(qtbot: QtBot, role: Role) -> Iterator[Desk]:
    with running_services(role) as services:
        services.store.apply(put(HEAD, OTHER, FIXED))
        made = Desk(services, qtbot)
        made.pad.show_camera("cam-1")
        yield made


def test_the_first_use_takes_a_free_head_and_the_release_stops_it(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    assert desk.fired == ["TAKE_PTZ"]
    assert desk.said == [RIGHT]
    desk.release(Qt.Key.Key_Right)
    assert desk.said == [RIGHT, "stop"]
    assert desk.pad.who.text() == "王芳 持有 · 剩 60 s"


def test_a_move_waits_for_the_servers_word_on_the_head(desk: Desk) -> None:
    assert isinstance(desk.services.commands, FakeCommands)
    desk.services.commands.online = False
    desk.press(Qt.Key.Key_Right)
    assert desk.fired == ["TAKE_PTZ"]
    assert desk.said == []
    desk.hold(DISPATCHER, 2)
    assert desk.said == [RIGHT]


def test_a_key_that_was_let_go_before_the_servers_word_moves_nothing(desk: Desk) -> None:
    assert isinstance(desk.services.commands, FakeCommands)
    desk.services.commands.online = False
    desk.press(Qt.Key.Key_Right)
    desk.release(Qt.Key.Key_Right)
    desk.hold(DISPATCHER, 2)
    assert desk.said == []


def test_what_is_held_is_said_again(desk: Desk, qtbot: QtBot) -> None:
    desk.press(Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: desk.drivers[-1].said.count(UP) >= 3, timeout=3000)
    assert desk.said == [UP]


def test_two_arrows_move_at_a_slant_and_one_may_be_let_go(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Up)
    desk.release(Qt.Key.Key_Right)
    assert desk.said == [RIGHT, Move(pan=0.5, tilt=0.5), UP]


@pytest.mark.parametrize(
    ("key", "modifier", "move"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, Move(pan=-1.0)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier, Move(tilt=-0.125)),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, Move(zoom=0.5)),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, Move(zoom=-0.5)),
    ],
)
def test_keys_mean_ways_and_speeds(desk: Desk, key: Qt.Key, modifier: Any, move: Move) -> None:
    desk.press(key, modifier)
    assert desk.said == [move]


def test_a_button_moves_while_it_is_pressed(desk: Desk, qtbot: QtBot) -> None:
    button = desk.pad.ways[-1, 1]
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert desk.said == [Move(pan=-0.5, tilt=0.5)]
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert desk.said[-1] == "stop"


def test_the_slider_sets_the_speed_and_it_is_kept(desk: Desk) -> None:
    desk.pad.speed.setValue(2)
    desk.press(Qt.Key.Key_Right)
    assert desk.said == [Move(pan=0.2)]
    assert desk.services.preferences.get("ptz.speed") == 2


# what loses the hand stops the camera


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


# the lock


def test_use_renews_a_lock_that_has_little_time_left(desk: Desk, qtbot: QtBot) -> None:
    desk.hold(DISPATCHER, 2)
    assert isinstance(desk.services.clock, FakeClock)
    desk.services.clock.advance(seconds=20)
    desk.press(Qt.Key.Key_Right)
    desk.release(Qt.Key.Key_Right)
    assert desk.fired == []
    desk.services.clock.advance(seconds=15)
    desk.press(Qt.Key.Key_Right)
    assert desk.fired == ["TAKE_PTZ"]
    qtbot.waitUntil(lambda: desk.pad.who.text().endswith("60 s"), timeout=3000)


def test_a_take_is_never_sent_late(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    assert isinstance(desk.services.commands, FakeCommands)
    command = desk.services.commands.fired[0]
    assert command.expires_at == NOW + timedelta(seconds=desk.services.rules.ptz.outbox_s)


def test_a_lower_rank_may_not_take_over_and_sees_why(desk: Desk) -> None:
    desk.hold(CHIEF, 3)
    assert desk.pad.who.text() == "陈立 持有 · 剩 60 s"
    assert "陈立" in desk.pad.why.text()
    assert not desk.pad.holding.isEnabled()
    desk.press(Qt.Key.Key_Right)
    assert desk.drivers == []


def test_a_higher_rank_takes_over_by_the_button_alone(desk: Desk, qtbot: QtBot) -> None:
    desk.hold(VIDEO_OP, 1)
    assert desk.pad.holding.text() == "接管"
    desk.press(Qt.Key.Key_Right)
    assert desk.fired == []
    QTest.mouseClick(desk.pad.holding, Qt.MouseButton.LeftButton)
    assert desk.pad.control.state.hold is Hold.MINE
    lock = desk.camera().lock
    assert lock is not None
    assert (lock.user_id, lock.taken_from) == (DISPATCHER.id, VIDEO_OP.id)


def test_the_holder_gives_back_by_the_button(desk: Desk, qtbot: QtBot) -> None:
    desk.hold(DISPATCHER, 2)
    assert desk.pad.holding.text() == "释放"
    QTest.mouseClick(desk.pad.holding, Qt.MouseButton.LeftButton)
    assert desk.pad.who.text() == "空闲"


def test_the_time_left_runs_down_on_the_pad(desk: Desk, qtbot: QtBot) -> None:
    desk.hold(CHIEF, 3)
    assert isinstance(desk.services.clock, FakeClock)
    desk.services.clock.advance(seconds=12)
    qtbot.waitUntil(lambda: desk.pad.who.text() == "陈立 持有 · 剩 48 s", timeout=3000)
    desk.services.clock.advance(seconds=50)
    qtbot.waitUntil(lambda: desk.pad.who.text() == "空闲", timeout=3000)


@pytest.mark.parametrize("role", [Role.AUDITOR])
def test_who_may_not_steer_sees_why(desk: Desk) -> None:
    assert desk.pad.why.text()
    assert not desk.pad.ways[1, 0].isEnabled()
    assert not desk.pad.presets.keep.isEnabled()


def test_a_camera_without_a_head_says_so(desk: Desk) -> None:
    desk.pad.show_camera("cam-3")
    assert desk.pad.none.isVisible()
    assert desk.pad.none.text() == "固定摄像机,无云台"
    assert not desk.pad.ways[1, 0].isVisible()
    desk.press(Qt.Key.Key_Right)
    assert desk.fired == []


def test_without_a_camera_nothing_is_offered(desk: Desk) -> None:
    desk.pad.show_camera(None)
    assert not desk.pad.none.isVisible()
    assert not desk.pad.presets.isVisible()


def test_a_camera_that_is_offline_cannot_be_steered(desk: Desk) -> None:
    desk.tell(health=Health.OFFLINE)
    assert desk.pad.why.text() == "摄像机离线"
    assert not desk.pad.holding.isEnabled()


def test_a_camera_that_does_not_answer_stops_the_hand_and_is_told(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.drivers[-1].tell("UNREACHABLE")
    assert desk.said == [RIGHT, "stop"]
    assert desk.news == ["摄像机没有应答,请重试"]


# presets


def rows(desk: Desk) -> list[str]:
    model = desk.pad.presets.model
    return [str(model.value(row)) for row in range(model.rowCount())]


def acts(desk: Desk) -> list[tuple[object, ...]]:
    assert isinstance(desk.services.ptz, FakePtz)
    return desk.services.ptz.head.acts


def test_digits_and_rows_go_to_presets_and_home_is_one_of_them(desk: Desk, qtbot: QtBot) -> None:
    assert rows(desk) == ["1 收费站方向", "2 下行应急车道"]
    desk.press(Qt.Key.Key_2)
    view = desk.pad.presets.view
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=view.visualRect(view.model().index(0, 0)).center(),
    )
    QTest.mouseClick(desk.pad.ways[0, 0], Qt.MouseButton.LeftButton)
    assert acts(desk) == [("go_to", 2), ("go_to", 1), ("go_to", 1)]


def test_a_preset_that_is_wanted_before_the_head_is_ours_is_gone_to_then(desk: Desk) -> None:
    assert isinstance(desk.services.commands, FakeCommands)
    desk.services.commands.online = False
    desk.press(Qt.Key.Key_1)
    assert acts(desk) == []
    desk.hold(DISPATCHER, 2)
    assert acts(desk) == [("go_to", 1)]


def test_a_position_is_kept_with_its_picture(desk: Desk, qtbot: QtBot) -> None:
    presets = desk.pad.presets
    presets.photographer = lambda done: done("b" * 64)
    QTest.mouseClick(presets.keep, Qt.MouseButton.LeftButton)
    assert presets.number.value() == 3
    presets.name.setText("港区匝道")
    QTest.mouseClick(presets.save, Qt.MouseButton.LeftButton)
    assert acts(desk) == [("set_preset", 3, "港区匝道")]
    kept = desk.camera().preset(3)
    assert kept == Preset(number=3, name="港区匝道", picture="b" * 64)
    assert rows(desk)[-1] == "3 港区匝道"


def test_a_position_that_the_camera_did_not_keep_is_kept_nowhere(desk: Desk) -> None:
    assert isinstance(desk.services.ptz, FakePtz)
    desk.services.ptz.head.code = "DEVICE_FAULT"
    desk.pad.control.set_preset(4, "不成")
    assert desk.camera().preset(4) is None
    assert desk.news == ["摄像机不接受此操作"]


def test_a_preset_is_removed_with_the_delete_key(desk: Desk, qtbot: QtBot) -> None:
    view = desk.pad.presets.view
    view.setCurrentIndex(view.model().index(0, 0))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert acts(desk) == [("remove_preset", 1)]
    assert rows(desk) == ["2 下行应急车道"]


def test_pictures_of_presets_are_shown_when_they_are_there(desk: Desk) -> None:
    assert isinstance(desk.services.files, FakeFiles)
    picture = QImage(160, 90, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    desk.services.files.pictures["a" * 64] = picture
    desk.pad.show_camera("cam-2")
    desk.pad.show_camera("cam-1")
    view = desk.pad.presets.view
    shown = view.viewport().grab().toImage()
    at = view.visualRect(view.model().index(0, 0))
    ratio = shown.devicePixelRatio()
    point = QPoint(at.right() - 40, at.center().y()) * ratio
    assert shown.pixelColor(point).red() > 200


# the mouse in the picture


def test_a_drag_turns_faster_the_further_it_goes(desk: Desk) -> None:
    mouse = PtzMouse(desk.pad.control, desk.pad)
    mouse.press()
    mouse.drag(20, 0, 100)
    mouse.drag(300, 0, 100)
    mouse.release()
    slow, fast = (word for word in desk.said if isinstance(word, Move))
    assert 0 < slow.pan < 0.1
    assert fast.pan == pytest.approx(1.0)
    assert desk.said[-1] == "stop"


def test_a_drag_upwards_looks_up(desk: Desk) -> None:
    mouse = PtzMouse(desk.pad.control, desk.pad)
    mouse.press()
    mouse.drag(0, -80, 100)
    (word,) = desk.said
    assert isinstance(word, Move)
    assert word.tilt > 0


def test_a_hand_that_trembles_moves_nothing(desk: Desk) -> None:
    mouse = PtzMouse(desk.pad.control, desk.pad)
    mouse.press()
    mouse.drag(3, 2, 100)
    mouse.release()
    assert desk.said == []


def test_a_notch_of_the_wheel_zooms_for_a_moment(desk: Desk, qtbot: QtBot) -> None:
    mouse = PtzMouse(desk.pad.control, desk.pad)
    mouse.wheel(1)
    qtbot.waitUntil(lambda: desk.said == [Move(zoom=0.5), "stop"], timeout=3000)
