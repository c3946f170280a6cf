"""Acts: every change that a person makes goes through here into the outbox."""

import logging
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from app.cache.errors import DiskTrouble, disk_trouble
from app.clock import Clock
from app.domain.command import Command
from app.domain.decide import Refusal, decide, why_not
from app.domain.outbox import OutboxItem, OutboxState
from app.domain.people import User
from app.domain.roles import Role
from app.domain.rules import Rules
from app.held import Held
from app.store import Store

if TYPE_CHECKING:
    from app.cache.outbox import Outbox

log = logging.getLogger(__name__)

type Done = Callable[[OutboxItem], None]


class Show(Protocol):
    """Brings items to the store, then calls `then` on the GUI thread."""

    def __call__(
        self, *, items: Sequence[OutboxItem] = (), then: Callable[[], None] | None = None
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class _Behind:
    """A lookup that shows one entity as the server has it, without the own wishes for it."""

    store: Store
    kind: str
    entity_id: str

    def get(self, kind: str, entity_id: str) -> Any | None:
        if (kind, entity_id) == (self.kind, self.entity_id):
            return self.store.server(kind, entity_id)
        return self.store.get(kind, entity_id)

    def of_incident(self, kind: str, incident_id: str) -> Sequence[Any]:
        return self.store.of_incident(kind, incident_id)


class Commands(QObject):
    """Lives on the GUI thread; one thread of its own writes to the outbox, in order.

    Signals: refused(OutboxItem): the server said no later; clashed(OutboxItem): somebody else
    changed it meanwhile; accepted(OutboxItem); unsaved(DiskTrouble or None): an act
    could not be put on disk and is not taken.
    """

    refused = Signal(object)
    clashed = Signal(object)
    accepted = Signal(object)
    unsaved = Signal(object)

    def __init__(
        self,
        store: Store,
        clock: Clock,
        rules: Rules,
        seat: str,
        user: Callable[[], User | None],
        show: Show,
    ) -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self._rules = rules
        self._seat = seat
        self._user = user
        self._show = show
        self._outbox: Outbox | None = None
        self._waiting = Held[Done]()
        self._wake: Callable[[], None] = lambda: None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tocc-outbox")

    def start(self, open_outbox: Callable[[], "Outbox"], wake: Callable[[], None]) -> None:
        """Open the outbox on its thread. Acts may be fired before: they wait for it."""
        self._wake = wake
        self._thread.submit(self._open, open_outbox)

    def shutdown(self) -> None:
        """Put on disk what was fired, then stop."""
        self._thread.shutdown(wait=True)

    def fire(
        self,
        kind: str,
        entity_id: str,
        event: str,
        fields: Mapping[str, Any],
        *,
        expires_at: datetime | None = None,
        done: Done | None = None,
    ) -> tuple[Refusal, ...]:
        """Put one command into the outbox, unless the rules refuse it (not empty: why).

        `done(item)` is called on the GUI thread once it is on disk and the store shows it.
        A new entity gets its id from its caller: a UUID as text.
        """
        user = self._user()
        if user is None:
            return (Refusal("NOT_SIGNED_IN"),)
        base = self._store.server(kind, entity_id)
        command = Command(
            key=str(uuid.uuid4()),
            kind=kind,
            entity_id=entity_id,
            event=event,
            fields=msgspec.to_builtins(dict(fields)),
            base_version=base.version if base is not None else 0,
            issued_at=self._clock.now(),
            author_id=user.id,
            seat=self._seat,
            expires_at=expires_at,
            depends_on=self._needs(kind, entity_id, fields),
        )
        outcome = decide(command, self._store, user, self._rules, command.issued_at)
        if not outcome.refusals:
            self._submit(lambda box: [box.add(command, base, command.issued_at)], done)
        return outcome.refusals

    def report(
        self, fields: Mapping[str, Any], done: Done | None = None
    ) -> tuple[str, tuple[Refusal, ...]]:
        """Fire REPORT for a new incident. Return its id and the refusals."""
        incident_id = str(uuid.uuid4())
        return incident_id, self.fire("incident", incident_id, "REPORT", fields, done=done)

    def why_not(self, event: str, entity: Any, kind: str = "incident") -> tuple[Refusal, ...]:
        """What stands against the event whatever its fields: for grey buttons."""
        user = self._user()
        if user is None:
            return (Refusal("NOT_SIGNED_IN"),)
        now = self._clock.now()
        return why_not(event, entity, self._store, user, self._rules, now, kind)

    def retry(self, key: str) -> None:
        """Send a waiting item now."""
        self._move(key, "RETRY", next_at=None)

    def cancel(self, key: str, reason: str) -> None:
        """Take an item back (its author or a shift supervisor)."""
        item, user = self._store.get("outbox", key), self._user()
        if item is None or user is None:
            return
        if user.id == item.command.author_id or user.role == Role.SHIFT_CHIEF:
            self._move(key, "CANCEL", cancel_reason=reason)

    def resolve(
        self, key: str, fields: Mapping[str, Any], done: Done | None = None
    ) -> tuple[Refusal, ...]:
        """After a conflict or a refusal: the same act with new fields on the server's version."""
        item, user = self._store.get("outbox", key), self._user()
        if item is None or user is None:
            return (Refusal("NOT_FOUND"),)
        old: Command = item.command
        base = self._store.server(old.kind, old.entity_id) or item.theirs
        now = self._clock.now()
        command = replace(
            old,
            key=str(uuid.uuid4()),
            fields=msgspec.to_builtins(dict(fields)),
            base_version=base.version if base is not None else 0,
            issued_at=now,
            author_id=user.id,
            seat=self._seat,
        )
        lookup = _Behind(self._store, old.kind, old.entity_id)
        outcome = decide(command, lookup, user, self._rules, now)
        if not outcome.refusals:
            self._submit(lambda box: box.put_in_place(key, command, base, now), done, command.key)
        return outcome.refusals

    def tell(self, items: Iterable[OutboxItem]) -> None:
        """Say what became of items, after the store shows it. Called by the bootstrap."""
        signals = {
            OutboxState.ACKED: self.accepted,
            OutboxState.FAILED: self.refused,
            OutboxState.CONFLICT: self.clashed,
        }
        for item in items:
            signal = signals.get(OutboxState(item.state))
            if signal is not None:
                signal.emit(item)

    def _needs(self, kind: str, entity_id: str, fields: Mapping[str, Any]) -> str | None:
        """The key of the waiting act without which this one means nothing to the server."""
        entity = self._store.get(kind, entity_id)
        if kind == "incident":
            incident_id = fields.get("target_id")
        else:
            incident_id = fields.get("incident_id") or getattr(entity, "incident_id", None)
        if incident_id is None:
            return None
        own_wish = entity is not None and self._store.server(kind, entity_id) is None
        if own_wish and kind == "obligation":
            waiting = self._store.pending("incident", incident_id)
            return waiting[-1].id if waiting else None
        if self._store.server("incident", incident_id) is None:
            waiting = self._store.pending("incident", incident_id)
            return waiting[0].id if waiting else None
        return None

    def _move(self, key: str, event: str, **values: Any) -> None:
        def work(outbox: "Outbox") -> list[OutboxItem]:
            moved = outbox.move(key, event, **values)
            return [moved] if moved else []

        self._submit(work, None)

    def _submit(
        self,
        work: Callable[["Outbox"], list[OutboxItem]],
        done: Done | None,
        key: str | None = None,
    ) -> None:
        self._thread.submit(self._write, work, self._waiting.keep(done) if done else 0, key)

    def _open(self, open_outbox: Callable[[], "Outbox"]) -> None:
        try:
            self._outbox = open_outbox()
        except Exception as error:
            log.exception("the outbox cannot be opened")
            self._tell_unsaved(error)

    def _tell_unsaved(self, error: Exception, ticket: int = 0) -> None:
        self._show(then=partial(self._on_unsaved, disk_trouble(error), ticket))

    def _on_unsaved(self, trouble: DiskTrouble | None, ticket: int) -> None:
        self._waiting.drop(ticket)
        self.unsaved.emit(trouble)

    def _write(
        self,
        work: Callable[["Outbox"], list[OutboxItem]],
        ticket: int,
        key: str | None,
    ) -> None:
        """On the outbox's thread: first on disk, then in the store, then who waits is told."""
        try:
            assert self._outbox is not None, "the outbox could not be opened"
            items = work(self._outbox)
        except Exception as error:
            log.exception("an act could not be kept")
            self._tell_unsaved(error, ticket)
            return
        taken = next((item for item in items if key in (None, item.id)), None)
        self._show(items=items, then=partial(self._on_kept, ticket, taken) if ticket else None)
        self._wake()

    def _on_kept(self, ticket: int, taken: OutboxItem | None) -> None:
        done = self._waiting.take(ticket)
        if done is not None and taken is not None:
            done(taken)
