"""Link states on roads: levels, directions apart, what was ordered."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from maps.canvas import MapCanvas
from maps.layers.link_states import LinkMark, LinkStates
from maps.layers.network_layer import NetworkLayer
from maps.network.roads import RoadClass, RoadFlag
from maps.theme import DARK, LIGHT, MapTheme
from tests.maps import roads, test_canvas
from tests.maps.test_canvas import CENTRE, colour

LON, LAT = CENTRE
EAST = [(LON - 0.5, LAT), (LON + 0.5, LAT)]
CITY, FAR = 16.0, 10.0  # zooms: both directions, one line
ROW = 150  # of the road in the picture
WHITE = 0xFFFFFF
TWO_WAY = RoadFlag(0)


def layer(
    folder: Path, *values: tuple[int, int], flag: RoadFlag = TWO_WAY, line: roads.Line = EAST
) -> NetworkLayer:
    """Roads through the middle, there and back and there again, with these states."""
    count = len(values)
    lines = [line[::-1] if number % 2 else line for number in range(count)]
    packed = roads.segments(lines, [RoadClass.MOTORWAY] * count, [flag] * count)
    return NetworkLayer(
        id="roads", title="", source="test", network=roads.network(folder, packed),
        states=LinkStates(np.array(values, dtype=np.uint8)),
    )  # fmt: skip


def show(qtbot: QtBot, canvas: MapCanvas, zoom: float, roads_layer: NetworkLayer) -> QImage:
    """The picture of just this layer; the one before may have had the same camera."""
    test_canvas.show(qtbot, canvas, zoom, roads_layer)
    qtbot.waitUntil(lambda: canvas.is_crisp)
    return canvas.grab().toImage()


def row(image: QImage, y: int) -> list[int]:
    return [colour(image, x, y) for x in range(40, 360)]


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("zoom", [FAR, CITY])
def test_a_level_has_its_colour(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path, level: int, zoom: float
) -> None:
    image = show(qtbot, canvas, zoom, layer(tmp_path, (level, 0), flag=RoadFlag.ONEWAY))
    assert colour(image, 200, ROW) == DARK.traffic[level - 1]


def test_no_data_is_grey_and_dashed(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    image = show(qtbot, canvas, CITY, layer(tmp_path, (0, 0), flag=RoadFlag.ONEWAY))
    along = row(image, ROW)
    assert DARK.no_data in along
    assert DARK.casing in along
    assert sum(a != b for a, b in pairwise(along)) > 40
    assert not set(DARK.traffic) & set(along)


@pytest.mark.parametrize("level", [0, 1, 5])
@pytest.mark.parametrize("flag", [RoadFlag.BRIDGE, RoadFlag.TUNNEL, RoadFlag(0)])
def test_whatever_the_traffic_bridges_have_edges_and_tunnels_dashed_ones(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path, level: int, flag: RoadFlag
) -> None:
    states = (level, level)
    image = show(qtbot, canvas, CITY, layer(tmp_path, states, flag=RoadFlag.ONEWAY | flag))
    edge = row(image, ROW + 5)
    share = edge.count(DARK.text_minor) / len(edge)
    assert share == pytest.approx(
        {RoadFlag.BRIDGE: 1.0, RoadFlag.TUNNEL: 0.45}.get(flag, 0.0), abs=0.1
    )
    assert DARK.text_minor not in row(image, ROW), "the road is not full of it"


def test_each_direction_is_drawn_on_its_right(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    image = show(qtbot, canvas, CITY, layer(tmp_path, (1, 5)))
    assert colour(image, 200, ROW + 2) == DARK.traffic[0], "eastward: south of the middle"
    assert colour(image, 200, ROW - 3) == DARK.traffic[4], "westward: north of it"


def test_a_road_drawn_the_other_way_round_keeps_its_directions(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    image = show(qtbot, canvas, CITY, layer(tmp_path, (5, 1), line=EAST[::-1]))
    assert colour(image, 200, ROW + 2) == DARK.traffic[0], "eastward: against its drawing"
    assert colour(image, 200, ROW - 3) == DARK.traffic[4]


def test_from_afar_the_worse_direction_is_seen(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    image = show(qtbot, canvas, FAR, layer(tmp_path, (1, 5)))
    assert colour(image, 200, ROW) == DARK.traffic[4]
    image = show(qtbot, canvas, FAR, layer(tmp_path, (4, 2)))
    assert colour(image, 200, ROW) == DARK.traffic[3]


def test_from_afar_the_worse_carriageway_lies_on_top(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    for states in ([(1, 0), (5, 0)], [(5, 0), (1, 0)]):
        image = show(qtbot, canvas, FAR, layer(tmp_path, *states, flag=RoadFlag.ONEWAY))
        assert colour(image, 200, ROW) == DARK.traffic[4]


def test_a_one_way_has_no_state_against_its_direction(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path
) -> None:
    for zoom in (FAR, CITY):
        image = show(qtbot, canvas, zoom, layer(tmp_path, (1, 5), flag=RoadFlag.ONEWAY))
        assert set(row(image, ROW)) == {DARK.traffic[0]}


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("zoom", [FAR, CITY])
def test_what_was_ordered_has_a_pattern_of_its_own(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path, theme: MapTheme, zoom: float
) -> None:
    canvas.set_theme(theme)

    def along(mark: LinkMark) -> set[int]:
        states = layer(tmp_path, (1 | mark, 0), flag=RoadFlag.ONEWAY)
        return set(row(show(qtbot, canvas, zoom, states), ROW))

    assert {theme.closed, WHITE} <= along(LinkMark.CLOSED)
    assert theme.traffic[0] not in along(LinkMark.CLOSED)
    assert {theme.works, theme.on_severity, theme.traffic[0]} <= along(LinkMark.WORKS)
    assert along(LinkMark.DETOUR) == {theme.traffic[0]}


def test_a_detour_has_an_edge(qtbot: QtBot, canvas: MapCanvas, tmp_path: Path) -> None:
    states = layer(tmp_path, (1 | LinkMark.DETOUR, 0), flag=RoadFlag.ONEWAY)
    image = show(qtbot, canvas, CITY, states)
    across = [colour(image, 200, y) for y in range(ROW - 12, ROW + 12)]
    first, last = across.index(DARK.detour), len(across) - across[::-1].index(DARK.detour)
    assert DARK.traffic[0] in across[first:last]


def test_new_states_read_no_segments_again(
    qtbot: QtBot, canvas: MapCanvas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = layer(tmp_path, (1, 1))
    show(qtbot, canvas, CITY, first)
    from maps.network.tiles import Tiles

    monkeypatch.setattr(Tiles, "within", None)
    canvas.set_layers((replace(first, states=LinkStates(np.array([[5, 5]], np.uint8))),))
    qtbot.waitUntil(lambda: colour(canvas.grab().toImage(), 200, ROW + 2) == DARK.traffic[4])
    canvas.set_layers((replace(first, states=None),))
    motorway = DARK.roads[RoadClass.MOTORWAY].fill
    qtbot.waitUntil(lambda: colour(canvas.grab().toImage(), 200, ROW + 2) == motorway)


def test_states_of_another_network_are_refused(tmp_path: Path) -> None:
    known = layer(tmp_path, (1, 1))
    for wrong in (np.zeros((2, 2), np.uint8), np.zeros(1, np.uint8), np.zeros((1, 2), np.int64)):
        with pytest.raises(ValueError, match="for each link"):
            replace(known, states=LinkStates(wrong))  # type: ignore[arg-type]  # that is the test
