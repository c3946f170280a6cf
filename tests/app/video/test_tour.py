"""Tours: whose turn it is, what is opened ahead, what is passed over."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.video.tour import NOTHING, Step, Tour, TourRun, TourState, tour_rules

RULES = tour_rules()
TOUR = Tour(id="t", name="早高峰巡视", cameras=("a", "b", "c"), dwell_s=15.0)


def run(tour: Tour = TOUR, dead: set[str] | None = None) -> TourRun:
    gone = dead if dead is not None else set()
    return TourRun(tour, lambda camera: camera not in gone, RULES, 100.0)


def test_first_camera_is_due_at_once() -> None:
    assert run().tick(100.0) == Step({1: "a"})


def test_next_camera_is_opened_three_seconds_before_its_turn() -> None:
    tour = run()
    tour.tick(100.0)
    assert tour.tick(111.9) == NOTHING
    assert tour.tick(112.0) == Step({}, soon=("b",))
    assert tour.tick(113.0) == NOTHING, "told once"
    assert tour.tick(115.0) == Step({1: "b"})
    assert RULES.ahead_s == 3


def test_after_the_last_camera_comes_the_first() -> None:
    tour = run()
    shown = [tour.tick(100.0 + 15 * turn).due[1] for turn in range(5)]
    assert shown == ["a", "b", "c", "a", "b"]


def test_several_tiles_show_as_many_cameras_at_once() -> None:
    tour = run(replace(TOUR, cameras=tuple("abcde"), tiles=(2, 4)))
    assert tour.tick(100.0).due == {2: "a", 4: "b"}
    assert tour.tick(112.0).soon == ("c", "d")
    assert tour.tick(115.0).due == {2: "c", 4: "d"}
    assert tour.tick(130.0).due == {2: "e", 4: "a"}


def test_dead_camera_is_passed_over_and_said() -> None:
    tour = run(dead={"b"})
    tour.tick(100.0)
    assert tour.tick(112.0) == Step({}, soon=("c",))
    assert tour.tick(115.0) == Step({1: "c"}, passed_over=("b",))


def test_camera_that_dies_after_it_was_opened_is_passed_over() -> None:
    dead: set[str] = set()
    tour = run(dead=dead)
    tour.tick(100.0)
    assert tour.tick(112.0).soon == ("b",)
    dead.add("b")
    assert tour.tick(115.0) == Step({1: "c"}, passed_over=("b",))


def test_with_no_living_camera_nothing_is_shown_until_one_comes_back() -> None:
    dead = {"a", "b", "c"}
    tour = run(dead=dead)
    assert tour.tick(100.0) == Step({}, passed_over=("a", "b", "c"))
    assert tour.tick(101.0) == NOTHING
    dead.clear()
    assert tour.tick(115.0).due == {1: "a"}


def test_fewer_living_cameras_than_tiles_are_not_shown_twice() -> None:
    tour = run(replace(TOUR, tiles=(1, 2, 3)), dead={"b"})
    assert tour.tick(100.0) == Step({1: "a", 2: "c"}, passed_over=("b",))


def test_pause_keeps_what_is_left_of_the_time() -> None:
    tour = run()
    tour.tick(100.0)
    tour.pause(105.0)
    assert tour.state is TourState.PAUSED
    assert tour.tick(500.0) == NOTHING
    assert tour.left_s(500.0) == 10.0
    tour.resume(500.0)
    assert tour.tick(507.0).soon == ("b",)
    assert tour.tick(510.0).due == {1: "b"}


def test_camera_opened_before_a_pause_is_opened_again_after_it() -> None:
    tour = run()
    tour.tick(100.0)
    assert tour.tick(113.0).soon == ("b",)
    tour.pause(114.0)
    tour.resume(300.0)
    assert tour.tick(300.1).soon == ("b",)
    assert tour.tick(301.0).due == {1: "b"}


def test_step_by_hand_shows_the_next_and_leaves_a_pause() -> None:
    tour = run()
    tour.tick(100.0)
    tour.pause(101.0)
    assert tour.skip(102.0).due == {1: "b"}
    assert tour.state is TourState.PAUSED
    assert tour.left_s(999.0) == 15.0


def test_empty_tour_asks_for_nothing() -> None:
    tour = run(replace(TOUR, cameras=()))
    assert tour.tick(100.0) == NOTHING
    assert tour.skip(100.0) == NOTHING


@pytest.mark.parametrize(
    ("health", "fault", "passed"),
    [
        ("ONLINE", "", False),
        ("UNKNOWN", "", False),
        ("OFFLINE", "", True),
        ("MAINTENANCE", "", True),
        ("FAULT", "BLUR", False),
        ("FAULT", "BLACK", True),
        ("FAULT", "NO_PICTURE", True),
        ("ONLINE", "BLACK", False),
    ],
)
def test_what_has_nothing_to_show_is_passed_over(health: str, fault: str, passed: bool) -> None:
    assert RULES.passes_over(health, fault) is passed


def test_kept_tour_is_read_as_it_was() -> None:
    tour = replace(TOUR, tiles=(3, 4), dwell_s=20.0)
    assert Tour.from_json(json.loads(json.dumps(tour.to_json()))) == tour


@pytest.mark.parametrize(
    "raw", [None, [], "x", {}, {"id": "", "name": "x"}, {"id": "t"}, {"id": 1, "name": "x"}]
)
def test_what_is_no_tour_is_not_read(raw: object) -> None:
    assert Tour.from_json(raw) is None


def test_damaged_parts_are_left_out() -> None:
    raw: dict[str, Any] = {
        "id": "t", "name": "x", "cameras": ["a", 7, "", "a", "b"], "dwell_s": 0.1,
        "tiles": [0, -1, True, "2", 3],
    }  # fmt: skip
    read = Tour.from_json(raw)
    assert read == Tour(id="t", name="x", cameras=("a", "b"), dwell_s=5.0, tiles=(3,))


@given(
    cameras=st.integers(1, 6),
    tiles=st.integers(1, 4),
    dead=st.sets(st.integers(0, 5)),
    ticks=st.lists(st.floats(0.01, 40), max_size=60),
)
def test_only_living_cameras_are_shown_and_each_in_one_tile(
    cameras: int, tiles: int, dead: set[int], ticks: list[float]
) -> None:
    tour = run(
        Tour(
            id="t", name="t", cameras=tuple(map(str, range(cameras))), dwell_s=15.0,
            tiles=tuple(range(1, tiles + 1)),
        ),
        dead=set(map(str, dead)),
    )  # fmt: skip
    now = 100.0
    for span in ticks:
        now += span
        step = tour.tick(now)
        shown = list(step.due.values())
        assert len(set(shown)) == len(shown)
        assert not {*shown, *step.soon} & set(map(str, dead))
        assert tour.left_s(now) <= 15.0 + 1e-9
