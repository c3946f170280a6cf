"""A camera in hand: taken by use, moved by keys, buttons and mouse."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.ptz import Move
from tests.support.fake_commands import FakeCommands
from tests.widgets.video.ptz.conftest import DISPATCHER, RIGHT, UP, Desk
from widgets.video.ptz.mouse import PtzMouse


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
