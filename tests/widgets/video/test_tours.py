"""Tours beside the wall: run, held by a touch, kept per role, written with cameras dragged in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import Health
from app.services import Services
from app.video.tour import Tour
from tests.support.fake_services import USERS, demo_rows, put, running_services
from tests.widgets.video.cameras import camera, city
from widgets.shared.camera_drag import camera_mime
from widgets.video.tours import kept as kept_module
from widgets.video.tours.form import read_tiles
from widgets.video.tours.stops import StopList
from widgets.video.tours.tours_box import ToursBox

MORNING = Tour(id="morning", name="早高峰巡视", cameras=("cam-1", "cam-4", "cam-2"), tiles=(2,))


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setattr(kept_module, "demo_tours", tuple)
    with running_services("VIDEO_OP") as made:
        made.store.apply(put(*city()))
        yield made


@pytest.fixture
def demo() -> tuple[Tour, ...]:
    """What stands in the file of the demo city."""
    return kept_module.demo_tours()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def tours(qtbot: QtBot, services: Services, seconds: Seconds) -> ToursBox:
    made = ToursBox(services)
    made.runner._monotonic = seconds
    qtbot.addWidget(made)
    made.kept.put(MORNING)
    made.resize(300, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.view.setCurrentIndex(made.model.index(0, 0))
    made._show_acts()
    return made


def wait(tours: ToursBox, seconds: Seconds, span: float) -> None:
    seconds.now += span
    tours.runner._on_tick()


def told(spy: QSignalSpy) -> list[list[object]]:
    return [spy.at(i) for i in range(spy.count())]


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]  # a QWidget


def test_tour_shows_its_cameras_on_its_tile_and_opens_the_next_ahead(
    tours: ToursBox, seconds: Seconds
) -> None:
    due, soon = QSignalSpy(tours.camera_due), QSignalSpy(tours.camera_soon)
    click(tours.start)
    assert told(due) == [[2, "cam-1"]]
    wait(tours, seconds, 12.0)
    assert told(soon) == [["cam-2"]], "cam-4 is offline"
    wait(tours, seconds, 3.0)
    assert told(due) == [[2, "cam-1"], [2, "cam-2"]]


def test_camera_that_is_passed_over_is_said_with_its_reason(
    tours: ToursBox, seconds: Seconds
) -> None:
    click(tours.start)
    wait(tours, seconds, 15.0)
    assert tours.said.text() == "3/3 · 15 s 后切换 · 跳过 1 路:S50 K41+000 下行 离线 自 11:19"


def test_tour_without_a_living_camera_says_so(tours: ToursBox, services: Services) -> None:
    services.store.apply(put(*(camera(n, version=2, health=Health.OFFLINE) for n in (1, 2))))
    due = QSignalSpy(tours.camera_due)
    click(tours.start)
    assert due.count() == 0
    assert tours.said.text().startswith("没有可看的摄像机")


def test_touch_on_its_tile_holds_the_tour_until_it_is_told_to_go_on(
    tours: ToursBox, seconds: Seconds
) -> None:
    click(tours.start)
    tours.touched(1)
    assert not tours.runner.is_paused, "another tile"
    tours.touched(2)
    assert tours.runner.is_paused
    due = QSignalSpy(tours.camera_due)
    wait(tours, seconds, 100.0)
    assert due.count() == 0
    assert str(tours.model.value(0)) == "早高峰巡视, 3 路 · 每 15 s, 已暂停"
    click(tours.hold)
    wait(tours, seconds, 15.0)
    assert told(due) == [[2, "cam-2"]]


def test_space_holds_and_goes_on(tours: ToursBox) -> None:
    click(tours.start)
    QTest.keyClick(tours.view, Qt.Key.Key_Space)
    assert tours.runner.is_paused
    assert tours.hold.text() == "继续"
    QTest.keyClick(tours.view, Qt.Key.Key_Space)
    assert not tours.runner.is_paused


def test_next_camera_by_hand(tours: ToursBox) -> None:
    click(tours.start)
    due = QSignalSpy(tours.camera_due)
    click(tours.skip)
    assert told(due) == [[2, "cam-2"]]


def test_stop_ends_it_and_hides_what_only_a_running_tour_needs(tours: ToursBox) -> None:
    assert not tours.hold.isVisible()
    click(tours.start)
    assert tours.hold.isVisible()
    assert tours.head._count.text() == "早高峰巡视"
    click(tours.stop)
    assert tours.runner.tour is None
    assert not tours.hold.isVisible()
    assert tours.said.text() == ""


def test_end_of_the_session_ends_the_tour(tours: ToursBox, services: Services) -> None:
    click(tours.start)
    services.session.sign_out()
    assert tours.runner.tour is None


def test_tours_belong_to_the_role(tours: ToursBox, services: Services) -> None:
    services.session.user = USERS["DISPATCHER"]  # type: ignore[index]  # a str enum
    services.session.signed_in.emit(services.session.user)
    assert tours.model.rowCount() == 0
    assert tours.empty.isVisible()
    services.session.user = USERS["VIDEO_OP"]  # type: ignore[index]  # a str enum
    services.session.signed_in.emit(services.session.user)
    assert tours.model.ids() == ["morning"]


def test_new_tour_is_written_and_kept(tours: ToursBox, services: Services) -> None:
    click(tours.new)
    form = tours.form
    assert form.isVisible()
    assert not form.save.isEnabled()
    assert form.problem.text() == "请填名称"
    QTest.keyClicks(form.name.edit, "hub")
    form.stops.add("cam-7")
    form.stops.add("cam-8")
    form.dwell.edit.clear()
    QTest.keyClicks(form.dwell.edit, "20")
    form.tiles.edit.clear()
    QTest.keyClicks(form.tiles.edit, "3,4")
    click(form.save)
    assert [tour.name for tour in tours.kept.all()] == ["早高峰巡视", "hub"]
    made = tours.kept.all()[1]
    assert (made.cameras, made.dwell_s, made.tiles) == (("cam-7", "cam-8"), 20.0, (3, 4))
    assert tours.view.currentIndex().row() == 1
    assert services.preferences.get("video.tours.VIDEO_OP")["tours"][1]["name"] == "hub"


def test_form_says_what_is_missing(tours: ToursBox) -> None:
    click(tours.edit)
    form = tours.form
    assert form.save.isEnabled()
    form.dwell.edit.clear()
    QTest.keyClicks(form.dwell.edit, "2")
    assert form.problem.text() == "停留时间应为 5 至 600 秒"
    form.dwell.set_value(15)
    form.tiles.edit.clear()
    QTest.keyClicks(form.tiles.edit, "0")
    assert form.problem.text() == "请填窗口编号,例如 1, 2"
    form.tiles.edit.clear()
    QTest.keyClicks(form.tiles.edit, "1")
    for _ in MORNING.cameras:
        form.stops.setCurrentRow(0)
        QTest.keyClick(form.stops, Qt.Key.Key_Delete)
    assert form.problem.text() == "请加入摄像机"


def test_escape_leaves_the_form_without_a_change(tours: ToursBox) -> None:
    click(tours.edit)
    tours.form.stops.add("cam-8")
    QTest.keyClick(tours.form.stops, Qt.Key.Key_Escape)
    assert tours.kept.get("morning") == MORNING
    assert not tours.form.isVisible()


def test_removed_tour_is_gone_and_does_not_run_on(tours: ToursBox) -> None:
    click(tours.start)
    click(tours.edit)
    click(tours.form.remove)
    assert tours.kept.all() == []
    assert tours.runner.tour is None


def test_stops_are_moved_by_key(qtbot: QtBot) -> None:
    stops = StopList(str)
    qtbot.addWidget(stops)
    stops.show_cameras("abc")
    stops.setCurrentRow(0)
    QTest.keyClick(stops, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert stops.cameras() == ("b", "a", "c")
    QTest.keyClick(stops, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(stops, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert stops.cameras() == ("b", "c", "a")
    QTest.keyClick(stops, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert stops.cameras() == ("b", "a", "c")


def test_camera_that_is_dropped_in_stands_where_it_was_dropped(qtbot: QtBot) -> None:
    stops = StopList(str)
    qtbot.addWidget(stops)
    stops.resize(200, 200)
    stops.show_cameras("abc")
    with qtbot.waitExposed(stops):
        stops.show()
    data = camera_mime("new")
    row = stops.visualItemRect(stops.item(1))
    drop = QDropEvent(
        QPointF(row.left() + 5, row.top() + 1), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    stops.dropEvent(drop)
    assert stops.cameras() == ("a", "new", "b", "c")


def test_camera_stands_in_a_tour_once(qtbot: QtBot) -> None:
    stops = StopList(str)
    qtbot.addWidget(stops)
    stops.show_cameras("abc")
    stops.add("a")
    assert stops.cameras() == ("b", "c", "a")


@pytest.mark.parametrize(
    ("text", "tiles"),
    [("1", (1,)), (" 1, 2、4 ", (1, 2, 4)), ("2 2", (2,)), ("", None), ("0", None), ("a", None)],
)
def test_tile_numbers_as_people_type_them(text: str, tiles: tuple[int, ...] | None) -> None:
    assert read_tiles(text) == tiles


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tours: ToursBox) -> Tour:
    """A tour of the demo city beside the own one."""
    tour = Tour(id="demo-1", name="危货车辆通道", cameras=("cam-6", "cam-8"), demo=True)
    monkeypatch.setattr(kept_module, "demo_tours", lambda: (tour,))
    tours._show_tours()
    return tour


def test_demo_tour_is_marked_as_demo(tours: ToursBox, given: Tour) -> None:
    assert tours.kept.all() == [given, MORNING]
    assert str(tours.model.value(0)).endswith("演示")


def test_demo_tour_needs_demo_cameras(tours: ToursBox, given: Tour, services: Services) -> None:
    real = [replace(one, version=2, demo=False) for one in city()]
    services.store.apply(put(*real))
    assert tours.kept.all() == [MORNING]


def test_demo_tour_that_was_changed_is_the_users_own(tours: ToursBox, given: Tour) -> None:
    tours.kept.put(replace(given, name="危货"))
    assert [(tour.name, tour.demo) for tour in tours.kept.all()] == [
        ("危货", False),
        ("早高峰巡视", False),
    ]


def test_demo_tour_that_was_removed_stays_away(tours: ToursBox, given: Tour) -> None:
    tours.kept.remove(given.id)
    assert tours.kept.all() == [MORNING]


def test_tours_of_the_demo_city_name_its_own_cameras(demo: tuple[Tour, ...]) -> None:
    known = {row["id"] for row in demo_rows("cameras")}
    assert [tour.name for tour in demo] == ["早高峰巡视", "危货车辆通道", "枢纽客流"]
    assert all(tour.demo and set(tour.cameras) <= known for tour in demo)
    assert len(demo[0].cameras) == 12
