"""Commands that are decided at once, as the domain decides them, without a backend."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject

from app.clock import Clock
from app.commands import Commands
from app.domain.changes import PUT, Change
from app.domain.command import Command
from app.domain.decide import Refusal, decide, why_not
from app.domain.kinds import KIND_OF
from app.domain.outbox import OutboxItem, OutboxState
from app.domain.people import User
from app.domain.rules import Rules
from app.session import Session
from app.store import Store


class FakeCommands(Commands):
    """Decides as the domain does. Online the store has the server's answer at once; with
    `online = False` the act waits in the store's outbox. `fired` keeps what was taken."""

    def __init__(self, store: Store, session: Session, rules: Rules, clock: Clock) -> None:
        QObject.__init__(self)
        self._store, self._session, self._rules, self._clock = store, session, rules, clock
        self.online = True
        self.fired: list[Command] = []

    def fire(
        self,
        kind: str,
        entity_id: str,
        event: str,
        fields: Mapping[str, Any],
        *,
        expires_at: datetime | None = None,
        done: Callable[[OutboxItem], None] | None = None,
    ) -> tuple[Refusal, ...]:
        user = self._user()
        now = self._clock.now()
        command = Command(
            key=str(uuid.uuid4()),
            kind=kind,
            entity_id=entity_id,
            event=event,
            fields=json.loads(json.dumps(dict(fields))),
            base_version=getattr(self._store.get(kind, entity_id), "version", 0),
            issued_at=now,
            author_id=user.id,
            seat="A-03",
            expires_at=expires_at,
        )
        outcome = decide(command, self._store, user, self._rules, now)
        if outcome.refusals:
            return outcome.refusals
        self.fired.append(command)
        item = OutboxItem(id=command.key, command=command, created_at=now)
        if self.online:
            item = replace(item, state=OutboxState.ACKED)
            self._store.apply([_answered(entity) for entity in outcome.entities], [item])
        else:
            self._store.apply(items=[item])
        if done is not None:
            done(item)
        return ()

    def report(
        self, fields: Mapping[str, Any], done: Callable[[OutboxItem], None] | None = None
    ) -> tuple[str, tuple[Refusal, ...]]:
        incident_id = str(uuid.uuid4())
        return incident_id, self.fire("incident", incident_id, "REPORT", fields, done=done)

    def why_not(self, event: str, entity: Any, kind: str = "incident") -> tuple[Refusal, ...]:
        return why_not(
            event, entity, self._store, self._user(), self._rules, self._clock.now(), kind
        )

    def retry(self, key: str) -> None:
        self._to(key, OutboxState.QUEUED)

    def cancel(self, key: str, reason: str) -> None:
        self._to(key, OutboxState.CANCELLED)

    def resolve(
        self,
        key: str,
        fields: Mapping[str, Any],
        done: Callable[[OutboxItem], None] | None = None,
    ) -> tuple[Refusal, ...]:
        old = self._store.get("outbox", key)
        assert isinstance(old, OutboxItem)
        self._to(key, OutboxState.CANCELLED)
        command = old.command
        return self.fire(command.kind, command.entity_id, command.event, fields, done=done)

    def _to(self, key: str, state: OutboxState) -> None:
        item = self._store.get("outbox", key)
        assert isinstance(item, OutboxItem)
        self._store.apply(items=[replace(item, state=state, version=item.version + 1)])

    def _user(self) -> User:
        assert self._session.user is not None, "nobody is signed in"
        return self._session.user


def _answered(entity: Any) -> Change:
    """The entity as the server has it after an act."""
    grown = replace(entity, version=entity.version + 1)
    return Change(rev=0, op=PUT, kind=KIND_OF[type(entity)], id=entity.id, entity=grown)
