"""Who has the head, for how long, and who may have it instead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import Health
from app.domain.roles import Role
from tests.support.fake_commands import FakeCommands
from tests.support.fake_services import NOW, FakeClock
from tests.widgets.video.ptz.conftest import CHIEF, DISPATCHER, RIGHT, VIDEO_OP, Desk
from widgets.video.ptz.state import Hold


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
