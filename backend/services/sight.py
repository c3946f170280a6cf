"""What a user may see, applied to rows: the domain's rule over the promoted columns."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Column, Select, select

from app.domain.incident import Incident, Place
from app.domain.kinds import OF_INCIDENT
from app.domain.people import User
from app.domain.roles import may_read
from backend.adapters.tables import entity as rows

OF_CASE = frozenset({"incident", *OF_INCIDENT})
case_rows = rows.alias("case_row")
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def epoch(server_id: str, user: User) -> str:
    """Changes with the database and with the user's rights, then clients start from 0."""
    rights = (server_id, user.id, user.role, user.org_id, user.all_orgs, user.areas, user.active)
    return hashlib.sha256(msgspec.json.encode(rights)).hexdigest()[:32]


def with_case(*columns: Column[Any]) -> Select[Any]:
    """A query over entities that has the columns of each row's case beside it."""
    joined = rows.outerjoin(
        case_rows,
        (case_rows.c.kind == "incident") & (case_rows.c.id == rows.c.incident_id),
    )
    beside = (
        case_rows.c.org_id.label("case_org"),
        case_rows.c.shared_with.label("case_shared"),
        case_rows.c.adcode.label("case_adcode"),
        case_rows.c.route_code.label("case_route"),
    )
    return select(*columns, *beside).select_from(joined)


def in_sight(
    user: User,
    kind: str,
    org: str | None,
    shared: str | None,
    adcode: str | None,
    route: str | None,
) -> bool:
    """True if the user may see a row of `kind` whose case has these columns."""
    if kind not in OF_CASE:
        return True
    if org is None or shared is None:
        return False
    return may_read(user, _stand_in(org, shared, adcode, route))


@lru_cache(4096)
def _stand_in(org: str, shared: str, adcode: str | None, route: str | None) -> Incident:
    """A case that has just what the rule looks at."""
    return Incident(
        id="",
        org_id=org,
        shared_with=tuple(shared.split()),
        place=Place(adcode=adcode, route_code=route),
        known_at=_NO_TIME,
    )
