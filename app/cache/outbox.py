"""The outbox: every act of this seat until the server has decided it. A file of its own.

Each change is on disk (synchronous=FULL) before the call returns, and only the moves of the
table in app.domain.outbox are made.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from app.cache.database import open_database, set_aside, translated
from app.cache.errors import DamagedError
from app.domain.command import Command
from app.domain.kinds import KINDS
from app.domain.outbox import ENDED, PENDING, OutboxItem, OutboxState, after

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=24)
"""How long an item that has ended can still be looked at."""

metadata = MetaData()
table = Table(
    "item",
    metadata,
    Column("id", String, primary_key=True),
    Column("seq", Integer, nullable=False, index=True),
    Column("item", LargeBinary, nullable=False),
    Column("base", LargeBinary),
    Column("theirs", LargeBinary),
)
_new = insert(table)
_PUT = _new.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _new.excluded[name] for name in ("seq", "item", "base", "theirs")},
)
_read_item = msgspec.json.Decoder(OutboxItem)


def _first_schema(connection: Connection) -> None:
    metadata.create_all(connection)


MIGRATIONS = (_first_schema,)


class Outbox:
    """Items in the order in which they were made. All calls are safe from any thread.

    `set_aside` names the file that was damaged and put away at opening, None normally.
    Raises DiskError; then nothing of the call was done.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.set_aside: Path | None = None
        try:
            self._open(path)
        except DamagedError:
            self.set_aside = set_aside(path)
            self._open(path)
        self._lock = threading.Lock()
        self._recover(now)

    def _open(self, path: Path) -> None:
        self._engine = open_database(path, MIGRATIONS, durable=True)
        query = select(table).order_by(table.c.seq, table.c.id)
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(query).all()
        except DatabaseError as error:
            self._engine.dispose()
            raise translated(error) from error
        self._items: dict[str, OutboxItem] = {}
        self._seq: dict[str, int] = {}
        for row in rows:
            try:
                item = _decode(row.item, row.base, row.theirs)
                self._items[row.id] = replace(item, turn=row.seq)
                self._seq[row.id] = row.seq
            except (msgspec.DecodeError, KeyError):
                log.exception("outbox item %s cannot be read; it stays in the file", row.id)
        # also what the cache may not have heard of before the seat was killed
        self._made = {made for item in self._items.values() for made in item.made}

    def _recover(self, now: datetime) -> None:
        """What was being sent at a crash is sent again, under the same key."""
        for item in list(self._items.values()):
            if item.state == OutboxState.SENDING:
                self.move(item.id, "CRASHED", next_at=None)
        self.forget(now - KEPT_FOR)

    # reading

    def items(self) -> list[OutboxItem]:
        """All items, in order."""
        with self._lock:
            return sorted(self._items.values(), key=lambda item: self._seq[item.id])

    def pending(self) -> list[OutboxItem]:
        return [item for item in self.items() if item.state in PENDING]

    def get(self, key: str) -> OutboxItem | None:
        with self._lock:
            return self._items.get(key)

    # writing

    def add(self, command: Command, base: Any, now: datetime) -> OutboxItem:
        """Queue a command behind all others.

        Its author may not have heard yet that own commands before it were accepted, though
        their outcome was on the screen: then it stands on that outcome.
        """
        with self._lock:
            while (command.kind, command.entity_id, command.base_version + 1) in self._made:
                command = replace(command, base_version=command.base_version + 1)
            turn = max(self._seq.values(), default=0) + 1
            item = OutboxItem(
                id=command.key, version=1, command=command, created_at=now, base=base, turn=turn
            )
            self._save([item], {item.id: turn})
        return item

    def move(self, key: str, event: str, **values: Any) -> OutboxItem | None:
        """Let an event happen to an item; None if it does not fit the item's state."""
        with self._lock:
            item = self._items.get(key)
            state = after(item.state, event) if item else None
            if item is None or state is None:
                return None
            moved = replace(item, state=state, version=item.version + 1, **values)
            self._save([moved])
            return moved

    def accept(self, key: str, versions: Mapping[tuple[str, str], int]) -> list[OutboxItem]:
        """The server took the command; `versions` are those of the entities it changed.

        Waiting commands whose author saw the version right before are rebased on the new
        one in the same transaction. Returns the item and those, in order.
        """
        with self._lock:
            item = self._items.get(key)
            state = after(item.state, "ACCEPTED") if item else None
            if item is None or state is None:
                return []
            made = tuple((kind, entity_id, at) for (kind, entity_id), at in versions.items())
            done = replace(item, state=state, version=item.version + 1, last_error="", made=made)
            rebased = [
                replace(other, version=other.version + 1, command=newer)
                for other in self._items.values()
                # one that was sent once keeps its payload: it may have arrived
                if other.state in PENDING and other.id != key and not other.attempts
                if (newer := _rebased(other.command, versions)) is not None
            ]
            self._save([done, *rebased])
            self._made.update(made)
            return [done, *rebased]

    def put_in_place(
        self, key: str, command: Command, base: Any, now: datetime
    ) -> list[OutboxItem]:
        """Let `command` take the turn of an item that clashed or was refused.

        What depended on the old item depends on the new one. Empty if it is too late.
        """
        with self._lock:
            old = self._items.get(key)
            if old is None or after(old.state, "CANCEL") is None:
                return []
            ended = replace(
                old,
                state=OutboxState.CANCELLED,
                version=old.version + 1,
                cancel_reason="RESOLVED",
            )
            new = OutboxItem(
                id=command.key,
                version=1,
                command=command,
                created_at=now,
                base=base,
                turn=self._seq[key],
            )
            heirs = [
                replace(
                    item,
                    version=item.version + 1,
                    command=replace(item.command, depends_on=command.key),
                )
                for item in self._items.values()
                if item.command.depends_on == key and item.state in PENDING
            ]
            self._save([ended, new, *heirs], {new.id: self._seq[key]})
            return [ended, new, *heirs]

    def forget(self, before: datetime) -> None:
        """Remove what ended and was made before that time."""
        with self._lock:
            old = [
                item.id
                for item in self._items.values()
                if item.state in ENDED and item.created_at < before
            ]
            if old:
                self._transact(lambda c: c.execute(delete(table).where(table.c.id.in_(old))))
            for key in old:
                del self._items[key], self._seq[key]

    def close(self) -> None:
        self._engine.dispose()

    def _save(self, items: Iterable[OutboxItem], places: Mapping[str, int] | None = None) -> None:
        seq = {**self._seq, **(places or {})}
        rows = [_encode(item, seq[item.id]) for item in items]
        self._transact(lambda connection: connection.execute(_PUT, rows))
        self._seq = seq
        self._items.update({item.id: item for item in items})

    def _transact(self, work: Callable[[Connection], object]) -> None:
        try:
            with self._engine.begin() as connection:
                work(connection)
        except DatabaseError as error:
            raise translated(error) from error


def _rebased(command: Command, versions: Mapping[tuple[str, str], int]) -> Command | None:
    version = versions.get((command.kind, command.entity_id))
    if version is None or command.base_version != version - 1:
        return None
    return replace(command, base_version=version)


def _encode(item: OutboxItem, seq: int) -> dict[str, Any]:
    return {
        "id": item.id,
        "seq": seq,
        "item": msgspec.json.encode(replace(item, base=None, theirs=None)),
        "base": None if item.base is None else msgspec.json.encode(item.base),
        "theirs": None if item.theirs is None else msgspec.json.encode(item.theirs),
    }


def _decode(raw: bytes, base: bytes | None, theirs: bytes | None) -> OutboxItem:
    item = _read_item.decode(raw)
    cls = KINDS[item.command.kind]
    return replace(
        item,
        base=None if base is None else msgspec.json.decode(base, type=cls),
        theirs=None if theirs is None else msgspec.json.decode(theirs, type=cls),
    )
