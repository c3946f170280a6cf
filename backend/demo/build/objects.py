"""Signs and facilities of the demo city: invented, but on real junctions."""

import tomllib
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from app.domain.incident import Place
from app.domain.linear import StakeIndex
from app.domain.reference import Facility, Sign
from app.domain.route import Direction, Route
from app.domain.stakes import format_stake
from backend.demo.build.basemap import Label
from backend.demo.build.places import FoundCrossing
from backend.demo.ids import demo_id
from backend.demo.spots import pointed, staked

OBJECTS_FILE = Path(__file__).with_name("objects.toml")
BESIDE_M = 400.0
UPSTREAM_M = 2000.0
OPERATOR = demo_id("org", "OPER")


class City:
    """What the objects are placed on."""

    def __init__(
        self, routes: Sequence[Route], labels: Sequence[Label], crossings: Sequence[FoundCrossing]
    ) -> None:
        self.routes = {route.code: route for route in routes}
        self.index = StakeIndex(routes)
        self.labels = labels
        self.crossings = {crossing.name: crossing for crossing in crossings}
        self.wanted: dict[str, Any] = tomllib.loads(OBJECTS_FILE.read_text(encoding="utf-8"))

    def at_label(self, label: Label) -> Place:
        return pointed(self.index, label.lon, label.lat, label.name, BESIDE_M)

    def at_crossing(self, name: str) -> Place:
        crossing = self.crossings[name]
        return pointed(self.index, crossing.lon, crossing.lat, name)

    def along(self, every_m: float) -> Iterator[tuple[Route, float, str]]:
        """Yield stakes along the watched routes, the two carriageways in turn."""
        for code in self.wanted["watched_routes"]:
            route = self.routes[code]
            for piece in route.carriages:
                ends = sorted((piece.calibration[0].stake_m, piece.calibration[-1].stake_m))
                shift = 0.25 if piece.direction == Direction.UP else 0.75
                stake = (ends[0] // every_m + shift) * every_m
                while stake < ends[1]:
                    if stake > ends[0]:
                        yield route, stake, piece.direction
                    stake += every_m


def signs(city: City) -> tuple[Sign, ...]:
    """Signs stand ahead of the junctions of the watched routes, on both carriageways."""
    return tuple(
        Sign(
            id=demo_id("sign", code),
            version=1,
            code=code,
            name=f"{place.route_code} {format_stake(place.stake_m or 0)} {way_name(place.direction)}",
            place=place,
            org_id=OPERATOR,
            demo=True,
        )
        for code, place in dict(_sign_places(city)).items()
    )


def _sign_places(city: City) -> Iterator[tuple[str, Place]]:
    for label in (label for label in city.labels if label.kind == "junction"):
        for near in city.index.measure(label.lon, label.lat, BESIDE_M):
            route, way = near.route, near.carriage
            if route.code in city.wanted["watched_routes"]:
                ahead = -UPSTREAM_M if way == route.stakes_grow else UPSTREAM_M
                stake = round(near.stake_m + ahead, -2)
                place = staked(route, stake, way, f"{label.name}前")
                if place:
                    yield f"VMS-{route.code}-{stake / 1000:.1f}-{way[0].upper()}", place


def facilities(city: City) -> tuple[Facility, ...]:
    numbers = count(101)
    return tuple(
        Facility(
            id=demo_id("facility", f"{category} {name}"),
            version=1,
            category=category,
            name=name,
            place=place,
            phone=f"022-0000-0{next(numbers)}",  # no such exchange: nobody is called by mistake
            org_id=org_id,
            demo=True,
        )
        for category, name, place, org_id in _facility_places(city)
    )


def _facility_places(city: City) -> Iterator[tuple[str, str, Place, str]]:
    for label in city.labels:
        place = city.at_label(label)
        if label.kind == "junction" and label.exit:
            yield "TOLL", f"{label.name.removesuffix('互通')}收费站", place, OPERATOR
        elif label.kind == "port":
            yield "PORT", label.name, place, demo_id("org", "PORT")
        elif label.kind == "airport":
            yield "AIRPORT", label.name, place, demo_id("org", "AIRPORT")
    for row in city.wanted["facility"]:
        org_id = demo_id("org", row["org"])
        if "route" in row:
            way = row["direction"]
            found = staked(city.routes[row["route"]], row["km"] * 1000, way, row["name"])
            if found is None:
                raise ValueError(f"{row['name']}: the route has no such stake")
            yield row["category"], row["name"], found, org_id
        else:
            yield row["category"], row["name"], city.at_crossing(row["crossing"]), org_id


def way_name(direction: str | None) -> str:
    return "上行" if direction == Direction.UP else "下行"
