"""Clusters of points and what is hit among them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.layers.point_layer import PointLayer, Symbol
from maps.points.clusters import Clusters, ClusterSteps, cluster, zoom_step
from maps.points.point_item import PointItem

PLACES = st.lists(st.tuples(st.floats(116.5, 118.0), st.floats(38.5, 40.0)), max_size=60)


def layer(places: list[tuple[float, float]], ranks: list[int] | None = None) -> PointLayer:
    return PointLayer(
        id="incidents",
        title="事件",
        source="test",
        ids=tuple(f"p{i}" for i in range(len(places))),
        lonlat=np.array(places, dtype=float).reshape(-1, 2),
        symbols=(Symbol.SEVERITY_4,) * len(places),
        ranks=None if ranks is None else np.array(ranks),
    )


def clusters_of(points: PointLayer, step: int | None) -> Clusters:
    return cluster(points.lonlat, points.ranks, step)


def camera(lon: float, lat: float, zoom: float) -> Camera:
    x, y = point_to_mercator(lon, lat)
    return Camera(x=x, y=y, zoom=zoom, width=800, height=600)


@given(PLACES, st.integers(2, 16))
def test_every_point_is_in_exactly_one_cluster(
    places: list[tuple[float, float]], step: int
) -> None:
    clusters = clusters_of(layer(places), step)
    assert sorted(clusters.members.tolist()) == list(range(len(places)))
    assert clusters.counts.sum() == len(places)
    for number, row in enumerate(clusters.rows.tolist()):
        members = clusters.rows_of(number).tolist()
        assert len(members) == clusters.counts[number]
        assert row == members[0]


def test_the_highest_rank_speaks_for_its_cluster_and_lies_on_top() -> None:
    places = [(117.0, 39.0), (117.0, 39.0), (117.5, 39.5)]
    clusters = clusters_of(layer(places, ranks=[1, 9, 3]), 5)
    assert clusters.rows[-1] == 1
    assert clusters.counts.tolist()[-1] in (2, 3)


def test_points_stand_alone_from_their_zoom_on() -> None:
    points = layer([(117.0, 39.0), (117.0, 39.00002)])
    assert zoom_step(points.cluster_below, 14.9) == 14
    assert zoom_step(points.cluster_below, 15.0) is None
    assert clusters_of(points, None).counts.tolist() == [1, 1]


def test_points_at_one_place_are_never_hidden_below_each_other() -> None:
    points = layer([(117.0, 39.0), (117.1, 39.0), (117.0, 39.0)], ranks=[1, 2, 3])
    clusters = clusters_of(points, None)
    assert clusters.counts.tolist() == [1, 2]
    assert clusters.rows_of(1).tolist() == [2, 0]
    assert [PointItem(points).count_at(row) for row in range(3)] == [2, 1, 2]


def test_points_that_are_nowhere_are_left_out() -> None:
    clusters = clusters_of(layer([(float("nan"), 39.0), (117.0, 39.0)]), 10)
    assert clusters.rows.tolist() == [1]


def test_a_cluster_under_the_cursor_gives_all_its_members() -> None:
    item = PointItem(layer([(117.0, 39.0), (117.0001, 39.0), (117.4, 39.0)], ranks=[0, 5, 9]))
    view = camera(117.0, 39.0, 10.0)
    hit = item.hit(view, 400, 300, 11.0)
    assert hit is not None
    assert hit[1] == 1
    assert sorted(item.rows_of(view, hit[0])) == [0, 1]
    assert item.hit(view, 460, 300, 11.0) is None


def test_nothing_is_hit_below_the_zoom_of_the_layer() -> None:
    points = PointLayer(
        id="cameras", title="摄像机", source="test", ids=("c",),
        lonlat=np.array([[117.0, 39.0]]), symbols=(Symbol.CAMERA,), zooms=(12.0, 30.0),
    )  # fmt: skip
    item = PointItem(points)
    assert item.hit(camera(117.0, 39.0, 11.9), 400, 300, 11.0) is None
    assert item.hit(camera(117.0, 39.0, 12.0), 400, 300, 11.0) == (0, 0)


@pytest.mark.parametrize("step", [None, 8])
def test_an_empty_layer_has_no_clusters(step: int | None) -> None:
    assert len(clusters_of(layer([]), step).rows) == 0


@given(PLACES, st.floats(2.0, 20.0))
def test_clusters_made_ahead_are_those_made_on_demand(
    places: list[tuple[float, float]], zoom: float
) -> None:
    points = layer(places)
    ahead = ClusterSteps.prepare(points.lonlat, points.ranks, points.cluster_below)
    view = camera(117.0, 39.0, zoom)
    one = PointItem(points).shown(view)
    other = PointItem(replace(points, clusters=ahead)).shown(view)
    assert one.spots.tolist() == other.spots.tolist()
    assert one.clusters.rows.tolist() == other.clusters.rows.tolist()


def test_a_count_keeps_its_own_room_beside_the_symbol() -> None:
    view = camera(117.0, 39.0, 10.0)
    ((left, top, right, bottom),) = PointItem(layer([(117.0, 39.0)])).boxes(view)
    assert (right - left, bottom - top) == (22.0, 22.0)
    ((left, top, right, bottom),) = PointItem(layer([(117.0, 39.0)] * 3)).boxes(view)
    assert right - left > 22.0
    assert bottom - top > 22.0
