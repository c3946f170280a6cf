"""Projection and camera."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.geo.camera import MAX_ZOOM, Camera, Extent
from maps.geo.mercator import (
    HALF_WORLD,
    from_grid,
    point_to_lonlat,
    point_to_mercator,
    to_grid,
    to_mercator,
)

CAMERA = Camera(x=13.1e6, y=4.7e6, zoom=12.3, width=1600, height=1000)
LON = st.floats(-179.9, 179.9)
LAT = st.floats(-84.0, 84.0)
PYPROJ = (13046644.320, 4733137.373)  # what pyproj gives for 117.2, 39.08
PIXEL = st.floats(-500.0, 2500.0)


def test_the_edge_of_the_projection_is_where_epsg_says() -> None:
    assert to_mercator([180.0, 0.0])[0] == pytest.approx(20037508.342789, abs=1e-6)
    assert point_to_mercator(117.2, 39.08) == pytest.approx(PYPROJ, abs=1e-3)


@given(LON, LAT)
def test_projection_returns(lon: float, lat: float) -> None:
    assert point_to_lonlat(*point_to_mercator(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)
    assert to_mercator([lon, lat]) == pytest.approx(point_to_mercator(lon, lat), abs=1e-6)


@given(LON, LAT)
def test_the_grid_is_finer_than_a_centimetre(lon: float, lat: float) -> None:
    metres = to_mercator([lon, lat])
    assert from_grid(to_grid(metres)) == pytest.approx(metres, abs=0.005)


@given(PIXEL, PIXEL)
def test_pixels_return(px: float, py: float) -> None:
    assert CAMERA.to_screen(*CAMERA.to_world(px, py)) == pytest.approx((px, py), abs=1e-5)


@given(st.floats(7.0, 25.0), PIXEL, PIXEL)
def test_zooming_keeps_the_place_under_the_cursor(zoom: float, px: float, py: float) -> None:
    zoomed = CAMERA.zoomed(zoom, px, py)
    assert 7.0 <= zoomed.zoom <= MAX_ZOOM
    assert zoomed.to_screen(*CAMERA.to_world(px, py)) == pytest.approx((px, py), abs=1e-3)


def test_panning_moves_the_picture() -> None:
    x, y = CAMERA.to_world(300, 300)
    assert CAMERA.panned(50, -20).to_screen(x, y) == pytest.approx((350, 280), abs=1e-6)


def test_an_extent_fits_with_its_middle_in_the_middle() -> None:
    extent = Extent.of_degrees(116.0, 38.0, 118.0, 40.0)
    camera = CAMERA.fitted(extent, padding=10)
    left, top = camera.to_screen(extent.west, extent.north)
    right, bottom = camera.to_screen(extent.east, extent.south)
    assert min(left, top) == pytest.approx(10, abs=1e-6)
    assert (left + right, top + bottom) == pytest.approx((1600, 1000), abs=1e-6)


def test_the_nearest_copy_of_the_world_is_shown() -> None:
    camera = CAMERA.centred(HALF_WORLD - 10.0, 0.0)
    x, _ = camera.to_screen(-HALF_WORLD + 10.0, 0.0)
    assert x == pytest.approx(800 + 20 * camera.scale)
    spots = camera.points_to_screen(np.array([[-HALF_WORLD + 10.0, 0.0]]))
    assert spots[0, 0] == pytest.approx(x)


def test_ground_metres_shrink_with_latitude() -> None:
    equator, north = CAMERA.centred(0, 0), CAMERA.centred(*point_to_mercator(0, 60))
    assert north.metres_per_pixel == pytest.approx(equator.metres_per_pixel / 2, rel=1e-6)


def test_a_margin_makes_no_side_longer_than_it_may_be() -> None:
    fine = Camera(x=0.0, y=0.0, zoom=10.0, width=1000, height=300, pixel_ratio=1.5)
    assert (fine.grown(0.25).width, fine.grown(0.25).height) == (1500, 450)
    grown = fine.grown(0.25, largest=2000)
    assert (grown.width, grown.height) == (1332, 450)
    assert fine.grown(0.25, largest=1000).width == 1000, "the view itself is not cut"
