"""The read-out in the four datums, and what goes into the clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.datum import Datum, from_wgs84
from app.services import Services
from maps.geo.mercator import point_to_lonlat
from tests.support.mouse import hover
from widgets.map.panel import MapPanel
from widgets.map.readout import Readout

LEFT = Qt.MouseButton.LeftButton
SPOT = QPoint(300, 300)


@pytest.fixture
def readout(qtbot: QtBot, panel: MapPanel) -> Readout:
    """With the cursor on SPOT."""
    made = panel.overlay.readout
    hover(panel.canvas, SPOT + QPoint(9, 9))
    hover(panel.canvas, SPOT)
    qtbot.waitUntil(lambda: "WGS-84" in made.text)
    return made


def under_cursor(panel: MapPanel, datum: Datum) -> str:
    world = panel.canvas.camera.to_world(SPOT.x(), SPOT.y())
    lon, lat = from_wgs84(*point_to_lonlat(*world), datum)
    return f"{lon:.6f}, {lat:.6f} {datum.value}"


def test_a_click_goes_through_the_datums_and_the_choice_stays(
    panel: MapPanel, readout: Readout, services: Services
) -> None:
    for datum in (Datum.CGCS2000, Datum.GCJ02, Datum.BD09):
        QTest.mouseClick(readout, LEFT)
        assert readout.text.startswith(under_cursor(panel, datum))
        assert services.preferences.get("map.datum") == datum.value
    QTest.keyClick(readout, Qt.Key.Key_Space)
    assert readout.text.startswith(under_cursor(panel, Datum.WGS84))


def test_what_was_kept_wrongly_is_wgs84(panel: MapPanel, services: Services) -> None:
    services.preferences.set("map.datum", "Beijing 54")
    assert panel.overlay.readout.datum is Datum.WGS84


def test_the_keys_copy_what_the_cursor_points_at(
    qtbot: QtBot, panel: MapPanel, readout: Readout, services: Services
) -> None:
    services.preferences.set("map.datum", "GCJ-02")
    with qtbot.waitSignal(services.messages.posted) as said:
        panel.copy_place()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(under_cursor(panel, Datum.GCJ02))
    assert "1:" not in copied
    assert copied in said.args[0].text


def test_without_a_cursor_the_middle_is_copied(panel: MapPanel) -> None:
    panel.copy_place()
    lon, lat = panel.canvas.camera.lonlat
    assert QGuiApplication.clipboard().text() == f"{lon:.6f}, {lat:.6f} WGS-84"


def test_the_context_menu_offers_every_datum_and_the_copy(
    qtbot: QtBot, panel: MapPanel, readout: Readout
) -> None:
    menu = readout.menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:4] == ["WGS-84", "CGCS2000", "GCJ-02", "BD-09"]
    menu.actions()[3].trigger()
    assert readout.text.startswith(under_cursor(panel, Datum.BD09))
    with qtbot.waitSignal(readout.copy_asked):
        menu.actions()[-1].trigger()


def test_a_narrow_map_cuts_nothing_of_it(qtbot: QtBot, panel: MapPanel, readout: Readout) -> None:
    panel.setMinimumSize(1, 1)  # a dock gives what it has
    panel.resize(246, 400)
    qtbot.waitUntil(lambda: panel.canvas.width() == 246)
    hover(panel.canvas, QPoint(100, 300))
    qtbot.waitUntil(lambda: "WGS-84\n" in readout.text)
    qtbot.waitUntil(lambda: readout.size().expandedTo(readout.minimumSizeHint()) == readout.size())
    qtbot.waitUntil(lambda: panel.canvas.rect().contains(readout.geometry()))
