"""A route 路线 with its two carriageways and the stakes measured along them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.stakes import StakeReference, towards


class Direction(StrEnum):
    """The carriageway 上行/下行. Which way the stakes grow depends on the route."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationPoint:
    """A place whose stake is known: `geom_measure_m` along its carriage's line.

    Two points at one measure are a chain break 断链: the stake jumps ahead where stakes
    are missing (短链) and back where they come twice (长链). `label` then tells the
    stretch that begins here from the other one with the same stakes.
    """

    stake_m: float
    geom_measure_m: float
    lon: float
    lat: float
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """One unbroken piece of a carriageway, drawn the way its traffic runs.

    `line` holds lon/lat degrees (WGS-84), `calibration` at least two points by growing
    measure. `branch` is empty on the main line, else a ramp's letters. Several pieces of
    one direction follow each other; stakes between them do not exist.
    """

    direction: str
    branch: str = ""
    line: tuple[tuple[float, float], ...]
    calibration: tuple[CalibrationPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """`up_name` and `down_name` say where each carriageway leads (北京方向).

    `stakes_grow` is the direction whose traffic sees the stakes rise.
    """

    id: str
    version: int = 0
    code: str
    name: str = ""
    up_name: str = ""
    down_name: str = ""
    stakes_grow: str = Direction.DOWN
    carriages: tuple[Carriage, ...] = ()
    org_id: str = ""
    source: str = ""
    demo: bool = False

    def direction_name(self, direction: str) -> str:
        return self.up_name if direction == Direction.UP else self.down_name

    def direction_of(self, words: str) -> Direction | None:
        """Return the carriageway that words such as 上行, down, 往北京方向 mean here."""
        plain = words.strip().lower()
        if plain in ("上行", Direction.UP):
            return Direction.UP
        if plain in ("下行", Direction.DOWN):
            return Direction.DOWN
        place = towards(words)
        fits = [way for way in Direction if place and _names(self.direction_name(way), place)]
        return fits[0] if len(fits) == 1 else None


def routes_named(reference: StakeReference, routes: Iterable[Route]) -> tuple[Route, ...]:
    """Return the routes that a reference may mean, by code, else by name in its words."""
    if reference.route:
        return tuple(route for route in routes if route.code == reference.route)
    words = reference.words + reference.direction
    return tuple(route for route in routes if route.name and route.name in words)


def _names(name: str, place: str) -> bool:
    """京沪高速北京 names 北京方向 as 北京 does."""
    ends = towards(name).split("/")
    return any(end and (place.endswith(end) or end.startswith(place)) for end in ends)
