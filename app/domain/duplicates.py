"""Duplicate hint of the handbook's 5.1: is this call about a case that we already have?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.domain.geodesy import distance_m
from app.domain.incident import Incident, Place
from app.domain.rules import DuplicateRule


def likely_duplicates(
    place: Place,
    kind: str | None,
    known_at: datetime,
    incidents: Iterable[Incident],
    rule: DuplicateRule,
) -> list[Incident]:
    """Open cases of the same family near the place and the time, the nearest first."""
    near: list[tuple[float, Incident]] = []
    for incident in incidents:
        if not incident.is_open or not rule.same_family(kind, incident.type):
            continue
        distance = _distance_m(place, incident, known_at, rule)
        if distance is not None:
            near.append((distance, incident))
    return [incident for _, incident in sorted(near, key=lambda pair: pair[0])]


def _distance_m(
    place: Place, incident: Incident, known_at: datetime, rule: DuplicateRule
) -> float | None:
    """Metres apart, None if too far in space or time.

    On one route the direction must be the same, if both know it; off a route only the
    distance counts.
    """
    other = incident.place
    if (
        place.route_id
        and other.route_id
        and place.stake_m is not None
        and other.stake_m is not None
    ):
        if place.route_id != other.route_id or _opposite(place.direction, other.direction):
            return None
        if abs(incident.known_at - known_at) > timedelta(minutes=rule.minutes):
            return None
        gap = abs(place.stake_m - other.stake_m)
        return gap if gap <= rule.same_route_m else None
    if place.lon is None or place.lat is None or other.lon is None or other.lat is None:
        return None
    gap = distance_m((place.lon, place.lat), (other.lon, other.lat))
    return gap if gap <= rule.off_route_m else None


def _opposite(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
