"""Finding places: text to stakes, roads, junctions and points; a point to its stake and words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.districts import DistrictIndex
from app.domain.coordinates import CoordinateError, TypedCoordinate, parse_coordinate
from app.domain.datum import Datum
from app.domain.geodesy import distance_m
from app.domain.incident import Place
from app.domain.linear import Ambiguous, InGap, Located, Placement, StakeIndex, locate
from app.domain.route import Direction, Route, routes_named
from app.domain.stakes import (
    StakeError,
    StakeProblem,
    StakeReference,
    format_stake,
    normal_code,
    parse,
)

ON_THE_ROAD_M = 60.0
NEARBY_M = 800.0
_RANK = {"road": 0, "junction": 1, "crossing": 2}
_JOINTS = str.maketrans(dict.fromkeys("与和同跟、/×xX&,，交", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One name of the index: a road, junction, crossing, airport or port; WGS-84 degrees.

    `extent` (west, south, east, north) is where a road runs.
    """

    kind: str
    name: str
    lon: float
    lat: float
    exit: str = ""
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a text may mean. `kind`: stake, coordinate, or that of the index."""

    kind: str
    label: str
    place: Place
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text that looks like a place is none; Places.sentence has the words."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    candidates: tuple[Candidate, ...] = ()
    problem: Problem | None = None


class PlaceFinder:
    """Immutable: any thread may ask. Build it once per set of routes."""

    def __init__(
        self,
        routes: Iterable[Route],
        names: Iterable[Named],
        districts: DistrictIndex | None = None,
    ) -> None:
        self._districts = districts or DistrictIndex()
        self._routes = tuple(routes)
        self._stakes = StakeIndex(self._routes)
        self._names = tuple(names)

    def find(self, text: str, limit: int = 8) -> Found:
        """All that the text may mean, the likeliest first."""
        try:
            point = parse_coordinate(text)
        except CoordinateError as error:
            return Found(problem=Problem(error.fault.name))
        if point is not None:
            return Found((self._pointed(point),))
        try:
            reference = parse(text)
        except StakeError as error:
            if error.reason in (StakeProblem.METRES, StakeProblem.TWO_DIRECTIONS):
                return Found(problem=Problem(error.reason.name))
            return Found(tuple(self._named(text, limit)))
        found = self._staked(reference, limit)
        return (
            found if found.candidates or found.problem else Found(tuple(self._named(text, limit)))
        )

    def at(self, lon: float, lat: float) -> Place:
        """The place of a point: stake where a route runs, else the nearest name in words."""
        near = self._stakes.measure(lon, lat, ON_THE_ROAD_M)
        words = self._nearest_name(lon, lat)
        adcode = self._districts.adcode_at(lon, lat)
        point = Place(text=words, lon=round(lon, 6), lat=round(lat, 6), adcode=adcode)
        if not near or near[0].branch:
            return point
        best = near[0]
        stake = _stake_words(best.route, best.stake_m, best.carriage)
        point = replace(point, text=f"{stake} {words}".strip())
        return point.staked(best.route, round(best.stake_m), best.carriage)

    def _pointed(self, point: TypedCoordinate) -> Candidate:
        lon, lat, datum = point
        label = f"{lon:.6f}, {lat:.6f}"
        label += f" {Datum.WGS84} ← {datum}" if datum is not Datum.WGS84 else ""
        return Candidate(kind="coordinate", label=label, place=self.at(lon, lat))

    def _nearest_name(self, lon: float, lat: float) -> str:
        spots = [
            (distance_m((lon, lat), (named.lon, named.lat)), named.name)
            for named in self._names
            if named.kind != "road" and abs(named.lat - lat) < 0.01 and abs(named.lon - lon) < 0.012
        ]
        away, name = min(spots, default=(float("inf"), ""))
        return name if away <= ON_THE_ROAD_M else f"近{name}" if away <= NEARBY_M else ""

    def _staked(self, reference: StakeReference, limit: int) -> Found:
        routes: Sequence[Route] = routes_named(reference, self._routes)
        if reference.route and not routes:
            return Found(problem=Problem("NO_SUCH_ROUTE", {"route": reference.route}))
        if not routes and not reference.words:
            routes = self._routes
        candidates: list[Candidate] = []
        problem = None
        for route in routes:
            for way in _directions(route, reference.direction):
                start = reference.start
                branch = start.branch or None
                placement = locate(route, start.metres, way, branch, start.label)
                found = _located(route, way, start.metres, placement)
                candidates += map(self._in_district, found)
                problem = problem or _absence(route, placement)
        if candidates or len(routes) != 1:
            return Found(tuple(candidates[:limit]))
        return Found(problem=problem)

    def _in_district(self, candidate: Candidate) -> Candidate:
        lon, lat = candidate.place.lon, candidate.place.lat
        adcode = None if lon is None or lat is None else self._districts.adcode_at(lon, lat)
        return replace(candidate, place=replace(candidate.place, adcode=adcode))

    def _named(self, text: str, limit: int) -> Iterator[Candidate]:
        wanted = text.strip().removesuffix("交叉口").removesuffix("路口").casefold()
        code = normal_code(text)
        yield from (_whole(route) for route in self._routes if route.code == code)
        words = wanted.translate(_JOINTS).split()
        if not words:
            return
        hits = [
            (named.name.casefold() != wanted, not named.name.casefold().startswith(wanted),
             _RANK.get(named.kind, 1), len(named.name), i)
            for i, named in enumerate(self._names)
            if all(word in named.name.casefold() for word in words)
        ]  # fmt: skip
        for *_, i in sorted(hits)[:limit]:
            yield self._candidate(self._names[i])

    def _candidate(self, named: Named) -> Candidate:
        """A road is no spot on it: it gives the words, but no point."""
        if named.kind == "road":
            place = Place(text=named.name, road=named.name)
        else:
            place = replace(self.at(named.lon, named.lat), text=named.name)
        extent = named.extent or (named.lon, named.lat, named.lon, named.lat)
        return Candidate(kind=named.kind, label=named.name, place=place, extent=extent)


def _whole(route: Route) -> Candidate:
    lons, lats = zip(*(p for piece in route.carriages for p in piece.line), strict=True)
    extent = (min(lons), min(lats), max(lons), max(lats))
    label = f"{route.code} {route.name}".strip()
    return Candidate(kind="road", label=label, place=Place(text=label, road=label), extent=extent)


def _directions(route: Route, words: str) -> tuple[Direction, ...]:
    way = route.direction_of(words) if words else None
    return (way,) if way else tuple(Direction)


def _located(
    route: Route, way: Direction, stake_m: float, placement: Placement
) -> Iterator[Candidate]:
    spots = placement.candidates if isinstance(placement, Ambiguous) else (placement,)
    for spot in spots:
        if not isinstance(spot, Located):
            continue
        words = _stake_words(route, stake_m, way, spot.branch, spot.label)
        place = Place(text=words, lon=round(spot.lon, 6), lat=round(spot.lat, 6))
        yield Candidate(kind="stake", label=words, place=place.staked(route, stake_m, way))


def _stake_words(route: Route, stake_m: float, way: str, branch: str = "", label: str = "") -> str:
    stake = format_stake(stake_m, branch, label)
    return f"{route.code} {stake} {route.direction_name(way)}".strip()


def _absence(route: Route, placement: Placement) -> Problem | None:
    if isinstance(placement, Located | Ambiguous):
        return None
    if isinstance(placement, InGap):
        ends = (placement.before_m, placement.after_m)
        code = "IN_GAP"
    elif placement.first_m is None or placement.last_m is None:
        return Problem("NO_STAKES", {"route": route.code})
    else:
        ends = (placement.first_m, placement.last_m)
        code = "OUT_OF_RANGE"
    first, last = (format_stake(end) for end in ends)
    return Problem(code, {"route": route.code, "first": first, "last": last})
