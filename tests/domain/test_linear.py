"""Linear referencing on the handbook's routes (section 6) and on random ones."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geodesy import Position, cumulative_m, distance_m, offset
from app.domain.linear import Ambiguous, InGap, Located, OutOfRange, StakeIndex, locate
from app.domain.route import CalibrationPoint, Carriage, Route

NORTH, SOUTH = (117.4, 39.2), (117.4, 39.155)


def point(stake_m: float, measure_m: float, label: str = "") -> CalibrationPoint:
    return CalibrationPoint(
        stake_m=stake_m, geom_measure_m=measure_m, lon=0.0, lat=0.0, label=label
    )


def carriage(direction: str, line: tuple[Position, ...], *points: CalibrationPoint) -> Carriage:
    return Carriage(direction=direction, line=line, calibration=points)


def g25() -> Route:
    length = distance_m(NORTH, SOUTH)
    return Route(
        id="g25",
        code="G25",
        up_name="长春方向",
        down_name="深圳方向",
        carriages=(
            carriage("down", (NORTH, SOUTH), point(1_100_000, 0), point(1_105_000, length)),
            carriage("up", (SOUTH, NORTH), point(1_105_000, 0), point(1_100_000, length)),
        ),
    )


def chain(*points: CalibrationPoint) -> Route:
    """A straight eastward carriageway of 2 km."""
    line = (NORTH, offset(NORTH, 90, 2000))
    return Route(id="g18", code="G18", carriages=(carriage("down", line, *points),))


def test_the_handbook_calibration_is_5003_8_m_long() -> None:
    assert distance_m(NORTH, SOUTH) == pytest.approx(5003.8, abs=0.05)


@pytest.mark.parametrize("way", ["up", "down"])
def test_stake_is_interpolated_on_both_carriageways(way: str) -> None:
    place = locate(g25(), 1_102_300, way)
    assert isinstance(place, Located)
    assert (place.lon, place.lat) == pytest.approx((117.4, 39.1793), abs=1e-9)


@pytest.mark.parametrize("stake_m", [1_099_999, 1_105_001])
def test_stake_beyond_the_ends_is_out_of_range(stake_m: float) -> None:
    assert locate(g25(), stake_m, "down") == OutOfRange(first_m=1_100_000, last_m=1_105_000)


def test_ends_are_in_range() -> None:
    for stake_m, end in ((1_100_000, NORTH), (1_105_000, SOUTH)):
        place = locate(g25(), stake_m, "down")
        assert isinstance(place, Located)
        assert (place.lon, place.lat) == pytest.approx(end)


def test_carriageway_without_stakes_is_out_of_range() -> None:
    assert locate(chain(point(0, 0), point(9, 9)), 5, "up") == OutOfRange(first_m=None, last_m=None)


def test_short_chain_leaves_a_gap() -> None:
    g18 = chain(point(35_000, 0), point(35_200, 200), point(35_500, 200), point(36_000, 700))
    assert locate(g18, 35_300, "down") == InGap(before_m=35_200, after_m=35_500)
    assert isinstance(locate(g18, 35_200, "down"), Located)
    assert isinstance(locate(g18, 35_500, "down"), Located)


def test_pieces_apart_leave_a_gap() -> None:
    far = offset(NORTH, 90, 5000)
    route = Route(
        id="s11",
        code="S11",
        carriages=(
            carriage("up", (NORTH, offset(NORTH, 90, 1000)), point(0, 0), point(1000, 1000)),
            carriage("up", (far, offset(far, 90, 1000)), point(5000, 0), point(6000, 1000)),
        ),
    )
    assert locate(route, 3000, "up") == InGap(before_m=1000, after_m=5000)
    assert isinstance(locate(route, 5500, "up"), Located)


def test_long_chain_is_ambiguous_until_labelled() -> None:
    route = chain(
        point(10_000, 0), point(10_100, 100), point(10_000, 100, "长"), point(10_100, 200),
        point(11_000, 1100),
    )  # fmt: skip
    place = locate(route, 10_050, "down")
    assert isinstance(place, Ambiguous)
    assert [c.label for c in place.candidates] == ["", "长"]
    assert locate(route, 10_050, "down", label="长") == place.candidates[1]
    assert distance_m((place.candidates[0].lon, place.candidates[0].lat), NORTH) == pytest.approx(
        50, abs=0.1
    )


def test_stake_on_a_calibration_point_is_one_place() -> None:
    route = chain(point(0, 0), point(500, 500), point(2000, 2000))
    assert isinstance(locate(route, 500, "down"), Located)


def test_ramp_answers_by_its_letter_and_main_line_goes_first() -> None:
    ramp = Carriage(
        direction="down",
        branch="A",
        line=(SOUTH, offset(SOUTH, 90, 300)),
        calibration=(point(0, 0), point(300, 300)),
    )
    base = g25()
    route = Route(id="g25", code="G25", carriages=(*base.carriages, ramp))
    on_ramp = locate(route, 120, "down", branch="A")
    assert isinstance(on_ramp, Located) and on_ramp.branch == "A"
    assert locate(route, 120, "down") == on_ramp
    assert locate(route, 1_102_300, "down") == locate(base, 1_102_300, "down")
    assert isinstance(locate(route, 120, "down", branch="B"), OutOfRange)


def test_two_branches_with_one_stake_are_ambiguous() -> None:
    def branch(name: str, bearing: float) -> Carriage:
        return Carriage(
            direction="up",
            branch=name,
            line=(NORTH, offset(NORTH, bearing, 1000)),
            calibration=(point(0, 0), point(1000, 1000)),
        )

    place = locate(
        Route(id="x", code="G1", carriages=(branch("Y", 80), branch("Z", 100))), 500, "up"
    )
    assert isinstance(place, Ambiguous)
    assert [c.branch for c in place.candidates] == ["Y", "Z"]


def test_point_beside_the_road_gets_stake_and_distance_of_both_carriageways() -> None:
    lon, lat = offset((117.4, 39.1793), 90, 40)
    found = StakeIndex([g25()]).measure(lon, lat, 100)
    assert {m.carriage for m in found} == {"up", "down"}
    for measured in found:
        assert measured.stake_m == pytest.approx(1_102_300, abs=0.5)
        assert measured.distance_m == pytest.approx(40, abs=0.1)


def test_point_too_far_away_gets_no_stake() -> None:
    lon, lat = offset((117.4, 39.1793), 90, 140)
    assert StakeIndex([g25()]).measure(lon, lat, 100) == ()


def test_nearest_carriageway_comes_first() -> None:
    east = offset(NORTH, 90, 30), offset(SOUTH, 90, 30)
    route = Route(
        id="g25",
        code="G25",
        carriages=(
            carriage("down", (NORTH, SOUTH), point(0, 0), point(5000, 5003.8)),
            carriage("up", (east[1], east[0]), point(5000, 0), point(0, 5003.8)),
        ),
    )
    lon, lat = offset((117.4, 39.17), 90, 25)
    assert [m.carriage for m in StakeIndex([route]).measure(lon, lat, 100)] == ["up", "down"]


@st.composite
def bent_routes(draw: st.DrawFn) -> Route:
    """A route that bends less than 60° in all, with a calibration scale off by up to 5 %."""
    bearing = draw(st.floats(0, 359))
    line: list[Position] = [NORTH]
    for _ in range(draw(st.integers(1, 40))):
        turned = bearing + draw(st.floats(-30, 30))
        line.append(offset(line[-1], turned, draw(st.floats(20, 800))))
    measures = cumulative_m(line)
    knots = sorted({0.0, measures[-1], *draw(st.lists(st.sampled_from(measures), max_size=6))})
    scale = draw(st.floats(0.95, 1.05)) * draw(st.sampled_from([1, -1]))
    start = draw(st.integers(100_000, 2_000_000))
    lengths = [b - a for a, b in pairwise(knots)]
    stakes = [start, *(start + run * scale for run in accumulate(lengths))]
    points = tuple(point(s, m) for s, m in zip(stakes, knots, strict=True))
    return Route(id="r", code="G2", carriages=(carriage("up", tuple(line), *points),))


@given(bent_routes(), st.floats(0, 1))
def test_measuring_a_located_stake_gives_the_stake_back(route: Route, share: float) -> None:
    points = route.carriages[0].calibration
    stake_m = points[0].stake_m + share * (points[-1].stake_m - points[0].stake_m)
    place = locate(route, stake_m, "up")
    assert isinstance(place, Located)
    (measured,) = StakeIndex([route]).measure(place.lon, place.lat, 10)
    assert measured.stake_m == pytest.approx(stake_m, abs=1)
    assert measured.distance_m < 1
