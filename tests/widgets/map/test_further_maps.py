"""Several maps: each with its own view and layers, linked or free, and no thread left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services import Services
from maps.geo.mercator import point_to_mercator
from tests.support.fake_services import fake_services
from widgets.frame.docks import Docks
from widgets.map import FURTHER, PANEL
from widgets.map.panel import MapPanel
from widgets.registry import ACTIONS
from widgets.shared.theme import load_theme
from widgets.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def signed_out(qapp: QApplication) -> Iterator[Services]:
    made = fake_services(None)
    yield made
    made.tasks.shutdown()


def opened(qtbot: QtBot, services: Services) -> MainWindow:
    """A window with nothing but maps; the shift chief has signed in."""
    load_theme("dark").wear(QApplication.instance())  # type: ignore[arg-type]  # it is one
    window = MainWindow(services, "0.1.0", (PANEL, *FURTHER), ACTIONS)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    services.session.sign_in("shift_chief", "", lambda _: None)
    maps(qtbot, window, 1)
    return window


def maps(qtbot: QtBot, window: MainWindow, count: int) -> list[MapPanel]:
    """So many maps, all with their roads."""

    def shown() -> list[MapPanel]:
        return [panel for panel in window.findChildren(MapPanel) if panel.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == count, timeout=10_000)
    qtbot.waitUntil(lambda: all(o.stack.get("roads") for o in shown()), timeout=20_000)
    return sorted(shown(), key=lambda panel: panel.name)


def docks_of(window: MainWindow) -> Docks:
    assert window.workspace is not None
    return window.workspace.docks


def render_threads() -> int:
    return sum(thread.name == "map-render" for thread in threading.enumerate())


def test_a_further_map_opens_beside_with_its_own_view_and_layers(
    qtbot: QtBot, signed_out: Services
) -> None:
    window = opened(qtbot, signed_out)
    window.fire("map.new")
    first, second = maps(qtbot, window, 2)
    assert (first.name, second.name) == ("map", "map-2")
    assert second.canvas.camera.lonlat == pytest.approx(first.canvas.camera.lonlat, abs=1e-6)
    second.stack.show("sea", False)
    second.canvas.zoom_by(2.0)
    qtbot.waitUntil(lambda: second.canvas.camera.zoom > first.canvas.camera.zoom + 1.9)
    assert docks_of(window).docks["map-2"].tabWidget().isVisible(), "its name, to drag it by"
    sea = first.stack.get("sea")
    assert sea is not None
    assert sea.visible
    window.close()


def test_linked_maps_look_at_the_same_place_and_free_ones_stay(
    qtbot: QtBot, signed_out: Services
) -> None:
    window = opened(qtbot, signed_out)
    window.fire("map.new")
    first, second = maps(qtbot, window, 2)
    x, y = point_to_mercator(117.7, 39.0)
    before = second.canvas.camera
    first.canvas.set_camera(replace(first.canvas.camera, x=x, y=y, zoom=15.0))
    assert second.canvas.camera == before
    QTest.mouseClick(second.overlay.tools.button("link"), LEFT)
    assert (second.canvas.camera.x, second.canvas.camera.zoom) == (x, 15.0)
    second.canvas.set_camera(replace(second.canvas.camera, zoom=13.0))
    assert first.canvas.camera.zoom == 13.0, "both lead"
    assert first.canvas.camera.width != 0
    QTest.mouseClick(second.overlay.tools.button("link"), LEFT)
    first.canvas.set_camera(replace(first.canvas.camera, zoom=11.0))
    assert second.canvas.camera.zoom == 13.0
    window.close()


def test_a_closed_map_ends_its_thread_and_comes_back_as_it_was(
    qtbot: QtBot, signed_out: Services
) -> None:
    window = opened(qtbot, signed_out)
    window.fire("map.new")
    _, second = maps(qtbot, window, 2)
    qtbot.waitUntil(lambda: render_threads() == 2)
    second.canvas.set_camera(replace(second.canvas.camera, zoom=15.5))
    second.stack.show("sea", False)
    QTest.mouseClick(second.overlay.tools.button("close"), LEFT)
    qtbot.waitUntil(lambda: render_threads() == 1)
    window.fire("map.new")
    again = maps(qtbot, window, 2)[1]
    qtbot.waitUntil(lambda: render_threads() == 2)
    qtbot.waitUntil(lambda: again.canvas.is_crisp, timeout=20_000)
    assert again.canvas.camera.zoom == 15.5
    window.close()
    assert render_threads() == 0


def test_the_layout_brings_further_maps_back(qtbot: QtBot, signed_out: Services) -> None:
    window = opened(qtbot, signed_out)
    window.fire("map.new")
    _, second = maps(qtbot, window, 2)
    second.canvas.set_camera(replace(second.canvas.camera, zoom=15.5))
    second.kept_view.keep()  # what its timer does a moment after a movement
    window.close()
    signed_out.session.sign_out()
    window = opened_again(qtbot, signed_out)
    _, second = maps(qtbot, window, 2)
    assert second.canvas.camera.zoom == 15.5
    window.close()


def opened_again(qtbot: QtBot, services: Services) -> MainWindow:
    window = MainWindow(services, "0.1.0", (PANEL, *FURTHER), ACTIONS)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    services.session.sign_in("shift_chief", "", lambda _: None)
    return window


def test_there_are_three_maps_at_most(qtbot: QtBot, signed_out: Services) -> None:
    window = opened(qtbot, signed_out)
    window.fire("map.new")
    window.fire("map.new")
    maps(qtbot, window, 3)
    with qtbot.waitSignal(signed_out.messages.posted) as said:
        window.fire("map.new")
    assert "3" in said.args[0].text
    window.close()


def test_the_map_that_answers_answers_for_all(qtbot: QtBot, signed_out: Services) -> None:
    window = opened(qtbot, signed_out)
    window.fire("map.new")
    first, second = maps(qtbot, window, 2)
    given: list[tuple[float, float]] = []
    signed_out.selection.point_asked.emit(lambda lon, lat: given.append((lon, lat)))
    assert first.overlay.banner.text == second.overlay.banner.text != ""
    middle = second.canvas.rect().center()
    QTest.mouseClick(second.canvas, LEFT, pos=middle + QPoint(5, 60))
    assert len(given) == 1
    assert first.overlay.banner.text == second.overlay.banner.text == ""
    QTest.mouseClick(first.canvas, LEFT, pos=first.canvas.rect().center() + QPoint(5, 60))
    assert len(given) == 1
    window.close()
