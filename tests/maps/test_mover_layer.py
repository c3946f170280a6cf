"""Moving things on the canvas, with a real render thread."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.layers.layer import Layer
from maps.layers.mover_layer import MoverLayer, MoverShape
from maps.layers.path_layer import PathLayer
from maps.picking import PickedMover, PickedRoad
from maps.render.request import Followed, RenderRequest
from maps.theme import DARK
from tests.maps.movers import CENTRE, KINDS, NOW, Fix, layer, movers
from tests.maps.test_canvas import (
    MIDDLE,
    click,
    colour,
    move,
    network_layer,
    press,
    release,
    sea_layer,
)
from tests.maps.test_canvas import show as show_once

BLUE, TEAL = DARK.device, DARK.accent
EAST = (0.002, 0.0)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return NOW + self.at


@pytest.fixture
def clock(canvas: MapCanvas) -> Clock:
    clock = Clock()
    canvas.set_clock(clock)
    return clock


def show(qtbot: QtBot, canvas: MapCanvas, zoom: float, *layers: Layer) -> QImage:
    """What the canvas looks like once it shows just these layers."""
    show_once(qtbot, canvas, zoom, *layers)
    qtbot.waitUntil(lambda: canvas.is_crisp)
    return canvas.grab().toImage()


def inked(image: QImage, wanted: int) -> np.ndarray:
    """(N, 2) pixels that have just this colour: x, y."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    words = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), -1)
    y, x = np.nonzero((words & 0xFFFFFF) == wanted)
    return np.column_stack((x, y))


@pytest.mark.parametrize(("heading", "axis", "sign"), [(0, 1, -1), (90, 0, 1), (180, 1, 1)])
def test_an_arrow_points_where_the_thing_heads(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock, heading: float, axis: int, sign: int
) -> None:
    image = show(qtbot, canvas, 18.0, layer(Fix(heading=heading, kind=1)))
    reach = (inked(image, TEAL) - MIDDLE)[:, axis] * sign
    wide = inked(image, TEAL)[:, 1 - axis]
    ahead, behind = wide[reach == reach.max()], wide[reach == reach.min()]
    assert len(ahead) < len(behind) / 3, "the tip is narrow, the back wide"


def test_without_a_heading_nothing_points(qtbot: QtBot, canvas: MapCanvas, clock: Clock) -> None:
    pixels = inked(show(qtbot, canvas, 18.0, layer(Fix(heading=np.nan, kind=1))), TEAL)
    assert len(pixels) > 50
    for axis in (0, 1):
        offset = pixels[:, axis] - MIDDLE[axis]
        assert abs(int(offset.max() + offset.min())) <= 1


def test_each_shape_covers_other_pixels(qtbot: QtBot, canvas: MapCanvas, clock: Clock) -> None:
    seen = set()
    for shape in MoverShape:
        kinds = (replace(KINDS[0], shape=shape),)
        for heading in (0.0, np.nan):
            image = show(qtbot, canvas, 17.0, layer(Fix(heading=heading), kinds=kinds))
            seen.add(inked(image, BLUE).tobytes())
    assert len(seen) == 2 * len(MoverShape)


def test_things_lie_above_the_roads_and_are_hit_first(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock, tmp_path: Path
) -> None:
    image = show(qtbot, canvas, 15.0, network_layer(tmp_path), layer(Fix(heading=0.0)))
    assert colour(image, *MIDDLE) == BLUE
    with qtbot.waitSignal(canvas.clicked) as clicked:
        click(canvas, QPoint(*MIDDLE))
    assert clicked.args is not None
    picked = clicked.args[0]
    assert isinstance(picked, PickedMover)
    assert (picked.layer, picked.id) == ("vehicles", 1)
    assert (picked.lon, picked.lat) == pytest.approx(CENTRE, abs=1e-6)
    with qtbot.waitSignal(canvas.clicked) as clicked:
        click(canvas, QPoint(60, 150))
    assert clicked.args is not None
    assert isinstance(clicked.args[0], PickedRoad)


def test_what_lies_above_the_things_stays_above_them(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock, tmp_path: Path
) -> None:
    line = network_layer(tmp_path).network.line(0)
    path = PathLayer(id="found", title="", source="test", lines=(line,), colour="works")
    image = show(qtbot, canvas, 16.0, layer(Fix(heading=0.0)), path)
    assert colour(image, *MIDDLE) == DARK.works
    image = show(qtbot, canvas, 16.0, path, layer(Fix(heading=0.0)))
    assert colour(image, *MIDDLE) == BLUE


def test_what_is_stale_is_grey_and_hollow(qtbot: QtBot, canvas: MapCanvas, clock: Clock) -> None:
    clock.at = 61.0
    image = show(qtbot, canvas, 18.0, layer(Fix(heading=0.0)))
    assert len(inked(image, BLUE)) == 0
    assert len(inked(image, DARK.unknown)) > 0
    assert colour(image, *MIDDLE) == DARK.halo


def test_what_grows_stale_turns_grey_by_itself(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock
) -> None:
    clock.at = 59.8
    assert colour(show(qtbot, canvas, 18.0, layer(Fix(heading=0.0))), *MIDDLE) == BLUE
    clock.at = 60.1
    with qtbot.waitSignal(canvas.picture_shown, timeout=3000):
        pass
    assert colour(canvas.grab().toImage(), *MIDDLE) == DARK.halo


def test_what_grew_stale_while_the_machine_slept_is_grey_when_it_wakes(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maps.pulse._LONGEST_S", 0.05)
    assert colour(show(qtbot, canvas, 18.0, layer(Fix(heading=0.0))), *MIDDLE) == BLUE
    clock.at = 3600.0
    qtbot.waitUntil(lambda: colour(canvas.grab().toImage(), *MIDDLE) == DARK.halo)


def test_a_clock_that_is_set_back_gets_a_picture_of_its_time(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock
) -> None:
    image = show(qtbot, canvas, 18.0, layer(Fix(at=-3600.0, heading=0.0)))
    assert colour(image, *MIDDLE) == DARK.halo
    clock.at = -3600.0
    canvas.set_layers(canvas.layers)
    qtbot.waitUntil(lambda: colour(canvas.grab().toImage(), *MIDDLE) == BLUE)


def test_while_a_picture_is_true_nothing_is_drawn_again(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maps.pulse._LONGEST_S", 0.02)
    show(qtbot, canvas, 17.0, layer(Fix(heading=0.0)))
    qtbot.wait(100)  # whatever was asked for twice has come
    with qtbot.assertNotEmitted(canvas.picture_shown, wait=200):
        clock.at = 30.0


def test_a_state_with_a_mark_has_a_ring(qtbot: QtBot, canvas: MapCanvas, clock: Clock) -> None:
    plain = show(qtbot, canvas, 18.0, layer(Fix(heading=0.0)))
    assert len(inked(plain, DARK.closed)) == 0
    marked = show(qtbot, canvas, 18.0, layer(Fix(heading=0.0, state=1)))
    assert len(inked(marked, DARK.closed)) > 10
    assert len(inked(marked, BLUE)) > len(inked(plain, BLUE))


def test_hidden_kinds_and_states_are_not_drawn(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock
) -> None:
    things = layer(Fix(newest=(-0.001, 0.0)), Fix(kind=1), Fix(newest=EAST, state=1))
    hidden = replace(things, hidden_kinds=frozenset({1}), hidden_states=frozenset({1}))
    image = show(qtbot, canvas, 16.0, hidden)
    assert len(inked(image, BLUE)) > 0
    assert len(inked(image, TEAL)) == len(inked(image, DARK.closed)) == 0
    assert len(inked(show(qtbot, canvas, 16.0, things), TEAL)) > 0


def test_bad_positions_are_not_drawn_but_counted(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock
) -> None:
    things = layer(Fix(), Fix())
    nowhere = np.where([[True], [False]], 0, things.movers.newest).astype(np.int32)
    things = replace(things, movers=replace(things.movers, newest=nowhere))
    show(qtbot, canvas, 15.0, things)
    counts = canvas.mover_counts("vehicles")
    assert counts is not None
    assert (counts.total, counts.nowhere) == (2, 1)
    x, y = point_to_mercator(0.0, 0.0)
    canvas.set_camera(replace(canvas.camera, x=x, y=y))
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert len(inked(canvas.grab().toImage(), BLUE)) == 0


def moving(**fields: object) -> MoverLayer:
    """One thing on its way to the east, 93 pixels at zoom 16 in 4 s."""
    return layer(Fix(before=(0.0, 0.0), newest=EAST, heading=90.0, step=4.0), **fields)


def middle_of(canvas: MapCanvas) -> float:
    pixels = inked(canvas.grab().toImage(), BLUE)
    return float(pixels[:, 0].mean()) if len(pixels) else np.nan


def test_a_thing_glides_by_itself_and_then_nothing_is_drawn(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock
) -> None:
    show(qtbot, canvas, 16.0, moving())
    assert middle_of(canvas) == pytest.approx(200, abs=3)
    clock.at = 2.0
    qtbot.waitUntil(lambda: middle_of(canvas) == pytest.approx(246, abs=3))
    clock.at = 30.0
    qtbot.waitUntil(lambda: middle_of(canvas) == pytest.approx(305, abs=3))
    qtbot.wait(200)
    with qtbot.assertNotEmitted(canvas.picture_shown, wait=300):
        pass


def test_what_moves_out_of_view_or_is_hidden_asks_for_no_pictures(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock
) -> None:
    far = replace(moving(), movers=movers(Fix(before=(1.0, 0.0), newest=(1.1, 0.0), step=4.0)))
    show(qtbot, canvas, 16.0, far)
    qtbot.wait(200)
    with qtbot.assertNotEmitted(canvas.picture_shown, wait=300):
        clock.at = 1.0
    show(qtbot, canvas, 16.0, sea_layer(), replace(moving(), visible=False))
    qtbot.wait(200)
    with qtbot.assertNotEmitted(canvas.picture_shown, wait=300):
        clock.at = 1.5


def test_a_hidden_canvas_asks_for_no_pictures(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, canvas, 16.0, moving())
    canvas.hide()
    asked: list[RenderRequest] = []
    monkeypatch.setattr(canvas._backdrop, "ask", asked.append)
    qtbot.wait(300)
    assert asked == []


def test_a_tick_does_not_draw_what_stands_still(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, canvas, 16.0, network_layer(tmp_path), moving())
    from maps.render.network_item import NetworkItem

    drawn: list[object] = []
    monkeypatch.setattr(NetworkItem, "draw", lambda *arguments: drawn.append(arguments))
    clock.at = 2.0
    qtbot.waitUntil(lambda: middle_of(canvas) == pytest.approx(246, abs=3))
    assert drawn == []
    assert colour(canvas.grab().toImage(), 60, 150) != DARK.land, "the road is still there"


def test_the_camera_goes_with_what_is_followed_until_somebody_pans(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock
) -> None:
    show(qtbot, canvas, 16.0, sea_layer(), moving())
    with qtbot.waitSignal(canvas.follow_changed):
        canvas.follow("vehicles", 1)
    clock.at = 2.0
    lon = CENTRE[0] + 0.001

    def is_in_the_middle() -> bool:
        return canvas.camera.lonlat == pytest.approx((lon, CENTRE[1]), abs=2e-5)

    qtbot.waitUntil(is_in_the_middle)
    qtbot.waitUntil(lambda: middle_of(canvas) == pytest.approx(200, abs=3))
    assert canvas.followed == Followed("vehicles", 1)
    press(canvas, QPoint(100, 100))
    move(canvas, QPointF(130, 120))
    move(canvas, QPointF(160, 140))
    release(canvas, QPoint(160, 140))
    assert canvas.followed is None
    panned = canvas.camera
    clock.at = 3.0
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert canvas.camera == panned


def test_what_is_followed_has_a_ring(qtbot: QtBot, canvas: MapCanvas, clock: Clock) -> None:
    assert len(inked(show(qtbot, canvas, 18.0, layer(Fix(heading=0.0))), TEAL)) == 0
    canvas.follow("vehicles", 1)
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert len(inked(canvas.grab().toImage(), TEAL)) > 10


def test_a_pan_by_whole_pixels_moves_the_kept_picture(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, canvas, 16.0, network_layer(tmp_path))
    from maps.render.scene import Scene

    drawn: list[Camera] = []
    draw = Scene._draw_base

    def counted(scene: Scene, request: RenderRequest, layers: object) -> object:
        drawn.append(request.camera)
        return draw(scene, request, layers)  # type: ignore[arg-type]  # what the scene gives

    monkeypatch.setattr(Scene, "_draw_base", counted)
    canvas.set_camera(canvas.camera.panned(10, 0))
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert drawn == []
    assert colour(canvas.grab().toImage(), 210, 60) == colour(canvas.grab().toImage(), 210, 250)
    canvas.set_camera(canvas.camera.panned(90, 0))
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert len(drawn) == 1, "too far from the middle of the picture"


@pytest.mark.parametrize("opacity", [0.0, 0.5, 1.0])
def test_a_layer_lets_through_what_lies_below(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock, opacity: float
) -> None:
    image = show(qtbot, canvas, 18.0, replace(layer(Fix(heading=0.0)), opacity=opacity))
    got = np.array([colour(image, *MIDDLE) >> shift & 255 for shift in (16, 8, 0)])
    low = np.array([DARK.land >> shift & 255 for shift in (16, 8, 0)])
    high = np.array([BLUE >> shift & 255 for shift in (16, 8, 0)])
    assert got == pytest.approx(low + (high - low) * opacity, abs=2)


def test_lines_that_overlap_in_a_faint_layer_do_not_add_up(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    image = show(qtbot, canvas, 16.0, replace(network_layer(tmp_path), opacity=0.5))
    assert colour(image, *MIDDLE) == colour(image, 60, 150) == colour(image, 200, 20)


def test_a_trail_fades_behind_what_moves(qtbot: QtBot, canvas: MapCanvas, clock: Clock) -> None:
    def driving(step: int) -> MoverLayer:
        way = Fix(
            before=(-0.002 + 0.0005 * step, 0.0), newest=(-0.0015 + 0.0005 * step, 0.0),
            at=float(step), heading=90.0,
        )  # fmt: skip
        return layer(way, trail_s=8.0)

    for step in range(5):
        clock.at = float(step)
        show(qtbot, canvas, 16.0, driving(step))
    image = canvas.grab().toImage()
    # it is on its way from the middle to the east now
    trail = [colour(image, x, 150) & 255 for x in (120, 150, 180)]
    assert trail == sorted(trail)
    assert trail[0] > (DARK.land & 255) + 10
    assert colour(image, 225, 150) == DARK.land, "not ahead of the thing"
    plain = show(qtbot, canvas, 16.0, replace(driving(4), trail_s=0.0))
    assert colour(plain, 150, 150) == DARK.land


def test_from_afar_only_what_is_followed_has_a_trail(
    qtbot: QtBot, canvas: MapCanvas, clock: Clock
) -> None:
    def driving(step: int) -> MoverLayer:
        ways = [
            Fix(before=(0.02 * step, lat), newest=(0.02 * step + 0.02, lat), at=step, heading=90.0)
            for lat in (0.0, 0.03)
        ]
        return layer(*ways, trail_s=60.0)

    for step in (0, 1):
        clock.at = float(step)
        show(qtbot, canvas, 11.0, driving(step))
    image = canvas.grab().toImage()
    assert colour(image, 190, 150) == colour(image, 206, 150) == DARK.land
    canvas.follow("vehicles", 1)
    qtbot.waitUntil(lambda: canvas.is_crisp)
    x = round(canvas.camera.to_screen(*point_to_mercator(CENTRE[0] + 0.01, CENTRE[1]))[0])
    image = canvas.grab().toImage()
    assert colour(image, x, 150) != DARK.land
    assert colour(image, x, 150 - 28) == DARK.land, "the other one"
