"""Places of the demo city: on a route by stake, or at a point that finds its own stake."""

from app.domain.incident import Place
from app.domain.linear import Located, StakeIndex, locate
from app.domain.route import Route
from app.domain.stakes import format_stake

ON_THE_ROAD_M = 60.0


def staked(route: Route, stake_m: float, direction: str, text: str = "") -> Place | None:
    """Return the place at a stake; None where the route has no such stake."""
    found = locate(route, stake_m, direction)
    if not isinstance(found, Located):
        return None
    words = f"{route.code} {format_stake(stake_m)} {route.direction_name(direction)}"
    place = Place(text=f"{words} {text}".strip(), lon=round(found.lon, 6), lat=round(found.lat, 6))
    return place.staked(route, round(stake_m), direction)


def pointed(
    index: StakeIndex, lon: float, lat: float, text: str, max_m: float = ON_THE_ROAD_M
) -> Place:
    """Return the place at a point, with the stake of a route that runs there."""
    near = index.measure(lon, lat, max_m)
    if not near:
        return Place(text=text, lon=lon, lat=lat, road=text.partition("与")[0])
    best = near[0]
    place = Place(text=text, lon=lon, lat=lat)
    return place.staked(best.route, round(best.stake_m), best.carriage)
