"""The demo's traffic: the same for the same moment, on the roads, moved by the open cases."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from app.domain.incident import Incident, IncidentDetail, IncidentState, Place
from app.domain.live import CLOSED, DEGREE, DETOUR, LEVEL_BITS, WORKS, VehicleKind
from backend.demo.roads import NETWORK, Roads
from backend.demo.traffic import DemoTraffic
from backend.demo.traffic_cases import nearest
from backend.services.live_picture import Picture
from maps.network.network import Network

RUSH = datetime(2026, 11, 23, 10, 0, tzinfo=UTC).timestamp()  # 18:00 in Shanghai
NIGHT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC).timestamp()
MAIN = 3  # primary roads


def case(kind: str, lon: float, lat: float, state: str = IncidentState.CONFIRMED) -> Incident:
    return Incident(
        id=kind,
        type=kind,
        state=state,
        known_at=datetime.fromtimestamp(RUSH, UTC),
        place=Place(lon=lon, lat=lat),
        detail=IncidentDetail(lanes=("第1车道",)),
    )


def traffic(*cases: Incident, vehicles: int = 300) -> DemoTraffic:
    return DemoTraffic(lambda: cases, vehicles)


@cache
def roads() -> Roads:
    return Roads.open()


def levels(picture: Picture) -> np.ndarray:
    return picture.links.values & LEVEL_BITS


def main_road() -> tuple[int, float, float]:
    """A link of a main road that one can drive around, and its middle."""
    long = (roads().classes == MAIN) & (roads().lengths > 300) & ~roads().oneway
    link = int(np.flatnonzero(long)[2])
    begin, end = roads().offsets[link : link + 2]
    lon, lat = roads().lonlat[(begin + end) // 2]
    return link, float(lon), float(lat)


def test_the_same_moments_give_the_same_pictures() -> None:
    one, other = traffic(), traffic()
    for second in (0.0, 1.0, 2.0, 7.0):
        a, b = one.picture(RUSH + second), other.picture(RUSH + second)
        assert np.array_equal(a.links.values, b.links.values)
        assert np.array_equal(a.links.seen_at, b.links.seen_at)
        for column in ("ids", "kinds", "lon", "lat", "heading", "speed", "seen_at"):
            assert np.array_equal(getattr(a.vehicles, column), getattr(b.vehicles, column))


def test_links_are_rows_of_the_network_that_maps_show() -> None:
    shown = Network.open(NETWORK)
    assert (traffic().network, len(roads())) == (shown.fingerprint, len(shown))
    assert roads().lengths.sum() == pytest.approx(7_771_000, rel=0.001)  # docs/data.md


def test_the_evening_is_slower_than_the_night() -> None:
    evening, night = (levels(traffic().picture(at)) for at in (RUSH, NIGHT))
    assert evening[evening > 0].mean() > 2.0
    assert night[night > 0].mean() < 1.2


def test_some_links_have_no_data_and_nobody_knows_what_runs_against_a_one_way() -> None:
    found = levels(traffic().picture(RUSH))
    assert 0.2 < (found[:, 0] == 0).mean() < 0.8
    assert not found[roads().oneway, 1].any()


def test_every_link_with_data_is_measured_once_a_minute() -> None:
    source = traffic()
    source.picture(RUSH)
    pictures = [source.picture(RUSH + second) for second in range(1, 121)]
    for picture in pictures:
        seen = picture.links.seen_at[picture.links.seen_at > 0]
        assert (picture.at - seen).max() < 60 + 5
        assert (picture.at - seen).min() >= 0
    assert any(not np.array_equal(a.links.values, b.links.values) for a, b in pairwise(pictures))


def test_a_clock_that_was_set_back_leaves_nothing_in_the_future() -> None:
    source = traffic()
    source.picture(RUSH)
    links = source.picture(RUSH - 7200).links
    assert links.seen_at.max() <= RUSH - 7200
    assert (RUSH - 7200 - links.seen_at[links.seen_at > 0]).max() < 60 + 5


def test_a_picture_that_was_handed_out_never_changes() -> None:
    source = traffic()
    first = source.picture(RUSH)
    kept = first.vehicles.lon.copy(), first.vehicles.ids.copy(), first.links.values.copy()
    for second in range(1, 30):
        source.picture(RUSH + second)
    assert np.array_equal(first.vehicles.lon, kept[0])
    assert np.array_equal(first.vehicles.ids, kept[1])
    assert np.array_equal(first.links.values, kept[2])


def test_vehicles_stay_on_the_roads_and_drive_no_faster_than_they_may() -> None:
    source = traffic()
    before = source.picture(RUSH).vehicles
    for second in range(1, 61):
        now = source.picture(RUSH + second).vehicles
        same = (before.ids == now.ids) & (now.seen_at == RUSH + second)
        same &= before.seen_at == RUSH + second - 1
        east = (now.lon - before.lon) / DEGREE * 111_320 * np.cos(np.radians(39))
        north = (now.lat - before.lat) / DEGREE * 111_320
        assert np.hypot(east, north)[same].max() < 120 / 3.6
        before = now
    for lon, lat in list(zip(before.lon / DEGREE, before.lat / DEGREE, strict=True))[:40]:
        assert nearest(roads(), lon, lat) is not None


def test_all_kinds_drive_and_some_have_no_connection() -> None:
    source = traffic(vehicles=2000)
    source.picture(RUSH)
    picture = source.picture(RUSH + 1)
    assert set(picture.vehicles.kinds.tolist()) == {int(kind) for kind in VehicleKind}
    age = picture.at - picture.vehicles.seen_at
    assert 0 < (age > 300).mean() < 0.05


def test_a_confirmed_dangerous_goods_case_closes_its_link_and_shows_the_way_round() -> None:
    link, lon, lat = main_road()
    values = traffic(case("HAZ", lon, lat)).picture(RUSH).links.values
    assert values[link, 0] & CLOSED
    around = np.flatnonzero((values & DETOUR).any(axis=1))
    assert len(around) > 1
    assert link not in around


def test_nobody_enters_a_closed_link() -> None:
    link, lon, lat = main_road()
    source = traffic(case("HAZ", lon, lat), vehicles=2000)
    source.picture(RUSH)
    drivers = source._drivers
    assert drivers is not None
    inside = set(drivers._ids[drivers._ways >> 1 == link].tolist())
    for second in range(1, 90):
        source.picture(RUSH + second)
        now = drivers._ids[drivers._ways >> 1 == link]
        assert set(now.tolist()) <= inside | set(range(2001, 10_000))


def test_a_case_slows_the_road_before_it_and_no_longer_when_it_is_cleared() -> None:
    link, lon, lat = main_road()
    crash = case("ACC", lon, lat)
    cases = [crash]
    source = DemoTraffic(lambda: tuple(cases), 10)
    slow = levels(source.picture(NIGHT))[link, 0]
    cases.clear()
    free = levels(source.picture(NIGHT + 6))[link, 0]
    assert (slow, free) == (5, 1)


def test_a_case_that_is_not_confirmed_changes_nothing() -> None:
    _link, lon, lat = main_road()
    unheard = case("HAZ", lon, lat, IncidentState.VERIFYING)
    values = traffic(unheard).picture(NIGHT).links.values
    assert np.array_equal(values, traffic().picture(NIGHT).links.values)


def test_works_are_marked() -> None:
    link, lon, lat = main_road()
    assert traffic(case("WRK", lon, lat)).picture(RUSH).links.values[link, 0] & WORKS


def test_a_case_far_from_every_road_or_nowhere_changes_nothing() -> None:
    at_sea = case("HAZ", 118.3, 38.6)
    nowhere = Incident(id="x", type="HAZ", state="CONFIRMED", known_at=at_sea.known_at)
    values = traffic(at_sea, nowhere).picture(NIGHT).links.values
    assert not (values & CLOSED).any()
