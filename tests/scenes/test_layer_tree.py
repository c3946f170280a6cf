"""The layer tree as somebody last looked at it and kept the picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from app.services import Services
from maps.geo.camera import Camera
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.network.network import Network
from tests.scenes.conftest import Hold
from tests.support.fake_services import NOW
from widgets.map.feed import PointFeed
from widgets.map.layers.tree import LayerTree
from widgets.map.layers.wishes import Wishes
from widgets.map.live_links import no_traffic
from widgets.map.live_movers import no_vehicles
from widgets.map.stack import LayerStack

ROADS = Path(__file__).parents[2] / "resources" / "demo" / "network.tnet"


@pytest.fixture
def stack(qtbot: QtBot, services: Services) -> LayerStack:
    """The points of the city, live layers of which one is old, one hidden, and the roads."""
    made = LayerStack(Wishes(services.preferences, str, "map", services.store), services.store)
    feed = PointFeed(services, services.store)
    with qtbot.waitSignal(feed.built) as built:
        feed.set_active(True)
    made.put(*built.args[0])
    roads = NetworkLayer(
        id="roads", title="路网", source="OpenStreetMap, ODbL", group="road",
        as_of=NOW.replace(year=2024), network=Network.open(ROADS),
    )  # fmt: skip
    traffic = replace(
        no_traffic(roads.network), as_of=NOW.replace(minute=20), stale_s=300.0, demo=True,
        source="演示路况发生器",
    )  # fmt: skip
    vehicles = replace(
        no_vehicles(services.rules.live), as_of=NOW, demo=True, source="演示车辆发生器"
    )
    names = Layer(id="names", title="地名、互通、桥隧", source="OpenStreetMap", group="base")
    made.put(roads, traffic, vehicles, names)
    made.show("names", False)
    return made


def test_the_layer_tree_looks_as_kept(
    qtbot: QtBot, services: Services, stack: LayerStack, hold: Hold
) -> None:
    window = QFrame()
    qtbot.addWidget(window)
    tree = LayerTree(services, stack, "zh", window)
    window.resize(340, 760)
    tree.setGeometry(10, 10, tree.width(), 740)
    with qtbot.waitExposed(window):
        window.show()
    x, y = 13_100_000.0, 4_720_000.0
    tree.open(Camera(x=x, y=y, zoom=11.9, width=900, height=600))
    tree.view.choose("traffic")
    tree.setGeometry(10, 10, tree.width(), 740)
    qtbot.wait(50)  # the layouts settle
    hold(window, "layers")
