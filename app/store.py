"""What the seat knows, by kind and id: server entity + own pending commands = view."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.clock import Clock
from app.domain.changes import PUT, Change, Changes, KindChanges
from app.domain.decide import decide
from app.domain.incident import Incident
from app.domain.kinds import KIND_OF, KINDS, OF_INCIDENT
from app.domain.outbox import PENDING, OutboxItem
from app.domain.people import User
from app.domain.rules import Rules

type Key = tuple[str, str]

DETAILS = ("entry", "obligation")
"""Kinds that only an open case, or one that somebody looks at, has in memory."""


class Store(QObject):
    """Everything on screen is drawn from here. Lives on the GUI thread.

    Ended cases that nobody has open are slim: without detail, timeline and obligations.
    Kind "outbox" holds the outbox items. Reading is by view: server + pending.

    Signals: changed(Changes), once per batch.
    """

    changed = Signal(object)

    def __init__(self, rules: Rules, clock: Clock) -> None:
        super().__init__()
        self._rules = rules
        self._clock = clock
        self._server: dict[str, dict[str, Any]] = {kind: {} for kind in (*KINDS, "outbox")}
        self._wish: dict[str, dict[str, Any]] = {kind: {} for kind in (*KINDS, "outbox")}
        self._by_incident: dict[str, dict[str, set[str]]] = {kind: {} for kind in OF_INCIDENT}
        self._kept: set[str] = set()

    # reading

    def get(self, kind: str, entity_id: str) -> Any | None:
        wish = self._wish[kind].get(entity_id)
        return wish if wish is not None else self._server[kind].get(entity_id)

    def server(self, kind: str, entity_id: str) -> Any | None:
        """What the server last said, without the own pending commands."""
        return self._server[kind].get(entity_id)

    def all(self, kind: str) -> Mapping[str, Any]:
        """Every entity of a kind by id. Do not keep: it is a view of the present."""
        wishes = self._wish[kind]
        return ChainMap(wishes, self._server[kind]) if wishes else self._server[kind]

    def of_incident(self, kind: str, incident_id: str) -> list[Any]:
        ids = self._by_incident[kind].get(incident_id, ())
        found = (self.get(kind, entity_id) for entity_id in ids)
        return [entity for entity in found if entity is not None]

    def pending(self, kind: str, entity_id: str) -> list[OutboxItem]:
        """Outbox items that still want to change this entity, the oldest first."""
        return [
            item
            for item in self._waiting()
            if (item.command.kind, item.command.entity_id) == (kind, entity_id)
        ]

    def is_pending(self, kind: str, entity_id: str) -> bool:
        return entity_id in self._wish[kind]

    # writing: only app.sync, app.cases and app.commands call these

    def keep(self, incident_id: str) -> None:
        """Hold this case whole from now on, although it is closed."""
        self._kept.add(incident_id)

    def release(self, incident_id: str) -> None:
        self._kept.discard(incident_id)
        incident = self._server["incident"].get(incident_id)
        if incident is not None and not incident.is_open:
            self._server["incident"][incident_id] = replace(incident, detail=None)
            self._let_go(incident_id, {})

    def apply(self, changes: Iterable[Change] = (), items: Iterable[OutboxItem] = ()) -> None:
        """Take the newer versions, lay the pending commands over them anew, tell once."""
        before: dict[Key, Any] = {}
        for change in changes:
            self._take(change, before)
        outbox = self._server["outbox"]
        touched_items = False
        for item in items:
            known = outbox.get(item.id)
            if known is not None and item.version <= known.version:
                continue
            before.setdefault(("outbox", item.id), known)
            outbox[item.id] = item
            touched_items = True
        if touched_items or any(self._wish.values()):
            self._refold(before)
        told = self._compare(before)
        if told:
            self.changed.emit(told)

    def clear(self) -> None:
        """Forget everything: another user's sight begins."""
        removed = {kind: KindChanges(removed=frozenset(self.all(kind))) for kind in self._server}
        for kind in self._server:
            self._server[kind].clear()
            self._wish[kind].clear()
        for ids in self._by_incident.values():
            ids.clear()
        self._kept.clear()
        self.changed.emit(Changes({kind: gone for kind, gone in removed.items() if gone.removed}))

    def _take(self, change: Change, before: dict[Key, Any]) -> None:
        table = self._server[change.kind]
        known = table.get(change.id)
        if change.op != PUT:
            if known is not None:
                before.setdefault((change.kind, change.id), self.get(change.kind, change.id))
                del table[change.id]
                if change.kind in self._by_incident:
                    self._by_incident[change.kind].get(known.incident_id, set()).discard(change.id)
            return
        entity = self._slimmed(change.entity)
        if entity is None or (known is not None and _older(entity, known)):
            return
        before.setdefault((change.kind, change.id), self.get(change.kind, change.id))
        self._index(change.kind, known, entity)
        table[change.id] = entity
        if isinstance(entity, Incident) and not entity.is_open and entity.id not in self._kept:
            self._let_go(entity.id, before)

    def _let_go(self, incident_id: str, before: dict[Key, Any]) -> None:
        """An ended case that nobody has open keeps only its row and its alarms."""
        for kind in DETAILS:
            for entity_id in self._by_incident[kind].pop(incident_id, ()):
                before.setdefault((kind, entity_id), self.get(kind, entity_id))
                self._server[kind].pop(entity_id, None)

    def _slimmed(self, entity: Any) -> Any | None:
        if isinstance(entity, Incident):
            if entity.is_open or entity.id in self._kept or entity.detail is None:
                return entity
            return replace(entity, detail=None)
        if KIND_OF.get(type(entity)) in DETAILS and entity.incident_id not in self._kept:
            incident = self._server["incident"].get(entity.incident_id)
            if incident is not None and not incident.is_open:
                return None
        return entity

    def _index(self, kind: str, known: Any, entity: Any) -> None:
        if kind not in self._by_incident:
            return
        index = self._by_incident[kind]
        if known is not None and known.incident_id != entity.incident_id:
            index[known.incident_id].discard(entity.id)
        index.setdefault(entity.incident_id, set()).add(entity.id)

    def _refold(self, before: dict[Key, Any]) -> None:
        """Pending commands, in their order, over what the server says now."""
        old = self._wish
        for kind, wishes in old.items():
            for entity_id, wish in wishes.items():
                before.setdefault((kind, entity_id), wish)
        self._wish = {kind: {} for kind in old}
        for item in self._waiting():
            self._fold(item, before)

    def _waiting(self) -> list[OutboxItem]:
        """What takes the turn of a settled conflict comes late, but does not stand last."""
        pending = (item for item in self._server["outbox"].values() if item.state in PENDING)
        return sorted(pending, key=attrgetter("turn"))

    def _fold(self, item: OutboxItem, before: dict[Key, Any]) -> None:
        command = item.command
        actor = self.get("user", command.author_id)
        if not isinstance(actor, User):
            return
        now = max(self._clock.now(), command.issued_at)
        for entity in decide(command, self, actor, self._rules, now).entities:
            kind = KIND_OF[type(entity)]
            before.setdefault((kind, entity.id), self._server[kind].get(entity.id))
            self._wish[kind][entity.id] = entity
            self._index(kind, None, entity)

    def _compare(self, before: Mapping[Key, Any]) -> Changes:
        kinds: dict[str, tuple[set[str], set[str], set[str]]] = {}
        for (kind, entity_id), was in before.items():
            now = self.get(kind, entity_id)
            if now is was or now == was:
                continue
            added, updated, removed = kinds.setdefault(kind, (set(), set(), set()))
            group = added if was is None else removed if now is None else updated
            group.add(entity_id)
        return Changes(
            {kind: KindChanges(*(frozenset(ids) for ids in sets)) for kind, sets in kinds.items()}
        )


def _older(entity: Any, known: Any) -> bool:
    """True if `entity` says nothing new. A whole case replaces its own slim row."""
    if entity.version != known.version:
        return bool(entity.version < known.version)
    slim = isinstance(known, Incident) and known.detail is None
    return not (slim and entity.detail is not None)
