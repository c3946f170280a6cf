"""Esc where it closes something inside the desk."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def keeps_escape(event: QEvent) -> bool:
    """Claim Esc for this widget's keyPressEvent before it means anything to the desk."""
    kept = (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and event.key() == Qt.Key.Key_Escape
    )
    if kept:
        event.accept()
    return kept
