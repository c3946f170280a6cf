"""Heads and cameras as rows of one column."""

from typing import Any, Final

from PySide6.QtCore import Qt

from widgets.shared.row_model import Index
from widgets.video.cameras.arranging import Line
from widgets.video.cameras.row import CameraLine
from widgets.video.listing import Listing

_WORDS: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


class CameraModel(Listing):
    """A line's `str` is its text for screen readers."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(self.value(index.row())) if index.isValid() and role in _WORDS else None

    def line(self, row: int) -> Line:
        line: Line = self.value(row)
        return line

    def camera_id(self, row: int) -> str:
        line = self.line(row)
        return line.camera.id if isinstance(line, CameraLine) else ""
