"""Presets are gone to, kept and removed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import Preset
from tests.support.fake_commands import FakeCommands
from tests.support.fake_ptz import FakePtz
from tests.support.fake_services import FakeFiles
from tests.widgets.video.ptz.conftest import DISPATCHER, Desk


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
