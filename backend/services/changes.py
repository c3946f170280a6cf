"""Pages of the change log, made of the stored bodies as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Connection, Integer, Row, Select, bindparam, select

from app.domain.people import User
from app.domain.roles import sees_all
from backend.adapters.database import read_head
from backend.adapters.tables import entity as rows
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem
from backend.services.sight import epoch, in_sight, with_case

PAGE_ROWS = 500
PAGE_BYTES = 500_000
_SCANNED_ROWS = 5000
"""A page that finds little in sight ends after this many rows, so that no reader waits."""

_COLUMNS = (rows.c.rev, rows.c.kind, rows.c.id, rows.c.body, rows.c.sight_rev)


def _from(query: Select[Any]) -> Select[Any]:
    after, most = bindparam("after", type_=BigInteger), bindparam("most", type_=Integer)
    return query.where(rows.c.rev > after).order_by(rows.c.rev).limit(most)


_FOR_ALL = _from(select(*_COLUMNS))
_FOR_SOME = _from(with_case(*_COLUMNS))


@dataclass(frozen=True, slots=True)
class Page:
    """`body` is the JSON answer; `next` where the reader goes on."""

    body: bytes
    next: int
    more: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader of the log: its user's rights are read anew with every page.

    `epoch` is the one that the reader synchronised with, None at its very first request.
    """

    context: Context
    user_id: str
    epoch: str | None

    def check(self, after: int) -> None:
        """Raises Problem EPOCH when the reader must start from 0."""
        with self.context.database.read() as connection:
            self._rights(connection, after, read_head(connection))

    def page(self, after: int, limit: int = PAGE_ROWS) -> Page:
        """The next rows after a revision that the user may see. Raises Problem EPOCH."""
        with self.context.database.read() as connection:
            head = read_head(connection)
            user, current = self._rights(connection, after, head)
            parts, reached, ended = _parts(connection, user, after, limit)
        head = max(head, reached)
        following = head if ended else reached
        opening = {"epoch": current, "head": head, "next": following, "more": not ended}
        start = msgspec.json.encode(opening)[:-1]
        return Page(b'%b,"changes":[%b]}' % (start, b",".join(parts)), following, not ended)

    def _rights(self, connection: Connection, after: int, head: int) -> tuple[User, str]:
        user: User | None = Unit(connection).get("user", self.user_id)
        if user is None:
            raise Problem("NOT_SIGNED_IN")
        current = epoch(self.context.server_id, user)
        stranger = after > 0 if self.epoch is None else self.epoch != current
        if stranger or after > head:
            raise Problem("EPOCH", epoch=current)
        return user, current


def _parts(
    connection: Connection, user: User, after: int, limit: int
) -> tuple[list[bytes], int, bool]:
    """Changes as JSON, the revision reached, and whether the log ends there."""
    parts: list[bytes] = []
    size, reached = 0, after
    for scanned, row in enumerate(_rows(connection, user, after)):
        part = _part(user, row, after)
        full = len(parts) == limit or (parts and size + len(part or b"") > PAGE_BYTES)
        if full or scanned == _SCANNED_ROWS:
            return parts, reached, False
        reached = row[0]
        if part is not None:
            parts.append(part)
            size += len(part)
    return parts, reached, True


def _rows(connection: Connection, user: User, after: int) -> Iterator[Row[Any]]:
    query = _FOR_ALL if sees_all(user) else _FOR_SOME
    while True:
        batch = connection.execute(query, {"after": after, "most": PAGE_ROWS + 1}).all()
        yield from batch
        if len(batch) <= PAGE_ROWS:
            return
        after = batch[-1].rev


def _part(user: User, row: Row[Any], after: int) -> bytes | None:
    """One change as JSON; None for a row that the reader cannot have seen and may not see."""
    columns: list[Any] = list(row)
    rev, kind, entity_id, body, sight_rev, *case = columns
    name = msgspec.json.encode(entity_id).decode()
    if not case or in_sight(user, kind, *case):
        return f'{{"rev":{rev},"op":"put","kind":"{kind}","id":{name},"entity":{body}}}'.encode()
    if sight_rev > after:
        return f'{{"rev":{rev},"op":"drop","kind":"{kind}","id":{name},"entity":null}}'.encode()
    return None
