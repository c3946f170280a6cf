"""The fictional data of the handbook's stories: route G25, its cameras, the people, the cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.camera import Camera
from app.domain.geodesy import distance_m
from app.domain.incident import Incident, IncidentDetail, IncidentState, Place
from app.domain.people import Org, User
from app.domain.route import CalibrationPoint, Carriage, Route

NORTH, SOUTH = (117.4, 39.2), (117.4, 39.155)
FIRST_M, LAST_M = 1_100_000.0, 1_105_000.0

S1_CALL = datetime(2026, 7, 14, 22, 12, tzinfo=UTC)
"""06:12 at Shanghai."""
S9_CUT = datetime(2026, 7, 15, 18, 10, tzinfo=UTC)
"""02:10 at Shanghai."""


def person(role: str, username: str, name: str, **rights: Any) -> User:
    rights = {"org_id": "TOCC", "all_orgs": True, **rights}
    return User(id=f"id-{username}", username=username, name=name, role=role, **rights)


DISPATCHER = person("DISPATCHER", "wang", "王芳")
COLLEAGUE = person("DISPATCHER", "li", "李强")
CHIEF = person("SHIFT_CHIEF", "chen", "陈立")
AUDITOR = person("AUDITOR", "he", "何静")
ADMIN = person("ADMIN", "gao", "高翔")
LIAISON = person("LIAISON", "ma", "马超", org_id="POLICE", all_orgs=False)
PEOPLE = (DISPATCHER, COLLEAGUE, CHIEF, AUDITOR, ADMIN, LIAISON)


def g25() -> Route:
    length = distance_m(NORTH, SOUTH)
    return Route(
        id="G25",
        code="G25",
        name="长深高速",
        up_name="长春方向",
        down_name="深圳方向",
        carriages=(
            Carriage(
                direction="down",
                line=(NORTH, SOUTH),
                calibration=(_calibrated(FIRST_M, 0, NORTH), _calibrated(LAST_M, length, SOUTH)),
            ),
            Carriage(
                direction="up",
                line=(SOUTH, NORTH),
                calibration=(_calibrated(LAST_M, 0, SOUTH), _calibrated(FIRST_M, length, NORTH)),
            ),
        ),
    )


def _calibrated(stake_m: float, measure_m: float, at: tuple[float, float]) -> CalibrationPoint:
    return CalibrationPoint(stake_m=stake_m, geom_measure_m=measure_m, lon=at[0], lat=at[1])


def on_g25(stake_m: float, direction: str) -> Place:
    share = (stake_m - FIRST_M) / (LAST_M - FIRST_M)
    lat = NORTH[1] + share * (SOUTH[1] - NORTH[1])
    return Place(
        route_id="G25", route_code="G25", stake_m=stake_m, direction=direction, lon=117.4, lat=lat
    )


def fixture() -> Iterator[Any]:
    """Section 6: the shared fixture, without cases."""
    yield Org(id="TOCC", code="TOCC", name="市综合交通运行监测调度中心")
    yield Org(id="POLICE", code="POLICE", name="公安交管")
    yield g25()
    for number, name, stake_m, direction in (
        ("12011400001310000001", "CAM-G25-1101", 1_101_800.0, "up"),
        ("12011400001310000002", "CAM-G25-1103", 1_103_050.0, "down"),
    ):
        yield Camera(id=number, code=number, name=name, place=on_g25(stake_m, direction))


def case(serial: int, at: datetime, state: str = IncidentState.VERIFYING, **facts: Any) -> Incident:
    """A case that was reported ten minutes before `at`, version 4, owned by the dispatcher."""
    known_at = at - timedelta(minutes=10)
    given: dict[str, Any] = {
        "id": f"case-{serial}",
        "version": 4,
        "number": f"INC-20260716-{serial:04d}",
        "state": state,
        "type": "ACC",
        "title": f"第{serial}起:两车追尾",
        "place": on_g25(FIRST_M + 100.0 * serial, "down"),
        "source": "12122",
        "owner_id": DISPATCHER.id,
        "org_id": "TOCC",
        "known_at": known_at,
        "occurred_at": known_at,
        "state_since": known_at,
        "updated_at": known_at,
        "detail": IncidentDetail(
            text="两车追尾", created_by=DISPATCHER.id, created_at=known_at, updated_by=DISPATCHER.id
        ),
    }
    return Incident(**{**given, **facts})
