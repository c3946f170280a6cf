"""Texts along roads and beside places: where they may stand, and how they bend."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.labels.candidates import PlaceTexts, RoadTexts
from maps.labels.label import Label, LabelStyle
from maps.labels.place import place
from maps.labels.runs import Letters
from maps.layers.label_layer import LabelLayer
from maps.layers.network_layer import NetworkLayer
from maps.network.roads import RoadClass
from tests.maps import roads

CENTRE = (117.0, 39.0)
DEGREE_M = 111_320.0


class FixedWidth:
    """Every letter is 12 pixels wide; capitals of the Latin alphabet cannot be stacked."""

    def letters(self, text: str, style: LabelStyle) -> Letters:
        assert style is LabelStyle.ROAD
        bounds = np.array([12.0 * (i - len(text) / 2.0) for i in range(len(text) + 1)])
        return Letters(bounds, stackable=not text.isascii())


def line(metres: Sequence[tuple[float, float]]) -> roads.Line:
    """East and north of the centre, in metres."""
    lon, lat = CENTRE
    wide = DEGREE_M * math.cos(math.radians(lat))
    return [(lon + east / wide, lat + north / DEGREE_M) for east, north in metres]


def view(zoom: float, east: float = 0.0) -> Camera:
    x, y = point_to_mercator(*line([(east, 0.0)])[0])
    return Camera(x=x, y=y, zoom=zoom, width=1600, height=1000)


def texts(
    folder: Path, lines: list[roads.Line], name: str = "天津大道", ref: str = ""
) -> RoadTexts:
    many = len(lines)
    packed = roads.segments(lines, [RoadClass.PRIMARY] * many, None, [name] * many, [ref] * many)
    layer = NetworkLayer(id="r", title="路网", source="test", network=roads.network(folder, packed))
    return RoadTexts(layer)


def names(texts: RoadTexts, camera: Camera) -> list[Label]:
    return list(texts.labels(camera, FixedWidth()))


LONG = [(-20_000.0, 0.0), (20_000.0, 0.0)]


def arc(radius: float, degrees: float) -> list[tuple[float, float]]:
    """A bend around a point in the north, its lowest place in the middle of the view."""
    turns = np.radians(np.linspace(-degrees / 2, degrees / 2, 41))
    return [(radius * math.sin(t), radius * (1.0 - math.cos(t))) for t in turns.tolist()]


def test_links_of_one_name_become_one_line(tmp_path: Path) -> None:
    halves = [line([LONG[0], (0.0, 0.0)]), line([(0.0, 0.0), LONG[1]])]
    keys = {label.key[0] for label in names(texts(tmp_path, halves), view(13.0))}
    assert len(keys) == 1


def test_places_of_one_zoom_are_kept_at_the_next(tmp_path: Path) -> None:
    road = texts(tmp_path, [line(LONG)])
    before: dict[int, Label] = {}
    for zoom in (12.0, 12.9, 13.0, 14.0, 15.0):
        extent = view(zoom).extent
        found = {label.key[1]: label for label in names(road, view(zoom))}
        assert len(found) > 2
        for number, label in before.items():
            if extent.west < label.x < extent.east:
                assert (found[number].x, found[number].y) == pytest.approx(
                    (label.x, label.y), abs=1.0
                )
        before = found


def test_a_text_longer_than_its_road_has_no_place(tmp_path: Path) -> None:
    assert names(texts(tmp_path, [line([(-200, 0), (200, 0)])]), view(12.0)) == []


def test_a_straight_road_has_one_straight_text(tmp_path: Path) -> None:
    found = names(texts(tmp_path, [line([(-20_000.0, -8_000.0), (20_000.0, 8_000.0)])]), view(13.0))
    assert {label.glyphs for label in found} == {()}
    assert {label.angle for label in found} == {-22.0}


@pytest.mark.parametrize("backwards", [False, True])
def test_a_text_on_a_bend_follows_it_and_is_read_from_left_to_right(
    tmp_path: Path, backwards: bool
) -> None:
    bend = line(arc(1_000.0, 150.0))
    road = texts(tmp_path, [bend[::-1] if backwards else bend])
    middle = next(label for label in names(road, view(13.0)) if label.key[1] == 1)
    right = [x for x, _, _ in middle.glyphs]
    assert right == sorted(right)
    assert len(right) == 4
    angles = [angle for _, _, angle in middle.glyphs]
    assert angles == sorted(angles, reverse=True), "down into the bend, up out of it"
    assert angles[0] > 5 > -5 > angles[-1]
    assert max(abs(angle) for angle in angles) < 60


def test_a_sharp_bend_carries_no_text(tmp_path: Path) -> None:
    corner = line([(-3_000.0, 0.0), (0.0, 0.0), (0.0, 3_000.0)])
    assert all(label.key[1] != 1 for label in names(texts(tmp_path, [corner]), view(14.0)))


def test_a_tight_curve_carries_no_text(tmp_path: Path) -> None:
    found = names(texts(tmp_path, [line(arc(150.0, 330.0))]), view(14.0))
    assert found == []


UPRIGHT = [(0.0, -20_000.0), (0.0, 20_000.0)]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_chinese_name_on_an_upright_road_stands_letter_below_letter(
    tmp_path: Path, backwards: bool
) -> None:
    found = names(texts(tmp_path, [line(UPRIGHT[::-1] if backwards else UPRIGHT)]), view(13.0))
    assert found
    for label in found:
        assert [angle for *_, angle in label.glyphs] == [0.0] * 4
        down = [y for _, y, _ in label.glyphs]
        assert down == sorted(down)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_latin_name_on_an_upright_road_is_turned_always_the_same_way(
    tmp_path: Path, backwards: bool
) -> None:
    way = line(UPRIGHT[::-1] if backwards else UPRIGHT)
    found = names(texts(tmp_path, [way], name="RING ROAD"), view(13.0))
    assert {(label.angle, label.glyphs) for label in found} == {(-90.0, ())}


def test_route_numbers_stand_upright_and_one_below_the_other(tmp_path: Path) -> None:
    bend = line(arc(3_000.0, 300.0))
    found = names(texts(tmp_path, [bend], name="", ref="G25;S11"), view(12.0))
    assert {label.angle for label in found} == {0.0}
    assert {(label.text, label.shift) for label in found} == {("G25", 0.0), ("S11", 22.0)}


def test_only_what_is_in_view_is_worked_out(tmp_path: Path) -> None:
    road = texts(tmp_path, [line(LONG)])
    camera = view(15.0, east=10_000.0)
    extent = camera.extent
    found = names(road, camera)
    assert found
    assert all(extent.west < label.x < extent.east for label in found)


def test_a_junction_is_named_below_its_place_or_else_above(tmp_path: Path) -> None:
    layer = LabelLayer(
        id="names", title="互通", source="test", texts=("港滨桥",),
        styles=(LabelStyle.JUNCTION,), lonlat=np.array([CENTRE]), priorities=np.array([34.0]),
        text_zooms=np.array([(10.0, 20.0)]), shifts=(18.0,),
    )  # fmt: skip
    camera = view(13.0)
    labels, sizes = PlaceTexts(layer).labels(camera), [(60.0, 20.0)] * 2
    free = [labels[i].shift for i in place(labels, sizes, camera)]
    below = (790.0, 510.0, 810.0, 530.0)
    blocked = [labels[i].shift for i in place(labels, sizes, camera, [below])]
    assert (free, blocked) == ([18.0], [-18.0])
