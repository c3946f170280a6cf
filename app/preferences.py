"""What a user likes at this seat: layouts, filters, sound."""

from typing import Any

from PySide6.QtCore import QObject, Signal


class Preferences(QObject):
    """JSON values by key, per user and seat; saved off the GUI thread.

    Signals: changed(str key); after a change of user with an empty key (all may differ).
    """

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        if self._values.get(key) != value:
            self._values[key] = value
            self.changed.emit(key)
