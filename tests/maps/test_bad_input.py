"""What no source should send, through every kind of layer: made, drawn and under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.geo.camera import Extent
from maps.geo.mercator import Floats, is_place, point_to_mercator
from maps.labels.label import LabelStyle
from maps.layers.area_layer import AreaLayer, Hatch
from maps.layers.areas import Areas
from maps.layers.heat_layer import HeatLayer
from maps.layers.label_layer import LabelLayer
from maps.layers.layer import Layer
from maps.layers.link_states import LinkStates
from maps.layers.mover_layer import MoverLayer
from maps.layers.movers import Movers, grid_of
from maps.layers.network_layer import NetworkLayer
from maps.layers.path_layer import PathLayer
from maps.layers.point_layer import PointLayer, Symbol
from maps.layers.raster import Raster
from maps.layers.raster_layer import RasterLayer
from maps.network.network import Network
from maps.network.pack import pack
from maps.network.roads import RoadClass
from maps.network.segments import Segments
from maps.render.request import Followed
from tests.maps.movers import CENTRE, KINDS, NOW, STATES, Fix, layer
from tests.maps.test_heat import difference, heat
from tests.maps.test_mover_layer import show

BAD: Final = (
    0.0, np.nan, np.inf, -np.inf, 180.0, -180.0, 179.9999, -179.9999, 90.0, -90.0, 200.0, 1e300,
)  # fmt: skip
VIEWS: Final = ((*CENTRE, 13.0), (180.0, 0.0, 5.0), (-180.0, 85.0, 9.0), (0.0, 0.0, 2.0))
SQUARE: Final = np.array([[117.0, 39.0], [117.1, 39.0], [117.1, 39.1], [117.0, 39.1]])

type Dice = np.random.Generator


def places(dice: Dice, count: int) -> Floats:
    """Some good, some not, some the same as the one before."""
    found: Floats = dice.normal(0.0, 0.02, (count, 2)) + CENTRE
    spoiled = dice.random((count, 2)) < dice.choice((0.0, 0.1, 0.5, 1.0))
    found[spoiled] = dice.choice(BAD, int(spoiled.sum()))
    if count > 2 and dice.random() < 0.5:
        found[1] = found[0]
    return found


def rings(dice: Dice) -> list[Floats]:
    sizes = dice.choice((0, 1, 2, 3, 4, 9), int(dice.integers(0, 4)))
    return [places(dice, size) for size in sizes.tolist()]


def times(dice: Dice, count: int) -> Floats:
    odd = dice.choice((np.nan, np.inf, -np.inf, 0.0, 1e300, NOW + 3600.0, NOW - 1e6), count)
    return np.where(dice.random(count) < 0.5, odd, NOW - 9.0 * dice.random(count))


def roads(dice: Dice, folder: Path) -> Layer:
    sizes = dice.choice((0, 1, 2, 3, 7), int(dice.integers(0, 30)))
    count, file = len(sizes), folder / f"{dice.integers(1 << 40)}.tnet"
    packed = Segments(
        coords=places(dice, int(sizes.sum())),
        offsets=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        classes=dice.choice(list(map(int, RoadClass)), count).astype(np.uint8),
        flags=dice.integers(0, 8, count).astype(np.uint8),
        names=["京津高速"] * count,
        refs=["G2;S50"] * count,
        way_ids=np.arange(count, dtype=np.int64),
    )
    pack(packed, file)
    states = LinkStates(dice.integers(0, 256, (count, 2)).astype(np.uint8))
    network = Network.open(file)
    return NetworkLayer(id="roads", title="", source="test", network=network, states=states)


def paths(dice: Dice, _folder: Path) -> Layer:
    lines = tuple(grid_of(places(dice, size)) for size in (0, 1, 2, 9))
    return PathLayer(id="paths", title="", source="test", lines=lines, dash=6.0)


def points(dice: Dice, _folder: Path) -> Layer:
    count = int(dice.choice((0, 1, 30)))
    return PointLayer(
        id="points", title="", source="test", ids=tuple(map(str, range(count))),
        lonlat=places(dice, count), symbols=(Symbol.CAMERA,) * count, labels=("东丽",) * count,
    )  # fmt: skip


def areas(dice: Dice, _folder: Path) -> Layer:
    polygons = [rings(dice) for _ in range(int(dice.integers(0, 5)))]
    names = tuple(map(str, range(len(polygons))))
    return AreaLayer(
        id="areas", title="", source="test", areas=Areas.prepare(polygons), fill="sea",
        line="accent", hatch=Hatch.CROSSED, dash=5.0, ids=names, titles=names,
    )  # fmt: skip


def densities(dice: Dice, _folder: Path) -> Layer:
    count = int(dice.choice((0, 1, 30)))
    weights = dice.choice((0.0, 1.0, -1.0, np.nan, np.inf, 1e38), count).astype(np.float32)
    lonlat = places(dice, count)
    return HeatLayer(id="heat", title="", source="test", lonlat=lonlat, weights=weights)


def rasters(dice: Dice, _folder: Path) -> Layer:
    values = dice.choice((np.nan, np.inf, -np.inf, 0.0, 5.0, 1e300), dice.integers(1, 8, 2))
    ramp = ((1.0, 0xFF0000, 0.5), (9.0, 0x0000FF, 1.0))
    sides = dice.choice((117.6, 117.8, 180.0, -180.0, 117.6), 2)
    extent = Extent.of_degrees(sides[0], 38.9, sides[1], float(dice.choice((38.9, 39.1, 90.0))))
    raster = Raster.of_values(values, ramp, extent)
    return RasterLayer(id="raster", title="", source="test", raster=raster)


def movers(dice: Dice, _folder: Path) -> Layer:
    count = int(dice.choice((0, 1, 30)))
    heading = dice.choice((np.nan, np.inf, -720.0, 90.0, 1e30), count).astype(np.float32)
    moving = Movers(
        ids=dice.integers(0, 20, count).astype(np.uint32),
        kinds=dice.integers(0, 2, count).astype(np.uint8),
        states=dice.integers(0, 2, count).astype(np.uint8),
        before=grid_of(places(dice, count)), newest=grid_of(places(dice, count)),
        before_at=times(dice, count), newest_at=times(dice, count), heading=heading,
    )  # fmt: skip
    return MoverLayer(
        id="vehicles", title="", source="test", movers=moving, kinds=KINDS, states=STATES,
        stale_s=60.0, trail_s=30.0, trails_from=4.0, density_below=float(dice.choice((0, 11))),
    )  # fmt: skip


def texts(dice: Dice, _folder: Path) -> Layer:
    count = int(dice.choice((0, 1, 30)))
    return LabelLayer(
        id="texts", title="", source="test", texts=("", "镇")[:count] * (count // 2),
        styles=tuple(LabelStyle)[:2] * (count // 2), lonlat=places(dice, count // 2 * 2),
        priorities=dice.choice((np.nan, np.inf, 5.0), count // 2 * 2),
        text_zooms=dice.choice((np.nan, -np.inf, 0.0, 30.0), (count // 2 * 2, 2)),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "make", [roads, paths, points, areas, densities, rasters, movers, texts],
    ids=lambda make: str(make.__name__),
)  # fmt: skip
def test_bad_geometry_is_drawn_and_hit_without_a_word(
    qtbot: QtBot,
    canvas: MapCanvas,
    tmp_path: Path,
    make: Callable[[Dice, Path], Layer],
    expect_log: Callable[[str], None],
) -> None:
    if make is roads:
        expect_log("geometry left out of a road network")
    canvas.set_clock(lambda: NOW)
    canvas.show()
    for seed in range(20):
        dice = np.random.default_rng(seed)
        lon, lat, zoom = VIEWS[seed % len(VIEWS)]
        x, y = point_to_mercator(lon, lat)
        canvas.set_layers((make(dice, tmp_path),))
        canvas.set_camera(replace(canvas.camera, x=x, y=y, zoom=zoom))
        canvas.follow("vehicles", 7)
        qtbot.waitUntil(lambda: canvas.is_settled)
        assert canvas._backdrop.failure is None
        for px, py in (dice.random((8, 2)) * (400.0, 300.0)).tolist():
            canvas._find(QPointF(px, py))


corners = st.tuples(
    st.one_of(st.sampled_from(BAD), st.floats(-181.0, 181.0)),
    st.one_of(st.sampled_from(BAD), st.floats(-91.0, 91.0)),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(st.lists(corners, max_size=9), max_size=3), max_size=4))
def test_a_broken_area_takes_none_of_its_neighbours_with_it(
    broken: list[list[list[tuple[float, float]]]],
) -> None:
    polygons = [[np.array(ring).reshape(-1, 2) for ring in rings] for rings in broken]
    prepared = Areas.prepare([*polygons, [SQUARE]])
    assert prepared.at(*point_to_mercator(117.05, 39.05)) == len(broken)


def test_the_hole_of_a_lost_area_is_no_area() -> None:
    prepared = Areas.prepare([[np.full((4, 2), np.nan), SQUARE]])
    assert len(prepared.triangles) == 0


@pytest.mark.parametrize(("lon", "hit"), [(179.95, 0), (-179.95, 0), (180.0, 0), (0.0, None)])
def test_an_area_across_the_antimeridian_is_narrow(lon: float, hit: int | None) -> None:
    ring = np.array([[179.9, 39.0], [-179.9, 39.0], [-179.9, 39.1], [179.9, 39.1]])
    hole = np.array([[-179.99, 39.04], [-179.98, 39.04], [-179.98, 39.06], [-179.99, 39.06]])
    prepared = Areas.prepare([[ring, hole]])
    assert prepared.at(*point_to_mercator(lon, 39.05)) == hit
    assert prepared.at(*point_to_mercator(-179.985, 39.05)) is None


@pytest.mark.parametrize("where", [(0.0, 0.0), (181.0, 39.0), (117.0, -90.5), (np.nan, 39.0)])
def test_what_is_no_place_is_one_for_nothing(where: tuple[float, float]) -> None:
    assert is_place([CENTRE, where]).tolist() == [True, False]
    assert grid_of(np.array([where])).tolist() == [[0, 0]]


def test_a_weight_that_is_no_number_leaves_the_others_as_they_are(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    plain = show(qtbot, canvas, 14.0, heat((0.0, 0.0), weights=[5.0]))
    warm = difference(plain, 200, 150)
    assert warm > 40
    spots = ((0.0, 0.0), (0.0001, 0.0), (0.0, 0.0))
    spoiled = show(qtbot, canvas, 14.0, heat(*spots, weights=[5.0, np.nan, np.inf]))
    assert difference(spoiled, 200, 150) == pytest.approx(warm, abs=12)
    assert difference(spoiled, 300, 150) == 0


@pytest.mark.parametrize(
    ("shape", "west"), [((0, 0, 4), 117.0), ((0, 3, 4), 117.0), ((1, 1, 4), np.nan), ((1, 1, 4), 1e300)]
)  # fmt: skip
def test_a_picture_without_pixels_or_place_is_refused(
    shape: tuple[int, int, int], west: float
) -> None:
    extent = Extent.of_degrees(west, 38.0, 118.0, 39.0)
    with pytest.raises(ValueError, match="pixels and a place"):
        Raster.of_rgba(np.zeros(shape, dtype=np.uint8), extent)


def test_what_was_followed_loses_its_ring_at_once(qtbot: QtBot, canvas: MapCanvas) -> None:
    canvas.set_clock(lambda: NOW)
    show(qtbot, canvas, 15.0, layer(Fix()))
    canvas.follow("vehicles", 1)
    qtbot.waitUntil(lambda: canvas.is_crisp)
    assert canvas.followed == Followed("vehicles", 1)
    canvas.set_camera(canvas.camera)
    assert canvas.followed is None
    qtbot.waitUntil(lambda: canvas.is_crisp)
