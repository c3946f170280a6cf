"""Pictures on the map: where their pixels come to lie, and in which colours."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.geo.camera import Extent
from maps.layers.raster import LARGEST_PX, Raster
from maps.layers.raster_layer import RasterLayer
from maps.theme import DARK
from tests.maps.test_canvas import CENTRE, colour, sea_layer, show

LON, LAT = CENTRE
EXTENT = Extent.of_degrees(LON - 0.02, LAT - 0.02, LON + 0.02, LAT + 0.02)
RED, GREEN, BLUE, CLEAR = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (255, 255, 255, 0)
NORTH_WEST, NORTH_EAST, SOUTH_WEST, SOUTH_EAST = (160, 110), (240, 110), (160, 190), (240, 190)


def quarters(alpha: int = 255, **values: object) -> RasterLayer:
    """Red in the north-west, green, blue, and nothing in the south-east."""
    pixels = np.array([[RED, GREEN], [BLUE, CLEAR]], dtype=np.uint8)
    pixels[:, :, 3] = np.minimum(pixels[:, :, 3], alpha)
    raster = Raster.of_rgba(pixels, EXTENT)
    return RasterLayer(
        id="plan", title="平面图", source="test", raster=raster, smooth=False,
        **values,  # type: ignore[arg-type]  # fields by name
    )  # fmt: skip


def test_north_is_at_the_top_and_what_is_clear_shows_the_land(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    image = show(qtbot, canvas, 13.0, quarters())
    seen = [colour(image, *at) for at in (NORTH_WEST, NORTH_EAST, SOUTH_WEST, SOUTH_EAST)]
    assert seen == [0xFF0000, 0x00FF00, 0x0000FF, DARK.land]
    assert colour(image, 5, 150) == DARK.land, "beyond its extent"


def test_a_half_clear_pixel_lets_half_of_the_ground_through(
    qtbot: QtBot, canvas: MapCanvas
) -> None:
    image = show(qtbot, canvas, 13.0, quarters(alpha=128))
    red, green, blue = parts(colour(image, *NORTH_WEST))
    land = parts(DARK.land)
    assert red == pytest.approx((255 + land[0]) / 2, abs=3)
    assert green == pytest.approx(land[1] / 2, abs=3)
    assert blue == pytest.approx(land[2] / 2, abs=3)


def test_opacity_and_order_hold_among_other_layers(qtbot: QtBot, canvas: MapCanvas) -> None:
    below = show(qtbot, canvas, 13.0, quarters(), sea_layer())
    assert colour(below, *NORTH_EAST) == DARK.sea
    above = show(qtbot, canvas, 13.0, sea_layer(), quarters(opacity=0.5))
    assert parts(colour(above, *NORTH_EAST))[1] == pytest.approx(
        (255 + parts(DARK.sea)[1]) / 2, abs=3
    )


def test_smooth_mixes_neighbours_without_a_dark_edge(qtbot: QtBot, canvas: MapCanvas) -> None:
    apart = show(qtbot, canvas, 13.0, quarters())
    assert colour(apart, 196, 110) == 0xFF0000
    raster = quarters().raster
    mixed = show(
        qtbot, canvas, 13.0,
        RasterLayer(id="plan", title="", source="test", raster=raster, smooth=True),
    )  # fmt: skip
    red, green, _ = parts(colour(mixed, 200, 60))
    assert red == pytest.approx(128, abs=12)
    assert green == pytest.approx(128, abs=12)
    edge = parts(colour(mixed, 280, 150))  # between green and nothing
    assert edge[1] == pytest.approx((255 + parts(DARK.land)[1]) / 2, abs=20)
    assert max(edge[0], edge[2]) < 40


def test_values_take_their_colours_from_the_ramp() -> None:
    values = np.array([[0.0, 10.0, 15.0, np.nan, 99.0]])
    ramp = ((10.0, 0x000000, 1.0), (20.0, 0xFF0000, 1.0))
    pixels = Raster.of_values(values, ramp, EXTENT).pixels[0].tolist()
    assert pixels == [
        [0, 0, 0, 0],
        [0, 0, 0, 255],
        [127, 0, 0, 255],
        [0, 0, 0, 0],
        [255, 0, 0, 255],
    ]


def test_a_picture_too_large_for_a_gpu_loses_rows() -> None:
    pixels = np.zeros((3, LARGEST_PX * 2 + 1, 4), dtype=np.uint8)
    assert Raster.of_rgba(pixels, EXTENT).pixels.shape == (1, 5462, 4)


def parts(rgb: int) -> tuple[int, int, int]:
    return rgb >> 16, rgb >> 8 & 255, rgb & 255
