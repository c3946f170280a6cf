"""Buttons by their role in a form: one primary act, the others plain; filter chips."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget


def button(text: str, role: str = "", tip: str = "") -> QPushButton:
    """`role`: "" plain, "primary", "danger" or "flat"."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    made.setToolTip(tip)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def primary_button(text: str, tip: str = "") -> QPushButton:
    return button(text, "primary", tip)


class Chip(QPushButton):
    """A filter that is on or off, with how many it would show."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._name = text
        self.setProperty("chip", "true")
        self.setCheckable(True)
        self.setFixedHeight(24)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_count(self, count: int | None) -> None:
        self.setText(self._name if count is None else f"{self._name} {count:,}")
