"""Densities: of a heat layer, and of moving things from afar."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.layers.heat import HeatScale
from maps.layers.heat_layer import HeatLayer
from maps.layers.network_layer import NetworkLayer
from maps.theme import DARK
from tests.maps.movers import CENTRE, NOW, Fix, layer
from tests.maps.roads import network, segments
from tests.maps.test_canvas import colour
from tests.maps.test_mover_layer import show

SCALE = HeatScale(radius=24.0, full=20.0, zoom=14.0)


def heat(*offsets: tuple[float, float], weights: Sequence[float] | None = None) -> HeatLayer:
    """Points beside CENTRE, in degrees."""
    return HeatLayer(
        id="heat", title="事件热力", source="test", scale=SCALE,
        lonlat=np.array(offsets).reshape(-1, 2) + CENTRE,
        weights=None if weights is None else np.array(weights, dtype=np.float32),
    )  # fmt: skip


def difference(image: QImage, x: int, y: int, ground: int = DARK.land) -> int:
    got = colour(image, x, y)
    return max(abs((got >> shift & 255) - (ground >> shift & 255)) for shift in (16, 8, 0))


def test_a_point_warms_its_surroundings_and_nothing_else(qtbot: QtBot, canvas: MapCanvas) -> None:
    image = show(qtbot, canvas, 14.0, heat((0.0, 0.0)))
    across = [difference(image, x, 150) for x in (200, 210, 218, 226, 300)]
    assert across == sorted(across, reverse=True)
    assert across[0] > 40
    assert across[-2:] == [0, 0], "beyond the radius"


def test_north_stays_north(qtbot: QtBot, canvas: MapCanvas) -> None:
    image = show(qtbot, canvas, 14.0, heat((0.003, 0.002)))
    x, y = canvas.camera.to_screen(*point_to_mercator(CENTRE[0] + 0.003, CENTRE[1] + 0.002))
    assert difference(image, int(x), int(y)) > 40
    assert difference(image, int(x), int(300 - y)) == 0


def test_more_is_farther_up_the_ramp(qtbot: QtBot, canvas: MapCanvas) -> None:
    one = colour(show(qtbot, canvas, 14.0, heat((0.0, 0.0))), 200, 150)
    much = colour(show(qtbot, canvas, 14.0, heat((0.0, 0.0), weights=[50.0])), 200, 150)
    assert much >> 16 > one >> 16, "the end of the ramp is bright"


def test_points_without_a_place_are_left_out(qtbot: QtBot, canvas: MapCanvas) -> None:
    image = show(qtbot, canvas, 14.0, heat((np.nan, 0.0), (0.0, np.nan), weights=[9.0, 9.0]))
    assert difference(image, 200, 150) == 0


def test_the_legend_gives_values_on_the_ground() -> None:
    x, y = point_to_mercator(*CENTRE)
    camera = Camera(x=x, y=y, zoom=14.0, width=400, height=300)
    steps = SCALE.steps(camera, (0.0, 0.5, 1.0))
    circle_km2 = np.pi * (24.0 * camera.metres_per_pixel / 1000.0) ** 2
    assert steps[0].per_km2 == 0.0
    assert steps[2].per_km2 == pytest.approx(20.0 / circle_km2)
    assert steps[1].per_km2 == pytest.approx((21.0**0.5 - 1.0) / circle_km2)
    farther = SCALE.steps(replace(camera, zoom=13.0))[-1].per_km2
    assert farther == pytest.approx(steps[2].per_km2 / 2.0), "twice as many on four times the area"


def test_from_afar_moving_things_are_a_density(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.set_clock(lambda: NOW)
    things = layer(*[Fix(heading=0.0)] * 5, density_below=12.0)
    near = show(qtbot, canvas, 12.0, things)
    assert colour(near, 200, 150) == DARK.device
    far = show(qtbot, canvas, 11.0, things)
    assert colour(far, 200, 150) != DARK.device
    assert difference(far, 200, 150) > 40
    assert difference(far, 212, 150) > 0, "wider than a symbol"
    canvas.follow("vehicles", 1)
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert colour(canvas.grab().toImage(), 200, 150) == DARK.device, "one can still be followed"
    canvas.unfollow()
    hidden = show(qtbot, canvas, 11.0, replace(things, hidden_kinds=frozenset({0})))
    assert difference(hidden, 200, 150) == 0


def test_a_density_lies_below_the_roads(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    canvas.set_clock(lambda: NOW)
    motorway = network(tmp_path, segments([[(117.6, 39.0), (117.8, 39.0)]]))
    roads = NetworkLayer(id="roads", title="路网", source="test", network=motorway)
    alone = show(qtbot, canvas, 11.0, roads)
    both = show(qtbot, canvas, 11.0, roads, layer(*[Fix()] * 50, density_below=12.0))
    assert colour(both, 200, 150) == colour(alone, 200, 150) != DARK.land
    assert difference(both, 200, 142) > 40, "beside it"


def test_new_fixes_make_a_new_density(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.set_clock(lambda: NOW)
    first = show(qtbot, canvas, 11.0, layer(*[Fix()] * 50, density_below=12.0))
    beside = Fix(newest=(0.2, 0.0))
    second = show(qtbot, canvas, 11.0, layer(*[beside] * 50, density_below=12.0))
    assert difference(first, 200, 150) > 40
    assert difference(second, 200, 150) == 0


def test_a_density_tells_only_of_what_is_not_old_and_is_grey_when_all_is(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    at = [NOW]
    canvas.set_clock(lambda: at[0])
    things = layer(Fix(newest=(0.1, 0.0), at=-59.5), Fix(), density_below=12.0)
    image = show(qtbot, canvas, 11.0, things)
    x = round(canvas.camera.to_screen(*point_to_mercator(CENTRE[0] + 0.1, CENTRE[1]))[0])
    assert difference(image, x, 150) > 40
    at[0] = NOW + 1.0
    qtbot.waitUntil(lambda: difference(canvas.grab().toImage(), x, 150) == 0)
    assert difference(canvas.grab().toImage(), 200, 150) > 40
    assert not is_grey(canvas.grab().toImage(), 200, 150)
    at[0] = NOW + 61.0
    canvas.set_layers(canvas.layers)
    qtbot.waitUntil(lambda: is_grey(canvas.grab().toImage(), 200, 150))
    canvas.set_layers((replace(things, hidden_kinds=frozenset({0})),))
    qtbot.waitUntil(lambda: difference(canvas.grab().toImage(), 200, 150) == 0)


def is_grey(image: QImage, x: int, y: int) -> bool:
    """The land with some of the colour of what is unknown over it."""
    land, got, unknown = (
        np.array([rgb >> shift & 255 for shift in (16, 8, 0)], dtype=float)
        for rgb in (DARK.land, colour(image, x, y), DARK.unknown)
    )
    shares = (got - land) / (unknown - land)
    return bool(shares.min() > 0.1 and np.ptp(shares) < 0.2 * shares.max())
