"""News for the person at the seat: one bar, no boxes."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Level(StrEnum):
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Message:
    """`text` says what happened and what to do; `action` is the id of an action to offer."""

    level: Level
    text: str
    action: str | None = None
    key: str = ""


class Messages(QObject):
    """Signals: posted(Message)."""

    posted = Signal(object)

    def post(self, level: Level, text: str, action: str | None = None, key: str = "") -> None:
        """Show it. A later message with the same `key` takes the earlier one's place."""
        self.posted.emit(Message(level, text, action, key))
