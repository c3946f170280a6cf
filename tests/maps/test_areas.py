"""Areas: filled, hatched, named, hit; and geometry that is not as it should be."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.geo.mercator import point_to_mercator
from maps.layers.area_layer import AreaLayer, Hatch
from maps.layers.areas import Areas, Ring
from maps.picking import PickedArea
from maps.theme import DARK
from tests.maps.test_canvas import CENTRE, colour, show

LON, LAT = CENTRE
LEFT = Qt.MouseButton.LeftButton


def square(west: float, south: float, side: float = 0.01) -> Ring:
    """Corners relative to the centre, in degrees."""
    x, y = LON + west, LAT + south
    return np.array([[x, y], [x + side, y], [x + side, y + side], [x, y + side]])


def zones(**values: object) -> AreaLayer:
    """West and east of the middle; the west one has a hole."""
    hole = square(-0.016, -0.004, 0.004)
    areas = Areas.prepare([[square(-0.02, -0.01, 0.018), hole], [square(0.002, -0.005)]])
    return AreaLayer(
        id="zones", title="区域", source="test", areas=areas, fill="planned", ids=("west", "east"),
        **values,  # type: ignore[arg-type]  # fields by name
    )  # fmt: skip


def test_a_filling_lets_the_ground_through(qtbot: QtBot, canvas: MapCanvas) -> None:
    image = show(qtbot, canvas, 14.0, zones(fill_opacity=0.5, line="accent"))
    mixed = [round((a + b) / 2) for a, b in zip(parts(DARK.planned), parts(DARK.land), strict=True)]
    assert parts(colour(image, 270, 150)) == pytest.approx(mixed, abs=2)


@pytest.mark.parametrize("hatch", [Hatch.RISING, Hatch.FALLING, Hatch.CROSSED, Hatch.UPRIGHT])
def test_a_hatch_tells_areas_apart_without_colour(
    qtbot: QtBot, canvas: MapCanvas, hatch: Hatch
) -> None:
    image = show(qtbot, canvas, 14.0, zones(fill_opacity=0.2, line="text", hatch=hatch))
    across = [image.pixelColor(x, 150).lightness() for x in range(240, 320)]
    strokes = sum(a < 120 <= b for a, b in pairwise(across))
    assert 4 <= strokes <= 14


def test_a_hatch_keeps_still_on_the_ground(qtbot: QtBot, canvas: MapCanvas) -> None:
    layer = zones(fill_opacity=0.2, line="text", hatch=Hatch.RISING)
    before = show(qtbot, canvas, 14.0, layer)
    middle = canvas.camera
    canvas.set_camera(middle.panned(-150.0, 0.0))  # so far that a new picture is drawn
    qtbot.waitUntil(lambda: canvas.is_crisp, timeout=20_000)
    after = canvas.grab().toImage()
    was = [before.pixelColor(x, 150).lightness() for x in range(250, 310)]
    now = [after.pixelColor(x - 150, 150).lightness() for x in range(250, 310)]
    assert np.abs(np.subtract(was, now)).mean() < 12


def test_an_area_is_hit_inside_but_not_in_its_hole(qtbot: QtBot, canvas: MapCanvas) -> None:
    show(qtbot, canvas, 14.0, zones())

    def hit(west: float, south: float) -> object:
        x, y = canvas.camera.to_screen(*point_to_mercator(LON + west, LAT + south))
        with qtbot.waitSignal(canvas.clicked) as clicked:
            QTest.mouseClick(canvas, LEFT, pos=QPoint(round(x), round(y)))
        assert clicked.args is not None
        return clicked.args[0]

    east, west = hit(0.007, 0.0), hit(-0.005, 0.0)
    assert isinstance(east, PickedArea)
    assert isinstance(west, PickedArea)
    assert (east.id, west.id) == ("east", "west")
    assert hit(-0.014, -0.002) is None, "the hole"
    assert hit(0.0, 0.0) is None, "between the two"


def test_titles_stand_at_the_anchors(qtbot: QtBot, canvas: MapCanvas) -> None:
    plain = show(qtbot, canvas, 14.0, zones())
    named = show(qtbot, canvas, 14.0, zones(titles=("", "东区")))
    qtbot.waitUntil(lambda: canvas.grab().toImage() != plain, timeout=20_000)
    named = canvas.grab().toImage()
    x, y = canvas.camera.to_screen(*zones().areas.anchors[1].tolist())
    around = [
        named.pixel(round(x) + i, round(y) + j) != plain.pixel(round(x) + i, round(y) + j)
        for i in range(-12, 12)
        for j in range(-8, 8)
    ]
    assert sum(around) > 20


def test_broken_rings_become_areas_or_nothing() -> None:
    bow = np.array([[LON, LAT], [LON + 0.01, LAT + 0.01], [LON + 0.01, LAT], [LON, LAT + 0.01]])
    lost = np.full((4, 2), np.nan)
    line = np.array([[LON, LAT], [LON + 0.01, LAT]])
    areas = Areas.prepare([[bow], [lost], [line], [square(0.02, 0.0)]])
    assert set(areas.owners.tolist()) == {0, 3}
    assert np.isnan(areas.anchors[1:3]).all()
    assert areas.at(*point_to_mercator(LON + 0.025, LAT + 0.005)) == 3
    assert areas.at(*point_to_mercator(LON + 0.008, LAT + 0.005)) == 0
    assert areas.at(*point_to_mercator(LON + 0.005, LAT + 0.001)) is None


def test_areas_come_back_from_their_file(tmp_path: Path) -> None:
    areas = zones().areas
    areas.save(tmp_path / "zones.tarea")
    again = Areas.open(tmp_path / "zones.tarea")
    for name in areas.__slots__:
        assert np.array_equal(getattr(again, name), getattr(areas, name)), name


def parts(rgb: int) -> tuple[int, int, int]:
    return rgb >> 16, rgb >> 8 & 255, rgb & 255
