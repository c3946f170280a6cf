"""Personal data that leaves the server masked (handbook 1.2): callers' numbers."""

from dataclasses import replace
from typing import Any

from app.domain.entry import Entry
from app.domain.incident import Incident
from app.domain.people import User
from app.domain.roles import Role, may_read

_HEAD, _TAIL = 3, 4


def mask_number(number: str) -> str:
    """`13812341234` becomes `138****1234`; a short one keeps its last two characters.

    Masking twice changes nothing.
    """
    plain = number.strip()
    if not plain:
        return ""
    if len(plain) <= _HEAD + _TAIL:
        return "****" + plain[-2:]
    return f"{plain[:_HEAD]}****{plain[-_TAIL:]}"


def caller_of(entity: Any) -> tuple[str, str] | None:
    """Caller and number that the entity holds, None if it holds no number."""
    holder = entity.detail if isinstance(entity, Incident) else entity
    number = getattr(holder, "caller_number", None)
    return (getattr(holder, "caller", None) or "", number) if number else None


def masked[T](entity: T) -> T:
    """The entity as it may leave the server."""
    known = caller_of(entity)
    if known is None:
        return entity
    number = mask_number(known[1])
    if isinstance(entity, Incident) and entity.detail is not None:
        return replace(entity, detail=replace(entity.detail, caller_number=number))
    if isinstance(entity, Entry):
        return replace(entity, caller_number=number)
    return entity


def may_unmask(user: User, incident: Incident) -> bool:
    """True for the owner of the open case and for the shift supervisor, within their sight."""
    owner = incident.is_open and incident.owner_id == user.id
    return may_read(user, incident) and (owner or user.role == Role.SHIFT_CHIEF)
