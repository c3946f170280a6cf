"""What a fresh demo backend holds: the city, its people, 12 open and 300 ended cases."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec

from app.domain.camera import Camera, Health
from app.domain.people import User
from app.domain.reference import Facility, Sign
from app.domain.route import Route
from app.domain.rules import Rules
from backend.demo import people
from backend.demo.atlas import Atlas
from backend.demo.cases import UNHEARD, acts, tend
from backend.demo.ended_cases import ended_cases
from backend.demo.open_cases import open_cases
from backend.demo.play import Desk

FILES: tuple[tuple[str, type], ...] = (
    ("routes", Route),
    ("cameras", Camera),
    ("signs", Sign),
    ("facilities", Facility),
)

MAINTAINED = timedelta(hours=6)


def users() -> Iterator[tuple[User, str]]:
    """Yield the demo's users with their passwords."""
    return people.users()


def entities(now: datetime, rules: Rules) -> Iterator[Any]:
    """Yield every entity but the users, each with its version; times lie before `now` (UTC)."""
    yield from people.orgs()
    city = {name: _read(name, kind) for name, kind in FILES}
    city["cameras"] = tuple(_since(camera, now) for camera in city["cameras"])
    for rows in city.values():
        yield from rows
    yield from _played(now, rules, Atlas(city["routes"], city["facilities"]))


def _played(now: datetime, rules: Rules, atlas: Atlas) -> Iterator[Any]:
    told = tomllib.loads((people.FOLDER / "incidents.toml").read_text(encoding="utf-8"))
    desk = Desk(rules, {user.username: user for user, _ in users()})
    cases = (*open_cases(now, atlas, told), *ended_cases(now, atlas, told))
    timed = [act for case in cases for act in acts(desk, case)]
    for _, _, do in sorted(timed, key=lambda act: act[:2]):
        do()
    for case in cases:
        tend(desk, case, now, UNHEARD)
    return desk.entities()


def _since(camera: Camera, now: datetime) -> Camera:
    """Its health has been so for some hours; a maintenance ends this day."""
    hours = 1 + int(camera.code[-4:]) % 70
    ends = now + MAINTAINED if camera.health == Health.MAINTENANCE else None
    return replace(camera, health_since=now - timedelta(hours=hours), maintained_until=ends)


def _read(name: str, kind: type) -> tuple[Any, ...]:
    path = people.FOLDER / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=tuple[kind, ...])  # type: ignore[valid-type]  # a value
