"""Typed coordinates and datums (handbook 4.9)."""

from itertools import product

import pytest

from app.domain.coordinates import CoordinateError, CoordinateFault, parse_coordinate
from app.domain.datum import Datum, from_wgs84, to_wgs84

WGS = (117.200983, 39.084158)
GCJ = (117.207280713, 39.085163792)
BD = (117.213778984, 39.091107772)


def test_handbook_vectors_hold() -> None:
    assert from_wgs84(*WGS, Datum.GCJ02) == pytest.approx(GCJ, abs=1e-9)
    assert from_wgs84(*WGS, Datum.BD09) == pytest.approx(BD, abs=1e-9)
    assert from_wgs84(*WGS, Datum.CGCS2000) == WGS


@pytest.mark.parametrize("datum", list(Datum))
def test_round_trip_returns_within_a_hundred_millionth_of_a_degree(datum: Datum) -> None:
    for place in product(range(74, 135, 2), range(18, 54)):
        assert to_wgs84(*from_wgs84(*place, datum), datum) == pytest.approx(place, abs=1e-8)


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
@pytest.mark.parametrize("place", [(0.0, 0.0), (-0.1276, 51.5072), (139.7, 35.7), (117.0, 60.0)])
def test_places_outside_china_are_not_shifted(datum: Datum, place: tuple[float, float]) -> None:
    assert from_wgs84(*place, datum) == place
    assert to_wgs84(*place, datum) == place


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
        "GPS:117.702214,38.978431",
    ],
)
def test_spellings_of_one_place(text: str) -> None:
    place = parse_coordinate(text)
    assert place is not None
    assert place[:2] == pytest.approx((117.702214, 38.978431), abs=1e-7)


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("117.207280713,39.085163792 GCJ02", Datum.GCJ02),
        ("gcj-02: 117.207280713 39.085163792", Datum.GCJ02),
        ("高德：117.207280713，39.085163792", Datum.GCJ02),
        ("117.213778984,39.091107772 BD09", Datum.BD09),
        ("百度坐标 39.091107772N 117.213778984E", Datum.BD09),
    ],
)
def test_a_named_datum_is_converted(text: str, datum: Datum) -> None:
    place = parse_coordinate(text)
    assert place is not None
    assert place.datum is datum
    assert place[:2] == pytest.approx(WGS, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("30.5, 80.5", 80.5, 30.5),
        ("30.5 E, 80.5 N", 30.5, 80.5),
        ("70.0S 100.0W", -100.0, -70.0),
        ("-33.9, 151.2", 151.2, -33.9),
        ("北纬39 东经117", 117.0, 39.0),
    ],
)
def test_order_and_hemisphere_are_as_said_else_as_possible(
    text: str, lon: float, lat: float
) -> None:
    assert parse_coordinate(text) == (lon, lat, Datum.WGS84)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 34",
        "1 2 3",
        "117.7",
        "K23+300",
        "110,300",
        "2.1 3.5 车道",
        "S11 S40",
        "G2 K110+300",
        "天津大道",
        "北纬路",
        "第3度假村",
        "高德大厦",
        "GCJ02",
    ],
)
def test_other_words_and_numbers_are_no_coordinate(text: str) -> None:
    assert parse_coordinate(text) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("北纬38.9", CoordinateFault.NOT_TWO),
        ("38°58'42\"N", CoordinateFault.NOT_TWO),
        ("117.7°, 38.9° 附近", CoordinateFault.EXTRA),
        ("38.5N 39.5N", CoordinateFault.SAME_AXIS),
        ("38°61'N 117°E", CoordinateFault.MINUTES),
        ("117 42 60 38 58 42", CoordinateFault.MINUTES),
        ("217.7, 38.9", CoordinateFault.OFF_EARTH),
        ("117.7, 98.9", CoordinateFault.OFF_EARTH),
    ],
)
def test_what_is_meant_as_a_coordinate_but_is_none_says_why(
    text: str, fault: CoordinateFault
) -> None:
    with pytest.raises(CoordinateError) as caught:
        parse_coordinate(text)
    assert caught.value.fault is fault
