"""The overload ladder on a machine that can carry only so much."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.video.address import Quality
from app.video.ladder import STEPS, Ladder, LadderRule, Load, Order
from app.video.status import Mode

RULE = LadderRule.read()
COST = {
    (Quality.MAIN, Mode.FULL): 0.22,
    (Quality.SUB, Mode.FULL): 0.075,
    (Quality.SUB, Mode.HALF): 0.06,
    (Quality.SUB, Mode.KEYS): 0.009,
    (Quality.SUB, Mode.STILLS): 0.006,
}
"""Core seconds per second of stream, as PyAV was measured."""


def load(player_id: int, **facts: object) -> Load:
    plain = Load(
        player_id=player_id, lag_s=0.05, focused=False, incident=False, visible=True,
        wanted=Quality.SUB,
    )  # fmt: skip
    return replace(plain, **facts)  # type: ignore[arg-type]  # facts of Load


@dataclass
class Machine:
    """Streams fall behind together when they cost more than it has, and catch up otherwise.

    A player never falls further behind than a second: it drops packets up to a key frame.
    """

    loads: list[Load]
    cores: float

    def __post_init__(self) -> None:
        self.ladder = Ladder(RULE)
        self.shown = {item.player_id: (item.wanted, Mode.FULL) for item in self.loads}
        self.now, self.lag = 0.0, 0.0
        self.orders: list[tuple[float, Order]] = []

    @property
    def need(self) -> float:
        return sum(COST[self.shown[item.player_id]] for item in self.loads if item.visible)

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += 1
            self.lag = min(max(self.lag + (self.need / self.cores - 1), 0.0), 1.0)
            measured = [replace(item, lag_s=0.05 + self.lag) for item in self.loads]
            for order in self.ladder.step(measured, 0.0, self.now):
                self.shown[order.player_id] = (order.quality, order.mode)
                self.orders.append((self.now, order))


def wall(count: int, **facts: object) -> list[Load]:
    return [load(number, **facts) for number in range(count)]


def test_a_machine_that_carries_all_changes_nothing() -> None:
    machine = Machine(wall(16), cores=2.0)
    machine.run(300)
    assert machine.orders == []


def test_unfocused_tiles_give_way_step_by_step_and_the_focused_one_stays_whole() -> None:
    loads = [load(0, focused=True, wanted=Quality.MAIN), *wall(25)[1:]]
    machine = Machine(loads, cores=0.5)
    machine.run(20)
    modes = [order.mode for _, order in machine.orders if order.player_id == 7]
    assert modes[:2] == [Mode.HALF, Mode.KEYS]
    assert machine.shown[0] == (Quality.MAIN, Mode.FULL)
    assert machine.lag < 0.3


def test_the_main_stream_is_given_up_before_anything_else() -> None:
    machine = Machine(wall(8, wanted=Quality.MAIN), cores=0.8)
    machine.run(10)
    assert set(machine.shown.values()) == {(Quality.SUB, Mode.FULL)}


def test_incident_tiles_give_way_only_after_all_plain_ones() -> None:
    loads = [load(0, focused=True), load(1, incident=True), *wall(10)[2:]]
    machine = Machine(loads, cores=0.15)
    machine.run(60)
    fell = [order.player_id for _, order in machine.orders]
    assert 0 not in fell
    if 1 in fell:
        first = fell.index(1)
        before = {order.player_id: order.mode for _, order in machine.orders[:first]}
        assert all(before[number] is Mode.STILLS for number in range(2, 10))


def test_all_are_restored_after_headroom() -> None:
    machine = Machine(wall(16), cores=0.5)
    machine.run(30)
    assert machine.orders
    machine.cores = 4.0
    machine.run(1200)
    assert set(machine.shown.values()) == {(Quality.SUB, Mode.FULL)}


def test_nothing_is_restored_before_ten_seconds_of_headroom() -> None:
    ladder = Ladder(RULE)
    late = wall(8, lag_s=1.0)
    assert ladder.step(late, 0.0, 0.0)
    assert [len(ladder.step(wall(8), 0.0, 1.0 + second)) for second in range(10)] == [0] * 10
    assert ladder.step(wall(8), 0.0, 11.0)


def test_one_late_line_among_many_is_no_overload() -> None:
    ladder = Ladder(RULE)
    loads = [load(0, lag_s=2.0), *wall(9)[1:]]
    assert [ladder.step(loads, 0.0, float(second)) for second in range(60)] == [()] * 60


def test_a_desk_that_stays_late_is_an_overload_and_one_hiccup_is_none() -> None:
    ladder = Ladder(RULE)
    hiccups = (0.05, 0.0, 0.0, 0.0, 0.3, 0.01)
    assert [ladder.step(wall(4), late, float(n)) for n, late in enumerate(hiccups)] == [()] * 6
    assert any(ladder.step(wall(4), 0.05, 6.0 + second) for second in range(3))


def test_a_late_desk_whose_streams_are_in_time_halves_them_and_no_more() -> None:
    ladder = Ladder(RULE)
    orders = [order for n in range(60) for order in ladder.step(wall(4), 0.05, float(n))]
    assert {order.mode for order in orders} == {Mode.HALF}


def test_a_desk_that_takes_the_machine_itself_shows_key_frames_until_it_is_in_time() -> None:
    ladder = Ladder(RULE)
    orders = [o for n in range(60) for o in ladder.step(wall(4), 0.05, float(n), busy=0.9)]
    assert {order.mode for order in orders} == {Mode.HALF, Mode.KEYS}


def test_a_tile_that_gets_the_focus_is_whole_at_once() -> None:
    machine = Machine(wall(16), cores=0.3)
    machine.run(30)
    assert machine.shown[3][1] is not Mode.FULL
    machine.loads[3] = load(3, focused=True)
    machine.run(1)
    assert machine.shown[3] == (Quality.SUB, Mode.FULL)


def test_a_tile_that_wants_the_main_stream_does_not_get_past_the_ladder() -> None:
    ladder = Ladder(RULE)
    assert ladder.step(wall(4, lag_s=1.0), 0.0, 0.0)
    orders = ladder.step(wall(4, wanted=Quality.MAIN), 0.0, 1.0)
    assert orders == tuple(Order(number, Quality.SUB, Mode.HALF) for number in range(4))


def test_a_tile_that_wants_the_main_stream_has_it_at_once_while_there_is_headroom() -> None:
    ladder = Ladder(RULE)
    assert ladder.step(wall(4), 0.0, 0.0) == ()
    assert ladder.step(wall(4, wanted=Quality.MAIN), 0.0, 1.0) == ()
    assert ladder.step(wall(4), 0.0, 2.0) == ()


def test_a_new_tile_starts_where_its_equals_are() -> None:
    machine = Machine(wall(16), cores=0.3)
    machine.run(30)
    best = min(STEPS.index(shown) for shown in machine.shown.values())
    machine.loads.append(load(99))
    machine.shown[99] = (Quality.SUB, Mode.FULL)
    machine.run(1)
    assert STEPS.index(machine.shown[99]) >= best > 1


@pytest.mark.parametrize("visible", [True, False])
def test_hidden_streams_do_not_count_as_late(visible: bool) -> None:
    assert bool(Ladder(RULE).step(wall(4, lag_s=2.0, visible=visible), 0.0, 0.0)) is visible


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(1, 36),
    incidents=st.integers(0, 4),
    wanted=st.sampled_from(Quality),
    cores=st.floats(0.3, 4.0),
)
def test_the_lag_ends_the_focused_tile_stays_whole_and_the_wall_comes_to_rest(
    count: int, incidents: int, wanted: Quality, cores: float
) -> None:
    loads = [load(0, focused=True, wanted=wanted)]
    loads += [load(n, incident=n <= incidents, wanted=wanted) for n in range(1, count)]
    machine = Machine(loads, cores)
    machine.run(120)
    least = COST[(wanted, Mode.FULL)] + sum(
        COST[(Quality.SUB, Mode.KEYS if item.incident else Mode.STILLS)] for item in loads[1:]
    )
    if least <= cores:
        assert machine.shown[0] == (wanted, Mode.FULL)
    behind = []
    for _ in range(900):
        machine.run(1)
        behind.append(machine.lag)
    assert sum(lag > 0.5 for lag in behind) < 0.1 * len(behind)
    tries = {at for at, _ in machine.orders if at > machine.now - 400}
    assert len(tries) <= 16
