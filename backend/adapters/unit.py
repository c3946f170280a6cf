"""Reading and changing entities inside one transaction; revisions come last."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update

from app.domain.incident import Incident
from app.domain.kinds import KIND_OF
from backend.adapters.codec import decode, encode
from backend.adapters.tables import entity as rows

CHANNEL = "tocc_changes"
SIGHT = ("incident_id", "org_id", "shared_with", "adcode", "route_code")
"""Columns that decide who may see a row."""

_COUNT_UP = text(
    "INSERT INTO counter (name, value) VALUES (:name, :by)"
    " ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value"
)
_THIS = (rows.c.kind == bindparam("k")) & (rows.c.id == bindparam("i"))
_BODY = select(rows.c.body).where(_THIS)
_CASE = select(rows.c.incident_id).where(_THIS)
_SIGHT = select(*(rows.c[name] for name in SIGHT), rows.c.sight_rev).where(_THIS)
_OF_INCIDENT = (
    select(rows.c.body)
    .where(rows.c.incident_id == bindparam("i"), rows.c.kind == bindparam("k"))
    .order_by(rows.c.rev)
)
_ADD = insert(rows)
_CHANGE = (
    update(rows)
    .where(_THIS, rows.c.version == bindparam("old"))
    .values({c.name: bindparam(f"new_{c.name}") for c in rows.c if c.name not in ("kind", "id")})
)
_SHOW = update(rows).where(_THIS).values(rev=bindparam("new_rev"), sight_rev=bindparam("new_rev"))
_NOTIFY = text("SELECT pg_notify(:channel, :head)")


class LostUpdateError(RuntimeError):
    """A row changed under a transaction that had not locked its case: a defect."""


class Unit:
    """A `Lookup` of the domain that remembers what the transaction puts.

    Nothing is written before `flush`: it takes the revisions, so that between the counter
    and the commit there is nothing but the rows themselves. The counter's row lock then
    makes the order of numbers the order of visibility. `head` is the newest one taken.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._read: dict[tuple[str, str], Any] = {}
        self._put: dict[tuple[str, str], Any] = {}
        self._base: dict[tuple[str, str], int] = {}  # version that the database holds
        self.head = 0

    def get(self, kind: str, entity_id: str) -> Any | None:
        key = (kind, entity_id)
        if key not in self._read:
            body = self.connection.scalar(_BODY, {"k": kind, "i": entity_id})
            self._read[key] = None if body is None else decode(kind, body)
        return self._read[key]

    def of_incident(self, kind: str, incident_id: str) -> Sequence[Any]:
        bodies = self.connection.scalars(_OF_INCIDENT, {"k": kind, "i": incident_id})
        return [decode(kind, body) for body in bodies]

    def incident_id(self, kind: str, entity_id: str) -> str | None:
        """The case that a row belongs to, read afresh."""
        return self.connection.scalar(_CASE, {"k": kind, "i": entity_id})

    def lock_cases(self, incident_ids: Iterable[str]) -> None:
        """Wait until no other transaction holds these cases. SQLite has one writer anyway."""
        if self.connection.dialect.name == "sqlite":
            return
        wanted = sorted(set(incident_ids))
        self.connection.execute(
            select(rows.c.id)
            .where(rows.c.kind == "incident", rows.c.id.in_(wanted))
            .order_by(rows.c.id)
            .with_for_update()
        )

    def lock(self, kind: str, entity_id: str) -> None:
        """Wait until no other transaction holds this row."""
        if self.connection.dialect.name != "sqlite":
            query = select(rows.c.id).where(rows.c.kind == kind, rows.c.id == entity_id)
            self.connection.execute(query.with_for_update())

    def count_up(self, name: str, by: int = 1) -> int:
        value: int = self.connection.execute(_COUNT_UP, {"name": name, "by": by}).scalar_one()
        return value

    def put(self, entity: Any) -> Any:
        """Remember the next version of the entity and return it."""
        newer = replace(entity, version=entity.version + 1)
        key = (KIND_OF[type(entity)], entity.id)
        self._base.setdefault(key, entity.version)
        self._put[key] = self._read[key] = newer
        return newer

    def add(self, entity: Any) -> None:
        """Remember an entity that no command made, with the version that it brings, or 1."""
        key = (KIND_OF[type(entity)], entity.id)
        self._base[key] = 0
        if entity.version == 0:
            entity = replace(entity, version=1)
        self._put[key] = self._read[key] = entity

    def flush(self) -> int:
        """Take one revision per row, write the rows; returns the newest revision.

        After it only statements that cannot wait for another transaction may follow.
        """
        if not self._put:
            return 0
        new, changed, shown = self._sorted()
        total = len(new) + len(changed) + len(shown)
        head = self.count_up("rev", total)
        revisions = iter(range(head - total + 1, head + 1))
        if new:
            self.connection.execute(_ADD, [{**row, "rev": next(revisions)} for row in new])
        for row, moved in changed:
            self._change(row, next(revisions), moved)
        for kind, entity_id in shown:
            keys = {"k": kind, "i": entity_id, "new_rev": next(revisions)}
            self.connection.execute(_SHOW, keys)
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(_NOTIFY, {"channel": CHANNEL, "head": str(head)})
        self._put.clear()
        self._base.clear()
        self.head = head
        return head

    def _change(self, row: dict[str, Any], rev: int, moved: bool) -> None:
        base = self._base[row["kind"], row["id"]]
        values = {f"new_{name}": row[name] for name in row if name not in ("kind", "id")}
        values |= {"k": row["kind"], "i": row["id"], "old": base, "new_rev": rev}
        if moved:
            values["new_sight_rev"] = rev
        if self.connection.execute(_CHANGE, values).rowcount != 1:
            raise LostUpdateError(f"{row['kind']} {row['id']} version {base}")

    def _sorted(
        self,
    ) -> tuple[list[dict[str, Any]], list[tuple[dict[str, Any], bool]], list[tuple[str, str]]]:
        """New rows, changed rows with whether their sight moved, and rows that come into or
        go out of somebody's sight because their case did."""
        new: list[dict[str, Any]] = []
        changed: list[tuple[dict[str, Any], bool]] = []
        shown: list[tuple[str, str]] = []
        for (kind, entity_id), entity in self._put.items():
            row = {**row_of(kind, entity), "sight_rev": 0}
            if self._base[kind, entity_id] == 0:
                new.append(row)
                continue
            before = self.connection.execute(_SIGHT, {"k": kind, "i": entity_id}).one()
            moved = before[:-1] != tuple(row[name] for name in SIGHT)
            changed.append(({**row, "sight_rev": before.sight_rev}, moved))
            if moved and kind == "incident":
                shown += self._children(entity_id)
        return new, changed, [key for key in dict.fromkeys(shown) if key not in self._put]

    def _children(self, incident_id: str) -> list[tuple[str, str]]:
        query = select(rows.c.kind, rows.c.id).where(
            rows.c.incident_id == incident_id, rows.c.kind != "incident"
        )
        return [(kind, entity_id) for kind, entity_id in self.connection.execute(query)]


def row_of(kind: str, entity: Any) -> dict[str, Any]:
    """The columns of an entity, without its revision."""
    incident = entity if isinstance(entity, Incident) else None
    return {
        "kind": kind,
        "id": entity.id,
        "version": entity.version,
        "incident_id": entity.id if incident else getattr(entity, "incident_id", None),
        "org_id": getattr(entity, "org_id", ""),
        "shared_with": " ".join(incident.shared_with) if incident else "",
        "adcode": incident.place.adcode if incident else None,
        "route_code": incident.place.route_code if incident else None,
        "is_open": incident is not None and incident.is_open,
        "words": _words(incident) if incident else "",
        "body": encode(entity),
    }


def _words(incident: Incident) -> str:
    """What the search looks through, in lower case."""
    place, detail = incident.place, incident.detail
    parts = (
        incident.number, incident.title, place.text, place.road, place.route_code,
        detail.text if detail else None,
    )  # fmt: skip
    return "\n".join(part for part in parts if part).lower()
