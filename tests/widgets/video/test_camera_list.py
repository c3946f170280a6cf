"""The list of cameras: heads, order, search, favourites, changes by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, Health
from app.domain.changes import DROP, Change
from app.services import Services
from tests.support.fake_services import FakeClock, put, running_services
from tests.widgets.video.cameras import camera, city
from widgets.video.cameras.arranging import View
from widgets.video.cameras.camera_list import CameraList
from widgets.video.cameras.delegate import star_rect
from widgets.video.cameras.row import CameraLine, GroupLine


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services("VIDEO_OP") as made:
        made.store.apply(put(*city()))
        yield made


@pytest.fixture
def cameras(qtbot: QtBot, services: Services) -> Iterator[CameraList]:
    made = CameraList(services)
    tester = QAbstractItemModelTester(
        made.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    qtbot.addWidget(made)
    made.resize(300, 600)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    del tester


def titles(cameras: CameraList) -> list[str]:
    lines = [cameras.model.line(row) for row in range(cameras.model.rowCount())]
    return [("" if isinstance(line, CameraLine) else "# ") + line.title for line in lines]


def open_all(cameras: CameraList) -> None:
    for head in [i for i in list(cameras.model.ids()) if i.startswith("#")]:
        cameras.view.folded.emit(head, True)


def search(qtbot: QtBot, cameras: CameraList, text: str) -> list[str]:
    cameras.search.setText(text)
    qtbot.waitUntil(lambda: not cameras._typed.isActive())
    return [line for line in titles(cameras) if not line.startswith("# ")]


def choose(cameras: CameraList, view: View) -> None:
    QTest.mouseClick(cameras.chips[view], Qt.MouseButton.LeftButton)


def key(cameras: CameraList, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(cameras.view, one)


def test_roads_with_a_code_come_first_and_stand_closed(cameras: CameraList) -> None:
    assert titles(cameras) == ["# S11 海滨高速", "# S50 津晋高速", "# 新港四号路", "# 其他地点"]


def test_cameras_of_a_road_stand_in_the_order_of_their_stakes(cameras: CameraList) -> None:
    open_all(cameras)
    assert titles(cameras)[:7] == [
        "# S11 海滨高速", "K21+050 下行", "K22+050 下行", "塘沽收费站",
        "# S50 津晋高速", "K38+700 下行", "K41+000 下行",
    ]  # fmt: skip


def test_both_carriageways_of_a_stake_stand_up_before_down(
    cameras: CameraList, services: Services
) -> None:
    up = camera(9, name="对面", place=replace(camera(1).place, direction="up"))
    services.store.apply(put(up))
    open_all(cameras)
    assert titles(cameras)[1:3] == ["对面", "K21+050 下行"]


def test_kinds_of_node_stand_in_the_order_of_the_code_list(cameras: CameraList) -> None:
    choose(cameras, View.NODE)
    assert titles(cameras) == ["# 路段", "# 港口", "# 枢纽"]
    assert not cameras.chips[View.ROAD].isChecked()


def test_head_counts_cameras_and_those_that_are_dead(cameras: CameraList) -> None:
    line = cameras.model.line(1)
    assert isinstance(line, GroupLine)
    assert (line.count, line.faulty) == (2, 1)


def test_title_counts_all_online_and_unknown(cameras: CameraList) -> None:
    assert cameras._head._count.text() == "8 · 在线 4 · 未知 1"
    assert cameras.chips[View.FAULTS].text() == "故障 2"


def test_faults_are_listed_the_newest_first_with_since_when(cameras: CameraList) -> None:
    choose(cameras, View.FAULTS)
    lines = [cameras.model.line(row) for row in range(2)]
    assert [line.camera.health_words for line in lines if isinstance(line, CameraLine)] == [
        "离线 自 11:19",
        "故障 黑屏 自 11-21 12:34",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("塘沽", ["塘沽收费站"]),
        ("S11 K21", ["K21+050 下行"]),
        ("s11 K21050", ["K21+050 下行"]),
        ("津晋 41", ["K41+000 下行"]),
        ("12011600001310000006", ["新港四号路东门"]),
        ("港口 危货", ["港区危货堆场"]),
        ("离线", ["K41+000 下行"]),
        ("没有这个", []),
    ],
)
def test_search_finds_by_name_road_stake_code_node_and_health(
    qtbot: QtBot, cameras: CameraList, text: str, found: list[str]
) -> None:
    assert search(qtbot, cameras, text) == found


def test_cleared_search_shows_the_heads_as_they_were(qtbot: QtBot, cameras: CameraList) -> None:
    before = titles(cameras)
    assert search(qtbot, cameras, "k") != []
    cameras.search.clear()
    qtbot.waitUntil(lambda: titles(cameras) == before)


def test_enter_in_the_search_chooses_the_first_found(cameras: CameraList) -> None:
    chosen = QSignalSpy(cameras.camera_chosen)
    QTest.keyClicks(cameras.search, "41")
    QTest.keyClick(cameras.search, Qt.Key.Key_Return)
    assert chosen.at(0) == ["cam-4"]


def test_search_marks_the_first_found_and_arrows_walk_on(qtbot: QtBot, cameras: CameraList) -> None:
    cameras.show_camera("cam-4")
    search(qtbot, cameras, "s11")
    assert cameras.view.current_camera() == "cam-1"
    chosen = QSignalSpy(cameras.camera_chosen)
    QTest.keyClick(cameras.search, Qt.Key.Key_Down)
    key(cameras, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert chosen.at(0) == ["cam-2"]


def test_enter_without_a_search_and_without_a_row_chooses_nothing(cameras: CameraList) -> None:
    chosen = QSignalSpy(cameras.camera_chosen)
    QTest.keyClick(cameras.search, Qt.Key.Key_Return)
    assert chosen.count() == 0


def test_keys_open_a_road_walk_it_and_choose(cameras: CameraList) -> None:
    chosen = QSignalSpy(cameras.camera_chosen)
    QTest.keyClick(cameras.search, Qt.Key.Key_Down)
    key(cameras, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert chosen.at(0) == ["cam-1"]
    key(cameras, Qt.Key.Key_Left)
    assert cameras.view.currentIndex().row() == 0
    key(cameras, Qt.Key.Key_Left)
    assert titles(cameras)[1] == "# S50 津晋高速"


def test_click_on_a_head_opens_and_closes_it(cameras: CameraList) -> None:
    for count in (7, 4):
        place = cameras.view.visualRect(cameras.model.index(0, 0)).center()
        QTest.mouseClick(cameras.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert cameras.model.rowCount() == count


def test_f_keeps_a_favourite_for_the_user(cameras: CameraList, services: Services) -> None:
    open_all(cameras)
    cameras.view.show_row(1)
    key(cameras, Qt.Key.Key_F)
    assert services.preferences.get("video.favourites") == ["cam-1"]
    choose(cameras, View.FAVOURITES)
    assert titles(cameras) == ["S11 K21+050 下行"]
    cameras.view.show_row(0)
    key(cameras, Qt.Key.Key_F)
    assert titles(cameras) == []
    assert cameras.empty.isVisible()


def test_star_is_set_by_mouse(cameras: CameraList, services: Services) -> None:
    open_all(cameras)
    row = cameras.view.visualRect(cameras.model.index(2, 0))
    star = star_rect(row.toRectF()).center().toPoint()
    QTest.mouseClick(cameras.view.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert services.preferences.get("video.favourites") == ["cam-2"]


def test_change_of_health_changes_one_row(cameras: CameraList, services: Services) -> None:
    open_all(cameras)
    changed, inserted = (
        QSignalSpy(cameras.model.dataChanged),
        QSignalSpy(cameras.model.rowsInserted),
    )
    services.store.apply(put(camera(1, version=2, health=Health.OFFLINE)))
    rows = [(changed.at(i)[0].row(), changed.at(i)[1].row()) for i in range(changed.count())]
    assert rows == [(0, 1)]
    assert inserted.count() == 0


def test_marked_row_stays_marked_while_others_come_and_go(
    cameras: CameraList, services: Services
) -> None:
    open_all(cameras)
    cameras.view.show_row(2)
    services.store.apply(put(camera(0, name="S11 K20+050 下行")))
    assert cameras.view.current_camera() == "cam-2"
    services.store.apply([Change(rev=9, op=DROP, kind="camera", id="cam-0")])
    assert cameras.view.current_camera() == "cam-2"


def test_maintenance_that_ends_by_the_clock_is_unknown_again(
    qtbot: QtBot, cameras: CameraList, services: Services
) -> None:
    search(qtbot, cameras, "滨海站")
    line = cameras.model.line(1)
    assert isinstance(line, CameraLine)
    assert line.camera.health_words == "维护中 至 13:34"
    assert isinstance(services.clock, FakeClock)
    services.clock.advance(hours=2)
    cameras._on_clock()
    line = cameras.model.line(1)
    assert isinstance(line, CameraLine)
    assert line.camera.health == Health.UNKNOWN


def test_hidden_list_takes_the_changes_when_it_is_shown(
    cameras: CameraList, services: Services
) -> None:
    cameras.hide()
    services.store.apply(put(camera(50, node="BRIDGE")))
    assert cameras._head._count.text().startswith("8 ")
    cameras.show()
    assert cameras._head._count.text().startswith("9 ")


def test_camera_of_the_focused_tile_is_shown_in_its_road(cameras: CameraList) -> None:
    cameras.show_camera("cam-4")
    assert cameras.view.current_camera() == "cam-4"
    cameras.show_camera("no such camera")
    assert cameras.view.current_camera() == "cam-4"


def test_words_of_a_row_say_all_that_is_painted(cameras: CameraList) -> None:
    open_all(cameras)
    said = [str(cameras.model.line(row)) for row in range(cameras.model.rowCount())]
    assert said[0] == "S11 海滨高速, 3"
    assert said[2] == "S11 K22+050 下行, 在线, 云台"
    assert said[3] == "塘沽收费站, K23+900 上行, 在线"
    assert said[4] == "S50 津晋高速, 2, 故障 1"


def test_thousands_of_cameras_are_rows_without_a_reset(
    qtbot: QtBot, cameras: CameraList, services: Services
) -> None:
    reset = QSignalSpy(cameras.model.modelReset)
    many: list[Camera] = [camera(100 + number) for number in range(3000)]
    services.store.apply(put(*many))
    assert len(search(qtbot, cameras, "s11")) == 3003
    assert search(qtbot, cameras, "K1120+") == ["K1120+050 下行"]
    assert reset.count() == 0


def test_empty_list_says_why(qtbot: QtBot) -> None:
    with running_services("VIDEO_OP") as services:
        made = CameraList(services)
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        assert made.empty.isVisible()
        assert made._head._count.text() == "0 · 在线 0"
