"""The audit: append-only, counted without gaps, refusals included."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import insert, select

from app.domain.people import User
from app.domain.roles import Role
from backend.adapters.tables import audit
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem

ACCEPTED, REFUSED = "accepted", "refused"
_ADD = insert(audit)
READERS = frozenset({Role.AUDITOR, Role.ADMIN})


def record(
    unit: Unit,
    *,
    at: datetime,
    user_id: str,
    event: str,
    kind: str,
    entity_id: str,
    seat: str = "",
    from_state: str | None = None,
    to_state: str | None = None,
    reason: str = "",
    outcome: str = ACCEPTED,
    codes: Sequence[str] = (),
    key: str = "",
) -> None:
    """Add one row. To be called last in a unit of work: it holds the audit's counter."""
    unit.connection.execute(
        _ADD,
        {
            "id": unit.count_up("audit"),
            "at": at,
            "user_id": user_id,
            "seat": seat,
            "event": event,
            "kind": kind,
            "entity_id": entity_id,
            "from_state": from_state,
            "to_state": to_state,
            "reason": reason,
            "outcome": outcome,
            "codes": " ".join(codes),
            "key": key,
        },
    )


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    """`outcome` is accepted or refused, the latter with the refusals' `codes`."""

    id: int
    at: datetime
    user_id: str
    seat: str
    event: str
    kind: str
    entity_id: str
    from_state: str | None
    to_state: str | None
    reason: str
    outcome: str
    codes: str
    key: str


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    rows: list[AuditRow]
    next: int


def page(context: Context, user: User, after: int, limit: int) -> AuditPage:
    """Rows after a number, the oldest first. Raises Problem for anybody but the auditors."""
    if user.role not in READERS:
        raise Problem("NOT_ALLOWED")
    query = select(audit).where(audit.c.id > after).order_by(audit.c.id).limit(limit)
    with context.database.read() as connection:
        found: list[dict[str, Any]] = [dict(row) for row in connection.execute(query).mappings()]
    rows = [AuditRow(**row) for row in found]
    return AuditPage(rows=rows, next=rows[-1].id if rows else after)
