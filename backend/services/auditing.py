"""The audit: append-only, counted without gaps, refusals included."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import insert, select

from app.domain.people import User
from app.domain.roles import Role
from backend.adapters.tables import audit
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem

if TYPE_CHECKING:  # sessions are audited, too
    from backend.services.sessions import SignedIn

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
    codes: Sequence[str] = (),
    key: str = "",
) -> None:
    """Add one row, a refusal if there are codes. Called last in a unit of work: it holds the counter."""
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
            "outcome": REFUSED if codes else ACCEPTED,
            "codes": " ".join(codes),
            "key": key,
        },
    )


def note(
    context: Context,
    asking: "SignedIn",
    event: str,
    kind: str,
    entity_id: str,
    codes: Sequence[str] = (),
) -> None:
    """Add one row in a unit of its own, for what changes nothing: a refusal, a look at secrets."""
    context.change(
        lambda unit: record(
            unit,
            at=context.now(),
            user_id=asking.user.id,
            seat=asking.seat,
            event=event,
            kind=kind,
            entity_id=entity_id,
            codes=codes,
        )
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
