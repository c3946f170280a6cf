"""Which road is under the cursor."""

from pathlib import Path

import pytest

from maps.geo.mercator import point_to_mercator
from maps.network.index import nearest
from maps.network.roads import RoadClass
from tests.maps import roads

WEST_EAST = [[(117.0, 39.0), (117.1, 39.0)], [(117.0, 39.001), (117.1, 39.001)]]


@pytest.mark.parametrize("zoom", [14.0, 16.0, 18.0])
def test_the_nearest_link_wins(tmp_path: Path, zoom: float) -> None:
    network = roads.network(tmp_path, roads.segments(WEST_EAST))
    x, y = point_to_mercator(117.05, 39.0001)
    hit = nearest(network, x, y, zoom, 40.0)
    assert hit is not None
    assert hit.link == 0
    assert (hit.x, hit.y) == pytest.approx(point_to_mercator(117.05, 39.0), abs=0.5)


def test_beyond_the_radius_nothing_is_hit(tmp_path: Path) -> None:
    network = roads.network(tmp_path, roads.segments(WEST_EAST))
    x, y = point_to_mercator(117.05, 38.99)
    assert nearest(network, x, y, 16.0, 8.0) is None


def test_only_the_wanted_classes_are_hit(tmp_path: Path) -> None:
    classes = [RoadClass.RESIDENTIAL, RoadClass.MOTORWAY]
    network = roads.network(tmp_path, roads.segments(WEST_EAST, classes))
    x, y = point_to_mercator(117.05, 39.0001)
    hit = nearest(network, x, y, 14.0, 100.0, frozenset({RoadClass.MOTORWAY}))
    assert hit is not None
    assert hit.link == 1


def test_a_link_is_hit_from_both_sides_of_the_antimeridian(tmp_path: Path) -> None:
    network = roads.network(tmp_path, roads.segments([[(179.99, 10.0), (-179.99, 10.0)]]))
    for lon in (179.995, -179.995):
        assert nearest(network, *point_to_mercator(lon, 10.0), 16.0, 5.0) is not None


def test_a_segment_far_longer_than_a_tile_is_hit_in_its_middle(tmp_path: Path) -> None:
    network = roads.network(tmp_path, roads.segments([[(100.0, 30.0), (110.0, 30.0)]]))
    assert nearest(network, *point_to_mercator(103.3, 30.0), 17.0, 5.0) is not None
