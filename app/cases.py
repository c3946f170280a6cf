"""Open cases: whole in memory while somebody looks at them, and who else does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Somebody else who has a case open; the lease ends at `until`."""

    incident_id: str
    user_id: str
    name: str
    seat: str
    until: datetime


class Cases(QObject):
    """Signals: presence_changed(str incident_id)."""

    presence_changed = Signal(str)

    def open(self, incident_id: str) -> None:
        """Load facts and timeline into the store and keep them. Calls may nest."""
        raise NotImplementedError

    def close(self, incident_id: str) -> None:
        raise NotImplementedError

    def others(self, incident_id: str) -> list[Viewer]:
        raise NotImplementedError

    def search(self, text: str, done: Callable[[list[str]], None]) -> None:
        """Full-text search in the cache; `done(incident ids, newest first)` on the GUI thread."""
        raise NotImplementedError

    def unmask(self, incident_id: str, done: Callable[[str | None, str | None, str], None]) -> None:
        """Ask the server for the caller: `done(caller, number, sentence)`; logged there."""
        raise NotImplementedError
