"""Roles 角色 and what lies in a user's sight and reach: role × organisation × area."""

from enum import StrEnum

from app.domain.incident import Incident, Place
from app.domain.people import User


class Role(StrEnum):
    DUTY_LEADER = "DUTY_LEADER"
    SHIFT_CHIEF = "SHIFT_CHIEF"
    DISPATCHER = "DISPATCHER"
    VIDEO_OP = "VIDEO_OP"
    MAINT_SUP = "MAINT_SUP"
    PATROL = "PATROL"
    MAINT_UNIT = "MAINT_UNIT"
    EMERG_OFFICER = "EMERG_OFFICER"
    INFO_OFFICER = "INFO_OFFICER"
    ANALYST = "ANALYST"
    LIAISON = "LIAISON"
    AUDITOR = "AUDITOR"
    ADMIN = "ADMIN"
    SYSTEM = "SYSTEM"


OPERATORS = frozenset({Role.DISPATCHER, Role.SHIFT_CHIEF, Role.DUTY_LEADER})
WRITERS = frozenset(Role) - {Role.AUDITOR, Role.ANALYST, Role.ADMIN}
SHARED_ONLY = frozenset({Role.LIAISON, Role.MAINT_UNIT})
"""Roles that see another body's case only when it is shared with their organisation."""

VIEWERS = frozenset(Role) - {Role.ANALYST, Role.LIAISON, Role.MAINT_UNIT, Role.SYSTEM}
"""Roles with the video right: staff of the centre and its offices (handbook 1.2, 5.5)."""


def may_watch(user: User, place: Place) -> bool:
    """True if the user may open the stream of a camera that stands there."""
    return user.role in VIEWERS and covers(user.areas, place)


def may_read(user: User, incident: Incident) -> bool:
    """True if the case lies in the user's sight: own or shared organisation, own area."""
    shared = user.org_id in incident.shared_with
    if user.role in SHARED_ONLY:
        return shared or incident.org_id == user.org_id
    reached = user.all_orgs or shared or incident.org_id == user.org_id
    return reached and covers(user.areas, incident.place)


def covers(areas: tuple[str, ...], place: Place) -> bool:
    """True if the areas (adcodes, route codes; none = everywhere) hold the place.

    A place whose district is unknown cannot be shown to lie outside, so it counts as inside
    unless its route is known and not listed.
    """
    if not areas:
        return True
    known = {code for code in (place.adcode, place.route_code) if code}
    return not known or bool(known & set(areas))


def sees_all(user: User) -> bool:
    """True if no case can lie out of the user's sight."""
    return user.all_orgs and not user.areas and user.role not in SHARED_ONLY
