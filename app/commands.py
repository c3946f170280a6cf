"""Acts: every change that a person makes goes through here into the outbox."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.decide import Refusal
from app.domain.outbox import OutboxItem

type Done = Callable[[OutboxItem], None]


class Commands(QObject):
    """Signals: refused(OutboxItem): the server said no later; clashed(OutboxItem): somebody else
    changed it meanwhile; accepted(OutboxItem)."""

    refused = Signal(object)
    clashed = Signal(object)
    accepted = Signal(object)

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
        raise NotImplementedError

    def report(
        self, fields: Mapping[str, Any], done: Done | None = None
    ) -> tuple[str, tuple[Refusal, ...]]:
        """Fire REPORT for a new incident. Return its id and the refusals."""
        raise NotImplementedError

    def why_not(self, event: str, entity: Any, kind: str = "incident") -> tuple[Refusal, ...]:
        """What stands against the event whatever its fields: for grey buttons."""
        raise NotImplementedError

    def retry(self, key: str) -> None:
        """Send a waiting item now."""
        raise NotImplementedError

    def cancel(self, key: str, reason: str) -> None:
        """Take an item back (its author or a shift supervisor)."""
        raise NotImplementedError

    def resolve(
        self, key: str, fields: Mapping[str, Any], done: Done | None = None
    ) -> tuple[Refusal, ...]:
        """After a conflict or a refusal: the same act with new fields on the server's version."""
        raise NotImplementedError
