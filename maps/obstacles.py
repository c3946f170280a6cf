"""What stands on the map: no text is written below it, and the mouse on it is not on the map."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from maps.labels.place import Box

_MOVED: Final = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
_GAP_PX: Final = 1.0


class Obstacles(QObject):
    """Children of a canvas, wherever they are just now.

    Signals: changed(): one of them moved, came or went; entered(): the mouse came onto one, which
    Qt does not count as leaving the canvas.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[QWidget, ...] = ()

    def set(self, parts: tuple[QWidget, ...]) -> None:
        """Heed these from now on; they live as long as the canvas."""
        self._parts = parts
        for part in parts:
            part.installEventFilter(self)
        self.changed.emit()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What they cover of the canvas, in logical pixels."""
        seen = [part.geometry() for part in self._parts if part.isVisible()]
        return tuple(
            (
                box.left() - _GAP_PX,
                box.top() - _GAP_PX,
                box.right() + 1 + _GAP_PX,
                box.bottom() + 1 + _GAP_PX,
            )
            for box in seen
        )

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED:
            self.changed.emit()
        elif event.type() is QEvent.Type.Enter:
            self.entered.emit()
        return False
