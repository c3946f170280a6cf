"""Packing a network, opening it, its levels of detail and tiles."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps import columns
from maps.columns import ColumnsError
from maps.geo.mercator import to_grid, to_mercator, units_per_pixel
from maps.network.layout import FIRST_LEVEL, FULL_LEVEL, KIND, VERSION
from maps.network.network import Network
from maps.network.pack import PackCancelledError, pack
from maps.network.roads import RoadClass, RoadFlag, road_class
from maps.network.tiles import Box, sort
from tests.maps import roads

NAN = float("nan")


def test_links_keep_their_rows_and_columns(tmp_path: Path) -> None:
    packed = roads.segments(
        [[(117.0, 39.0), (117.1, 39.0)], [(117.1, 39.0), (117.1, 39.1)]],
        classes=[RoadClass.MOTORWAY, RoadClass.PRIMARY],
        flags=[RoadFlag.BRIDGE | RoadFlag.ONEWAY, RoadFlag.LINK],
        names=["海滨高速", ""],
        refs=["S11", "G103;S215"],
    )
    network = roads.network(tmp_path, packed)
    assert len(network) == 2
    first, second = network.link(0), network.link(1)
    assert (first.name, first.ref, first.way_id) == ("海滨高速", "S11", 1000)
    assert first.flags == RoadFlag.BRIDGE | RoadFlag.ONEWAY
    assert (second.name, second.ref, second.road) == ("", "G103;S215", RoadClass.PRIMARY)
    expected = to_grid(to_mercator([[117.1, 39.0], [117.1, 39.1]]))
    assert np.array_equal(network.line(1), expected)
    with pytest.raises(IndexError):
        network.link(2)


def test_damaged_geometry_keeps_its_row_and_is_not_drawn(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING maps.network.lines: geometry left out")
    packed = roads.segments(
        [
            [],
            [(117.0, 39.0), (117.0, 39.0)],
            [(NAN, 39.0), (117.0, NAN)],
            [(117.0, 39.0), (NAN, NAN), (117.1, 39.0)],
            [],
            [(117.0, 39.0), (1170.0, 39.0), (117.0, 93.0), (0.0, 0.0)],
        ]
    )
    network = roads.network(tmp_path, packed)
    assert len(network) == 6
    for level in range(12, FULL_LEVEL + 1):
        assert set(network.tiles(level).segments[:, 4].tolist()) == {3}
    assert [len(network.line(link)) for link in range(6)] == [0, 1, 0, 2, 0, 1]
    flaws = columns.load(network.path, KIND).meta["flaws"]
    assert flaws == {"not_finite": 3, "impossible": 3, "repeated": 1, "undrawable": 5}


def test_a_road_that_crosses_itself_is_drawn_whole(tmp_path: Path) -> None:
    line = [(117.0, 39.0), (117.1, 39.1), (117.1, 39.0), (117.0, 39.1)]
    network = roads.network(tmp_path, roads.segments([line]))
    for level in range(8, FULL_LEVEL + 1):
        assert len(network.tiles(level).segments) == 3


def test_the_fingerprint_names_the_packing(tmp_path: Path) -> None:
    lines = roads.grid(3)
    first = roads.network(tmp_path, roads.segments(lines)).fingerprint
    assert roads.network(tmp_path, roads.segments(lines)).fingerprint == first
    assert roads.network(tmp_path, roads.segments(lines[::-1])).fingerprint != first
    assert roads.network(tmp_path, roads.segments(lines[:-1])).fingerprint != first


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.tnet"
    columns.save(path, KIND, {"layout": VERSION - 1}, {})
    with pytest.raises(ColumnsError, match="pack it again"):
        Network.open(path)


def test_an_empty_network_opens(tmp_path: Path) -> None:
    network = roads.network(tmp_path, roads.segments([]))
    assert len(network) == 0
    assert len(network.tiles(10).within(Box(-(2**31), -(2**31), 2**31, 2**31))) == 0


def test_a_road_across_the_antimeridian_stays_short(tmp_path: Path) -> None:
    east = [(179.9, 10.0), (-179.9, 10.1), (-179.8, 10.0)]
    network = roads.network(tmp_path, roads.segments([east, east[::-1]]))
    for level in range(FIRST_LEVEL, FULL_LEVEL + 1):
        rows = network.tiles(level).segments.astype(np.int64)
        assert np.abs(rows[:, 2:4] - rows[:, 0:2]).max() < 2**32 // 360, "no way round the world"
        if level > 9:
            assert {True, False} == set((rows[:, 0] > 0).tolist()), "a half at each side"


def test_coarse_levels_are_smaller_and_connected(tmp_path: Path) -> None:
    network = roads.network(tmp_path, roads.segments(roads.grid(12)))
    counts = [len(network.tiles(level).segments) for level in range(4, FULL_LEVEL + 1)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] / 10


def test_a_long_road_of_short_links_is_never_interrupted(tmp_path: Path) -> None:
    xs = np.linspace(117.0, 118.0, 400)
    lines = [[(a, 39.0), (b, 39.0)] for a, b in pairwise(xs.tolist())]
    network = roads.network(tmp_path, roads.segments(lines))
    west, east = to_grid(to_mercator([[117.0, 39.0], [118.0, 39.0]]))[:, 0].tolist()
    for level in range(FIRST_LEVEL + 4, FULL_LEVEL + 1):
        rows = network.tiles(level).segments
        rows = rows[np.argsort(rows[:, 0])]
        begins, ends = [*rows[:, 0].tolist(), east], [west, *rows[:, 2].tolist()]
        gaps = [begin - end for begin, end in zip(begins, ends, strict=True)]
        assert max(gaps) <= units_per_pixel(level), "a gap that could be seen"


def test_segments_run_the_way_their_link_is_drawn(tmp_path: Path) -> None:
    east = [(117.0 + 0.001 * i, 39.0) for i in range(60)]
    lines = [[(x, 39.0 + 0.01 * row) for x, _ in east] for row in range(4)]
    packed = roads.segments([line[::-1] if row % 2 else line for row, line in enumerate(lines)])
    network = roads.network(tmp_path, packed)
    for level in range(10, FULL_LEVEL + 1):
        rows = network.tiles(level).segments
        assert set(rows[:, 4].tolist()) == {0, 1, 2, 3}
        assert np.array_equal(rows[:, 2] > rows[:, 0], rows[:, 4] % 2 == 0)


def test_two_carriageways_on_the_same_pixels_both_stay(tmp_path: Path) -> None:
    line = [(117.0, 39.0), (117.01, 39.0), (117.3, 39.0)]
    one_way = [RoadFlag.ONEWAY] * 2
    network = roads.network(tmp_path, roads.segments([line, line[::-1]], flags=one_way))
    for level in range(8, FULL_LEVEL + 1):
        assert set(network.tiles(level).segments[:, 4].tolist()) == {0, 1}


def test_dashes_run_on_along_the_links_of_a_way(tmp_path: Path) -> None:
    xs = np.linspace(117.0, 117.1, 20).tolist()
    lines = [[(a, 39.0), (b, 39.0)] for a, b in pairwise(xs)]
    flags = [RoadFlag(0)] * 10 + [RoadFlag.TUNNEL] * 9
    network = roads.network(tmp_path, roads.segments(lines, flags=flags))
    rows = network.tiles(18).segments
    x0, along = rows[np.argsort(rows[:, 4])][:, [0, 5]].T.astype(np.int64)
    assert along[:10] == pytest.approx(x0[:10] - x0[0], abs=2)
    assert along[10:] == pytest.approx(x0[10:] - x0[10], abs=2), "a tunnel begins a run"


def test_coarse_segments_name_a_link_of_the_same_class(tmp_path: Path) -> None:
    lines = roads.grid(8)
    classes = [RoadClass.PRIMARY if i % 3 else RoadClass.RESIDENTIAL for i in range(len(lines))]
    network = roads.network(tmp_path, roads.segments(lines, classes))
    rows = network.tiles(15).segments
    for row in rows:
        link = int(row[4])
        ends = {tuple(point) for point in network.line(link).tolist()}
        assert {(int(row[0]), int(row[1])), (int(row[2]), int(row[3]))} & ends


def test_progress_ends_at_one_and_never_falls(tmp_path: Path) -> None:
    seen: list[float] = []
    pack(roads.segments(roads.grid(4)), tmp_path / "n.tnet", progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_cancelling_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "n.tnet"
    path.write_bytes(b"old")
    with pytest.raises(PackCancelledError):
        pack(roads.segments(roads.grid(4)), path, cancelled=lambda: True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_keeps_no_partial_file(tmp_path: Path) -> None:
    path = tmp_path / "n.tnet"
    path.mkdir()
    with pytest.raises(OSError):
        pack(roads.segments(roads.grid(4)), path)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"TCOL", b"not a network at all, but long enough"])
def test_what_is_no_network_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "n.tnet"
    path.write_bytes(content)
    with pytest.raises(ColumnsError):
        Network.open(path)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.tnet"
    pack(roads.segments(roads.grid(6)), path)
    path.write_bytes(path.read_bytes()[:-4000])
    with pytest.raises(ColumnsError):
        Network.open(path)


@pytest.mark.parametrize(
    ("highway", "road", "flag"),
    [
        ("motorway", RoadClass.MOTORWAY, RoadFlag(0)),
        ("trunk_link", RoadClass.TRUNK, RoadFlag.LINK),
        ("living_street", RoadClass.RESIDENTIAL, RoadFlag(0)),
        ("busway_of_the_future", RoadClass.UNKNOWN, RoadFlag(0)),
        (None, RoadClass.UNKNOWN, RoadFlag(0)),
    ],
)
def test_highway_values_become_classes(
    highway: str | None, road: RoadClass, flag: RoadFlag
) -> None:
    assert road_class(highway) == (road, flag)


COORDINATE = st.integers(-(2**31), 2**31 - 1)
ROW = st.tuples(COORDINATE, COORDINATE, st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))


@given(st.lists(ROW, max_size=40), COORDINATE, COORDINATE, st.integers(1, 10**8))
def test_a_box_of_tiles_holds_every_segment_that_touches_it(
    drawn: list[tuple[int, int, int, int]], x: int, y: int, size: int
) -> None:
    table = np.array(
        [(a, b, a + dx, b + dy, i, 0) for i, (a, b, dx, dy) in enumerate(drawn)], dtype=np.int64
    ).reshape(-1, 6)
    # Half of the segments start within the box, so that there is something to find.
    table[::2, 0:4] += np.array([x, y, x, y]) - table[::2, [0, 1, 0, 1]]
    table[:, [1, 3]] = np.clip(table[:, [1, 3]], -(2**31), 2**31 - 1)
    rows = table.astype(np.int32)
    found = sort(9, rows).within(Box(x, y, x + size, y + size))
    begins_inside = (table[:, 0] >= x) & (table[:, 0] <= x + size)
    begins_inside &= (table[:, 1] >= y) & (table[:, 1] <= y + size)
    assert set(np.flatnonzero(begins_inside)) <= set(found[:, 4].tolist())


@pytest.mark.parametrize("leads_on", [False, True])
def test_without_classes_through_roads_are_kept_then_the_longer_ones(
    tmp_path: Path, leads_on: bool
) -> None:
    """Two links that are one from afar: the second is longer, or leads on where the first ends."""
    end = (117.2001 if leads_on else 117.2003, 39.0)
    lines = [[(117.0, 39.0), (117.2002, 39.0)], [(117.0, 39.0), end]]
    if leads_on:
        lines.append([(117.3, 39.0), end])
    for road, kept in ((RoadClass.UNKNOWN, 1), (RoadClass.PRIMARY, 0)):
        network = roads.network(tmp_path, roads.segments(lines, [road] * len(lines)))
        links = set(network.tiles(7).segments[:, 4].tolist())
        assert links & {0, 1} == {kept}
