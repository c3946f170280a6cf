"""Single entities and the search, each within the user's sight."""

import msgspec

from app.domain.kinds import KINDS
from app.domain.people import User
from backend.adapters.tables import entity as rows
from backend.context import Context
from backend.problems import Problem
from backend.services.sight import in_sight, with_case

_SCANNED = 5000


class FoundEntity(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    rev: int
    entity: msgspec.Raw


class Found(msgspec.Struct, frozen=True, kw_only=True):
    entities: list[FoundEntity]


def get(context: Context, user: User, kind: str, entity_id: str) -> FoundEntity:
    """Raises Problem NOT_FOUND, also for what lies out of sight."""
    query = with_case(rows.c.rev, rows.c.body).where(rows.c.kind == kind, rows.c.id == entity_id)
    with context.database.read() as connection:
        row = connection.execute(query).one_or_none() if kind in KINDS else None
    if row is None or not in_sight(user, kind, *row[2:]):
        raise Problem("NOT_FOUND")
    return FoundEntity(kind=kind, rev=row.rev, entity=msgspec.Raw(row.body.encode()))


def search(context: Context, user: User, text: str, limit: int) -> Found:
    """Cases that hold every word of the text, the newest first."""
    query = with_case(rows.c.rev, rows.c.body).where(rows.c.kind == "incident")
    for word in text.lower().split():
        query = query.where(rows.c.words.contains(word, autoescape=True))
    query = query.order_by(rows.c.rev.desc()).limit(_SCANNED)
    with context.database.read() as connection:
        seen = [
            FoundEntity(kind="incident", rev=row.rev, entity=msgspec.Raw(row.body.encode()))
            for row in connection.execute(query)
            if in_sight(user, "incident", *row[2:])
        ]
    return Found(entities=seen[:limit])
