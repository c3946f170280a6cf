"""Distance rings follow what is selected."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.geodesy import distance_m
from app.domain.incident import Place
from app.selection import Ref
from app.services import Services
from maps.geo.mercator import from_grid, point_to_lonlat
from maps.layers.area_layer import AreaLayer
from tests.support.fake_services import NOW, incident, put
from widgets.map.panel import MapPanel
from widgets.map.rings import ring_radii, rings_layer

HERE, THERE = (117.70, 38.98), (117.66, 39.02)


def around(panel: MapPanel) -> tuple[float, float]:
    """The middle of the rings that are shown."""
    layer = panel.stack.get("rings")
    assert isinstance(layer, AreaLayer)
    west, east = layer.areas.triangles[:, 0].min(), layer.areas.triangles[:, 0].max()
    x, _ = from_grid([int(west) // 2 + int(east) // 2, 0])
    north = layer.areas.anchors[0]
    return point_to_lonlat(float(x), float(north[1]))


def test_each_ring_has_its_radius_in_metres() -> None:
    _, layer = rings_layer(HERE, NOW)
    assert layer.titles == ("500 m", "1 km", "3 km", "5 km")
    for number, radius in enumerate(ring_radii()):
        rows = layer.areas.outline[layer.areas.outline[:, 4] == number]
        away = [distance_m(HERE, point_to_lonlat(*from_grid(row[:2]).tolist())) for row in rows]
        assert away == pytest.approx([radius] * len(away), rel=0.003)
        anchor = point_to_lonlat(*layer.areas.anchors[number].tolist())
        assert distance_m(HERE, anchor) == pytest.approx(radius, rel=0.003)
    assert np.isfinite(layer.areas.anchors).all()


def test_the_key_turns_them_on_around_the_selection_and_off(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    services.store.apply(
        put(incident(1), incident(2, place=Place(text="", lon=THERE[0], lat=THERE[1])))
    )
    services.selection.select(Ref("incident", "case-1"))
    QTest.keyClick(panel.canvas, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: panel.stack.get("rings") is not None)
    assert around(panel)[0] == pytest.approx(HERE[0], abs=1e-4)
    assert panel.overlay.tools.button("rings").isChecked()
    services.selection.select(Ref("incident", "case-2"))
    qtbot.waitUntil(lambda: around(panel)[0] == pytest.approx(THERE[0], abs=1e-4))
    services.selection.select(None)
    qtbot.waitUntil(lambda: panel.stack.get("rings") is None)
    services.selection.select(Ref("incident", "case-1"))
    qtbot.waitUntil(lambda: panel.stack.get("rings") is not None)
    QTest.keyClick(panel.canvas, Qt.Key.Key_R)
    assert panel.stack.get("rings") is None
    assert not panel.overlay.tools.button("rings").isChecked()


def test_without_a_selection_it_is_said_what_they_wait_for(
    qtbot: QtBot, panel: MapPanel, services: Services
) -> None:
    with qtbot.waitSignal(services.messages.posted) as said:
        panel.toggle_rings()
    assert "选中" in said.args[0].text
    assert panel.stack.get("rings") is None
