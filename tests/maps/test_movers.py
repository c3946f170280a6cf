"""Where things that move are, and which fixes are believed. No screen."""

from dataclasses import replace

import numpy as np
import pytest

from maps.geo.camera import Camera
from maps.geo.mercator import from_grid, point_to_mercator
from maps.layers.movers import Movers, grid_of
from maps.movers.fixes import Fixes
from maps.movers.history import POINTS, History
from maps.movers.picker import hit, place_of
from maps.movers.view import in_view
from tests.maps.movers import CENTRE, NOW, Fix, layer, movers

EAST = (0.002, 0.0)


def view(zoom: float = 15.0) -> Camera:
    x, y = point_to_mercator(*CENTRE)
    return Camera(x=x, y=y, zoom=zoom, width=400, height=300)


def part_of_way(at: float, glide_s: float = 10.0, step: float = 1.0) -> float:
    """How far along its way a thing is, from 0 to 1."""
    way = movers(Fix(before=(0.0, 0.0), newest=EAST, step=step))
    spot = Fixes.of(way, glide_s, NOW).spots(NOW + at)[0]
    start, end = way.before[0].astype(float), way.newest[0].astype(float)
    return float((spot[0] - start[0]) / (end[0] - start[0]))


@pytest.mark.parametrize(("at", "part"), [(-5.0, 0.0), (0.0, 0.0), (0.5, 0.5), (1.0, 1.0)])
def test_a_thing_is_on_its_way_until_the_next_fix_is_due(at: float, part: float) -> None:
    assert part_of_way(at) == pytest.approx(part, abs=1e-3)


def test_when_the_next_fix_is_late_it_runs_on_a_little_and_stays() -> None:
    assert 1.0 < part_of_way(1.2) < 1.3
    assert part_of_way(5.0) == part_of_way(600.0) == pytest.approx(1.5, abs=1e-3)


def test_the_end_of_a_way_is_told_to_the_millisecond() -> None:
    fixes = Fixes.of(movers(Fix(newest=(0.01, 0.0), before=(0.0, 0.0), at=71.3)), 10.0, NOW + 71.5)
    assert fixes.ends() - NOW == pytest.approx([71.3 + 1.5], abs=0.001)


def test_a_long_way_is_cut_short() -> None:
    assert part_of_way(5.0, glide_s=10.0, step=60.0) == pytest.approx(0.5, abs=1e-3)


def test_what_has_no_place_is_left_out_and_counted() -> None:
    there = movers(Fix(), Fix(newest=EAST))
    nowhere = grid_of(np.array([[0.0, 0.0], [np.nan, 39.0]]))
    both = replace(there, newest=nowhere)
    assert len(Fixes.of(both, 10.0, NOW).table) == 0
    assert Fixes.of(both, 10.0, NOW).counts.nowhere == 2
    assert Fixes.of(there, 10.0, NOW).counts.nowhere == 0


def test_from_nowhere_a_thing_appears_at_its_place() -> None:
    way = movers(Fix(before=(0.01, 0.0), newest=EAST))
    way = replace(way, before=np.zeros_like(way.before))
    fixes = Fixes.of(way, 10.0, NOW)
    assert fixes.spots(NOW)[0].tolist() == way.newest[0].tolist()
    assert fixes.counts.jumped == 0


def test_a_jump_is_not_glided_and_is_counted() -> None:
    way = movers(Fix(before=(-0.5, 0.0), newest=EAST), Fix(before=(-0.2, 0.0), newest=EAST))
    fixes = Fixes.of(way, 10.0, NOW)
    spots = fixes.spots(NOW)
    assert fixes.counts.jumped == 1, "0.5 degrees are 43 km, 0.2 are 17 km"
    assert spots[0].tolist() == way.newest[0].tolist()
    assert spots[1].tolist() == way.before[1].tolist()


def test_a_fix_in_the_future_is_held_at_the_one_before_and_counted() -> None:
    way = movers(Fix(before=(0.0, 0.0), newest=EAST, at=3600.0), Fix(newest=EAST, at=1.0))
    fixes = Fixes.of(way, 10.0, NOW)
    assert fixes.counts.future == 1, "a second is what clocks differ by"
    assert fixes.spots(NOW)[0].tolist() == way.before[0].tolist()


def test_a_fix_without_a_time_stands_at_its_place() -> None:
    way = movers(Fix(before=(0.0, 0.0), newest=EAST))
    way = replace(way, newest_at=np.array([np.nan]))
    spot = Fixes.of(way, 10.0, NOW).spots(NOW)[0]
    assert np.isfinite(spot).all()


def test_a_way_over_the_antimeridian_is_short() -> None:
    ends = grid_of(np.array([[179.999, 39.0], [-179.999, 39.0]]))
    way = replace(movers(Fix()), before=ends[:1], newest=ends[1:])
    fixes = Fixes.of(way, 10.0, NOW)
    assert fixes.counts.jumped == 0
    lon = np.degrees(from_grid(fixes.spots(NOW + 0.25))[0, 0] / 6378137.0)
    assert lon == pytest.approx(179.9995, abs=1e-5)


def test_nothing_at_all_is_no_error() -> None:
    empty = movers()
    assert isinstance(empty, Movers)
    assert Fixes.of(empty, 10.0, NOW).spots(NOW).shape == (0, 2)
    assert hit(layer(), view(), NOW, 200, 150, 10) is None


def test_a_hit_finds_a_thing_where_it_is_shown_now() -> None:
    moving = layer(Fix(before=(0.0, 0.0), newest=EAST, step=4.0))
    camera = view()
    x, y = camera.to_screen(*point_to_mercator(CENTRE[0] + 0.001, CENTRE[1]))
    assert hit(moving, camera, NOW + 2.0, x, y, 10) == 0
    assert hit(moving, camera, NOW, x, y, 10) is None
    assert hit(moving, camera, NOW, 200, 150, 10) == 0


def test_the_nearest_of_several_is_hit() -> None:
    things = layer(Fix(), Fix(newest=(0.0001, 0.0)), Fix(newest=(0.01, 0.0)))
    camera = view()
    x, y = camera.to_screen(*point_to_mercator(CENTRE[0] + 0.00009, CENTRE[1]))
    assert hit(things, camera, NOW, x, y, 10) == 1


def test_hidden_kinds_and_states_are_not_hit() -> None:
    things = layer(Fix(kind=1), hidden_kinds=frozenset({1}))
    assert hit(things, view(), NOW, 200, 150, 10) is None
    alarmed = layer(Fix(state=1), hidden_states=frozenset({1}))
    assert hit(alarmed, view(), NOW, 200, 150, 10) is None
    assert hit(replace(alarmed, hidden_states=frozenset()), view(), NOW, 200, 150, 10) == 0


def test_where_only_the_density_shows_nothing_is_hit() -> None:
    things = layer(Fix(), density_below=11.0)
    assert hit(things, view(10.0), NOW, 200, 150, 10) is None
    assert hit(things, view(11.0), NOW, 200, 150, 10) == 0


def test_the_place_of_one_is_found_by_its_id() -> None:
    things = layer(Fix(newest=EAST), Fix())
    place = place_of(things, 2, NOW)
    assert place == pytest.approx(point_to_mercator(*CENTRE), abs=0.02)
    assert place_of(things, 77, NOW) is None


def drive(history: History, steps: int, seconds: float = 1.0) -> None:
    """One thing drives to the east, a fix every so many seconds."""
    for step in range(steps):
        way = Fix(
            before=(0.001 * step, 0.0), newest=(0.001 * (step + 1), 0.0),
            at=seconds * (step + 1), step=seconds,
        )  # fmt: skip
        history.add(movers(way))


def test_a_trail_runs_without_gaps_to_where_the_thing_is() -> None:
    history = History(10.0)
    drive(history, 6)
    trail = history.trails(np.array([0]), 10.0)
    assert trail["end"][:-1].tolist() == trail["start"][1:].tolist()
    assert trail["start_at"][0] == NOW
    assert trail["end_at"][-1] == NOW + 6.0
    assert trail["glide_at"][-1] == NOW + 6.0, "the last piece grows as the thing moves"


def test_a_long_trail_is_kept_with_few_points() -> None:
    history = History(100.0)
    drive(history, 300)
    trail = history.trails(np.array([0]), 10.0)
    assert len(trail) <= POINTS + 1
    covered = trail["end_at"][-1] - trail["start_at"][0]
    assert 90.0 <= covered <= 130.0


def test_a_trail_breaks_where_the_thing_jumped() -> None:
    history = History(10.0)
    drive(history, 3)
    history.add(movers(Fix(before=(0.9, 0.0), newest=(0.901, 0.0), at=9.0)))
    trail = history.trails(np.array([0]), 10.0)
    assert len(trail) == 1
    assert trail["end_at"][0] == NOW + 9.0


def test_each_thing_keeps_its_own_trail_and_those_that_left_are_forgotten() -> None:
    history = History(10.0)
    both = movers(Fix(before=(0.0, 0.0), newest=EAST), Fix(before=(0.0, 0.1), newest=(0.002, 0.1)))
    history.add(both)
    later = replace(both, before=both.newest, newest=both.newest + 1000,
                    before_at=both.newest_at, newest_at=both.newest_at + 1.0)  # fmt: skip
    history.add(later.take(np.array([1, 0])))
    second = history.trails(np.array([1]), 10.0)
    assert second["start"][0].tolist() == both.before[1].tolist()
    history.add(later.take(np.array([0])))
    assert history.movers is not None
    assert history.movers.ids.tolist() == [1]


def test_what_crosses_the_view_between_two_fixes_is_in_view() -> None:
    x, y = point_to_mercator(*CENTRE)
    camera = Camera(x=x, y=y, zoom=19.0, width=800, height=600)  # 200 m wide
    given = movers(
        Fix(before=(-0.003, 0.0), newest=(0.003, 0.0)),
        Fix(before=(-0.003, 0.02), newest=(0.003, 0.02)),
        Fix(newest=(0.0, 0.0)),
        Fix(newest=(0.003, 0.0)),
    )
    assert in_view(camera, given.before, given.newest).tolist() == [True, False, True, False]


def test_what_has_come_anew_has_no_trail_from_where_it_was() -> None:
    history = History(10.0)
    drive(history, 3)
    history.add(movers(Fix(newest=(0.1, 0.0), at=5.0, step=0.0)))
    assert len(history.trails(np.array([0]), 10.0)) == 0
