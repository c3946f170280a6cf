"""Cameras for tests of the side parts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.domain.camera import Camera, FaultKind, Health, PtzLink
from app.domain.incident import Place
from tests.support.fake_services import NOW


def camera(number: int, **values: Any) -> Camera:
    """Camera `cam-n` on S11, a kilometre after the one before it, online."""
    given: dict[str, Any] = {
        "id": f"cam-{number}",
        "version": 1,
        "code": f"1201160000131{number:07d}",
        "name": f"S11 K{20 + number}+050 下行",
        "node": "ROAD",
        "place": staked("S11", "海滨高速", (20 + number) * 1000.0 + 50, "down"),
        "health": Health.ONLINE,
        "org_id": "tocc",
        "demo": True,
    }
    return Camera(**{**given, **values})


def staked(route: str, road: str, stake_m: float, direction: str) -> Place:
    return Place(route_id=route, route_code=route, road=road, stake_m=stake_m, direction=direction)


def city() -> list[Camera]:
    """Roads, a port, a hub; one camera offline, one black, one in maintenance, one unknown."""
    return [
        camera(2, ptz=PtzLink.GATEWAY),
        camera(1),
        camera(3, name="塘沽收费站", place=staked("S11", "海滨高速", 23_900.0, "up")),
        camera(
            4, name="S50 K41+000 下行", place=staked("S50", "津晋高速", 41_000.0, "down"),
            health=Health.OFFLINE, health_since=NOW - timedelta(minutes=75),
        ),
        camera(5, name="S50 K38+700 下行", place=staked("S50", "津晋高速", 38_700.0, "down"),
               health=Health.UNKNOWN),
        camera(
            6, name="新港四号路东门", node="PORT", place=Place(road="新港四号路"),
            health=Health.FAULT, fault=FaultKind.BLACK, health_since=NOW - timedelta(days=1),
        ),
        camera(
            7, name="滨海站进站厅", node="HUB", place=Place(road="滨海站进站厅"),
            health=Health.MAINTENANCE, maintained_until=NOW + timedelta(hours=1),
        ),
        camera(8, name="港区危货堆场", node="PORT", place=Place(road="港区危货堆场")),
    ]  # fmt: skip
