"""The map and the rest of the desk, on a real canvas."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera
from app.domain.incident import Place
from app.domain.live import LiveKind
from app.selection import Ref
from app.services import Services
from maps.geo.mercator import point_to_mercator
from maps.layers.heat_layer import HeatLayer
from maps.render.context import Missing
from maps.render.request import Failure
from tests.support.fake_live import FakeLive
from tests.support.fake_services import demo_entities, incident, put
from tests.support.live import vehicles
from tests.support.mouse import hover
from widgets.map.panel import MapPanel
from widgets.map.theme import map_theme
from widgets.shared.camera_drag import camera_of
from widgets.shared.theme import Theme, load_theme

LEFT = Qt.MouseButton.LeftButton
AT = (117.70, 38.98)


def pixel(panel: MapPanel, lon: float, lat: float) -> QPoint:
    x, y = panel.canvas.camera.to_screen(*point_to_mercator(lon, lat))
    return QPoint(round(x), round(y))


def add_case(qtbot: QtBot, panel: MapPanel, services: Services, **values: object) -> QPoint:
    """A case on the map; returns where it stands, in pixels."""
    with qtbot.waitSignal(panel.feed.built):
        services.store.apply(put(incident(1, **values)))
    return pixel(panel, *AT)


def test_a_changed_case_leaves_the_other_layers_alone(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    add_case(qtbot, panel, services)
    before = {layer.id: layer for layer in panel.stack.layers}
    with qtbot.waitSignal(panel.feed.built):
        services.store.apply(put(incident(1, severity="I", version=2)))
    after = {layer.id: layer for layer in panel.stack.layers}
    assert {name for name in after if after[name] is not before[name]} == {"incident"}


def test_a_click_selects_and_a_double_click_opens(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    at = add_case(qtbot, panel, services)
    QTest.mouseClick(panel.canvas, LEFT, pos=at)
    assert services.selection.current == Ref("incident", "case-1")
    with qtbot.waitSignal(services.selection.opened):
        QTest.mouseDClick(panel.canvas, LEFT, pos=at)


def test_enter_opens_the_case_in_hand(qtbot: QtBot, panel: MapPanel, services: Services) -> None:
    add_case(qtbot, panel, services)
    QTest.keyClick(panel.canvas, Qt.Key.Key_N)
    assert services.selection.current == Ref("incident", "case-1")
    with qtbot.waitSignal(services.selection.opened):
        QTest.keyClick(panel.canvas, Qt.Key.Key_Return)


def test_a_case_selected_elsewhere_comes_into_view(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    far = Place(text="京沪高速", lon=116.92, lat=38.90)
    with qtbot.waitSignal(panel.feed.built):
        services.store.apply(put(incident(1, place=far)))
    services.selection.select(Ref("incident", "case-1"))
    qtbot.waitUntil(lambda: panel.canvas.rect().contains(pixel(panel, 116.92, 38.90)))


def test_a_case_selected_before_it_is_known_comes_into_view_when_it_is(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    services.selection.select(Ref("incident", "case-1"))
    services.store.apply(put(incident(1, place=Place(text="京沪高速", lon=116.92, lat=38.90))))
    qtbot.waitUntil(lambda: panel.canvas.rect().contains(pixel(panel, 116.92, 38.90)))


def test_a_selected_case_without_a_point_is_told(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    services.store.apply(put(incident(1, place=Place(text="说不清"))))
    services.selection.select(Ref("incident", "case-1"))
    assert panel.overlay.banner.text == "所选事件没有坐标,地图上无法显示"


def test_the_next_click_answers_who_asked_for_a_point(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    given: list[tuple[float, float]] = []
    at = add_case(qtbot, panel, services)
    services.selection.point_asked.emit(lambda lon, lat: given.append((lon, lat)))
    assert panel.overlay.banner.text == "点击地图选取位置,Esc 取消"
    QTest.mouseClick(panel.canvas, LEFT, pos=at)
    assert given == [pytest.approx(AT, abs=0.001)]
    assert panel.overlay.banner.text == ""
    assert services.selection.current is None


def test_escape_takes_the_question_back(qtbot: QtBot, panel: MapPanel, services: Services) -> None:
    given: list[object] = []
    services.selection.point_asked.emit(lambda *place: given.append(place))
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    QTest.mouseClick(panel.canvas, LEFT, pos=QPoint(450, 300))
    assert (given, panel.overlay.banner.text) == ([], "")


def test_a_located_place_gets_the_marker(qtbot: QtBot, panel: MapPanel, services: Services) -> None:
    services.selection.located.emit(*AT)
    assert panel.canvas.marked
    qtbot.waitUntil(lambda: panel.canvas.camera.zoom > 14.9)
    middle = panel.canvas.rect().center()
    assert (pixel(panel, *AT) - middle).manhattanLength() < 5


def test_the_card_tells_the_case_in_words(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    at = add_case(qtbot, panel, services, severity="II")
    hover(panel.canvas, at - QPoint(60, 0))
    hover(panel.canvas, at)
    qtbot.waitUntil(panel.overlay.card.isVisible)
    said = panel.overlay.card.text
    assert "三车追尾 占2车道" in said
    assert "S11 K23+300 下行" in said
    assert "重大 II · 待受理 · 无责任人" in said
    assert "5 分钟前" in said


def test_a_hidden_layer_stays_hidden_at_the_next_start(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    panel.stack.show("incident", False)
    layer = panel.stack.get("incident")
    assert layer is not None
    assert not layer.visible
    add_case(qtbot, panel, services)
    assert panel.canvas.rows_in_view("incident") == []
    kept = services.preferences.get("map.layers.SHIFT_CHIEF")
    assert kept == {"layers": {"incident": {"visible": False}}}


def test_the_read_out_names_stake_and_scale(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    from app.domain.route import Route

    routes = [r for r in demo_entities(Route, "routes") if r.code == "S11"]
    services.store.apply(put(*routes))
    lon, lat = routes[0].carriages[0].line[20]
    services.selection.located.emit(lon, lat)
    qtbot.waitUntil(lambda: panel.canvas.camera.zoom > 14.9)
    at = pixel(panel, lon, lat)
    hover(panel.canvas, at + QPoint(30, 30))
    hover(panel.canvas, at)
    readout = panel.overlay.readout
    qtbot.waitUntil(lambda: "S11 K" in readout.text, timeout=10_000)
    assert "WGS-84" in readout.text
    assert "1:" in readout.text


def test_without_a_picture_the_desk_goes_on_without_the_map(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    panel.canvas.failed.emit(Failure(Missing.CONTEXT, "no driver"))
    assert not panel.overlay.tools.isVisible()
    assert not panel.overlay.find.isVisible()
    with qtbot.waitSignal(services.messages.posted) as said:
        services.selection.point_asked.emit(lambda lon, lat: None)
    assert "请输入桩号" in said.args[0].text


def test_what_stands_on_the_map_comes_back_with_it(qtbot: QtBot, panel: MapPanel) -> None:
    over = panel.overlay
    over.toggle_tree()
    panel.canvas.failed.emit(Failure(Missing.DRAWING, "lost"))
    assert not any(part.isVisible() for part in (over.tools, over.legend, over.tree))
    panel.hide()
    panel.show()
    for part in (over.tools, over.find, over.legend, over.readout):
        assert part.isVisible()
    assert not over.tools.button("layers").isChecked()


def test_a_change_of_theme_reaches_the_map_at_once(
    qtbot: QtBot, panel: MapPanel, qapp: QApplication
) -> None:
    worn, sheet = Theme.current(), qapp.styleSheet()
    try:
        load_theme("light").wear(qapp)
        qtbot.waitUntil(
            lambda: panel.grab().toImage().pixelColor(2, 300).lightnessF() > 0.7, timeout=30_000
        )
    finally:
        worn.wear(qapp)
        qapp.setStyleSheet(sheet)


def test_the_density_of_cases_follows_them_and_is_hidden_at_first(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    add_case(qtbot, panel, services)
    heat = panel.stack.get("density")
    assert isinstance(heat, HeatLayer)
    assert not heat.visible
    count = len(heat.lonlat)
    with qtbot.waitSignal(panel.feed.built):
        services.store.apply(put(incident(2, place=Place(lon=117.8, lat=39.0))))
    later = panel.stack.get("density")
    assert isinstance(later, HeatLayer)
    assert len(later.lonlat) == count + 1


def test_another_ramp_of_the_traffic_makes_a_new_picture(
    qtbot: QtBot, panel: MapPanel, qapp: QApplication
) -> None:
    try:
        load_theme("dark").wear(qapp)
        with qtbot.waitSignal(panel.canvas.picture_shown, timeout=30_000):
            load_theme("dark", "safe").wear(qapp)
        assert map_theme(Theme.current()).traffic[0] == 0x2F6FD0
    finally:
        load_theme("dark").wear(qapp)


def add_camera(qtbot: QtBot, panel: MapPanel, services: Services) -> QPoint:
    place = Place(lon=AT[0], lat=AT[1])
    with qtbot.waitSignal(panel.feed.built):
        services.store.apply(put(Camera(id="camera-1", version=1, name="收费站", place=place)))
    x, y = point_to_mercator(*AT)
    panel.canvas.set_camera(replace(panel.canvas.camera, x=x, y=y, zoom=15.0))
    return pixel(panel, *AT)


def test_a_double_click_on_a_camera_brings_it_to_the_wall(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    at = add_camera(qtbot, panel, services)
    with qtbot.waitSignal(services.selection.watch_asked):
        QTest.mouseDClick(panel.canvas, LEFT, pos=at)
    assert services.selection.take_watched() == Ref("camera", "camera-1")


def test_a_camera_is_dragged_off_the_map_and_the_map_stays(
    qtbot: QtBot, panel: MapPanel, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = add_camera(qtbot, panel, services)
    before = panel.canvas.camera
    taken: list[str] = []

    def taken_along(drag: QDrag, _actions: Qt.DropAction) -> Qt.DropAction:
        taken.append(camera_of(drag.mimeData()))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr("widgets.map.canvas.QDrag.exec", taken_along)
    QTest.mousePress(panel.canvas, LEFT, pos=at)
    hover(panel.canvas, at + QPoint(40, 0), LEFT)
    assert taken == ["camera-1"]
    hover(panel.canvas, at + QPoint(80, 0), LEFT)
    assert panel.canvas.camera == before


def test_what_the_view_goes_along_with_is_told_until_it_has_left_the_map(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    assert isinstance(services.live, FakeLive)
    channel, now = services.live.channel(LiveKind.VEHICLES), services.clock.now().timestamp()
    both = [(7, 117.2, 39.1, 0.0), (8, 117.2, 39.1, 400.0)]
    channel.bring(vehicles(both, at=now))
    panel.canvas.follow("vehicles", 7)
    banner = panel.overlay.banner
    assert banner.text == "正在跟随 公交车 7,Esc 停止"
    QTest.keyClick(panel.canvas, Qt.Key.Key_Escape)
    assert (panel.canvas.followed, banner.text) == (None, "")
    panel.canvas.follow("vehicles", 8)
    assert banner.text == "正在跟随 公交车 8,Esc 停止 · 位置过时"
    channel.bring(vehicles(both[:1], at=now + 1))
    qtbot.waitUntil(lambda: panel.canvas.followed is None)
    assert banner.text == "跟随的车辆已不在图上"
    panel.canvas.follow("vehicles", 7)
    panel.stack.wish("vehicles", hidden_kinds=[0])
    qtbot.waitUntil(lambda: panel.canvas.followed is None)
