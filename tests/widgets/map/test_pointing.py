"""What mouse and keys point at: the read-out and the card stay true while the map moves below."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera
from app.domain.incident import Place
from app.selection import Ref
from app.services import Services
from maps.geo.mercator import point_to_lonlat, point_to_mercator
from tests.support.fake_services import incident, put
from tests.support.mouse import hover
from widgets.map.panel import MapPanel
from widgets.map.theme import map_theme
from widgets.shared.theme import Theme

AT = (117.70, 38.98)


def look_at(panel: MapPanel, lon: float, lat: float, zoom: float = 15.0) -> None:
    x, y = point_to_mercator(lon, lat)
    panel.canvas.set_camera(replace(panel.canvas.camera, x=x, y=y, zoom=zoom))


def middle(panel: MapPanel) -> QPoint:
    return QPoint(panel.canvas.width() // 2, panel.canvas.height() // 2)


def place_at(panel: MapPanel, pixel: QPoint) -> str:
    lon, lat = point_to_lonlat(*panel.canvas.camera.to_world(pixel.x(), pixel.y()))
    return f"{lon:.6f}, {lat:.6f} WGS-84"


def look_at_a_case(qtbot: QtBot, panel: MapPanel, services: Services) -> None:
    """There is one now, in the middle of the view."""
    with qtbot.waitSignal(panel.feed.built):
        services.store.apply(put(incident(1)))
    look_at(panel, *AT)


def add_camera(qtbot: QtBot, panel: MapPanel, services: Services) -> None:
    with qtbot.waitSignal(panel.feed.built):
        place = Place(lon=AT[0], lat=AT[1])
        services.store.apply(put(Camera(id="camera-1", version=1, name="收费站", place=place)))


def test_the_read_out_stays_true_when_the_map_moves_below_a_resting_mouse(
    qtbot: QtBot, panel: MapPanel
) -> None:
    spot = QPoint(300, 300)
    hover(panel.canvas, spot)
    assert panel.overlay.readout.text.startswith(place_at(panel, spot))
    look_at(panel, 117.72, 38.97)
    assert panel.overlay.readout.text.startswith(place_at(panel, spot))


def test_the_card_comes_back_after_the_wheel_with_the_mouse_at_rest(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    look_at_a_case(qtbot, panel, services)
    at = middle(panel)
    hover(panel.canvas, at)
    qtbot.waitUntil(panel.overlay.card.isVisible)
    none = Qt.MouseButton.NoButton
    spot = QPointF(at)
    turned = QWheelEvent(
        spot, QPointF(panel.canvas.mapToGlobal(at)), QPoint(), QPoint(0, 120), none,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(panel.canvas, turned)
    qtbot.waitUntil(panel.overlay.card.isHidden)
    qtbot.waitUntil(panel.overlay.card.isVisible)


def test_the_card_goes_when_the_mouse_comes_onto_what_stands_on_the_map(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    look_at_a_case(qtbot, panel, services)
    hover(panel.canvas, middle(panel))
    qtbot.waitUntil(panel.overlay.card.isVisible)
    spot = QPointF(5, 5)
    QApplication.sendEvent(panel.overlay.tools, QEnterEvent(spot, spot, spot))
    assert panel.overlay.card.isHidden()


def test_keys_alone_bring_a_camera_to_the_middle_read_it_and_open_it(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    add_camera(qtbot, panel, services)
    look_at(panel, *AT)
    before = panel.canvas.camera.to_screen(*point_to_mercator(*AT))
    away = panel.canvas.camera.panned(40.0, 0.0)
    panel.canvas.set_camera(away)
    for _ in range(4):
        QTest.keyClick(
            panel.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier
        )  # ten pixels each
    assert panel.canvas.camera.to_screen(*point_to_mercator(*AT)) == pytest.approx(before)
    qtbot.waitUntil(panel.overlay.card.isVisible)
    assert "收费站" in panel.overlay.card.text
    assert panel.overlay.readout.text.startswith(place_at(panel, middle(panel)))
    QTest.keyClick(panel.canvas, Qt.Key.Key_Space)
    assert services.selection.current == Ref("camera", "camera-1")
    with qtbot.waitSignal(services.selection.watch_asked):
        QTest.keyClick(panel.canvas, Qt.Key.Key_Return)


def test_a_key_that_acts_at_once_points_at_nothing(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    look_at_a_case(qtbot, panel, services)
    panel.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel.canvas, Qt.Key.Key_L)
    panel.canvas.look_again()
    assert panel.canvas.pointed is None
    assert panel.overlay.card.isHidden()
    QTest.keyClick(panel.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(panel.overlay.card.isVisible)


def test_the_mouse_takes_over_from_the_keys(qtbot: QtBot, panel: MapPanel) -> None:
    QTest.keyClick(panel.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert panel.overlay.readout.text.startswith(place_at(panel, middle(panel)))
    spot = QPoint(300, 300)
    hover(panel.canvas, spot)
    look_at(panel, 117.72, 38.97)
    assert panel.overlay.readout.text.startswith(place_at(panel, spot))


def test_stepping_where_no_case_is_says_so(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    with qtbot.waitSignal(services.messages.posted) as said:
        QTest.keyClick(panel.canvas, Qt.Key.Key_N)
    assert said.args[0].text == "这一片没有未结事件"


def test_cases_at_one_place_are_taken_one_after_the_other(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    with qtbot.waitSignal(panel.feed.built):
        services.store.apply(put(incident(1), incident(2, severity="I")))
    look_at(panel, *AT, zoom=17.0)
    at = middle(panel)
    hover(panel.canvas, at)
    qtbot.waitUntil(panel.overlay.card.isVisible)
    assert panel.overlay.card.text.startswith("2 起事件")
    assert panel.overlay.card.text.endswith("单击逐个选中")
    taken = []
    for _ in range(3):
        QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=at)
        taken.append(services.selection.current)
    first, second = Ref("incident", "case-2"), Ref("incident", "case-1")
    assert taken == [first, second, first]
    with qtbot.waitSignal(services.selection.opened) as opened:
        QTest.mouseDClick(panel.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert opened.args[0] == services.selection.current


def test_the_keyboard_that_comes_back_from_the_find_box_is_seen_on_the_map(
    qtbot: QtBot, panel: MapPanel
) -> None:
    panel.activateWindow()
    panel.find_place()
    qtbot.waitUntil(panel.overlay.find.edit.hasFocus)
    edge = QPoint(450, 0)
    assert panel.grab().toImage().pixelColor(edge) != QColor(map_theme(Theme.current()).accent)
    QTest.keyClick(panel.overlay.find.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(panel.canvas.hasFocus)
    assert panel.grab().toImage().pixelColor(edge) == QColor(map_theme(Theme.current()).accent)
