"""Who else has a case open: leases that end by themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, insert, select

from backend.adapters.tables import entity as rows
from backend.adapters.tables import presence
from backend.adapters.unit import Unit
from backend.context import Context
from backend.services.sessions import SignedIn
from backend.services.sight import in_sight, with_case


class Other(Struct, frozen=True, kw_only=True):
    incident_id: str
    user_id: str
    name: str
    seat: str
    until: datetime


class Present(Struct, frozen=True, kw_only=True):
    others: list[Other]


def announce(context: Context, asking: SignedIn, incident_ids: Sequence[str]) -> Present:
    """This seat has just these cases open; returns who else has, among cases in sight."""
    until = context.now() + timedelta(seconds=context.settings.lease_s)

    def work(unit: Unit) -> None:
        mine = presence.c.session_id == asking.session_id
        ended = presence.c.until < context.now()
        unit.connection.execute(delete(presence).where(mine | ended))
        leases = [
            {
                "incident_id": incident_id,
                "session_id": asking.session_id,
                "user_id": asking.user.id,
                "seat": asking.seat,
                "until": until,
            }
            for incident_id in _visible(unit, asking, incident_ids)
        ]
        if leases:
            unit.connection.execute(insert(presence), leases)

    context.change(work)
    with context.database.read() as connection:
        return Present(others=_others(Unit(connection), context, asking, incident_ids))


def _visible(unit: Unit, asking: SignedIn, incident_ids: Sequence[str]) -> list[str]:
    query = with_case(rows.c.id).where(rows.c.kind == "incident", rows.c.id.in_(incident_ids))
    return [
        incident_id
        for incident_id, *case in unit.connection.execute(query)
        if in_sight(asking.user, "incident", *case)
    ]


def _others(
    unit: Unit, context: Context, asking: SignedIn, incident_ids: Sequence[str]
) -> list[Other]:
    query = select(presence).where(
        presence.c.incident_id.in_(_visible(unit, asking, incident_ids)),
        presence.c.session_id != asking.session_id,
        presence.c.until >= context.now(),
    )
    found = []
    for row in unit.connection.execute(query.order_by(presence.c.incident_id)):
        user = unit.get("user", row.user_id)
        found.append(
            Other(
                incident_id=row.incident_id,
                user_id=row.user_id,
                name=user.name if user else row.user_id,
                seat=row.seat,
                until=row.until,
            )
        )
    return found
