from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera
from app.domain.route import Route
from app.place_finder import Found
from app.selection import Ref
from app.services import Services
from tests.support.fake_services import demo_entities, put
from widgets.frame.palette import Palette
from widgets.window import MainWindow

type Look = Callable[[str, str], list[str]]


@pytest.fixture
def palette(window: MainWindow, services: Services) -> Palette:
    services.store.apply(put(*demo_entities(Route, "routes"), *demo_entities(Camera, "cameras")))
    window.open_palette()
    assert window.palette_box is not None
    return window.palette_box


@pytest.fixture
def look(palette: Palette, qtbot: QtBot) -> Look:
    """Type a text and wait until a result of the group is there."""

    def type_and_wait(text: str, group: str) -> list[str]:
        palette.edit.setText(text)
        qtbot.waitUntil(lambda: any(row.group == group for row in palette.rows()))
        return [row.title for row in palette.rows() if row.group == group]

    return type_and_wait


@pytest.mark.parametrize("text", ["INC-20261122-0007", "追尾"])
def test_a_case_is_found_by_number_and_by_two_characters(look: Look, text: str) -> None:
    assert look(text, "事件") == ["三车追尾 占2车道"]


def test_a_stake_is_found_in_both_directions(look: Look) -> None:
    assert look("g2 k110+300", "位置") == ["G2 K110+300 北京方向", "G2 K110+300 上海方向"]


def test_roads_crossings_and_coordinates_are_found(look: Look) -> None:
    assert look("京沪高速", "位置")[0] == "京沪高速"
    assert look("黄海路 第三大街", "位置") == ["黄海路与第三大街"]
    assert look("117.7, 39.0", "位置") == ["117.700000, 39.000000"]


def test_a_stake_beyond_the_route_says_where_its_stakes_are(look: Look) -> None:
    assert look("G2 K1+000", "位置") == ["G2 的桩号在 K40+686 至 K148+587 之间"]


def test_a_camera_is_found_by_name(look: Look, services: Services) -> None:
    camera = next(iter(services.store.all("camera").values()))
    assert camera.name in look(camera.name, "摄像机")


def test_actions_are_listed_before_anything_is_typed(palette: Palette) -> None:
    assert "搜索与命令" in [row.title for row in palette.rows()]


def test_a_case_is_opened_by_keyboard_alone(
    palette: Palette, look: Look, services: Services, qtbot: QtBot
) -> None:
    look("追尾", "事件")
    with qtbot.waitSignal(services.selection.opened) as opened:
        QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert opened.args == [Ref("incident", "case-7")]
    assert not palette.isVisible()


def test_a_stake_is_shown_on_the_map(
    palette: Palette, look: Look, services: Services, qtbot: QtBot
) -> None:
    look("G2 K110+300", "位置")
    QTest.keyClick(palette.edit, Qt.Key.Key_Down)
    with qtbot.waitSignal(services.selection.located) as located:
        QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    assert located.args is not None
    assert 116 < located.args[0] < 118


def test_an_answer_to_an_older_text_is_dropped(
    palette: Palette, services: Services, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[Callable[[Found], None]] = []
    monkeypatch.setattr(services.places, "find", lambda text, done: waiting.append(done))
    palette.edit.setText("G2 K110")
    qtbot.waitUntil(lambda: len(waiting) == 1)
    palette.edit.setText("G2 K110+300x")
    routes = tuple(services.store.all("route").values())
    waiting[0](services.places._find("G2 K110", 8, (routes, ())))
    assert not any(row.group == "位置" for row in palette.rows())


def test_escape_closes_it_and_keeps_what_is_in_hand(
    palette: Palette, services: Services, qtbot: QtBot
) -> None:
    services.selection.select(Ref("incident", "case-7"))
    QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert services.selection.current == Ref("incident", "case-7")
