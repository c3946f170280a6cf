"""The video panel under hands: keys, mouse, drops, incidents, saved walls, several walls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.camera import Preset
from app.domain.incident import Place
from app.domain.roles import Role
from app.selection import Ref
from app.services import Services
from app.video.tour import Tour
from app.video.wall import Tile, Wall
from tests.support.fake_services import USERS, incident, put, running_services
from tests.widgets.video.walls import camera, cameras, drop, videos_of
from widgets.shared.theme import load_theme
from widgets.video.calling import ranges
from widgets.video.menu import TileMenu
from widgets.video.panel import VideoPanel
from widgets.video.saved import SavedWalls

CASE = incident(7, title="油罐车侧翻", type="ACC", place=Place(
    route_id="S11", route_code="S11", stake_m=21_600.0, direction="down", lon=117.7, lat=38.99,
))  # fmt: skip


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    load_theme("dark").wear(qapp)


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services() as made:
        cameras(made, 30)
        made.store.apply(put(CASE))
        yield made


def built(qtbot: QtBot, services: Services, name: str = "video") -> VideoPanel:
    made = VideoPanel(services, name)
    qtbot.addWidget(made)
    made.resize(1400, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.view.setFocus()
    return made


@pytest.fixture
def panel(qtbot: QtBot, services: Services) -> VideoPanel:
    made = built(qtbot, services)
    made.keeper.show(wall(*(f"cam-{n}" for n in range(11, 15))))
    return made


def wall(*ids: str, layout: str = "4", shown: int = 4) -> Wall:
    return Wall(layout=layout, shown=shown, tiles=tuple(Tile(camera=c) for c in ids))


def on_wall(panel: VideoPanel) -> list[str]:
    now = panel.keeper.wall
    return [now.tile(i).camera.removeprefix("cam-") for i in range(now.shown)]


def middle(panel: VideoPanel, index: int) -> QPoint:
    return panel.view.rect_of(index).center()


def press(panel: VideoPanel, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(panel.view, key)


# keys


@pytest.mark.parametrize(
    ("layout", "keys", "tile"),
    [("4", "3", 3), ("9", "9", 9), ("16", "12", 12), ("25", "25", 25), ("16", "4", 4)],
)
def test_digits_take_a_tile_by_its_number(
    panel: VideoPanel, layout: str, keys: str, tile: int
) -> None:
    panel.keeper.divide(layout)
    QTest.keyClicks(panel.view, keys)
    assert panel.keeper.focus == tile - 1


def test_a_digit_that_could_begin_a_larger_number_waits_for_the_second(
    qtbot: QtBot, panel: VideoPanel
) -> None:
    panel.keeper.divide("16")
    panel.keeper.take(5)
    QTest.keyClicks(panel.view, "1")
    assert panel.keeper.focus == 5
    qtbot.waitUntil(lambda: panel.keeper.focus == 0, timeout=2000)


def test_a_number_beyond_the_wall_changes_nothing(panel: VideoPanel) -> None:
    panel.keeper.take(2)
    QTest.keyClicks(panel.view, "9")
    assert panel.keeper.focus == 2


def test_arrows_walk_over_the_wall(panel: VideoPanel) -> None:
    press(panel, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert panel.keeper.focus == 3


def test_one_tile_fills_the_wall_and_arrows_change_the_camera(panel: VideoPanel) -> None:
    press(panel, Qt.Key.Key_F, Qt.Key.Key_Right)
    assert panel.keeper.alone == 1
    assert panel.view.rect_of(1).size() == panel.view.size()
    press(panel, Qt.Key.Key_Escape)
    assert panel.keeper.alone is None


def test_a_pin_and_a_cleared_tile_by_key(panel: VideoPanel) -> None:
    press(panel, Qt.Key.Key_P, Qt.Key.Key_Right, Qt.Key.Key_Delete)
    assert panel.keeper.wall.tile(0).pinned
    assert on_wall(panel) == ["11", "", "13", "14"]


def test_a_dead_stream_is_asked_again_by_key(services: Services, panel: VideoPanel) -> None:
    press(panel, Qt.Key.Key_R)
    assert ("retry",) in videos_of(services).of("cam-11").calls


def test_escape_without_use_on_the_wall_goes_on_to_the_window(panel: VideoPanel) -> None:
    assert not panel.keeper.back()


def test_keys_with_a_command_modifier_are_left_alone(panel: VideoPanel) -> None:
    QTest.keyClick(panel.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not panel.keeper.wall.tile(0).pinned


# mouse


def test_a_camera_is_dropped_on_a_tile(panel: VideoPanel) -> None:
    assert drop(panel.view, middle(panel, 2), "cam-20")
    assert on_wall(panel) == ["11", "12", "20", "14"]
    assert panel.keeper.focus == 2


def test_a_camera_of_the_wall_changes_places_with_the_tile_that_it_falls_on(
    panel: VideoPanel,
) -> None:
    assert drop(panel.view, middle(panel, 3), "cam-11")
    assert on_wall(panel) == ["14", "12", "13", "11"]


def test_a_double_click_fills_the_wall_with_one_tile(panel: VideoPanel) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = middle(panel, 3)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
        here = QPointF(at)
        there = QPointF(panel.view.mapToGlobal(at))
        QApplication.sendEvent(panel.view, QMouseEvent(kind, here, there, left, left, none))
    assert panel.keeper.alone == 3


def test_a_camera_from_the_list_takes_the_free_tile(panel: VideoPanel) -> None:
    panel.keeper.show(panel.keeper.wall.clear(2))
    panel.cameras.camera_chosen.emit("cam-25")
    assert on_wall(panel) == ["11", "12", "25", "14"]
    panel.cameras.camera_chosen.emit("cam-11")
    assert panel.keeper.focus == 0


# incidents


def called(qtbot: QtBot, services: Services, panel: VideoPanel) -> None:
    services.selection.open(Ref("incident", CASE.id))
    qtbot.waitUntil(lambda: bool(panel.keeper.wall.called), timeout=3000)


def test_an_opened_incident_comes_to_the_wall_and_one_key_leads_back(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    panel.keeper.show(panel.keeper.wall.pin(1, pinned=True))
    before = panel.keeper.wall
    called(qtbot, services, panel)
    assert on_wall(panel) == ["3", "12", "4", "2"]
    banner = panel.head.banner
    assert banner.text() == "1、3–4 号窗:S11 油罐车侧翻"
    assert banner.toolTip() == "事件联动:S11 油罐车侧翻,占用 1、3–4 号窗 · Esc 返回原画面"
    press(panel, Qt.Key.Key_Escape)
    assert panel.keeper.wall == before
    assert (banner.text(), banner.toolTip(), panel.head.back.isVisible()) == ("", "", False)


def test_the_way_back_from_an_incident_is_a_button_too(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    before = panel.keeper.wall
    called(qtbot, services, panel)
    assert panel.head.back.isVisible()
    panel.head.back.click()
    assert panel.keeper.wall == before


def test_an_incident_opened_again_is_called_up_once(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    called(qtbot, services, panel)
    now = panel.keeper.wall
    services.selection.open(Ref("incident", CASE.id))
    panel.calling.call(CASE.id)
    qtbot.wait(50)
    assert panel.keeper.wall == now


def test_a_called_camera_offers_to_turn_to_the_incident(
    qtbot: QtBot, services: Services, panel: VideoPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    presets = (Preset(number=2, name="上行来车"), Preset(number=3, name="下行来车"))
    services.store.apply(put(camera(3, ptz="GATEWAY", presets=presets, version=2)))
    assert not panel.head.preset.isVisible()
    called(qtbot, services, panel)
    assert panel.head.preset.text() == "转到 下行来车"
    gone: list[int] = []
    monkeypatch.setattr(panel.pad.control, "go_to", gone.append)
    panel.head.preset.click()
    assert gone == [3]
    panel.keeper.take(3)
    assert not panel.head.preset.isVisible()


def test_a_hidden_wall_leaves_incidents_alone(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    panel.hide()
    services.selection.open(Ref("incident", CASE.id))
    qtbot.wait(50)
    assert panel.keeper.wall.called == ()


def test_an_incident_without_a_place_says_why_no_camera_comes(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    services.store.apply(put(incident(8, place=Place(text="桥下"))))
    services.selection.open(Ref("incident", "case-8"))
    qtbot.waitUntil(lambda: "位置" in panel.head.banner.text(), timeout=3000)


def test_what_was_asked_for_before_the_wall_was_there_is_shown_when_it_comes(
    qtbot: QtBot, services: Services
) -> None:
    services.selection.watch(Ref("camera", "cam-5"))
    panel = built(qtbot, services)
    assert "cam-5" in panel.keeper.wall.cameras
    services.selection.watch(Ref("camera", "cam-6"))
    assert "cam-6" in panel.keeper.wall.cameras


def test_of_several_walls_the_first_answers(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    second = built(qtbot, services, "video-2")
    services.selection.watch(Ref("camera", "cam-6"))
    assert "cam-6" in panel.keeper.wall.cameras
    assert second.keeper.wall.cameras == ()


# kept


def test_the_wall_is_kept_per_role(qtbot: QtBot, services: Services, panel: VideoPanel) -> None:
    panel.keeper.keep()
    again = built(qtbot, services)
    assert on_wall(again) == ["11", "12", "13", "14"]
    services.session.user = USERS[Role.DISPATCHER]
    services.preferences.changed.emit("")
    assert again.keeper.wall.cameras == ()


def test_saved_walls_are_opened_renamed_replaced_and_deleted(
    services: Services, panel: VideoPanel
) -> None:
    saved = SavedWalls(services.preferences, lambda: "SHIFT_CHIEF")
    saved.save("早高峰", panel.keeper.wall)
    saved.save("夜班", wall("cam-1"))
    saved.rename("早高峰", "晚高峰")
    assert saved.names() == ("晚高峰", "夜班")
    assert saved.open("晚高峰") == panel.keeper.wall
    saved.rename("夜班", "晚高峰")
    assert saved.names() == ("晚高峰",)
    assert saved.open("晚高峰") == wall("cam-1")
    saved.delete("晚高峰")
    assert saved.names() == ()
    assert SavedWalls(services.preferences, lambda: "VIDEO_OP").names() == ()


# several walls


def test_a_camera_is_handed_to_the_wall_that_pops_out(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    menu = TileMenu(services, panel.keeper, panel.view, 1)
    pop_out = next(a for a in menu.actions() if "新窗口" in a.text())
    with qtbot.waitSignal(services.selection.act_asked) as asked:
        pop_out.trigger()
    assert asked.args == ["video.new"]
    second = built(qtbot, services, "video-2")
    assert (second.keeper.wall.layout, second.keeper.wall.cameras) == ("1", ("cam-12",))


def test_the_menu_of_a_free_tile_says_what_to_do(services: Services, panel: VideoPanel) -> None:
    panel.keeper.show(panel.keeper.wall.clear(0))
    menu = TileMenu(services, panel.keeper, panel.view, 0)
    assert [action.isEnabled() for action in menu.actions()] == [False]


def test_layout_chips_divide_the_wall_and_show_how_it_is(panel: VideoPanel) -> None:
    panel.head.chips["1+7"].click()
    assert panel.keeper.wall.layout == "1+7"
    panel.keeper.divide("9")
    assert panel.head.chips["9"].isChecked()
    assert not panel.head.chips["1+7"].isChecked()


def test_the_sides_give_way_on_a_narrow_panel(qtbot: QtBot, panel: VideoPanel) -> None:
    assert panel.cameras.isVisible()
    assert panel.pad.isVisible()
    panel.resize(1000, 700)
    qtbot.waitUntil(lambda: not panel.pad.isVisible())
    panel.resize(700, 600)
    qtbot.waitUntil(lambda: not panel.cameras.isVisible())


# beside the wall


def test_facts_and_head_follow_the_tile_in_hand(panel: VideoPanel) -> None:
    panel.keeper.take(1)
    assert panel.facts.text("code") == camera(12).code
    seen = panel.pad.control.camera
    assert seen is not None
    assert seen.id == "cam-12"
    panel.hide()
    assert panel.pad.control.camera is None


def test_a_tour_shows_its_cameras_on_its_tile_and_waits_for_a_touch(
    services: Services, panel: VideoPanel
) -> None:
    tour = Tour(id="t", name="早高峰", cameras=("cam-21", "cam-22"), tiles=(2,))
    panel.tours.runner.start(tour)
    assert on_wall(panel) == ["11", "21", "13", "14"]
    panel.tours.camera_soon.emit("cam-22")
    assert videos_of(services).of("cam-22").calls == [("hide",)]
    press(panel, Qt.Key.Key_2)
    assert panel.tours.runner.is_paused
    assert "cam-22" not in videos_of(services).live


def test_a_tour_rests_while_its_wall_is_hidden(panel: VideoPanel) -> None:
    panel.tours.runner.start(Tour(id="t", name="早高峰", cameras=("cam-21",), tiles=(2,)))
    panel.hide()
    assert panel.tours.runner.is_paused
    panel.show()
    assert not panel.tours.runner.is_paused


def test_a_closed_panel_lets_go_of_every_player(services: Services, panel: VideoPanel) -> None:
    panel.close()
    assert videos_of(services).live == set()


@pytest.mark.parametrize(("tiles", "text"), [([0, 1, 2], "1–3"), ([0, 2, 3], "1、3–4"), ([4], "5")])
def test_tiles_are_told_as_people_count_them(tiles: list[int], text: str) -> None:
    assert ranges(tiles) == text


def test_the_keys_of_the_pad_keep_their_size_on_a_low_screen(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    services.store.apply(put(camera(11, ptz="GATEWAY", version=2)))
    panel.resize(1300, 420)
    panel.keeper.take(0)
    up, middle = panel.pad.ways[0, 1], panel.pad.ways[0, 0]
    qtbot.waitUntil(middle.isVisible)
    qtbot.waitUntil(lambda: up.geometry().bottom() < middle.geometry().top())


def test_an_incident_on_the_wall_makes_it_no_wider(
    qtbot: QtBot, services: Services, panel: VideoPanel
) -> None:
    presets = (Preset(number=3, name="下行来车"),)
    services.store.apply(put(camera(3, ptz="GATEWAY", presets=presets, version=2)))
    least = panel.minimumSizeHint().width()
    called(qtbot, services, panel)
    assert panel.minimumSizeHint().width() == least
    panel.resize(least, 600)
    qtbot.waitUntil(lambda: not panel.head.preset.isVisible())
    assert panel.head.sides.geometry().right() < panel.width()
    panel.resize(900, 600)
    qtbot.waitUntil(lambda: panel.head.back.isVisible() and panel.head.preset.isVisible())
