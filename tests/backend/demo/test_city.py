"""The files of the demo city agree with each other."""

import json
from typing import Any

import msgspec
import pytest

from app.domain.camera import Camera
from app.domain.geodesy import distance_m
from app.domain.linear import Located, StakeIndex, locate
from app.domain.reference import Facility, Sign
from app.domain.route import Direction, Route
from backend.demo.people import FOLDER

WINDOW = (116.5, 38.4, 118.3, 40.4)


def read(name: str, kind: type) -> Any:
    return msgspec.json.decode((FOLDER / name).read_bytes(), type=list[kind])  # type: ignore[valid-type]  # a value


@pytest.fixture(scope="module")
def routes() -> dict[str, Route]:
    return {route.code: route for route in read("routes.json", Route)}


def placed() -> list[Camera | Sign | Facility]:
    return [
        *read("cameras.json", Camera),
        *read("signs.json", Sign),
        *read("facilities.json", Facility),
    ]


def test_numbered_roads_of_the_data_are_routes(routes: dict[str, Route]) -> None:
    assert {"G2", "G0111", "G25", "G18", "G103", "S11", "S21", "S50"} <= set(routes)
    assert all(route.demo and "OpenStreetMap" in route.source for route in routes.values())


@pytest.mark.parametrize("direction", Direction)
def test_g2_has_a_stake_k110_300_on_both_carriageways(
    routes: dict[str, Route], direction: str
) -> None:
    assert isinstance(locate(routes["G2"], 110_300, direction), Located)


def test_stakes_grow_as_the_route_says(routes: dict[str, Route]) -> None:
    for route in routes.values():
        for piece in route.carriages:
            stakes = [point.stake_m for point in piece.calibration]
            grows = piece.direction == route.stakes_grow
            assert stakes == sorted(stakes, reverse=not grows)
            assert len(set(stakes)) == len(stakes)


def test_stakes_and_metres_differ_by_a_tenth_at_most(routes: dict[str, Route]) -> None:
    for route in routes.values():
        for piece in route.carriages:
            first, last = piece.calibration[0], piece.calibration[-1]
            metres = last.geom_measure_m - first.geom_measure_m
            assert abs(last.stake_m - first.stake_m) == pytest.approx(metres, rel=0.1)


def test_carriageways_have_no_leaps(routes: dict[str, Route]) -> None:
    for route in routes.values():
        for piece in route.carriages:
            steps = zip(piece.line, piece.line[1:], strict=False)
            assert max(distance_m(a, b) for a, b in steps) < 6_000


def test_both_carriageways_carry_a_stake_at_about_one_place(routes: dict[str, Route]) -> None:
    for code in ("G2", "S21", "S50", "G25"):
        route = routes[code]
        stake = route.carriages[0].calibration[3].stake_m
        up, down = (locate(route, stake, way) for way in Direction)
        assert isinstance(up, Located)
        assert isinstance(down, Located)
        assert 5 < distance_m((up.lon, up.lat), (down.lon, down.lat)) < 300


def test_there_are_enough_cameras_and_signs() -> None:
    assert len(read("cameras.json", Camera)) >= 40
    assert len(read("signs.json", Sign)) >= 15
    nodes = {camera.node for camera in read("cameras.json", Camera)}
    assert {"ROAD", "BRIDGE", "TUNNEL", "JUNCTION", "PORT", "HUB"} <= nodes


def test_camera_numbers_have_twenty_digits_and_are_unique() -> None:
    codes = [camera.code for camera in read("cameras.json", Camera)]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 20 and code.startswith("12011600") for code in codes)


def test_what_stands_on_a_route_stands_at_its_stake(routes: dict[str, Route]) -> None:
    index = StakeIndex(routes.values())
    for thing in placed():
        place = thing.place
        assert place.lon is not None and place.lat is not None
        if place.route_code:
            found = [
                m
                for m in index.measure(place.lon, place.lat, 500)
                if m.route.code == place.route_code and m.carriage == place.direction
            ]
            assert found[0].stake_m == pytest.approx(place.stake_m, abs=1)


def test_everything_lies_in_tianjin() -> None:
    west, south, east, north = WINDOW
    rows = json.loads((FOLDER / "places.json").read_text(encoding="utf-8"))
    points = [(row["lon"], row["lat"]) for row in rows]
    points += [(thing.place.lon, thing.place.lat) for thing in placed()]
    assert all(west < lon < east and south < lat < north for lon, lat in points)


def test_finder_knows_roads_crossings_junctions_ports_and_the_airport() -> None:
    rows = json.loads((FOLDER / "places.json").read_text(encoding="utf-8"))
    assert {"road", "crossing", "junction", "port", "airport", "bridge", "tunnel"} == {
        row["kind"] for row in rows
    }
    assert "渤海十路与珠江道" in {row["name"] for row in rows}


@pytest.mark.parametrize("name", ["sea", "boundary", "labels", "skeleton"])
def test_base_map_names_its_origin(name: str) -> None:
    layer = json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))
    assert "OpenStreetMap" in layer["attribution"]
    assert layer["features"]


def test_the_city_stays_under_fifteen_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 15_000_000
