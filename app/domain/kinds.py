"""Every kind of entity by the name that database, wire, cache and store share."""

from app.domain.alarm import Alarm
from app.domain.camera import Camera
from app.domain.district import District
from app.domain.entry import Entry
from app.domain.incident import Incident
from app.domain.obligation import Obligation
from app.domain.people import Org, User
from app.domain.reference import Facility, Sign
from app.domain.route import Route

KINDS: dict[str, type] = {
    "incident": Incident,
    "entry": Entry,
    "obligation": Obligation,
    "alarm": Alarm,
    "camera": Camera,
    "sign": Sign,
    "facility": Facility,
    "route": Route,
    "district": District,
    "org": Org,
    "user": User,
}
KIND_OF: dict[type, str] = {cls: kind for kind, cls in KINDS.items()}

OF_INCIDENT = ("entry", "obligation", "alarm")
"""Kinds whose rows belong to one case through `incident_id`."""
