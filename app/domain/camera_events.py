"""What stands against an event at a camera, and what it makes true (handbook 5.5)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.camera import PRESETS, Camera, Health, Preset, PtzLock
from app.domain.case import Case, Refusal
from app.domain.describe import local_time
from app.domain.incident import IncidentState
from app.domain.roles import Role, covers

RESPONDED = frozenset({IncidentState.RESPONDING, IncidentState.CONTROLLED})
_SHA256 = re.compile("[0-9a-f]{64}")


def outside(case: Case) -> Iterator[Refusal]:
    """A camera belongs to the road, not to a case: the user's areas decide."""
    if not covers(case.actor.areas, case.entity.place):
        yield Refusal("NOT_YOUR_AREA")


def held(case: Case) -> Iterator[Refusal]:
    """Why the head cannot be taken now, whatever the fields will be."""
    yield from outside(case)
    if not case.entity.ptz:
        yield Refusal("NO_PTZ")
    lock = case.entity.lock_at(case.now)
    if lock is not None and lock.user_id != case.actor.id and lock.rank >= _rank(case):
        yield Refusal("PTZ_HELD", _holder(case, lock))


def take(case: Case) -> Iterator[Refusal]:
    yield from held(case)
    if case.actor.role != Role.EMERG_OFFICER:
        return
    if case.incident is None or case.incident.state not in RESPONDED:
        yield Refusal("NO_RESPONSE")


def not_mine(case: Case) -> Iterator[Refusal]:
    """Only who holds the head gives it back."""
    yield from outside(case)
    lock = case.entity.lock_at(case.now)
    if lock is None:
        yield Refusal("PTZ_FREE")
    elif lock.user_id != case.actor.id:
        yield Refusal("PTZ_HELD", _holder(case, lock))


def set_preset(case: Case) -> Iterator[Refusal]:
    yield from not_mine(case)
    number, picture = case.values["number"], case.values["picture"]
    if not (number.is_integer() and number in PRESETS):
        yield Refusal("BAD_FIELD", {"field": "number"})
    if picture and not _SHA256.fullmatch(picture):
        yield Refusal("BAD_FIELD", {"field": "picture"})


def remove_preset(case: Case) -> Iterator[Refusal]:
    yield from not_mine(case)
    if case.entity.preset(case.values["number"]) is None:
        yield Refusal("NO_SUCH_PRESET")


def maintain(case: Case) -> Iterator[Refusal]:
    yield from outside(case)
    if case.values["until"] <= case.now:
        yield Refusal("UNTIL_PASSED")


def _rank(case: Case) -> int:
    return case.rules.ptz.ranks.get(case.actor.role, 0)


def _holder(case: Case, lock: PtzLock) -> dict[str, Any]:
    user = case.lookup.get("user", lock.user_id)
    name = user.name if user else lock.user_id
    return {"holder": name, "until": local_time(lock.until, "%H:%M:%S")}


def camera_effects(case: Case) -> Iterator[Camera]:
    yield replace(case.entity, **_CHANGES[case.command.event](case))


def _taken(case: Case) -> dict[str, Any]:
    """The time runs from the decision: a seat's clock must not shorten it."""
    before = case.entity.lock_at(case.now)
    taken_from = ""
    if before is not None:
        mine = before.user_id == case.actor.id
        taken_from = before.taken_from if mine else before.user_id
    until = case.now + timedelta(seconds=case.rules.ptz.hold_s)
    return {
        "lock": PtzLock(user_id=case.actor.id, rank=_rank(case), until=until, taken_from=taken_from)
    }


def _healthy(case: Case, health: Health, **more: Any) -> dict[str, Any]:
    return {
        "health": health,
        "fault": "",
        "health_since": case.at,
        "maintained_until": None,
        **more,
    }


def _with_preset(case: Case) -> dict[str, Any]:
    values = case.values
    preset = Preset(
        number=int(values["number"]), name=values["name"], picture=values["picture"] or ""
    )
    others = [one for one in case.entity.presets if one.number != preset.number]
    return {"presets": tuple(sorted([*others, preset], key=lambda one: one.number))}


def _without_preset(case: Case) -> dict[str, Any]:
    gone = case.values["number"]
    return {"presets": tuple(one for one in case.entity.presets if one.number != gone)}


_CHANGES = {
    "TAKE_PTZ": _taken,
    "RELEASE_PTZ": lambda case: {"lock": None},
    "MARK_FAULT": lambda case: _healthy(case, Health.FAULT, fault=case.values["fault"]),
    "FIXED": lambda case: _healthy(case, Health.ONLINE),
    "SET_MAINT": lambda case: _healthy(
        case, Health.MAINTENANCE, maintained_until=case.values["until"]
    ),
    "SET_PRESET": _with_preset,
    "REMOVE_PRESET": _without_preset,
}
