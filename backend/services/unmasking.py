"""Showing a caller's number to somebody who needs it now; every look is audited."""

from msgspec import Struct
from sqlalchemy import select

from app.domain.incident import Incident
from app.domain.privacy import may_unmask
from app.domain.roles import may_read
from backend.adapters.tables import caller as callers
from backend.adapters.tables import entity as rows
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem
from backend.services import auditing
from backend.services.sessions import SignedIn


class UnmaskedEntry(Struct, frozen=True, kw_only=True):
    """A further call on the case: `id` is its timeline entry."""

    id: str
    caller: str
    caller_number: str


class Unmasked(Struct, frozen=True, kw_only=True):
    caller: str
    caller_number: str
    entries: list[UnmaskedEntry]


def unmask(context: Context, asking: SignedIn, incident_id: str) -> Unmasked:
    """Callers of a case with their numbers. Raises Problem NOT_FOUND or NOT_ALLOWED."""
    with context.database.read() as connection:
        incident: Incident | None = Unit(connection).get("incident", incident_id)
        if incident is None or not may_read(asking.user, incident):
            raise Problem("NOT_FOUND")
        joined = callers.join(rows, (rows.c.kind == callers.c.kind) & (rows.c.id == callers.c.id))
        query = select(callers).select_from(joined).where(rows.c.incident_id == incident_id)
        found = connection.execute(query.order_by(rows.c.rev)).all()
    allowed = may_unmask(asking.user, incident)
    codes = [] if allowed else ["NOT_ALLOWED"]
    auditing.note(context, asking, "UNMASK", "incident", incident_id, codes)
    if not allowed:
        raise Problem("NOT_ALLOWED")
    first = next((row for row in found if row.kind == "incident"), None)
    return Unmasked(
        caller=first.caller if first else "",
        caller_number=first.caller_number if first else "",
        entries=[
            UnmaskedEntry(id=row.id, caller=row.caller, caller_number=row.caller_number)
            for row in found
            if row.kind == "entry"
        ],
    )
