"""Where cases of the demo happen: stakes of routes, crossings, toll stations."""

from collections.abc import Sequence
from random import Random

import msgspec

from app.domain.incident import Place
from app.domain.linear import StakeIndex
from app.domain.reference import Facility
from app.domain.route import Route
from backend.demo.people import FOLDER
from backend.demo.spots import pointed, staked


class Found(msgspec.Struct):
    """A row of the finder's index, as far as a place needs it."""

    kind: str
    name: str
    lon: float
    lat: float


class Atlas:
    def __init__(self, routes: Sequence[Route], facilities: Sequence[Facility]) -> None:
        self._routes = {route.code: route for route in routes}
        self._index = StakeIndex(routes)
        self._tolls = [facility.place for facility in facilities if facility.category == "TOLL"]
        rows = msgspec.json.decode((FOLDER / "places.json").read_bytes(), type=list[Found])
        self._crossings = {row.name: row for row in rows if row.kind == "crossing"}

    def stake(self, code: str, km: float, way: str) -> Place:
        """Raises ValueError where the route has no such stake."""
        place = staked(self._routes[code], round(km * 1000), way)
        if place is None:
            raise ValueError(f"{code} {way} has no K{km}")
        return place

    def crossing(self, name: str) -> Place:
        found = self._crossings[name]
        return pointed(self._index, found.lon, found.lat, name)

    def toll(self, pick: Random) -> Place:
        return pick.choice(self._tolls)

    def along(self, pick: Random, codes: Sequence[str]) -> Place:
        """Return a place on one of the routes, at a full hundred metres."""
        while True:
            route = self._routes[pick.choice(codes)]
            piece = pick.choice(route.carriages)
            ends = sorted((piece.calibration[0].stake_m, piece.calibration[-1].stake_m))
            place = staked(route, round(pick.uniform(*ends), -2), piece.direction)
            if place is not None:
                return place
