"""The canvas with a real render thread on the virtual screen."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from maps.backdrop import Backdrop
from maps.canvas import MapCanvas
from maps.failure_page import failure_text
from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.layers.area_layer import AreaLayer
from maps.layers.areas import Areas
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.layers.path_layer import PathLayer
from maps.layers.point_layer import PointLayer, Symbol
from maps.network.roads import RoadClass, RoadFlag
from maps.picking import PickedPoint, PickedRoad
from maps.render.context import Missing, RenderError
from maps.render.request import Failure, Picture, RenderRequest
from maps.render.thread import RenderThread
from maps.theme import DARK, LIGHT
from maps.tools.pick_point import PickPointTool
from tests.maps import roads

ROOT = Path(__file__).resolve().parents[2]
CENTRE = (117.7, 39.0)
MIDDLE = (200, 150)
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
GROUND = RoadFlag(0)


def network_layer(folder: Path, flag: RoadFlag = GROUND) -> NetworkLayer:
    """Two motorways that cross in the middle of the view."""
    lon, lat = CENTRE
    lines = [[(lon - 0.05, lat), (lon + 0.05, lat)], [(lon, lat - 0.05), (lon, lat + 0.05)]]
    packed = roads.segments(lines, [RoadClass.MOTORWAY, RoadClass.MOTORWAY], [flag, RoadFlag(0)])
    return NetworkLayer(
        id="roads", title="路网", source="test", network=roads.network(folder, packed)
    )


def sea_layer() -> AreaLayer:
    """Sea to the east of the middle, with an island in it."""
    lon, lat = CENTRE
    sea = np.array([[lon, lat - 1], [lon + 1, lat - 1], [lon + 1, lat + 1], [lon, lat + 1]])
    island = np.array([[lon + 0.01, lat], [lon + 0.02, lat], [lon + 0.02, lat + 0.01]])
    return AreaLayer(
        id="sea", title="海", source="test", areas=Areas.prepare([[sea, island]]), fill="sea"
    )


def point_layer(*severities: Symbol) -> PointLayer:
    lon, lat = CENTRE
    lonlat = np.array([[lon + 0.002 * i, lat] for i in range(len(severities))]).reshape(-1, 2)
    return PointLayer(
        id="incidents", title="事件", source="test", pick_rank=3, lonlat=lonlat,
        ids=tuple(f"i{i}" for i in range(len(severities))), symbols=severities,
    )  # fmt: skip


def show(qtbot: QtBot, canvas: MapCanvas, zoom: float, *layers: Layer) -> QImage:
    """What the canvas looks like once the picture for this view is there."""
    x, y = point_to_mercator(*CENTRE)
    canvas.set_layers(layers)
    canvas.set_camera(replace(canvas.camera, x=x, y=y, zoom=zoom))
    return settled(qtbot, canvas)


def settled(qtbot: QtBot, canvas: MapCanvas) -> QImage:
    def is_newest(camera: Camera) -> bool:
        return camera == canvas.camera

    with qtbot.waitSignal(canvas.picture_shown, check_params_cb=is_newest, timeout=20000):
        canvas.show()
        canvas.set_layers(canvas.layers)
    qtbot.waitUntil(lambda: canvas.is_settled)  # a picture that was asked for twice may come late
    return canvas.grab().toImage()


def colour(image: QImage, x: int, y: int) -> int:
    return image.pixelColor(x, y).rgb() & 0xFFFFFF


def test_roads_and_land_have_their_colours(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    image = show(qtbot, canvas, 15.0, network_layer(tmp_path))
    motorway = DARK.roads[RoadClass.MOTORWAY].fill
    assert colour(image, *MIDDLE) == motorway
    assert colour(image, 20, 150) == motorway
    assert colour(image, 200, 20) == motorway
    assert colour(image, 100, 60) == DARK.land


def test_a_road_has_a_casing_and_smooth_edges(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    image = show(qtbot, canvas, 16.0, network_layer(tmp_path))
    across = [colour(image, 60, y) for y in range(130, 170)]
    assert DARK.casing in across
    assert len(set(across)) > 3, "between road, casing and land there must be mixed pixels"


def test_north_is_up_and_east_is_right(qtbot: QtBot, canvas: MapCanvas) -> None:
    image = show(qtbot, canvas, 12.0, sea_layer())
    assert colour(image, 150, 150) == DARK.land
    assert colour(image, 300, 250) == DARK.sea
    x, y = canvas.camera.to_screen(*point_to_mercator(CENTRE[0] + 0.017, CENTRE[1] + 0.003))
    assert colour(image, int(x), int(y)) == DARK.land, "the island"


def test_a_theme_repaints_the_same_view(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    show(qtbot, canvas, 15.0, network_layer(tmp_path))
    canvas.set_theme(LIGHT)
    image = settled(qtbot, canvas)
    assert colour(image, 100, 60) == LIGHT.land
    assert colour(image, *MIDDLE) == LIGHT.roads[RoadClass.MOTORWAY].fill


def test_a_tunnel_is_dashed(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    image = show(qtbot, canvas, 15.0, network_layer(tmp_path, RoadFlag.TUNNEL))
    along = [colour(image, x, 150) for x in range(20, 180)]
    changes = sum(a != b for a, b in pairwise(along))
    assert changes > 20


def test_a_path_is_drawn_above_the_roads(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    layer = network_layer(tmp_path)
    path = PathLayer(id="found", title="", source="test", lines=(layer.network.line(0),))
    image = show(qtbot, canvas, 15.0, layer, path)
    assert colour(image, 60, 150) == DARK.accent


def test_hidden_layers_are_not_drawn_nor_hit(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    hidden = replace(network_layer(tmp_path), visible=False)
    image = show(qtbot, canvas, 15.0, hidden)
    assert colour(image, *MIDDLE) == DARK.land
    with qtbot.waitSignal(canvas.clicked) as clicked:
        click(canvas, QPoint(*MIDDLE))
    assert clicked.args is not None
    assert clicked.args[0] is None


def test_a_click_gives_the_road_and_the_place(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    show(qtbot, canvas, 15.0, network_layer(tmp_path))
    with qtbot.waitSignal(canvas.clicked) as clicked:
        click(canvas, QPoint(60, 152))
    assert clicked.args is not None
    picked, lon, lat = clicked.args
    assert isinstance(picked, PickedRoad)
    assert (picked.layer, picked.link) == ("roads", 0)
    assert picked.lat == pytest.approx(CENTRE[1], abs=1e-6)
    assert lon < CENTRE[0]
    assert lat < CENTRE[1]


def test_a_road_that_is_not_drawn_is_not_hit(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    lon, lat = CENTRE
    packed = roads.segments([[(lon - 0.5, lat), (lon + 0.5, lat)]], [RoadClass.SERVICE])
    network = roads.network(tmp_path, packed)
    layer = NetworkLayer(id="roads", title="", source="test", network=network)
    for zoom, kind in ((10.0, type(None)), (15.0, PickedRoad)):
        show(qtbot, canvas, zoom, layer)
        with qtbot.waitSignal(canvas.clicked) as clicked:
            click(canvas, QPoint(*MIDDLE))
        assert clicked.args is not None
        assert isinstance(clicked.args[0], kind)


def test_points_are_hit_before_roads(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    points = point_layer(Symbol.SEVERITY_3)
    show(qtbot, canvas, 15.0, network_layer(tmp_path), points)
    with qtbot.waitSignal(canvas.clicked) as clicked:
        click(canvas, QPoint(*MIDDLE))
    assert clicked.args is not None
    assert clicked.args[0] == PickedPoint("incidents", "i0", ("i0",), False, *CENTRE)


@pytest.mark.parametrize(
    ("symbol", "fill"),
    [
        (Symbol.SEVERITY_1, DARK.severity[0]),
        (Symbol.SEVERITY_2, DARK.severity[1]),
        (Symbol.SEVERITY_3, DARK.severity[2]),
        (Symbol.SEVERITY_4, DARK.severity[3]),
        (Symbol.SEVERITY_UNKNOWN, DARK.raised),
        (Symbol.PLANNED, DARK.planned),
    ],
)
def test_severity_has_its_colour(
    qtbot: QtBot, canvas: MapCanvas, symbol: Symbol, fill: int
) -> None:
    image = show(qtbot, canvas, 16.0, point_layer(symbol))
    assert colour(image, *MIDDLE) == fill


def test_points_of_a_faint_layer_let_the_map_through(qtbot: QtBot, canvas: MapCanvas) -> None:
    points = point_layer(Symbol.SEVERITY_1)
    full = colour(show(qtbot, canvas, 16.0, points), *MIDDLE)
    canvas.set_layers((replace(points, opacity=0.5),))
    half = colour(canvas.grab().toImage(), *MIDDLE)
    for shift in (16, 8, 0):
        ends = [value >> shift & 255 for value in (DARK.land, full)]
        assert (half >> shift & 255) == pytest.approx(sum(ends) / 2, abs=2)
    canvas.set_layers((replace(points, zooms=(3.0, 10.0)),))
    assert colour(canvas.grab().toImage(), *MIDDLE) == DARK.land


def test_the_selected_point_has_a_ring(qtbot: QtBot, canvas: MapCanvas) -> None:
    show(qtbot, canvas, 16.0, point_layer(Symbol.SEVERITY_4))
    before = ring_pixels(canvas)
    canvas.select("i0")
    assert ring_pixels(canvas) > before == 0


def click(canvas: MapCanvas, place: QPoint) -> None:
    QTest.mouseClick(canvas, LEFT, NO_KEY, place)


def press(canvas: MapCanvas, place: QPoint) -> None:
    QTest.mousePress(canvas, LEFT, NO_KEY, place)


def release(canvas: MapCanvas, place: QPoint) -> None:
    QTest.mouseRelease(canvas, LEFT, NO_KEY, place)


def ring_pixels(canvas: MapCanvas) -> int:
    image = canvas.grab().toImage()
    accent = QColor(DARK.accent).rgb()
    return sum(image.pixel(x, 150) == accent for x in range(150, 250))


def test_the_wheel_zooms_about_the_cursor(qtbot: QtBot, canvas: MapCanvas) -> None:
    show(qtbot, canvas, 12.0)
    place = QPointF(300, 100)
    before = canvas.camera.to_world(300, 100)
    with qtbot.waitSignal(canvas.camera_changed):
        wheel(canvas, place, 120)
    qtbot.waitUntil(lambda: canvas.camera.zoom == pytest.approx(12.6))
    assert canvas.camera.to_screen(*before) == pytest.approx((300, 100), abs=0.01)


def wheel(canvas: MapCanvas, place: QPointF, delta: int) -> None:
    event = QWheelEvent(
        place, canvas.mapToGlobal(place), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_a_drag_pans_and_is_no_click(qtbot: QtBot, canvas: MapCanvas) -> None:
    show(qtbot, canvas, 12.0)
    world = canvas.camera.to_world(100, 100)
    with qtbot.assertNotEmitted(canvas.clicked):
        press(canvas, QPoint(100, 100))
        move(canvas, QPointF(130, 120))
        move(canvas, QPointF(160, 140))
        release(canvas, QPoint(160, 140))
    assert canvas.camera.to_screen(*world) == pytest.approx((160, 140), abs=0.01)


def move(canvas: MapCanvas, place: QPointF) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, canvas.mapToGlobal(place), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_keys_pan_zoom_and_go_home(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    show(qtbot, canvas, 12.0, network_layer(tmp_path))
    x = canvas.camera.x
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: canvas.camera.x > x)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: canvas.camera.zoom == pytest.approx(13.0))
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    home = canvas.camera.fitted(canvas.home)
    qtbot.waitUntil(lambda: canvas.camera.zoom == pytest.approx(home.zoom))


def test_the_pick_tool_takes_the_click(qtbot: QtBot, canvas: MapCanvas) -> None:
    show(qtbot, canvas, 15.0)
    tool = PickPointTool()
    canvas.set_tool(tool)
    with qtbot.assertNotEmitted(canvas.clicked), qtbot.waitSignal(tool.picked) as picked:
        click(canvas, QPoint(*MIDDLE))
    assert picked.args == pytest.approx(CENTRE, abs=1e-5)
    with qtbot.waitSignal(tool.dismissed):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_closing_ends_the_thread_and_showing_again_starts_one(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    show(qtbot, canvas, 12.0, sea_layer())
    assert "map-render" in {thread.name for thread in threading.enumerate()}
    canvas.close()
    assert "map-render" not in {thread.name for thread in threading.enumerate()}
    image = show(qtbot, canvas, 12.0, sea_layer())
    assert colour(image, 300, 250) == DARK.sea


def test_an_idle_map_asks_for_no_picture(qtbot: QtBot, canvas: MapCanvas) -> None:
    show(qtbot, canvas, 12.0, sea_layer())
    qtbot.wait(100)  # whatever was asked for twice has come
    with qtbot.assertNotEmitted(canvas.picture_shown, wait=300):
        canvas.update()


@pytest.mark.parametrize("missing", list(Missing))
def test_a_missing_driver_is_told_in_words(
    qtbot: QtBot, canvas: MapCanvas, missing: Missing
) -> None:
    text = failure_text(Failure(missing, "OpenGL 2.1"))
    assert "地图无法显示" in text
    assert "OpenGL 2.1" in text


def test_without_a_driver_a_page_stands_in_place_of_the_map(
    qtbot: QtBot,
    canvas: MapCanvas,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
) -> None:
    @contextmanager
    def current(_surface: object) -> Iterator[None]:
        raise RenderError(Missing.CONTEXT, "no OpenGL context")
        yield

    monkeypatch.setattr("maps.render.thread.current", current)
    expect_log("ERROR maps.render.thread: no map")
    with qtbot.waitSignal(canvas.failed):
        canvas.show()
    page = canvas.grab().toImage()
    inks = {colour(page, x, y) for x in range(400) for y in range(100, 200)}
    assert DARK.text in inks


def test_importing_the_canvas_loads_nothing_heavy() -> None:
    heavy = "{'OpenGL', 'shapely', 'geopandas', 'pyproj'}"
    code = f"import sys, maps.canvas; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_new_points_do_not_draw_the_roads_again(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roads_layer = network_layer(tmp_path)
    show(qtbot, canvas, 15.0, roads_layer, point_layer(Symbol.SEVERITY_4))
    from maps.render.scene import Scene

    drawn: list[object] = []
    monkeypatch.setattr(Scene, "_draw_base", lambda *arguments: drawn.append(arguments))
    canvas.set_layers((roads_layer, point_layer(Symbol.SEVERITY_1)))
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert drawn == []
    assert colour(canvas.grab().toImage(), *MIDDLE) == DARK.severity[0]


def test_new_states_repaint_nothing_before_their_picture(
    qtbot: QtBot, canvas: MapCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = point_layer(Symbol.SEVERITY_4)
    show(qtbot, canvas, 15.0, sea_layer(), points)
    painted: list[object] = []
    monkeypatch.setattr(Backdrop, "paint", lambda *arguments: painted.append(arguments))
    monkeypatch.setattr(RenderThread, "post", lambda *arguments: None)
    canvas.set_layers((sea_layer(), points))
    QCoreApplication.sendPostedEvents()
    assert not painted
    canvas.set_layers((sea_layer(), point_layer(Symbol.SEVERITY_1)))
    QCoreApplication.sendPostedEvents()
    assert painted


def test_no_picture_is_begun_while_the_last_is_painted(
    qtbot: QtBot, canvas: MapCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maps.render.thread._PAINT_S", 60.0)
    thread, pictures = RenderThread(), list[Picture]()

    def take() -> None:
        new = thread.take()
        pictures.extend([new.picture] if new is not None and new.picture is not None else [])

    thread.finished.connect(take)
    request = RenderRequest(canvas.camera.resized(200, 100, 1.0), (sea_layer(),), DARK)
    thread.post(request)
    qtbot.waitUntil(lambda: len(pictures) == 1, timeout=20000)
    thread.post(replace(request, theme=LIGHT))
    with qtbot.assertNotEmitted(thread.finished, wait=100):
        pass
    thread.painted()
    qtbot.waitUntil(lambda: len(pictures) == 2)
    thread.close()


def test_beyond_the_newest_picture_the_widest_is_shown(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    layer = network_layer(tmp_path)
    show(qtbot, canvas, 12.0, layer)
    show(qtbot, canvas, 15.0, layer)
    canvas.close()  # no new pictures from here on
    canvas.set_camera(replace(canvas.camera, zoom=12.5))
    image = canvas.grab().toImage()
    assert colour(image, 30, 150) != DARK.land, "the road runs on"
