"""The mouse as the widget gets it: sent by the test, not by the pointer of the screen.

`QTest.mouseMove` moves the pointer of the virtual screen and hopes that the server tells the right
window; whatever lies above, or a pointer that was there already, keeps the event from coming.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


def hover(widget: QWidget, at: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """The mouse is at this place of the widget now, with these buttons down."""
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(widget.mapToGlobal(at)),
        none, buttons, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
