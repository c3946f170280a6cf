"""What stands near a case: its own carriageway first, then by distance (handbook 6, S1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from app.domain.geodesy import distance_m
from app.domain.incident import Place

REACH_M = 10_000
"""Farther things are no help to a case; they stay off its page."""


class Placed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def place(self) -> Place: ...


@dataclass(frozen=True, slots=True)
class Near[T: Placed]:
    """`distance_m` along the route where both have a stake on it, else as the crow flies.

    `same_carriageway` is None where the direction of one of them is unknown, and off the route.
    """

    entity: T
    distance_m: float
    same_carriageway: bool | None = None


def nearest_along[T: Placed](
    place: Place, entities: Iterable[T], reach_m: float = REACH_M
) -> list[Near[T]]:
    """Everything within `reach_m`: the same carriageway first, then by distance.

    A camera 750 m on is worth more than one 500 m away that looks at the other carriageway.
    What has no stake and no point cannot be compared and is left out.
    """
    found = [near for entity in entities if (near := _near(place, entity)).distance_m <= reach_m]
    return sorted(found, key=lambda n: (n.same_carriageway is not True, n.distance_m, n.entity.id))


def _near[T: Placed](place: Place, entity: T) -> Near[T]:
    other = entity.place
    if (
        place.route_id
        and place.route_id == other.route_id
        and place.stake_m is not None
        and other.stake_m is not None
    ):
        same = place.direction == other.direction if place.direction and other.direction else None
        return Near(entity, abs(place.stake_m - other.stake_m), same)
    if place.lon is None or place.lat is None or other.lon is None or other.lat is None:
        return Near(entity, float("inf"))
    return Near(entity, distance_m((place.lon, place.lat), (other.lon, other.lat)))
