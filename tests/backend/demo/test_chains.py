"""Segments become carriageways, carriageways become stakes."""

import pytest

from app.domain.geodesy import Position, offset
from backend.demo.build.calibration import Reference, calibrate
from backend.demo.build.carriages import carriageways, main_heading
from backend.demo.build.chains import chains
from backend.demo.build.roads import Segment

START = (117.0, 39.0)


def at(east_m: float, north_m: float = 0.0) -> Position:
    return offset(offset(START, 90, east_m), 0, north_m)


def segment(u: int, v: int, a: Position, b: Position, oneway: bool = True) -> Segment:
    return Segment(
        way_id=0, u=u, v=v, highway="motorway", name="", refs=("G2",), oneway=oneway,
        bridge=False, tunnel=False, length_m=1.0, line=(a, b),
    )  # fmt: skip


def dual_carriageway() -> list[Segment]:
    """Two kilometres, eastbound south of westbound, in mixed order, with a turn-round."""
    return [
        segment(1, 2, at(1000), at(2000)),
        segment(0, 1, at(0), at(1000)),
        segment(11, 10, at(1000, 30), at(0, 30)),
        segment(12, 11, at(2000, 30), at(1000, 30)),
        segment(2, 12, at(2000), at(2000, 30)),
    ]


def test_one_ways_join_in_their_direction_of_travel() -> None:
    (found,) = chains(dual_carriageway())
    assert found.nodes == (0, 1, 2, 12, 11, 10)


def test_a_chain_that_turns_round_is_cut_at_its_far_end() -> None:
    ways = carriageways(chains(dual_carriageway()), heading=90)
    (down,), (up,) = ways.down, ways.up
    assert (down.line[0], up.line[-1]) == (at(0), at(0, 30))
    assert down.length_m + up.length_m == pytest.approx(4030, abs=1)


def test_two_way_road_gives_a_chain_each_way() -> None:
    found = chains([segment(0, 1, at(0), at(500), False), segment(1, 2, at(500), at(900), False)])
    assert sorted(chain.nodes for chain in found) == [(0, 1, 2), (2, 1, 0)]


def test_chain_does_not_turn_back_at_a_junction() -> None:
    found = chains([segment(0, 1, at(0), at(1000)), segment(1, 2, at(1000), at(20, 20))])
    assert len(found) == 2


def test_carriageways_are_told_apart_by_heading() -> None:
    pieces = [s for s in dual_carriageway() if {s.u, s.v} != {2, 12}]
    ways = carriageways(chains(pieces), heading=90)
    assert [chain.nodes for chain in ways.down] == [(0, 1, 2)]
    assert [chain.nodes for chain in ways.up] == [(12, 11, 10)]


def test_main_heading_points_south_or_west() -> None:
    assert main_heading(chains([segment(0, 1, at(0), at(1000))])) == pytest.approx(270, abs=0.1)
    assert main_heading(chains([segment(0, 1, at(0), at(0, 1000))])) == pytest.approx(180, abs=0.1)


def test_other_carriageway_takes_the_stakes_of_the_first() -> None:
    down = (at(0), at(3000))
    up = (at(2500, 30), at(500, 30))
    points = calibrate(up, Reference([down], 100_000), growing=False)
    assert [round(p.stake_m) for p in points] == pytest.approx([102_500, 101_500, 100_500], abs=3)


def test_gap_between_pieces_counts_as_straight_road() -> None:
    reference = Reference([(at(0), at(1000)), (at(1500), at(2000))], 0)
    assert reference.stake_m(at(1700)) == pytest.approx(1700, abs=3)


def test_a_line_that_runs_against_the_stakes_gets_none() -> None:
    assert calibrate((at(2000), at(0)), Reference([(at(0), at(3000))], 0), growing=True) == ()
