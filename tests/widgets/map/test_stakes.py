"""Stakes along the routes: which ones, where, and how they follow the store."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.geodesy import distance_m
from app.domain.route import CalibrationPoint, Carriage, Route
from app.services import Services
from tests.support.fake_services import put
from widgets.map.prepared import PreparedFeed
from widgets.map.stakes import stake_layer, stake_places

WEST, EAST, NORTH = (117.0, 39.0), (117.1, 39.0), (117.0, 39.1)


def carriage(
    direction: str,
    first_m: float,
    last_m: float,
    branch: str = "",
    line: tuple[tuple[float, float], ...] = (WEST, EAST),
) -> Carriage:
    """A straight line, its stakes spread evenly over it."""
    (lon, lat), (end_lon, end_lat) = line
    return Carriage(
        direction=direction,
        branch=branch,
        line=line,
        calibration=(
            CalibrationPoint(stake_m=first_m, geom_measure_m=0.0, lon=lon, lat=lat),
            CalibrationPoint(
                stake_m=last_m, geom_measure_m=distance_m(*line), lon=end_lon, lat=end_lat
            ),
        ),
    )


def route(*carriages: Carriage, code: str = "S11") -> Route:
    return Route(id=f"route-{code}", code=code, carriages=carriages, stakes_grow="down", demo=True)


def test_stakes_stand_every_hundred_metres_by_calibration() -> None:
    places = stake_places(route(carriage("down", 110_250.0, 111_050.0)))
    assert [place.text for place in places] == [
        "K110+300", "K110+400", "K110+500", "K110+600", "K110+700", "K110+800", "K110+900", "K111",
    ]  # fmt: skip
    middle = places[4]
    share = (110_700.0 - 110_250.0) / 800.0
    assert middle.lon == pytest.approx(WEST[0] + share * (EAST[0] - WEST[0]))
    assert middle.lat == pytest.approx(39.0)


def test_the_two_carriageways_have_their_stakes_once() -> None:
    back = carriage("up", 1_000.0, 0.0, line=((117.1, 39.001), (117.0, 39.001)))
    places = stake_places(route(back, carriage("down", 0.0, 1_000.0)))
    assert len(places) == 11
    assert {place.lat for place in places} == {39.0}


def test_where_the_growing_carriageway_ends_the_other_one_has_the_stakes() -> None:
    back = carriage("up", 1_000.0, 0.0, line=((117.1, 39.001), (117.0, 39.001)))
    places = stake_places(route(carriage("down", 0.0, 500.0), back))
    assert sorted(place.metres for place in places) == list(range(0, 1_001, 100))
    assert {place.lat for place in places if place.metres > 500} == {39.001}


def test_ramps_have_no_stakes_on_the_map() -> None:
    assert stake_places(route(carriage("down", 0.0, 800.0, branch="A"))) == ()


def test_the_equal_stakes_of_a_long_chain_are_told_apart() -> None:
    points = (
        CalibrationPoint(stake_m=0.0, geom_measure_m=0.0, lon=117.0, lat=39.0),
        CalibrationPoint(stake_m=300.0, geom_measure_m=300.0, lon=117.0, lat=39.0),
        CalibrationPoint(stake_m=200.0, geom_measure_m=300.0, lon=117.0, lat=39.0, label="长"),
        CalibrationPoint(stake_m=400.0, geom_measure_m=500.0, lon=117.0, lat=39.0, label="长"),
    )
    piece = Carriage(direction="down", line=(WEST, EAST), calibration=points)
    places = stake_places(route(piece))
    assert [place.text for place in places] == [
        "K0", "K0+100", "K0+200", "K0+300", "K0+200长", "K0+300长", "K0+400长",
    ]  # fmt: skip
    assert len({(place.lon, place.lat) for place in places}) == 6, "the chain breaks at one place"


def test_the_closer_one_looks_the_more_stakes_there_are() -> None:
    layer = stake_layer([route(carriage("down", 0.0, 10_000.0))])
    counts = [
        int((layer.text_zooms[:, 0] <= zoom).sum()) for zoom in (12.6, 13.0, 14.0, 15.5, 17.0)
    ]
    assert counts == [2, 3, 11, 21, 101]
    assert layer.demo
    first = int(np.argmin(layer.priorities))
    assert layer.texts[first] == "K0"


def test_no_routes_make_an_empty_layer() -> None:
    assert stake_layer([]).texts == ()


def test_routes_that_come_make_one_new_layer(qtbot: QtBot, services: Services) -> None:
    feed = PreparedFeed(services, "route", stake_layer, QObject(services.store))
    with qtbot.waitSignal(feed.built) as built:
        services.store.apply(put(route(carriage("down", 0.0, 1_000.0), code="S1")))
        services.store.apply(put(route(carriage("down", 5_000.0, 6_000.0), code="S2")))
    assert len(built.args[0].texts) == 22
    with qtbot.assertNotEmitted(feed.built, wait=400):
        services.store.apply(put())
