"""What a user likes at this seat: layouts, filters, sound."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.private_file import write_private

log = logging.getLogger(__name__)

SAVE_MS = 500


class Preferences(QObject):
    """JSON values by key, per user and seat; saved off the GUI thread.

    Signals: changed(str key); after a change of user with an empty key (all may differ).
    """

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, Any] = {}
        self._path: Path | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tocc-preferences")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self._on_save)

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        if key not in self._values or self._values[key] != value:
            self._values[key] = value
            self._timer.start()
            self.changed.emit(key)

    def use(self, path: Path, values: dict[str, Any]) -> None:
        """Take over another user's preferences, as `read` found them."""
        self._flush()
        self._path, self._values = path, values
        self.changed.emit("")

    @staticmethod
    def read(path: Path) -> dict[str, Any]:
        """The values of a file, none if it is missing or damaged. Off the GUI thread."""
        try:
            values = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("preferences cannot be read: %s", error)
            return {}
        return values if isinstance(values, dict) else {}

    def shutdown(self) -> None:
        self._flush()
        self._thread.shutdown(wait=True)

    def _flush(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._on_save()

    def _on_save(self) -> None:
        if self._path is not None:
            content = json.dumps(self._values, ensure_ascii=False, indent=1).encode()
            self._thread.submit(self._save, self._path, content)

    def _save(self, path: Path, content: bytes) -> None:
        try:
            write_private(path, content)
        except OSError as error:
            log.warning("preferences cannot be saved: %s", error)
