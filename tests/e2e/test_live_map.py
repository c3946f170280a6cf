"""The map of a whole desk against a demo backend: it moves, and never looks live when it is not."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.live import LEVEL_BITS
from app.link import LinkState
from maps.layers.mover_layer import MoverLayer
from maps.layers.traffic_layer import TrafficLayer
from tests.e2e.hands import LONG, OpenDesk, StartBackend, sign_in, wait_link
from tests.e2e.night import OTHER, OURS
from tests.support.handbook import DISPATCHER, S9_CUT, fixture
from tests.support.line import Line
from widgets.map.panel import MapPanel
from widgets.map.theme import map_theme
from widgets.shared.theme import Theme
from widgets.tour.driver import Desk


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_it_moves_is_grey_after_the_limit_without_the_line_and_lives_again(
    qtbot: QtBot, start_backend: StartBackend, line: Line, open_desk: OpenDesk
) -> None:
    day = S9_CUT + timedelta(hours=6)  # when there is traffic
    backend = start_backend([*fixture(), OURS, OTHER], day, TOCC_BACKEND_DEMO="1")
    line.lead_to(backend.url)
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    panel = desk.window.findChild(MapPanel)
    assert panel is not None

    qtbot.waitUntil(lambda: has_traffic(panel), timeout=LONG)
    first = vehicles_soon(qtbot, panel)
    assert len(first.movers) > 100
    assert (first.demo, traffic(panel).demo) == (True, True)
    qtbot.waitUntil(lambda: moving(panel) > 50, timeout=LONG)
    qtbot.waitUntil(lambda: panel.canvas.is_crisp, timeout=LONG)
    assert coloured(panel) > 2000

    line.pull()
    wait_link(qtbot, desk.services, LinkState.OFFLINE)
    assert has_traffic(panel)
    let_time_pass(desk, desk.services.rules.live.links_stale_s + 1)
    qtbot.waitUntil(lambda: not has_traffic(panel), timeout=LONG)
    qtbot.waitUntil(lambda: panel.canvas.is_crisp and coloured(panel) == 0, timeout=LONG)
    as_of = traffic(panel).as_of
    assert as_of is not None
    assert desk.services.clock.now() - as_of > timedelta(minutes=5)
    assert oldest(panel, desk) > desk.services.rules.live.vehicles_stale_s

    line.plug()
    qtbot.waitUntil(lambda: has_traffic(panel), timeout=LONG)


def coloured(panel: MapPanel) -> int:
    """Pixels of the map itself in a colour of the traffic."""
    picture = QImage(panel.canvas.size(), QImage.Format.Format_RGB32)
    map_alone = QWidget.RenderFlag.DrawWindowBackground
    panel.canvas.render(picture, QPoint(), QRegion(), map_alone)
    pixels = np.frombuffer(picture.constBits(), np.uint32) & 0xFFFFFF
    return int(np.isin(pixels, map_theme(Theme.current()).traffic).sum())


def let_time_pass(desk: Desk, seconds: float) -> None:
    clock = desk.services.clock
    clock.set_server_time(clock.now() + timedelta(seconds=seconds))


def traffic(panel: MapPanel) -> TrafficLayer:
    layer = panel.stack.get("traffic")
    assert isinstance(layer, TrafficLayer)
    return layer


def has_traffic(panel: MapPanel) -> bool:
    layer = panel.stack.get("traffic")
    return isinstance(layer, TrafficLayer) and bool((layer.states.values & LEVEL_BITS).any())


def vehicles(panel: MapPanel) -> MoverLayer | None:
    layer = panel.stack.get("vehicles")
    return layer if isinstance(layer, MoverLayer) else None


def vehicles_soon(qtbot: QtBot, panel: MapPanel) -> MoverLayer:
    qtbot.waitUntil(lambda: vehicles(panel) is not None, timeout=LONG)
    layer = vehicles(panel)
    assert layer is not None
    return layer


def moving(panel: MapPanel) -> int:
    """Vehicles that are on their way from one fix to the next."""
    layer = vehicles(panel)
    assert layer is not None
    return int(np.count_nonzero((layer.movers.before != layer.movers.newest).any(axis=1)))


def oldest(panel: MapPanel, desk: Desk) -> float:
    """Age in seconds of the newest fix on the map."""
    layer = vehicles(panel)
    assert layer is not None
    return desk.services.clock.now().timestamp() - float(layer.movers.newest_at.max())
