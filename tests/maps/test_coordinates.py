"""Typed coordinates and datums (handbook 4.9)."""

import numpy as np
import pytest

from maps.geo.datum import Datum, from_wgs84, to_wgs84
from maps.geo.parse import CoordinateError, CoordinateFault, parse_coordinate

WGS = (117.200983, 39.084158)
GCJ = (117.207280713, 39.085163792)
BD = (117.213778984, 39.091107772)


def test_handbook_vectors_hold() -> None:
    assert from_wgs84(WGS, Datum.GCJ02) == pytest.approx(GCJ, abs=1e-9)
    assert from_wgs84(WGS, Datum.BD09) == pytest.approx(BD, abs=1e-9)
    assert from_wgs84(WGS, Datum.CGCS2000) == pytest.approx(WGS, abs=0)


@pytest.mark.parametrize("datum", list(Datum))
def test_round_trip_returns_within_a_hundred_millionth_of_a_degree(datum: Datum) -> None:
    grid = np.stack(np.meshgrid(np.linspace(74, 134, 31), np.linspace(18, 53, 29)), axis=-1)
    assert np.abs(to_wgs84(from_wgs84(grid, datum), datum) - grid).max() < 1e-8


def test_places_outside_china_are_not_shifted() -> None:
    places = np.array([[0.0, 0.0], [-74.0, 40.7], [139.7, 35.7], [117.0, 60.0]])
    for datum in (Datum.GCJ02, Datum.BD09):
        assert np.array_equal(from_wgs84(places, datum), places)
        assert np.array_equal(to_wgs84(places, datum), places)


@pytest.mark.parametrize(
    "text",
    [
        "117.702214,38.978431",
        "117.702214,38.978431",
        "117.702214、38.978431",
        "38.978431N 117.702214E",
        "N38.978431 E117.702214",
        "38.978431 117.702214",
        "东经117.702214°,北纬38.978431°",
        "北纬38.978431度 东经117.702214度",
        "  117.702214 ; 38.978431  ",
        "(117.702214, 38.978431)",
        "38°58'42.3516\"N 117°42'7.9704\"E",
        "38°58′42.3516″ 117°42′7.9704″",
        "东经117度42分7.9704秒 北纬38度58分42.3516秒",
        "117 42 7.9704 38 58 42.3516",
        "117 42.13284 38 58.70586",
        "WGS84 117.702214,38.978431",
        "117.702214,38.978431 (CGCS2000)",
        "117.702214,38.978431 国家2000",
        "经度117.702214 纬度38.978431",
    ],
)
def test_spellings_of_one_place(text: str) -> None:
    place = parse_coordinate(text)
    assert (place.lon, place.lat) == pytest.approx((117.702214, 38.978431), abs=1e-7)


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("117.207280713,39.085163792 GCJ02", Datum.GCJ02),
        ("gcj-02: 117.207280713 39.085163792", Datum.GCJ02),
        ("高德 117.207280713,39.085163792", Datum.GCJ02),
        ("117.213778984,39.091107772 BD09", Datum.BD09),
        ("百度坐标 39.091107772N 117.213778984E", Datum.BD09),
    ],
)
def test_a_named_datum_is_converted(text: str, datum: Datum) -> None:
    place = parse_coordinate(text)
    assert place.datum is datum
    assert (place.lon, place.lat) == pytest.approx(WGS, abs=1e-8)


def test_an_order_that_could_be_either_is_marked_as_guessed() -> None:
    assert parse_coordinate("80, 30").guessed
    assert (parse_coordinate("30, 80").lon, parse_coordinate("30, 80").lat) == (80.0, 30.0)
    assert not parse_coordinate("30 N, 80 E").guessed
    assert parse_coordinate("70S 100W").lat == -70.0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", CoordinateFault.EMPTY),
        ("GCJ02", CoordinateFault.EMPTY),
        ("117.7", CoordinateFault.NOT_TWO),
        ("1 2 3", CoordinateFault.NOT_TWO),
        ("天津大道", CoordinateFault.NOT_TWO),
        ("117.7, 38.9 附近", CoordinateFault.EXTRA),
        ("38N 39N", CoordinateFault.SAME_AXIS),
        ("38°61'N 117°E", CoordinateFault.MINUTES),
        ("217.7, 38.9", CoordinateFault.RANGE),
        ("117.7, 98.9", CoordinateFault.RANGE),
    ],
)
def test_what_is_no_coordinate_says_why(text: str, fault: CoordinateFault) -> None:
    with pytest.raises(CoordinateError) as caught:
        parse_coordinate(text)
    assert caught.value.fault is fault
