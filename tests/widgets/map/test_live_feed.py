"""Traffic and vehicles on the map: asked for while they are shown, grey when they are old."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.domain.live import CLOSED, FUTURE_S, Head, LiveKind
from app.live.frames import FrameReader
from app.services import Services
from maps.geo.camera import Camera
from maps.geo.mercator import from_grid, point_to_lonlat
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from maps.layers.traffic_layer import TrafficLayer
from maps.movers.fixes import Fixes, metres_between
from maps.network.network import Network
from maps.theme import DARK, LIGHT
from tests.support.fake_live import FakeChannel, FakeLive
from tests.support.fake_services import NOW, FakeClock
from tests.support.live import frame as live_frame
from tests.support.live import links, vehicles
from widgets.map.base import CITY
from widgets.map.canvas import SituationCanvas
from widgets.map.layers.wishes import Wishes
from widgets.map.live_feed import LiveFeed, view_of
from widgets.map.live_movers import MoverFold, MoverPicture, no_vehicles, vehicle_layer
from widgets.map.stack import LayerStack
from widgets.map.theme import map_theme
from widgets.shared.theme import Theme

DEMO = Path(__file__).parents[3] / "resources" / "demo"
AT = NOW.timestamp()
LINKS, VEHICLES = LiveKind.LINKS, LiveKind.VEHICLES


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[SituationCanvas]:
    made = SituationCanvas(None, map_theme(Theme.current()))  # type: ignore[arg-type]  # no parent
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.set_camera(made.camera.resized(900, 600, 1.0).fitted(CITY))
    yield made
    made.close()


@pytest.fixture
def stack(services: Services, canvas: SituationCanvas) -> LayerStack:
    made = LayerStack(Wishes(services.preferences, str, "map", canvas), canvas)
    roads = Network.open(DEMO / "network.tnet")
    made.put(NetworkLayer(id="roads", title="roads", source="OSM", network=roads))
    return made


@pytest.fixture
def live(services: Services) -> FakeLive:
    assert isinstance(services.live, FakeLive)
    return services.live


@pytest.fixture
def feed(services: Services, stack: LayerStack, canvas: SituationCanvas) -> LiveFeed:
    made = LiveFeed(services, stack, canvas)
    made.set_active(True)
    return made


def clock(services: Services) -> FakeClock:
    assert isinstance(services.clock, FakeClock)
    return services.clock


def traffic(stack: LayerStack) -> TrafficLayer:
    layer = stack.get("traffic")
    assert isinstance(layer, TrafficLayer)
    return layer


def movers(stack: LayerStack) -> MoverLayer:
    layer = stack.get("vehicles")
    assert isinstance(layer, MoverLayer)
    return layer


def moved(canvas: SituationCanvas, pixels: float) -> None:
    canvas.set_camera(canvas.camera.panned(pixels, 0.0))


# asking


def test_a_map_on_the_screen_asks_for_both_and_a_hidden_one_for_nothing(
    feed: LiveFeed, live: FakeLive
) -> None:
    assert {channel.kind for channel in live.opened} == {LINKS, VEHICLES}
    assert live.channel(LINKS).network == Network.open(DEMO / "network.tnet").fingerprint != ""
    feed.set_active(False)
    assert not any(channel.is_open for channel in live.opened)
    feed.set_active(True)
    assert sum(channel.is_open for channel in live.opened) == 2


def test_a_view_that_goes_along_with_a_vehicle_asks_on_the_way(
    qtbot: QtBot, feed: LiveFeed, canvas: SituationCanvas, live: FakeLive
) -> None:
    channel = live.channel(VEHICLES)
    asked = len(channel.views)
    canvas.follow("vehicles", 7)
    moving = QTimer(canvas, interval=50)
    camera = canvas.camera

    def go_on() -> None:
        nonlocal camera
        camera = camera.panned(-200.0, 0.0)
        canvas._camera = camera
        canvas.camera_changed.emit(camera)

    moving.timeout.connect(go_on)
    moving.start()
    qtbot.waitUntil(lambda: len(channel.views) > asked, timeout=2000)
    moving.stop()


def test_a_layer_that_nobody_wants_is_not_asked_for(
    feed: LiveFeed, stack: LayerStack, live: FakeLive
) -> None:
    stack.show("vehicles", False)
    assert not live.channel(VEHICLES).is_open
    assert live.channel(LINKS).is_open
    stack.show("vehicles", True)
    assert live.channel(VEHICLES).is_open


@pytest.mark.usefixtures("feed")
def test_links_wait_for_the_roads(
    services: Services, canvas: SituationCanvas, live: FakeLive
) -> None:
    live.opened.clear()
    bare = LayerStack(Wishes(services.preferences, str, "map-2", canvas), canvas)
    LiveFeed(services, bare, canvas).set_active(True)
    assert [channel.kind for channel in live.opened] == [VEHICLES]


def test_a_short_pan_asks_for_nothing_a_long_one_once_it_stands_still(
    qtbot: QtBot, feed: LiveFeed, canvas: SituationCanvas, live: FakeLive
) -> None:
    views = live.channel(VEHICLES).views
    before = len(views)
    moved(canvas, 200)
    feed._look()
    assert len(views) == before
    for _ in range(5):
        moved(canvas, 300)
    assert len(views) == before
    qtbot.waitUntil(lambda: len(views) == before + 1)
    lon, lat = canvas.camera.lonlat
    assert views[-1].west < lon < views[-1].east
    assert views[-1].south < lat < views[-1].north


def test_the_whole_world_is_asked_for_when_it_is_in_view() -> None:
    view = view_of(Camera(x=0.0, y=0.0, zoom=2.0, width=4000, height=3000), 0.5)
    assert (view.west, view.east) == (-180.0, 180.0)
    assert -90 < view.south < -85 < 85 < view.north < 90


# traffic


def test_states_colour_the_roads_and_tell_source_age_and_that_they_are_a_demo(
    feed: LiveFeed, stack: LayerStack, live: FakeLive
) -> None:
    live.channel(LINKS).bring(links([(0, 5, 2, 0)], at=AT - 2))
    layer = traffic(stack)
    assert layer.states.values[0].tolist() == [5, 2]
    assert layer.states.values.shape == (len(roads(stack).network), 2)
    assert (layer.demo, layer.source) == (True, "演示路况发生器")
    assert layer.as_of is not None
    assert layer.as_of.timestamp() == AT - 2


def roads(stack: LayerStack) -> NetworkLayer:
    layer = stack.get("roads")
    assert isinstance(layer, NetworkLayer)
    return layer


def test_traffic_is_current_only_for_the_place_that_it_came_for(
    qtbot: QtBot, feed: LiveFeed, canvas: SituationCanvas, live: FakeLive
) -> None:
    assert not feed.is_current
    live.channel(LINKS).bring(links([(0, 5, 2, 0)], at=AT))
    assert feed.is_current
    moved(canvas, 2000)
    assert not feed.is_current, "the view has not come to rest"
    qtbot.waitUntil(lambda: len(live.channel(LINKS).views) == 2)
    assert not feed.is_current
    live.channel(LINKS).bring(links([(0, 5, 2, 0)], at=AT))
    assert feed.is_current
    feed.set_active(False)
    feed.set_active(True)
    assert not feed.is_current


def test_a_frame_without_news_changes_nothing_on_the_map(
    feed: LiveFeed, stack: LayerStack, live: FakeLive
) -> None:
    live.channel(LINKS).bring(links([(0, 5, 2, 0)], at=AT))
    before = traffic(stack)
    live.channel(LINKS).bring(links([], at=AT + 1, whole=False))
    assert traffic(stack) is before


def test_without_news_the_roads_are_grey_after_the_limit_and_closures_stay(
    feed: LiveFeed, stack: LayerStack, services: Services, live: FakeLive
) -> None:
    live.channel(LINKS).bring(links([(0, 5 | CLOSED, 2, 0), (1, 1, 1, 200)], at=AT))
    clock(services).advance(seconds=150)
    feed._on_tick()
    assert traffic(stack).states.values[:2].tolist() == [[5 | CLOSED, 2], [0, 0]]
    clock(services).advance(seconds=151)
    feed._on_tick()
    assert traffic(stack).states.values[:2].tolist() == [[CLOSED, 0], [0, 0]]
    grey = traffic(stack)
    feed._on_tick()
    assert traffic(stack) is grey


def test_a_map_that_comes_back_shows_nothing_old_as_new(
    feed: LiveFeed, stack: LayerStack, services: Services, live: FakeLive
) -> None:
    live.channel(LINKS).bring(links([(0, 5, 2, 0)], at=AT))
    feed.set_active(False)
    clock(services).advance(minutes=20)
    feed.set_active(True)
    assert not traffic(stack).states.values.any()


# vehicles


def test_a_vehicle_moves_from_the_fix_before_to_the_newest(
    feed: LiveFeed, stack: LayerStack, live: FakeLive
) -> None:
    channel = live.channel(VEHICLES)
    channel.bring(vehicles([(9, 117.5, 39.0, 0.0, 3, 1), (4, 117.6, 39.1, 0.0, 0, 0)], at=AT))
    first = movers(stack)
    assert first.movers.ids.tolist() == [4, 9]
    assert np.array_equal(first.movers.before, first.movers.newest)
    channel.bring(vehicles([(9, 117.5001, 39.0, 0.0, 3, 1)], at=AT + 1))
    layer = movers(stack)
    assert layer.movers.ids.tolist() == [9]
    assert layer.movers.before_at.tolist() == [AT]
    assert layer.movers.newest_at.tolist() == [AT + 1]
    assert place(layer.movers.before[0]) == pytest.approx((117.5, 39.0), abs=1e-6)
    assert place(layer.movers.newest[0]) == pytest.approx((117.5001, 39.0), abs=1e-6)
    assert layer.kinds[layer.movers.kinds[0]].label == "危险货物车"
    assert layer.states[layer.movers.states[0]].label == "停驶"
    assert (layer.demo, layer.source, layer.stale_s) == (True, "演示车辆发生器", 300)
    assert all(isinstance(getattr(DARK, kind.colour), int) for kind in layer.kinds)


def place(grid: np.ndarray) -> tuple[float, float]:
    x, y = from_grid(grid)
    return point_to_lonlat(float(x), float(y))


@pytest.fixture
def fold(services: Services) -> MoverFold:
    return MoverFold(services.rules.live)


def folded(fold: MoverFold, data: bytes) -> MoverPicture:
    found: list[tuple[Head, dict[str, np.ndarray]]] = list(FrameReader().feed(data))
    return fold(*found[0])


def test_the_same_fix_again_is_not_a_new_one(fold: MoverFold) -> None:
    folded(fold, vehicles([(1, 117.5, 39.0, 0.0)], at=AT))
    folded(fold, vehicles([(1, 117.5001, 39.0, 0.0)], at=AT + 1))
    again = folded(fold, vehicles([(1, 117.5001, 39.0, 1.0)], at=AT + 2)).movers
    assert (again.before_at[0], again.newest_at[0]) == (AT, AT + 1)


def test_a_jump_is_not_believed_until_there_was_time_for_it(fold: MoverFold) -> None:
    folded(fold, vehicles([(1, 117.5, 39.0, 0.0)], at=AT))
    jumped = folded(fold, vehicles([(1, 117.8, 39.0, 0.0)], at=AT + 1)).movers
    assert place(jumped.newest[0]) == pytest.approx((117.5, 39.0), abs=1e-6)
    assert jumped.newest_at[0] == AT
    assert fold.rejected == 1
    came = folded(fold, vehicles([(1, 117.8, 39.0, 0.0)], at=AT + 1200)).movers
    assert place(came.newest[0]) == pytest.approx((117.8, 39.0), abs=1e-6)


def test_two_fixes_that_agree_are_believed_and_the_thing_has_come_there_anew(
    fold: MoverFold,
) -> None:
    folded(fold, vehicles([(1, 117.5, 39.0, 0.0), (2, 117.5, 39.0, 0.0)], at=AT))
    there = [(1, 117.8, 39.0, 0.0), (2, 117.8, 39.0, 0.0)]
    once = folded(fold, vehicles(there, at=AT + 1)).movers
    assert place(once.newest[0]) == pytest.approx((117.5, 39.0), abs=1e-6)
    still = folded(fold, vehicles([(*one[:3], 1.0) for one in there], at=AT + 2)).movers
    assert np.array_equal(still.newest, once.newest), "the same fix again agrees with nobody"
    then = vehicles([(1, 117.8001, 39.0, 0.0), (2, 118.1, 39.0, 0.0)], at=AT + 3)
    came = folded(fold, then).movers
    assert place(came.newest[0]) == pytest.approx((117.8001, 39.0), abs=1e-6)
    assert np.array_equal(came.before[0], came.newest[0]), "it does not fly there"
    assert place(came.newest[1]) == pytest.approx((117.5, 39.0), abs=1e-6)


@pytest.mark.parametrize(("silent_s", "glides"), [(299.0, True), (301.0, False)])
def test_what_was_grey_has_come_anew_and_does_not_fly_over_the_houses(
    fold: MoverFold, silent_s: float, glides: bool
) -> None:
    folded(fold, vehicles([(1, 117.5, 39.0, 0.0)], at=AT))
    back = folded(fold, vehicles([(1, 117.53, 39.0, 0.0)], at=AT + silent_s)).movers
    assert place(back.newest[0]) == pytest.approx((117.53, 39.0), abs=1e-6)
    assert back.before_at.tolist() == [AT if glides else AT + silent_s]
    assert np.array_equal(back.before, back.newest) is not glides


def test_a_server_whose_clock_is_set_back_freezes_nothing(fold: MoverFold) -> None:
    folded(fold, vehicles([(1, 117.5, 39.0, 0.0)], at=AT))
    back = folded(fold, vehicles([(1, 117.5001, 39.0, 0.0)], at=AT - 3600)).movers
    assert back.newest_at.tolist() == [AT - 3600]
    later = folded(fold, vehicles([(1, 117.5002, 39.0, 0.0)], at=AT - 3599)).movers
    assert (later.before_at[0], later.newest_at[0]) == (AT - 3600, AT - 3599)


@pytest.mark.parametrize("where", [(0.0, 0.0), (200.0, 39.0), (117.0, 95.0)])
def test_a_place_that_is_none_is_left_out(fold: MoverFold, where: tuple[float, float]) -> None:
    picture = folded(fold, vehicles([(1, *where, 0.0), (2, 117.5, 39.0, 0.0)]))
    assert picture.movers.ids.tolist() == [2]
    assert fold.rejected == 1


def test_what_was_not_heard_of_for_long_is_hidden(fold: MoverFold) -> None:
    picture = folded(fold, vehicles([(1, 117.5, 39.0, 1801.0), (2, 117.5, 39.0, 1799.0)]))
    assert picture.movers.ids.tolist() == [2]


def test_without_news_a_vehicle_is_hidden_after_long(
    feed: LiveFeed, stack: LayerStack, services: Services, live: FakeLive
) -> None:
    live.channel(VEHICLES).bring(vehicles([(1, 117.5, 39.0, 0.0), (2, 117.5, 39.0, 900.0)], at=AT))
    before = movers(stack)
    clock(services).advance(seconds=890)
    feed._on_tick()
    assert movers(stack) is before
    clock(services).advance(seconds=20)
    feed._on_tick()
    assert movers(stack).movers.ids.tolist() == [1]
    assert movers(stack).as_of == before.as_of


def test_the_same_vehicle_twice_in_a_frame_is_one(fold: MoverFold) -> None:
    picture = folded(fold, vehicles([(1, 117.5, 39.0, 0.0), (1, 117.6, 39.0, 0.0)]))
    assert picture.movers.ids.tolist() == [1]


def test_kinds_of_a_newer_server_are_shown_as_others(
    feed: LiveFeed, stack: LayerStack, live: FakeLive
) -> None:
    live.channel(VEHICLES).bring(vehicles([(1, 117.5, 39.0, 0.0, 77, 9)], at=AT))
    layer = movers(stack)
    assert layer.kinds[layer.movers.kinds[0]].label == "其他车辆"
    assert layer.states[layer.movers.states[0]].label == "状态未知"


def test_what_the_server_left_out_is_told(
    feed: LiveFeed, stack: LayerStack, live: FakeLive
) -> None:
    channel = live.channel(VEHICLES)
    channel.bring(vehicles([(1, 117.5, 39.0, 0.0)], at=AT, total=61234))
    assert movers(stack).title == "车辆(共 61,234,显示 1)"
    channel.bring(vehicles([(1, 117.5, 39.0, 0.0)], at=AT + 1))
    assert movers(stack).title == "车辆"


def test_a_closed_channel_brings_nothing(feed: LiveFeed, stack: LayerStack, live: FakeLive) -> None:
    channel: FakeChannel = live.channel(VEHICLES)
    feed.set_active(False)
    channel.bring(vehicles([(1, 117.5, 39.0, 0.0)], at=AT))
    assert stack.get("vehicles") is None


def test_what_a_role_does_not_see_at_first_can_be_asked_for(
    services: Services, stack: LayerStack, canvas: SituationCanvas, live: FakeLive
) -> None:
    stack.show("vehicles", False)
    stack.show("traffic", False)
    feed = LiveFeed(services, stack, canvas)
    feed.set_active(True)
    assert not movers(stack).visible
    assert not traffic(stack).visible
    assert movers(stack).as_of is None
    stack.show("vehicles", True)
    assert [channel.kind for channel in live.opened if channel.is_open] == [VEHICLES]


def test_every_colour_of_a_vehicle_is_one_of_the_theme(services: Services) -> None:
    layer = no_vehicles(services.rules.live)
    for theme in (DARK, LIGHT):
        assert all(isinstance(getattr(theme, kind.colour), int) for kind in layer.kinds)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_numbers_a_server_sends_make_a_layer(services: Services, seed: int) -> None:
    rule, dice = services.rules.live, np.random.default_rng(seed)
    fold, at, most = MoverFold(rule), AT, 2**32
    for _ in range(6):
        count = int(dice.integers(0, 60))
        at += float(dice.choice((0.0, 0.01, 1.0, -1.0, 400.0, -3600.0, 3600.0)))
        near = np.rint(dice.normal((1_175_000_000, 390_000_000), 1e6, (count, 2)))
        wild = dice.integers(-(2**31), 2**31, (count, 2))
        lonlat = np.where(dice.random((count, 1)) < 0.8, near, wild)
        told = np.column_stack((
            dice.integers(0, 40, count), dice.integers(0, 256, (count, 2)), lonlat,
            dice.integers(0, 2**16, (count, 2)), dice.choice((0, 900, 400_000, most - 1), count),
        ))  # fmt: skip
        picture = folded(fold, live_frame(VEHICLES, told, at))
        things, layer = picture.movers, vehicle_layer(picture, rule)
        assert (np.diff(things.ids.astype(np.int64)) > 0).all(), "each once"
        assert (things.before_at <= things.newest_at).all()
        assert (things.newest_at <= at + FUTURE_S).all(), "nothing is new for ever"
        way = metres_between(things.before, things.newest)
        span = things.newest_at - things.before_at
        assert (way <= rule.fastest_kmh / 3.6 * span + 0.1).all()
        assert (things.kinds < len(layer.kinds)).all()
        assert (things.states < len(layer.states)).all()
        assert np.isfinite(Fixes.of(things, layer.glide_s, at).spots(at)).all()
